"""Choosing an hour, moving it, giving it up: the same pages for a candidate and for who accompanies them.

To look at an hour books nothing: it leads to a page that says it again, and whose button books it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.journeys.models import Journey
from jalon.law.vocabulary import MeetingMode
from jalon.people.models import User
from jalon.support import planning
from jalon.support.models import Booking, OpeningHours
from jalon.support.queries import offered_in
from jalon.support.slots import Slot
from jalon.support.territories import local, said, zone_said
from jalon.web import form_actions

WEEK = timedelta(weeks=1)
#: The name of a slot in addresses and buttons.
SLOT, WEEK_OF = "creneau", "semaine"
#: The name of how a meeting was told on the page that moves it or gives it up.
SEEN = "vu"


@dataclass(frozen=True)
class Door:
    """By whom and for which journey an hour is chosen; `back` leads away, `done` is where one goes after."""

    journey: Journey
    by: User
    back: str
    done: str
    moved: Booking | None = None

    @property
    def mine(self) -> bool:
        """Say whether the person chooses for themselves."""
        return self.by.pk == self.journey.candidate_id


@dataclass(frozen=True)
class Choice:
    """A free hour as a page shows it."""

    slot: Slot
    opening: OpeningHours

    @property
    def starts(self) -> datetime:
        """Return when it begins, as the clocks of its place show it."""
        return local(self.slot.starts_at, self.slot.territory)

    @property
    def day(self) -> date:
        """Return its day, in its place."""
        return self.starts.date()

    @property
    def when(self) -> str:
        """Return its day and hour in words."""
        return said(self.slot.starts_at, self.slot.territory)

    @property
    def zone(self) -> str:
        """Return whose hour it is, where it is not that of Paris."""
        return zone_said(self.slot.territory)

    @property
    def where(self) -> str:
        """Return where people meet, in a few words."""
        if self.opening.mode == MeetingMode.ON_SITE and self.opening.site:
            return self.opening.site.name
        return "Visioconférence" if self.opening.mode == MeetingMode.REMOTE else "Téléphone"


@dataclass(frozen=True)
class Week:
    """The free hours of a week by day, and the weeks before and after that have some."""

    monday: date
    days: tuple[tuple[date, tuple[Choice, ...]], ...]
    before: date | None
    after: date | None


def choose(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the free hours by week; say one again when it is chosen; book it when that is confirmed."""
    if request.method == "POST":
        if done := form_actions.attempt(request, lambda: take(door, request.POST)):
            whose, verb = "Votre" if door.mine else "Le", "déplacé" if door.moved else "pris"
            messages.success(request, f"{whose} rendez-vous est {verb} : {done.value.when}.")
            return redirect(door.done)
        return hours(request, door, choices(door), status=409)
    found = choices(door)
    key = request.GET.get(SLOT, "")
    chosen = next((one for one in found if one.slot.key == key), None)
    if key and chosen is None:
        messages.error(request, "Cette heure n’est plus libre : choisissez-en une autre.")
    if chosen is None:
        return hours(request, door, found)
    return render(request, "booking/confirm.html", {"door": door, "choice": chosen})


def take(door: Door, said: QueryDict) -> Booking:
    """Book or move, as the page was for; raises `Refused`."""
    key = said.get(SLOT, "")
    if door.moved:
        return planning.move(door.moved, key, door.by, said.get(SEEN, ""))
    return planning.book(door.journey.pk, key, door.by)


def hours(request: HttpRequest, door: Door, found: list[Choice], status: int = 200) -> HttpResponse:
    """Show the free hours of the week that the address names, else of the first that has some."""
    week = week_of(found, request.GET.get(WEEK_OF, ""))
    return render(request, "booking/choose.html", {"door": door, "week": week}, status=status)


def choices(door: Door) -> list[Choice]:
    """Return what may be booked, the earliest first; of two that begin together, the first opening's."""
    return [Choice(*one) for one in offered_in(door.by, door.journey, door.moved)]


def week_of(found: list[Choice], wanted: str) -> Week | None:
    """Return a week of free hours, the first one unless another is named; None when there are none."""
    mondays = sorted({monday_of(one.day) for one in found})
    if not mondays:
        return None
    asked = day_named(wanted)
    monday = next((one for one in mondays if asked and one >= monday_of(asked)), mondays[0])
    here = [one for one in found if monday_of(one.day) == monday]
    here.sort(key=lambda one: (one.day, one.slot.starts_at))
    return Week(
        monday,
        tuple((day, tuple(group)) for day, group in groupby(here, lambda one: one.day)),
        max((one for one in mondays if one < monday), default=None),
        min((one for one in mondays if one > monday), default=None),
    )


def monday_of(day: date) -> date:
    """Return the first day of a week."""
    return day - timedelta(days=day.weekday())


def day_named(text: str) -> date | None:
    """Return the day that an address names, None when it names none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 10) < day < date(2200, 1, 1) else None


class GiveUpForm(forms.Form):
    """Why a meeting is given up, for whoever was to come."""

    reason = forms.CharField(label="Un mot pour l’autre personne", max_length=200, required=False)


def cancel(request: HttpRequest, booking: Booking, door: Door, said_done: str) -> HttpResponse:
    """Say what giving a meeting up does; do it when that is confirmed."""
    form = GiveUpForm(request.POST or None)
    if form_actions.submit(
        request,
        form,
        lambda: planning.give_up(
            booking, door.by, form.cleaned_data["reason"], request.POST.get(SEEN, "")
        ),
    ):
        messages.success(request, said_done)
        return redirect(door.done)
    return form_actions.render_form(
        request, form, "booking/cancel.html", booking=booking, door=door
    )
