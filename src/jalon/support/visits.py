"""What is taken along to a workshop or a meeting where there is no network, and what is brought back.

A device sends what was noted there once it has a network again, perhaps several times. Each answer says
which hours the page showed, and what it knew to be noted: what was changed meanwhile is never written over.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Self

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from jalon.journeys.actions import locked
from jalon.law import visits as law
from jalon.law.clocks import french_hour
from jalon.law.vocabulary import Attendance, EnrolmentState, Presence, Role
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support import planning, workshops
from jalon.support.attendance import Row, Sheet, sheet_of
from jalon.support.models import AttendanceEntry, Booking, Enrolment, HalfDay
from jalon.support.planning import refuse
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
    """An answer brought back: under which hours it was noted, and which answers its device knew of."""

    answer: Answer
    carried: str
    known: Collection[str]


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


@transaction.atomic
def bring_to_half_day(half_day: HalfDay, enrolment: Enrolment, brought: Brought, by: User) -> None:
    """Note what was answered away from the network; raises `Refused`. Brought twice, it is noted once."""
    locked(enrolment.journey_id)
    half_day.refresh_from_db(fields=["starts_at", "ends_at"])
    refuse(law.as_carried(brought.carried, hours_carried(half_day), half_day.when))
    entry = half_day.attendance.filter(enrolment=enrolment).first()
    answer, noted = brought.answer, noted_of(entry, half_day)
    if str(noted) == str(answer):
        return
    refuse(law.noted_meanwhile(brought.known, str(noted), noted.said))
    assert isinstance(answer.word, Presence)
    arrived, left = (moment(half_day, one) for one in (answer.arrived, answer.left))
    workshops.note(half_day, enrolment, answer.word, by, arrived_at=arrived, left_at=left)


def moment(half_day: HalfDay, hour: time | None) -> datetime | None:
    """Return an hour of a half-day as a moment."""
    if hour is None:
        return None
    return datetime.combine(half_day.on, hour, zone(half_day.workshop.territory))


@transaction.atomic
def bring_to_meeting(booking: Booking, brought: Brought, by: User) -> None:
    """Note what became of a meeting, answered away from the network; raises `Refused`."""
    locked(booking.journey_id)
    booking.refresh_from_db()
    refuse(law.as_carried(brought.carried, hours_carried(booking), booking.when))
    answer, noted = brought.answer, outcome_of(booking)
    if str(noted) == str(answer):
        return
    refuse(law.noted_meanwhile(brought.known, str(noted), noted.said))
    assert isinstance(answer.word, Attendance)
    planning.settle(booking, answer.word, by)
