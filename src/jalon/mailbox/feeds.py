"""The calendar that somebody's agenda reads at a secret address: made, replaced, revoked, and what it holds.

The feed of who accompanies leaves names out, since agendas keep what they read with others: initials,
and a page that asks who one is.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from jalon.journeys.models import Clock, Journey
from jalon.juries.models import Hearing
from jalon.law.vocabulary import ClockState, EnrolmentState, Role
from jalon.mailbox import appointments
from jalon.mailbox.agenda import Appointment, Deadline, feed_file
from jalon.mailbox.models import CalendarFeed
from jalon.now import now
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.support.models import Booking, Enrolment, HalfDay, WithdrawnHalfDay

#: For how long what was cancelled is still told, and what is past still shown.
KEPT = timedelta(days=30)
#: How often the hour of the last reading is noted.
NOTED_EVERY = timedelta(hours=1)
NAME = "Jalon"


# ---------------------------------------------------------------- the address


def make(person: User) -> str:
    """Return a new secret for somebody's feed, which is known nowhere else; the one before serves no more.

    It holds their work only when they make it at work: whoever came in with a mailed code is a candidate.
    """
    secret = secrets.token_urlsafe(32)
    said = {"secret": hashed(secret), "made_at": now(), "changed_at": now(), "content": ""}
    said |= {"read_at": None, "of_work": accompanies(person)}
    CalendarFeed.objects.update_or_create(person=person, defaults=said)
    return secret


def accompanies(person: User) -> bool:
    """Say whether somebody accompanies candidates here."""
    return not roles(person).isdisjoint({Role.ARCHITECT, Role.HEAD})


def revoke(person: User) -> None:
    """Close somebody's feed; without one, nothing changes."""
    CalendarFeed.objects.filter(person=person).delete()


def feed_of(secret: str) -> CalendarFeed | None:
    """Return the feed of a secret; None when it never was one, was replaced, or its person left."""
    found = CalendarFeed.objects.filter(secret=hashed(secret), person__is_active=True)
    return found.select_related("person").first()


def address(secret: str) -> str:
    """Return where an agenda reads a feed."""
    return settings.SITE_ADDRESS + reverse("public:feed", args=[secret])


def hashed(secret: str) -> str:
    """Return what is kept of a secret: it is long and drawn at random, one hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


# ---------------------------------------------------------------- what is read there


@dataclass(frozen=True)
class Read:
    """What a feed holds, and since when it has been so."""

    appointments: tuple[Appointment, ...]
    deadlines: tuple[Deadline, ...]
    content: str
    changed_at: datetime

    def file(self) -> bytes:
        """Return it as an agenda reads it."""
        told = [replace(one, stamped_at=self.changed_at) for one in self.appointments]
        return feed_file(NAME, told, self.deadlines, self.changed_at)


def read(feed: CalendarFeed) -> Read:
    """Return what a feed holds now; note that it was read, and whether it changed."""
    at = now()
    works = feed.of_work and accompanies(feed.person)
    held = tuple(
        replace(one, stamped_at=feed.made_at) for one in appointments_of(feed.person, works=works)
    )
    days = tuple(deadlines_of(feed.person, works=works))
    content = hashlib.sha256(repr((held, days)).encode()).hexdigest()
    if content != feed.content:
        feed.content, feed.changed_at = content, at
    elif feed.read_at and at - feed.read_at < NOTED_EVERY:
        return Read(held, days, content, feed.changed_at)
    feed.read_at = at
    own = CalendarFeed.objects.filter(pk=feed.pk, secret=feed.secret)
    own.update(content=content, changed_at=feed.changed_at, read_at=at)
    return Read(held, days, content, feed.changed_at)


def appointments_of(person: User, *, works: bool) -> Iterator[Appointment]:
    """Yield what happens at an hour, as a candidate and as who accompanies."""
    yield from of_candidate(person)
    if works:
        yield from of_architect(person)


def of_candidate(person: User) -> Iterator[Appointment]:
    """Yield the meetings, workshops and juries of somebody's own journeys."""
    journeys = Journey.objects.filter(candidate=person, purged_at=None)
    for met in bookings(Q(journey__in=journeys)):
        text = f"Avec {met.architect.get_full_name()}\n{page('candidate:booking', met.journey_id)}"
        yield replace(appointments.of_booking(met, organiser=""), text=text)
    yield from of_seats(journeys)
    for heard in hearings(Q(attempt__journey__in=journeys)):
        yield of_hearing(heard, "", page("candidate:journey", heard.attempt.journey_id))


