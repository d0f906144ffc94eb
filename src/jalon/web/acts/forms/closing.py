"""Leaving a journey."""

from django import forms

from jalon.law.facts import Leaving
from jalon.law.vocabulary import Act, DropOutReason
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import LongText, field


@form_for(Act.DROP_OUT)
class LeavingForm(ActForm):
    """Why a journey stops."""

    reason = forms.ChoiceField(
        label="Pourquoi ?", choices=DropOutReason.choices(), widget=forms.RadioSelect
    )
    comment = LongText(label="Voulez-vous ajouter quelque chose ?", required=False)

    def prepare(self) -> None:
        """Ask a candidate only what a candidate would answer."""
        if self.mine:
            reasons = [one for one in DropOutReason if one is not DropOutReason.SILENT]
            field(self, "reason").choices = [(one.value, one.label) for one in reasons]

    def facts(self) -> Leaving:
        """Return the reason."""
        said = self.cleaned_data
        return Leaving(DropOutReason(said["reason"]), said["comment"])
