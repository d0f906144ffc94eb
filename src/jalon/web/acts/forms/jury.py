"""The jury: summons, absence, postponement, minutes, each asked on a page of its own."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from jalon.juries.models import Hearing, Session
from jalon.law.facts import AbsenceRequest, HearingRequest, MinutesRequest, Reason
from jalon.law.vocabulary import Outcome
from jalon.web.fields import field


class ConveneForm(forms.Form):
    """Which session, when."""

    session = forms.ModelChoiceField(
        label="Session", queryset=Session.objects.none(), empty_label=None
    )
    starts_at = forms.TimeField(
        label="Heure de passage", widget=forms.TimeInput(attrs={"type": "time"})
    )
    minutes = forms.IntegerField(label="Durée en minutes", initial=60, min_value=10, max_value=480)
    late_reason = forms.CharField(
        label="Si la date dépasse le délai légal, pourquoi ?", required=False
    )

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "session").queryset = sessions

    def facts(self) -> HearingRequest:
        """Return what is asked of the session."""
        return HearingRequest(**self.cleaned_data | {"session": self.cleaned_data["session"].pk})


class AbsenceForm(forms.Form):
    """Absent or excused (R-084)."""

    outcome = forms.TypedChoiceField(
        label="Le candidat est",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Outcome.ABSENT, Outcome.EXCUSED)],
        coerce=Outcome,
    )
    reason = forms.CharField(label="Motif", required=False)

    def facts(self, hearing: Hearing) -> AbsenceRequest:
        """Return what is recorded of a hearing."""
        return AbsenceRequest(hearing.pk, **self.cleaned_data)


class PostponeForm(forms.Form):
    """Why the hearing is put off."""

    reason = forms.CharField(label="Pourquoi ?", required=False)

    def facts(self) -> Reason:
        """Return the reason."""
        return Reason(self.cleaned_data["reason"])


class MinutesForm(forms.Form):
    """The president closes the deliberation (R-076)."""

    condition = forms.CharField(
        label="Réserve",
        required=False,
        help_text="Seulement si tout est acquis, sous une condition à prouver.",
    )
    imbalance_reason = forms.CharField(
        label="Si le jury présent ne compte que des femmes ou que des hommes, pourquoi ?",
        required=False,
    )
    grounds_confirmed = forms.BooleanField(
        label="Chaque motif porte sur les compétences du référentiel.", required=False
    )
    signed = forms.BooleanField(
        label="Je signe le procès-verbal. Il ne pourra plus être modifié.", required=False
    )

    def facts(self, hearing: Hearing) -> MinutesRequest:
        """Return what the president brings to the minutes of a hearing."""
        return MinutesRequest(hearing.pk, **self.cleaned_data)
