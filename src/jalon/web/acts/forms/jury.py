"""The jury: summons, absence, postponement, minutes, each asked on a page of its own."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet

from jalon.juries import queries
from jalon.juries.models import Hearing, Session
from jalon.law.clocks import french, french_hour
from jalon.law.facts import (
    AbsenceRequest,
    DatedNote,
    HearingRequest,
    MinutesRequest,
    PostponementRequest,
)
from jalon.law.plurals import counted, plural
from jalon.law.vocabulary import Act, Outcome, PostponedBy
from jalon.now import today
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText, field, mark_asked_by_law


class SessionChoice(forms.ModelChoiceField):
    """A session as one chooses it: its day, what is free, its place."""

    def label_from_instance(self, session: Any) -> str:
        """Return the day, what a narrow list must still show of its hours, then the place."""
        where = session.place or "à distance"
        return f"{french(session.held_on)} · {left(queries.free_hours_of(session))} · {where}"


def left(free: Sequence[time]) -> str:
    """Return how many hours of a session are free, and from when on."""
    if not free:
        return "complet"
    count = len(free)
    return f"{counted(count, 'heure')} libre{plural(count)} dès {french_hour(free[0])}"


class ConveneForm(forms.Form):
    """Which session, when."""

    session = SessionChoice(label="Session", queryset=Session.objects.none(), empty_label=None)
    starts_at = forms.TimeField(
        label="Heure de passage", widget=forms.TimeInput(attrs={"type": "time"})
    )
    minutes = forms.IntegerField(label="Durée en minutes", initial=60, min_value=10, max_value=480)
    short_notice_reason = forms.CharField(
        label="Si le passage est dans moins de quinze jours, pourquoi ?", required=False
    )
    late_reason = forms.CharField(
        label="Si le candidat est entendu après sa date limite, pourquoi ?", required=False
    )
    conflict_reason = forms.CharField(
        label="Si un membre travaille pour un employeur ou un accompagnateur du candidat, qu’avez-vous "
        "vérifié ?",
        required=False,
    )

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "session").queryset = sessions
        mark_asked_by_law(self, "short_notice_reason", "late_reason", "conflict_reason")

    def facts(self) -> HearingRequest:
        """Return what is asked of the session."""
        return HearingRequest(**self.cleaned_data | {"session": self.cleaned_data["session"].pk})


class AbsenceForm(forms.Form):
    """Absent or excused (R-084)."""

    outcome = forms.TypedChoiceField(
        label="Le candidat n’est pas venu",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Outcome.ABSENT, Outcome.EXCUSED)],
        coerce=Outcome,
    )
    reason = forms.CharField(label="Motif, si l’absence est excusée", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, "reason")

    def facts(self, hearing: Hearing) -> AbsenceRequest:
        """Return what is recorded of a hearing."""
        return AbsenceRequest(hearing.pk, **self.cleaned_data)


class PostponeForm(forms.Form):
    """Why the hearing is put off, and whose doing it is."""

    whose = forms.TypedChoiceField(
        label="Le passage est reporté",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in PostponedBy],
        coerce=PostponedBy,
        empty_value=None,
        required=False,
    )
    reason = forms.CharField(
        label="Pourquoi ?",
        required=False,
        help_text="Le candidat et la personne qui l’accompagne le liront.",
    )
    same_day = forms.BooleanField(
        label="Reporté le jour même : le jury n’a pas pu siéger.",
        required=False,
        help_text="À cocher seulement quand le jour du passage est déjà passé.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, "whose", "reason")

    def facts(self) -> PostponementRequest:
        """Return why, and whose doing it is."""
        return PostponementRequest(**self.cleaned_data)


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
    conflict_reason = forms.CharField(
        label="Si un membre présent travaille pour un employeur ou un accompagnateur du candidat, "
        "qu’avez-vous vérifié ?",
        required=False,
    )
    grounds_confirmed = forms.BooleanField(
        label="Chaque motif porte sur les compétences du référentiel.", required=False
    )
    signed = forms.BooleanField(
        label="Je signe le procès-verbal. Il ne pourra plus être modifié.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, "imbalance_reason", "conflict_reason")

    def facts(self, hearing: Hearing) -> MinutesRequest:
        """Return what the president brings to the minutes of a hearing."""
        return MinutesRequest(hearing.pk, **self.cleaned_data)


@form_for(Act.CONFIRM_TOLD)
class ToldForm(ActForm):
    """When, and how, the candidate was told of the date of the jury (R-057)."""

    on = DateField(label="Prévenu le", initial=today)
    text = LongText(
        label="Comment ?",
        required=False,
        help_text="Par exemple : par téléphone, il confirme qu’il vient.",
    )

    def facts(self) -> DatedNote:
        """Return the day and how; the architect's word is enough."""
        return DatedNote(evidence="", **self.cleaned_data)
