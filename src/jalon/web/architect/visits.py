"""What is taken along to a visit: one page on paper or without network, with who is expected and what to fill in."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.models import Journey
from jalon.journeys.rights import record_list
from jalon.law.clocks import french
from jalon.law.meetings import OUTCOMES
from jalon.law.rulebook import Refused
from jalon.law.signatures import HEIGHT, SHORTEST, WIDTH, lasting
from jalon.law.visits import signed_there, to_bring
from jalon.law.vocabulary import Attendance, Presence, Role
from jalon.now import now
from jalon.people.models import User
from jalon.support import visits
from jalon.support.attendance import Hours, Row, Sheet
from jalon.support.models import Booking, Enrolment, HalfDay
from jalon.support.visits import (
    Answer,
    Brought,
    hours_carried,
    hours_held,
    hours_noted,
    noted_of,
    outcome_of,
)
from jalon.web.access import Visit, needs
from jalon.web.architect.agenda import own_booking
from jalon.web.architect.workshop_forms import Line, PresenceForm, entry_of
from jalon.web.scripted import counted, known_sender, refused, said_by

TEAM = (Role.ARCHITECT, Role.HEAD)
#: For how long after its hours a page opens without network, and the header that says until when.
KEPT_FOR, KEPT_UNTIL = timedelta(days=2), "X-Kept-Until"
#: How many answers of which it read nothing a device tells of: those before are forgotten by it.
MOST_SENT = 20
SIGNED_OUT = "Votre session est terminée. Ce qui est noté est gardé sur cet appareil\N{NO-BREAK SPACE}: il partira à votre prochaine connexion."
SOMEBODY_ELSE = "Jalon est ouvert ici sous un autre nom\N{NO-BREAK SPACE}: ce qui est noté partira quand la personne qui l’a noté se connectera."
GONE = "Cette personne, ou ces heures, ne sont plus dans Jalon. Relevez ce qui est noté ici, puis effacez-le."
ILL_SAID = "Cette page n’a pas pu envoyer ce qui est noté. Relevez-le, puis rechargez la page."


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
    noted: Answer
    presence: forms.BoundField
    hours: Hours | None
    line: Line | None = None
    #: Whether they may sign on the page itself, without network.
    signs: bool = True
    #: Whether the team still has their file: of whom left, it is told the name alone.
    followed: bool = True

    @property
    def signed(self) -> str:
        """Return how they signed the hours that are noted, in words; empty while they did not."""
        return signed_how(self.hours)

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
        "sends_to": reverse("architect:bring_half_day", args=[shown.pk]),
        "people": [seated(shown, line, row) for line, row in zip(form.lines(), rows, strict=True)],
        "leader": sheet.leader,
        "led": own_leading(request.user, sheet),
        "notes_at": reverse("architect:presence", args=[shown.workshop_id, shown.pk]),
        "back": reverse("architect:workshop", args=[shown.workshop_id]),
    }
    context |= {
        "day": french(shown.on),
        "begins": f"{shown.starts:%H:%M}",
        "ends": f"{shown.ends:%H:%M}",
        "there": Presence.PRESENT.value,
    }
    return carried(request, shown, context)


def own_leading(person: User, sheet: Sheet) -> str:
    """Return where somebody signs that they led a half-day that began; empty for anybody else, or once signed."""
    led = sheet.leader
    if led.person != person or led.signature or not sheet.half_day.begun:
        return ""
    return reverse("architect:sign_leader", args=[sheet.half_day.pk])


def seated(half_day: HalfDay, line: Line, row: Row) -> Person:
    """Return somebody who has a seat in a half-day."""
    noted = noted_of(entry_of(row.enrolment.attendance.all(), half_day), half_day)
    team, journey = half_day.workshop.organisation_id, row.journey
    followed = journey.organisation_id == team and journey.purged_at is None
    return Person(
        row.enrolment.pk, journey, noted, line.presence, row.hours, line, followed=followed
    )


@needs(*TEAM)
@require_safe
def meeting(request: Visit, number: int) -> HttpResponse:
    """Show what is taken along to a meeting."""
    met = own_booking(request, number)
    if met.given_up_at:
        raise Http404
    record_list(request.user, f"Emporter pour la visite : {met}", 1, exported=True)
    noted = outcome_of(met)
    form = OutcomeForm(initial={"presence": noted.word})
    context = {
        "what": f"{met.kind.label}, {met.minutes} minutes",
        "when": met.when,
        "where": met.where,
        "sends_to": reverse("architect:bring_meeting", args=[met.pk]),
        "people": [
            Person(
                met.pk,
                met.journey,
                noted,
                form["presence"],
                hours_held(met),
                signs=signed_there(met.kind),
            )
        ],
        "notes_at": reverse("architect:settle", args=[met.pk]),
        "back": reverse("architect:booking", args=[met.pk]),
    }
    context |= {
        "day": french(met.on),
        "lasts": lasting(met.minutes),
        "there": Attendance.HELD.value,
    }
    return carried(request, met, context)


def carried(request: Visit, thing: HalfDay | Booking, context: dict[str, Any]) -> HttpResponse:
    """Return the page that is taken along, and say until when a device keeps it."""
    until = max(thing.ends_at, now()) + KEPT_FOR
    context |= {"hours": hours_carried(thing), "until": until}
    context |= {"width": WIDTH, "height": HEIGHT, "shortest": SHORTEST}
    answer = render(request, "architect/visit.html", context)
    answer[KEPT_UNTIL] = until.isoformat()
    return answer


# ---------------------------------------------------------------- brought back


@known_sender(SIGNED_OUT)
@needs(*TEAM)
@require_POST
def bring_half_day(request: Visit, number: int) -> HttpResponse:
    """Keep what was noted of somebody at a half-day, away from the network."""
    shown = visits.half_days(request.user).filter(pk=number).first()
    if shown is None:
        return refused(404, GONE, closed=True)
    return bring(request, Presence, lambda number: seat_at(shown, number))


@known_sender(SIGNED_OUT)
@needs(*TEAM)
@require_POST
def bring_meeting(request: Visit, number: int) -> HttpResponse:
    """Keep what became of a meeting, noted away from the network."""
    try:
        met = own_booking(request, number)
    except Http404:
        return refused(404, GONE, closed=True)
    return bring(request, Attendance, lambda number: Met(met) if number == met.pk else None)


@dataclass(frozen=True)
class Seat:
    """Somebody at a half-day, of whom a presence is brought back."""

    half_day: HalfDay
    enrolment: Enrolment

    def keep(self, brought: Brought, by: User) -> None:
        """Keep what was noted of them; raises `Refused`."""
        visits.bring_to_half_day(self.half_day, self.enrolment, brought, by)

    def told(self) -> tuple[Answer, str, Hours]:
        """Return what is noted of them now, under which hours, and what is signed of it."""
        entry = self.half_day.attendance.filter(enrolment=self.enrolment).first()
        hours = hours_noted(self.half_day, self.enrolment)
        return noted_of(entry, self.half_day), hours_carried(self.half_day), hours


@dataclass(frozen=True)
class Met:
    """A meeting of which the outcome is brought back."""

    booking: Booking

    def keep(self, brought: Brought, by: User) -> None:
        """Keep what was noted of it; raises `Refused`."""
        visits.bring_to_meeting(self.booking, brought, by)

    def told(self) -> tuple[Answer, str, Hours | None]:
        """Return what is noted of it now, under which hours, and what is signed of it."""
        self.booking.refresh_from_db()
        return outcome_of(self.booking), hours_carried(self.booking), hours_held(self.booking)


def seat_at(half_day: HalfDay, number: int) -> Seat | None:
    """Return somebody at a half-day by the number of their seat, had or given up; None for nobody."""
    found = half_day.workshop.enrolments.filter(pk=number).first()
    return Seat(half_day, found) if found else None


def bring(
    request: Visit,
    words: type[Presence] | type[Attendance],
    find: Callable[[int], Seat | Met | None],
) -> HttpResponse:
    """Keep what a device brings back of somebody; tell what is noted of them then, and why it was refused."""
    try:
        said = said_by(request)
        person, number = counted(said["person"]), counted(said["number"])
        brought = brought_by(said, words)
    except (ValueError, TypeError, KeyError, AttributeError):
        return refused(400, ILL_SAID)
    if person != request.user.pk:
        return refused(403, SOMEBODY_ELSE)
    thing = find(number)
    if thing is None:
        return refused(404, GONE, closed=True)
    try:
        thing.keep(brought, request.user)
    except Refused as refusal:
        return refused(409, refusal.refusal.cited, told(thing))
    return JsonResponse(told(thing))


def brought_by(said: dict[str, Any], words: type[Presence] | type[Attendance]) -> Brought:
    """Return what a device brings back; raises ValueError, TypeError, KeyError, AttributeError."""
    hours, noted, strokes, since = (said[one] for one in ("carried", "told", "strokes", "since"))
    texts = all(isinstance(one, str) for one in (hours, noted, strokes))
    if not texts or not isinstance(since, list) or len(since) > MOST_SENT:
        raise TypeError
    return Brought(
        Answer.read(said["answer"], words),
        hours,
        noted,
        strokes,
        uuid.UUID(said["id"]),
        [uuid.UUID(one) for one in since],
    )


def told(thing: Seat | Met) -> dict[str, str]:
    """Return what a page is told of what is noted now."""
    noted, carried, hours = thing.told()
    return {
        "noted": str(noted),
        "said": noted.said,
        "carried": carried,
        "signed": signed_how(hours),
    }


def signed_how(hours: Hours | None) -> str:
    """Return how hours are signed, in words; empty while they are not."""
    return hours.signature.how.label if hours and hours.signature else ""
