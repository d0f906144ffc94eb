"""The forms that ask for the facts of an act, one file a chapter; importing this registers them all."""

from jalon.web.acts.forms import (
    accompaniment,
    adjustments,
    admissibility,
    changes,
    closing,
    common,
    complaints,
    feasibility,
    fraud,
    jury,
    lapse,
    leave,
    outside,
    registration,
    result,
    validation,
)
from jalon.web.acts.forms.base import ActForm, form_of

__all__ = [
    "ActForm",
    "accompaniment",
    "adjustments",
    "admissibility",
    "changes",
    "closing",
    "common",
    "complaints",
    "feasibility",
    "form_of",
    "fraud",
    "jury",
    "lapse",
    "leave",
    "outside",
    "registration",
    "result",
    "validation",
]
