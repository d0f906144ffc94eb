"""What is taken along to a visit: one page on paper or without network, with who is expected and what to fill in."""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys.models import Journey
from jalon.journeys.rights import record_list
from jalon.law.meetings import OUTCOMES
from jalon.law.visits import to_bring
from jalon.law.vocabulary import Attendance, Role
from jalon.support import visits
from jalon.support.attendance import Hours, Row, hours_of_meeting
from jalon.support.models import Booking
from jalon.web.access import Visit, needs
from jalon.web.architect.agenda import own_booking
from jalon.web.architect.workshop_forms import Line, PresenceForm

TEAM = (Role.ARCHITECT, Role.HEAD)


class OutcomeForm(forms.Form):
    """Whether somebody came to a meeting."""

    presence = forms.ChoiceField(
        label="Présence",
        choices=[(one.value, one.label) for one in OUTCOMES],
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True)
class Person:
    """Somebody who is expected: who they are, what is asked of them, and the hours that they sign, if known."""

    number: int
    journey: Journey
    presence: forms.BoundField
    hours: Hours | None
    line: Line | None = None

    @property
    def brings(self) -> str:
        """Return what they are to bring."""
        return to_bring(self.journey.stage)

    @property
    def choices(self) -> list[str]:
        """Return the answers that are ticked on paper."""
        asked = cast("forms.ChoiceField", self.presence.field)
        return [label for value, label in cast("list[tuple[str, str]]", asked.choices) if value]


@needs(*TEAM)
@require_safe
def half_day(request: Visit, number: int) -> HttpResponse:
    """Show what is taken along to a half-day of a workshop."""
    shown = get_object_or_404(visits.half_days(request.user), pk=number)
    sheet, rows = visits.expected_at(shown)
    record_list(request.user, f"Emporter pour la visite : {shown}", len(rows), exported=True)
    form = PresenceForm(half_day=shown, people=[row.enrolment for row in rows])
    context = {
        "what": str(shown.workshop),
        "when": shown.when,
        "where": shown.workshop.where,
        "people": [seated(line, row) for line, row in zip(form.lines(), rows, strict=True)],
        "leader": sheet.leader,
        "notes_at": reverse("architect:presence", args=[shown.workshop_id, shown.pk]),
        "back": reverse("architect:workshop", args=[shown.workshop_id]),
    }
    return render(request, "architect/visit.html", context)


def seated(line: Line, row: Row) -> Person:
    """Return somebody who has a seat in a half-day."""
    return Person(row.enrolment.pk, row.journey, line.presence, row.hours, line)


@needs(*TEAM)
@require_safe
def meeting(request: Visit, number: int) -> HttpResponse:
    """Show what is taken along to a meeting."""
    met = own_booking(request, number)
    if met.given_up_at:
        raise Http404
    record_list(request.user, f"Emporter pour la visite : {met}", 1, exported=True)
    said = "" if met.attendance == Attendance.EXPECTED else met.attendance.value
    form = OutcomeForm(initial={"presence": said})
    context = {
        "what": f"{met.kind.label}, {met.minutes} minutes",
        "when": met.when,
        "where": met.where,
        "people": [Person(met.pk, met.journey, form["presence"], hours_held(met))],
        "notes_at": reverse("architect:settle", args=[met.pk]),
        "back": reverse("architect:booking", args=[met.pk]),
    }
    return render(request, "architect/visit.html", context)


def hours_held(met: Booking) -> Hours | None:
    """Return the hours of a meeting that was held, with their signatures; None before."""
    if met.meeting is None:
        return None
    return hours_of_meeting(met.meeting, met.journey, met.meeting.signatures.all())
