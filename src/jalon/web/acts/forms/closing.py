"""Leaving a journey."""

from django import forms

from jalon.law.facts import Leaving
from jalon.law.vocabulary import Act, DropOutReason
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import LongText


@form_for(Act.DROP_OUT)
class LeavingForm(ActForm):
    """Why a journey stops."""

    reason = forms.ChoiceField(
        label="Pourquoi ?", choices=DropOutReason.choices(), widget=forms.RadioSelect
    )
    comment = LongText(label="Voulez-vous ajouter quelque chose ?", required=False)

    def facts(self) -> Leaving:
        """Return the reason."""
        said = self.cleaned_data
        return Leaving(DropOutReason(said["reason"]), said["comment"])
