"""Seats of a workshop taken, awaited and given up; who was there; the time that a journey was given.

Whoever takes or leaves a seat holds the journey, then the workshop. The database counts the seats too.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet, Sum

from jalon.journeys import signs
from jalon.journeys.actions import locked
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import capacity
from jalon.journeys.telling import tell
from jalon.law import groups as law_groups
from jalon.law import workshops as law
from jalon.law.facts import Path
from jalon.law.rulebook import Refusal, Refused, refuse
from jalon.law.stages import ENDS
from jalon.law.support import ACCEPTS_A_PATH, PROPOSES_A_PATH
from jalon.law.vocabulary import EnrolmentState, Occasion, Presence, Role
from jalon.now import now
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support.models import AttendanceEntry, Enrolment, GroupMember, HalfDay, Workshop


@transaction.atomic
def enrol(workshop_id: int, journey_id: uuid.UUID, by: User) -> Enrolment:
    """Take a seat, or a place at the end of the waiting list; raises `Refused`.

    Who has a seat or waits already stays where they are.
    """
    journey = locked(journey_id)
    workshop = Workshop.objects.select_for_update().get(pk=workshop_id)
    same_team = workshop.organisation_id == journey.organisation_id
    refuse(law.may_choose(able(by, journey, workshop)))
    refuse(law.still_held(cancelled=workshop.cancelled_at is not None))
    refuse(law.may_enrol(journey.stage, same_team=same_team))
    refuse(reserved(workshop, journey))
    refuse(law.not_begun(begins_at(workshop), now()))
    found = Enrolment.objects.filter(workshop=workshop, journey=journey).first()
    if found and found.state != EnrolmentState.CANCELLED:
        return found
    elsewhere = at_the_same_time(workshop, journey)
    refuse(law.one_place_at_a_time(str(elsewhere) if elsewhere else ""))
    state = EnrolmentState.ENROLLED if seat_left(workshop) else EnrolmentState.WAITING
    if found:
        found.asked_at = now()
        found.becomes(state)
    enrolment = found or Enrolment.objects.create(workshop=workshop, journey=journey, state=state)
    signs.seen(journey, signs.side_of(journey, by))
    if state == EnrolmentState.ENROLLED:
        tell_seated([enrolment], Occasion.WORKSHOP_JOINED)
    else:
        tell(Occasion.WORKSHOP_AWAITED, enrolment.told_as)
    return enrolment


def reserved(workshop: Workshop, journey: Journey) -> Refusal | None:
    """Return why a journey may not sit in a workshop that is reserved to a group, if it may not."""
    if workshop.group is None:
        return None
    member = GroupMember.objects.living().filter(group=workshop.group, journey=journey).exists()
    return law_groups.may_sit(workshop.group.title, member=member)


def able(by: User, journey: Journey, workshop: Workshop) -> frozenset[Role]:
    """Return the roles in which somebody acts on the seat of a journey in a workshop.

    A workshop is run by the whole team: a colleague enrols and notes there, whoever has the file.
    """
    own = capacity(by, journey)
    here = workshop.organisation_id in organisations(by, Role.ARCHITECT, Role.HEAD)
    return own if not here or Role.CANDIDATE in own else own | {Role.ARCHITECT}


def at_the_same_time(workshop: Workshop, journey: Journey) -> HalfDay | None:
    """Return a half-day of another workshop, chosen already, that overlaps this one: no minute counts twice."""
    theirs = HalfDay.objects.filter(
        workshop__enrolments__in=journey.enrolments.exclude(state=EnrolmentState.CANCELLED)
    )
    overlaps = workshop.half_days.filter(
        starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    other = theirs.exclude(workshop=workshop).filter(Exists(overlaps))
    return other.select_related("workshop__site").first()


@transaction.atomic
def cancel(enrolment: Enrolment, by: User) -> list[Enrolment]:
    """Give a seat up, or a place on the waiting list; return who moves up; raises `Refused`."""
    journey = locked(enrolment.journey_id)
    workshop = Workshop.objects.select_for_update().get(pk=enrolment.workshop_id)
    refuse(law.may_choose(able(by, journey, workshop)))
    refuse(law.still_held(cancelled=workshop.cancelled_at is not None))
    refuse(law.not_begun(begins_at(workshop), now()))
    signs.seen(journey, signs.side_of(journey, by))
    return give_up(enrolment, workshop)


@transaction.atomic
def release(enrolment: Enrolment) -> list[Enrolment]:
    """Give up, in nobody's name, the seat of a journey that ended or went elsewhere; return who moves up.

    So too one reserved to a group that the candidate left.
    A workshop that has begun keeps it: nobody could take it.
    """
    journey = locked(enrolment.journey_id)
    workshop = Workshop.objects.select_for_update().get(pk=enrolment.workshop_id)
    same_team = workshop.organisation_id == journey.organisation_id
    needed = (
        law.may_enrol(journey.stage, same_team=same_team) is None
        and reserved(workshop, journey) is None
    )
    open_still = workshop.cancelled_at is None and law.not_begun(begins_at(workshop), now()) is None
    return give_up(enrolment, workshop) if open_still and not needed else []


def give_up(enrolment: Enrolment, workshop: Workshop) -> list[Enrolment]:
    """Give up a seat or a place on the list of a workshop that is held; have it told; return who moves up."""
    enrolment = Enrolment.objects.select_related("workshop").get(pk=enrolment.pk)
    if enrolment.state == EnrolmentState.CANCELLED:
        return []
    enrolment.becomes(EnrolmentState.CANCELLED)
    tell(Occasion.WORKSHOP_LEFT, enrolment.told_as)
    moved = move_up(workshop)
    tell_seated(moved, Occasion.WORKSHOP_MOVED_UP)
    return moved


def tell_seated(enrolments: Iterable[Enrolment], occasion: Occasion) -> None:
    """Have people told that they have a seat, and reminded of each half-day."""
    for one in enrolments:
        tell(occasion, one.told_as)
        tell_plan(one)


def tell_plan(enrolment: Enrolment) -> None:
    """Have somebody who has a seat reminded of each half-day to come."""
    if enrolment.state != EnrolmentState.ENROLLED:
        return
    for half_day in enrolment.workshop.half_days.filter(starts_at__gt=now()):
        tell(Occasion.HALF_DAY_PLANNED, f"{enrolment.told_as}.{half_day.pk}")


def move_up(workshop: Workshop) -> list[Enrolment]:
    """Give the free seats of a workshop that is held to who waited longest; a journey that ended waits on."""
    moved = []
    for enrolment in workshop.enrolments.waiting().exclude(journey__stage__in=ENDS):
        if not seat_left(workshop):
            break
        enrolment.becomes(EnrolmentState.ENROLLED)
        moved.append(enrolment)
    return moved


def seat_left(workshop: Workshop) -> bool:
    """Say whether a workshop has a free seat."""
    return workshop.enrolments.seated().count() < workshop.capacity


def begins_at(workshop: Workshop) -> datetime | None:
    """Return when the first half-day of a workshop begins; None while it has none."""
    begins: datetime | None = workshop.half_days.aggregate(at=Min("starts_at"))["at"]
    return begins


@transaction.atomic
def note(
    half_day: HalfDay,
    enrolment: Enrolment,
    presence: Presence,
    by: User,
    *,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
) -> AttendanceEntry:
    """Note whether a person was there for a half-day, or correct what was noted; raises `Refused`."""
    journey = locked(enrolment.journey_id)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("workshop")
        .get(pk=enrolment.pk)
    )
    roles = able(by, journey, enrolment.workshop)
    refuse(law.may_note(roles, enrolment.state, half_day.starts_at, now()))
    if half_day.workshop_id != enrolment.workshop_id:
        raise Refused(Refusal.permission("Choisissez une demi-journée de cet atelier."))
    refuse(law.hours_agree(presence, half_day.starts_at, half_day.ends_at, arrived_at, left_at))
    said = {
        "presence": presence,
        "arrived_at": arrived_at,
        "left_at": left_at,
        "noted_by": by,
        "noted_at": now(),
    }
    entry, _ = AttendanceEntry.objects.update_or_create(
        half_day=half_day, enrolment=enrolment, defaults=said
    )
    if presence == Presence.PRESENT:
        signs.seen(journey, Role.CANDIDATE, Role.ARCHITECT, at=half_day.starts_at)
    return entry


# ---------------------------------------------------------------- the time given


@dataclass(frozen=True)
class Time:
    """Minutes of one kind: what the path plans, what was given."""

    planned: int
    delivered: int

    @property
    def planned_hours(self) -> Decimal:
        """Return what is planned, in decimal hours."""
        return law.decimal_hours(self.planned)

    @property
    def delivered_hours(self) -> Decimal:
        """Return what was given, in decimal hours."""
        return law.decimal_hours(self.delivered)


class Delivered(NamedTuple):
    """The time of a journey: alone with who accompanies, and in workshops."""

    individual: Time
    group: Time


def delivered(journey: Journey) -> Delivered:
    """Return the time planned by the path that the candidate accepted last, and what was given of it."""
    individual, group = planned(journey)
    alone = journey.meetings.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    return Delivered(
        Time(individual, alone),
        Time(group, sum(one.minutes for one in entries(journey))),
    )


def planned(journey: Journey) -> tuple[int, int]:
    """Return the minutes that the accepted path plans alone, and in workshops; none without a path."""
    return minutes_planned(accepted_path(journey))


def minutes_planned(path: Path | None) -> tuple[int, int]:
    """Return the minutes that a path plans alone, and in workshops; none without a path."""
    if path is None:
        return 0, 0
    return int(path.hours_individual * 60), int(path.hours_group * 60)


def entries(journey: Journey) -> QuerySet[AttendanceEntry]:
    """Return what was noted of the candidate in workshops, the earliest half-day first."""
    return AttendanceEntry.objects.filter(enrolment__journey=journey).select_related("half_day")


def accepted_path(journey: Journey) -> Path | None:
    """Return the path that the candidate accepted last; None before, or once it was erased."""
    told = journey.journal.filter(act__in=(*PROPOSES_A_PATH, *ACCEPTS_A_PATH))
    return path_accepted(told.order_by("number"))


def path_accepted(told: Iterable[JournalEntry]) -> Path | None:
    """Return the path that was accepted last, from the lines that propose and accept one, in their order."""
    proposed: JournalEntry | None = None
    accepted: JournalEntry | None = None
    for line in told:
        if line.act in PROPOSES_A_PATH:
            proposed = line
        else:
            accepted = proposed
    return accepted.facts_as(Path) if accepted and accepted.facts else None
