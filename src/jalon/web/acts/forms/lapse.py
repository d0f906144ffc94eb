"""The lapse of an admissibility (caducité)."""

from django import forms

from jalon.law.facts import Lapse
from jalon.law.vocabulary import Act
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import LongText


@form_for(Act.CONFIRM_LAPSE)
class LapseForm(ActForm):
    """A person vouches that nothing excuses the silence (R-044)."""

    no_legitimate_reason = forms.BooleanField(
        label="J’ai vérifié : aucun motif légitime n’explique cette absence d’étape.",
        required=False,
    )
    comment = LongText(label="Ce qui a été vérifié", required=False)

    def facts(self) -> Lapse:
        """Return the confirmation."""
        return Lapse(**self.cleaned_data)