def of_seats(journeys: Iterable[Journey]) -> Iterator[Appointment]:
    """Yield the half-days of the workshops in which journeys have a seat, or had one lately."""
    since = now() - KEPT
    had = Q(state=EnrolmentState.CANCELLED, changed_at__gte=since)
    found = Enrolment.objects.filter(Q(state=EnrolmentState.ENROLLED) | had, journey__in=journeys)
    related = ("workshop__site", "workshop__led_by")
    listed = ("workshop__half_days", "workshop__withdrawn")
    for seat in found.select_related(*related).prefetch_related(*listed).order_by("pk"):
        text = page("candidate:workshop", seat.journey_id, seat.workshop_id)
        gone = seat.state == EnrolmentState.CANCELLED
        known: list[HalfDay | WithdrawnHalfDay] = [*seat.workshop.half_days.all()]
        for half_day in (*known, *seat.workshop.withdrawn.all()):
            if half_day.ends_at >= since:
                off = gone or isinstance(half_day, WithdrawnHalfDay)
                one = appointments.of_half_day(half_day, seat, "", cancelled=off, organiser="")
                yield replace(one, text=text)


def of_architect(person: User) -> Iterator[Appointment]:
    """Yield the meetings and workshops of who accompanies, and the juries of those whom they follow."""
    since = now() - KEPT
    for met in bookings(Q(architect=person, journey__purged_at=None)):
        one = appointments.of_booking(met, organiser="")
        title = f"{met.kind.label} · {initials(met.journey.candidate)}"
        text = page("architect:booking", met.pk)
        yield replace(one, title=title, text=text)
    led = Q(workshop__led_by=person, ends_at__gte=since)
    told = Q(workshop__cancelled_at=None) | Q(workshop__cancelled_at__gte=since)
    for half_day in HalfDay.objects.filter(led, told).select_related("workshop__site"):
        text = page("architect:workshop", half_day.workshop_id)
        yield replace(appointments.of_led(half_day), text=text)
    for gone in WithdrawnHalfDay.objects.filter(led).select_related("workshop__site"):
        yield appointments.of_led(gone)
    for heard in hearings(Q(attempt__journey__in=followed(person))):
        name = initials(heard.attempt.journey.candidate)
        yield of_hearing(heard, f" · {name}", page("dossiers:journey", heard.attempt.journey_id))


def bookings(whose: Q) -> Iterable[Booking]:
    """Return meetings that are to come, or past for a short while; given up ones for as long."""
    since = now() - KEPT
    told = Q(given_up_at=None, ends_at__gte=since) | Q(given_up_at__gte=since)
    related = ("journey__candidate", "architect", "site")
    return Booking.objects.filter(whose, told).select_related(*related).order_by("starts_at", "pk")


def hearings(whose: Q) -> Iterable[Hearing]:
    """Return passages before a jury that are to come, or past for a short while; cancelled ones for as long."""
    since = now() - KEPT
    told = Q(cancelled_at=None) | Q(cancelled_at__gte=since)
    related = ("session__certification", "session__certifier", "attempt__journey__candidate")
    found = Hearing.objects.filter(whose, told, session__held_on__gte=since.date())
    return found.select_related(*related).order_by("session__held_on", "starts_at", "pk")


def of_hearing(heard: Hearing, whose: str, text: str) -> Appointment:
    """Return a passage before a jury, without what its summons says more."""
    one = appointments.of_hearing(heard, cancelled=heard.cancelled_at is not None)
    return replace(one, title=f"{one.title}{whose}", text=text, organiser="")


def deadlines_of(person: User, *, works: bool) -> Iterator[Deadline]:
    """Yield the days by which something is to be done, on somebody's own journeys and those they follow."""
    own = Journey.objects.filter(candidate=person, purged_at=None)
    for clock in clocks(own):
        yield of_clock(clock, "", page("candidate:journey", clock.journey_id))
    if works:
        for clock in clocks(followed(person)):
            name = initials(clock.journey.candidate)
            yield of_clock(clock, f" · {name}", page("dossiers:journey", clock.journey_id))


def clocks(journeys: Iterable[Journey]) -> Iterable[Clock]:
    """Return the delays set by a text that run, and those that stopped before their end a short while ago."""
    since = (now() - KEPT).date()
    runs = Q(state=ClockState.RUNNING)
    lately = Q(state=ClockState.STOPPED, ended_on__gte=since, limit_on__gte=since)
    found = Clock.objects.statutory().filter(runs | lately, journey__in=journeys)
    return found.select_related("journey__candidate").order_by("limit_on", "pk")


def of_clock(clock: Clock, whose: str, text: str) -> Deadline:
    """Return the limit of a delay; one that stopped is taken out."""
    return Deadline(
        uid=f"delai-{clock.pk}@{appointments.site()}",
        on=clock.limit_on,
        title=f"Date limite : {clock.kind.label}{whose}",
        text=text,
        cancelled=clock.state == ClockState.STOPPED,
    )


def followed(person: User) -> Iterable[Journey]:
    """Return the journeys that somebody follows."""
    return Journey.objects.filter(architect=person, purged_at=None)


def initials(person: User) -> str:
    """Return the initials of a name: « C. M. »."""
    return " ".join(f"{name[0]}." for name in (person.first_name, person.last_name) if name)


def page(name: str, *args: object) -> str:
    """Return the address of a page, which asks who one is."""
    return settings.SITE_ADDRESS + reverse(name, args=args)
