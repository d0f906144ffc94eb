"""What is taken along to a workshop or a meeting where there is no network, and what is brought back.

A device sends what was noted there once it has a network again, perhaps several times. Each answer bears a number
of its own, done once, and says which hours the page showed and what it was told to be noted: what was changed
meanwhile is never written over, be it back to an earlier answer.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Self

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.law import visits as law
from jalon.law.clocks import french_hour
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Attendance, EnrolmentState, Presence, Role, SignedHow
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support import planning, signatures, workshops
from jalon.support.attendance import Hours, Row, Sheet, hours_of_entry, hours_of_meeting, sheet_of
from jalon.support.models import (
    AttendanceEntry,
    Booking,
    BroughtAnswer,
    Enrolment,
    HalfDay,
    Meeting,
)
from jalon.support.territories import local, zone

HOUR = re.compile(r"\d\d:\d\d", re.ASCII)


@dataclass(frozen=True)
class Answer:
    """What is noted of somebody, as a page sends it: nothing, or a word and the hours that differ."""

    word: Presence | Attendance | None = None
    arrived: time | None = None
    left: time | None = None

    def __str__(self) -> str:
        hours = [one.strftime("%H:%M") if one else "" for one in (self.arrived, self.left)]
        return "|".join([self.word.value, *hours]) if self.word else ""

    @property
    def said(self) -> str:
        """Return it in words."""
        hours = [
            f"{name} {french_hour(hour)}"
            for name, hour in (("arrivée", self.arrived), ("départ", self.left))
            if hour
        ]
        return ", ".join([self.word.label if self.word else "rien de noté", *hours])

    @classmethod
    def read(cls, written: str, words: type[Presence] | type[Attendance]) -> Self:
        """Return an answer as a page writes it; raises ValueError."""
        word, *hours = written.split("|")
        if any(one and not HOUR.fullmatch(one) for one in hours):
            raise ValueError
        arrived, left = (time.fromisoformat(one) if one else None for one in hours)
        return cls(words(word), arrived, left)


@dataclass(frozen=True)
class Brought:
    """An answer brought back: under which hours it was noted, and what its device was told to be noted.

    `strokes` is the signature that the person drew under these hours, if they did. `since` numbers what the device
    sent after what it was told, in order: it read the answer to none of these.
    """

    answer: Answer
    carried: str
    told: str
    strokes: str = ""
    number: uuid.UUID = field(default_factory=uuid.uuid4)
    since: Sequence[uuid.UUID] = ()


def half_days(viewer: User) -> QuerySet[HalfDay]:
    """Return the half-days that the teams of somebody hold, those to come included."""
    here = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    found = HalfDay.objects.filter(workshop__organisation__in=here, workshop__cancelled_at=None)
    return found.select_related("workshop__site", "workshop__led_by")


def expected_at(half_day: HalfDay) -> tuple[Sheet, list[Row]]:
    """Return the sheet of a half-day, and who has a seat in it, with what was noted and how to call them."""
    sheet = sheet_of(half_day)
    rows = [row for row in sheet.rows if row.enrolment.state == EnrolmentState.ENROLLED]
    seated = [row.enrolment for row in rows]
    prefetch_related_objects(seated, "attendance", "journey__candidate__candidate_profile")
    return sheet, rows


def hours_carried(thing: HalfDay | Booking) -> str:
    """Return what tells the hours of something from any others."""
    begins, ends = (one.astimezone(UTC) for one in (thing.starts_at, thing.ends_at))
    return f"{begins.isoformat()}/{ends.isoformat()}"


def noted_of(entry: AttendanceEntry | None, half_day: HalfDay) -> Answer:
    """Return what is noted of somebody at a half-day."""
    if entry is None:
        return Answer()
    place = half_day.workshop.territory
    arrived, left = (
        local(one, place).time() if one else None for one in (entry.arrived_at, entry.left_at)
    )
    return Answer(entry.presence, arrived, left)


def outcome_of(booking: Booking) -> Answer:
    """Return what is noted of a meeting."""
    unsaid = booking.attendance == Attendance.EXPECTED
    return Answer(None if unsaid else booking.attendance)


def hours_noted(half_day: HalfDay, enrolment: Enrolment) -> Hours:
    """Return the hours of somebody at a half-day as they are noted now, with their signatures."""
    entry = half_day.attendance.filter(enrolment=enrolment).first()
    signed = half_day.signatures.filter(journey=enrolment.journey_id)
    return hours_of_entry(entry, half_day, enrolment.journey, signed)


def hours_held(booking: Booking) -> Hours | None:
    """Return the hours of a meeting that was held, with their signatures; None before."""
    if booking.meeting is None:
        return None
    return hours_of_meeting(booking.meeting, booking.journey, booking.meeting.signatures.all())


# ---------------------------------------------------------------- brought back


@transaction.atomic
def bring_to_half_day(half_day: HalfDay, enrolment: Enrolment, brought: Brought, by: User) -> None:
    """Note what was answered and signed away from the network, or nothing of it; raises `Refused`.

    Brought twice, it is noted once.
    """
    journey = locked(enrolment.journey_id)
    half_day.refresh_from_db(fields=["starts_at", "ends_at"])
    refuse(law.as_carried(brought.carried, hours_carried(half_day), half_day.when))
    shown = entry_answered(half_day, enrolment, brought.answer)
    entry = half_day.attendance.filter(enrolment=enrolment).first()
    if is_news(journey, brought, noted_of(entry, half_day)):
        hours = {"arrived_at": shown.arrived_at, "left_at": shown.left_at}
        workshops.note(half_day, enrolment, shown.presence, by, **hours)
    if brought.strokes:
        by_hand(hours_of_entry(shown, half_day, enrolment.journey), brought.strokes, by)


def entry_answered(half_day: HalfDay, enrolment: Enrolment, answer: Answer) -> AttendanceEntry:
    """Return what a page showed of somebody, as it would be noted."""
    assert isinstance(answer.word, Presence)
    on, place = half_day.on, zone(half_day.workshop.territory)
    arrived, left = (
        datetime.combine(on, one, place) if one else None for one in (answer.arrived, answer.left)
    )
    return AttendanceEntry(
        half_day=half_day,
        enrolment=enrolment,
        presence=answer.word,
        arrived_at=arrived,
        left_at=left,
    )


def is_news(journey: Journey, brought: Brought, noted: Answer) -> bool:
    """Say whether an answer is still to be noted, and take its number; raises `Refused` when another was noted meanwhile."""
    same = str(noted) == str(brought.answer)
    if not same:
        refuse(law.noted_meanwhile(left_by(journey, brought), str(noted), noted.said))
    take(journey, brought)
    return not same


def left_by(journey: Journey, brought: Brought) -> str | None:
    """Return what a device knows to be noted: the last that it sent and that was done, or what it was told.

    None for an answer that was done already, or that its device gave up: it is not written again.
    """
    numbers = [*brought.since, brought.number]
    found = BroughtAnswer.objects.filter(journey=journey, pk__in=numbers)
    done = dict(found.values_list("pk", "answer"))
    if brought.number in done:
        return None
    return next((done[one] for one in reversed(brought.since) if done.get(one)), brought.told)


def take(journey: Journey, brought: Brought) -> None:
    """Keep the number of an answer that is done; those that its device sent before it are done no more."""
    earlier = [one for one in brought.since if one != brought.number]
    kept = [BroughtAnswer(pk=brought.number, journey=journey, answer=str(brought.answer))]
    kept += [BroughtAnswer(pk=one, journey=journey) for one in earlier]
    BroughtAnswer.objects.bulk_create(kept, ignore_conflicts=True)


def by_hand(shown: Hours, strokes: str, by: User) -> None:
    """Keep a signature drawn under the hours that were shown; raises `Refused`, also when they are no longer these."""
    signatures.sign(shown, SignedHow.DRAWN, by, shown.digest, strokes=strokes)


@transaction.atomic
def bring_to_meeting(booking: Booking, brought: Brought, by: User) -> None:
    """Note what became of a meeting and its signature, away from the network, or nothing; raises `Refused`."""
    journey = locked(booking.journey_id)
    booking.refresh_from_db()
    refuse(law.as_carried(brought.carried, hours_carried(booking), booking.when))
    if is_news(journey, brought, outcome_of(booking)):
        assert isinstance(brought.answer.word, Attendance)
        planning.settle(booking, brought.answer.word, by)
        booking.refresh_from_db()
    if brought.strokes:
        refuse(law.report_first(booking.kind))
        by_hand(hours_shown(booking, by), brought.strokes, by)


def hours_shown(booking: Booking, by: User) -> Hours:
    """Return the hours of a meeting as its page showed them: those for which it was booked."""
    held = Meeting(
        pk=booking.meeting_id,
        kind=booking.kind,
        held_on=booking.on,
        minutes=booking.minutes,
        held_by=by,
    )
    return hours_of_meeting(held, booking.journey)
