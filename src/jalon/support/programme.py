"""Workshops as a team sets them up, changes them and cancels them; everybody enrolled is told.

Whoever changes one holds the journeys of its people, then the workshop, then the agenda of who leads it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from jalon.journeys.models import Journey
from jalon.journeys.telling import tell
from jalon.law import groups as law_groups
from jalon.law import workshops as law
from jalon.law.rulebook import refuse
from jalon.law.sites import receives
from jalon.law.vocabulary import EnrolmentState, Occasion, Role
from jalon.now import now
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support.actions import workplace
from jalon.support.freed import freed
from jalon.support.models import (
    Booking,
    Enrolment,
    GroupMember,
    HalfDay,
    WithdrawnHalfDay,
    Workshop,
)
from jalon.support.planning import hold_agenda
from jalon.support.territories import local
from jalon.support.workshops import begins_at, move_up, tell_plan, tell_seated

#: What of a workshop is told to its people: when one of them changes, they hear of it.
TOLD = ("theme", "mode", "site_id", "link")


@dataclass(frozen=True)
class Span:
    """Hours that a workshop is to have; `number` is that of the half-day that they change, if any."""

    starts_at: datetime
    ends_at: datetime
    number: int | None = None

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """Return when it begins and ends."""
        return self.starts_at, self.ends_at


def create(by: User, values: Mapping[str, Any], spans: Sequence[Span]) -> Workshop:
    """Set up a workshop of the organisation in which somebody accompanies; raises `Refused`."""
    with transaction.atomic():
        workshop = Workshop(organisation_id=workplace(by), **values)
        hours = [one.hours for one in spans]
        refuse(law.hours_follow(hours))
        refuse(law.hours_to_come(hours, now()))
        place_open(workshop, spans)
        leader_free(workshop, spans)
        workshop.save()
        HalfDay.objects.bulk_create(
            HalfDay(workshop=workshop, starts_at=one.starts_at, ends_at=one.ends_at)
            for one in spans
        )
        tell_leader(workshop, by)
    return workshop


@transaction.atomic
def change(
    number: int, by: User, values: Mapping[str, Any], spans: Sequence[Span], seen: str = ""
) -> Workshop:
    """Change a workshop and its half-days to come; raises `Refused`.

    `spans` are those to come, all of them: one that is left out is withdrawn. More seats move the
    waiting list up. Who is enrolled is told of another theme, place or hour, and of nothing else.
    """
    workshop = held(number, by)
    refuse(law.changed_meanwhile(seen, workshop.revision))
    before, led_by = told_of(workshop), workshop.led_by_id
    for name, value in values.items():
        setattr(workshop, name, value)
    refuse(law.seats_kept(workshop.capacity, workshop.enrolments.seated().count()))
    refuse(law_groups.only_members(outsiders(workshop)))
    hours_changed = rewrite(workshop, spans)
    told = hours_changed or told_of(workshop) != before
    workshop.revision += told
    workshop.save()
    moved = [] if begun(workshop) else move_up(workshop)
    if told:
        tell_changed(workshop, without=moved)
    tell_seated(moved, Occasion.WORKSHOP_MOVED_UP)
    if workshop.led_by_id != led_by:
        leave_hours(led_by, workshop.half_days.filter(starts_at__gt=now()))
        tell_leader(workshop, by)
    return workshop


@transaction.atomic
def call_off(number: int, by: User, reason: str = "") -> Workshop:
    """Cancel a whole workshop before it begins: everybody who has a seat or waits is told; raises `Refused`."""
    workshop = held(number, by)
    refuse(law.not_begun(begins_at(workshop), now()))
    workshop.cancelled_at, workshop.reason = now(), reason.strip()
    workshop.save(update_fields=["cancelled_at", "reason"])
    leave_hours(workshop.led_by_id, workshop.half_days.filter(starts_at__gt=now()))
    for one in workshop.enrolments.standing():
        one.becomes(EnrolmentState.CANCELLED)
        tell(Occasion.WORKSHOP_CANCELLED, one.told_as)
    return workshop


# ---------------------------------------------------------------- inside the lock


def held(number: int, by: User) -> Workshop:
    """Return a workshop that still holds, locked with the journeys of its people; raises `Refused`."""
    enrolled = Enrolment.objects.standing().filter(workshop=number).values("journey")
    list(Journey.objects.select_for_update(of=("self",)).filter(pk__in=enrolled).order_by("pk"))
    workshop = Workshop.objects.select_for_update().get(pk=number)
    here = organisations(by, Role.ARCHITECT, Role.HEAD)
    refuse(law.may_run(in_the_team=workshop.organisation_id in here))
    refuse(law.still_held(cancelled=workshop.cancelled_at is not None))
    return workshop


def outsiders(workshop: Workshop) -> list[str]:
    """Return the names of those enrolled who are not in the group that a workshop is reserved to."""
    if workshop.group_id is None:
        return []
    inside = GroupMember.objects.living().filter(group=workshop.group_id).values("journey")
    others = workshop.enrolments.standing().exclude(journey__in=inside)
    return [
        one.journey.candidate.get_full_name() for one in others.select_related("journey__candidate")
    ]


def told_of(workshop: Workshop) -> list[Any]:
    """Return what is told of a workshop beside its hours."""
    return [getattr(workshop, name) for name in TOLD]


def begun(workshop: Workshop) -> bool:
    """Say whether the first half-day of a workshop has begun."""
    first = begins_at(workshop)
    return first is not None and first <= now()


def rewrite(workshop: Workshop, spans: Sequence[Span]) -> bool:
    """Give the half-days to come of a workshop other hours; say whether any changed; raises `Refused`."""
    known = {one.pk: one for one in workshop.half_days.all()}
    past = [one for one in known.values() if one.begun]
    to_come = {one.pk: one for one in known.values() if not one.begun}
    kept = {one.number: one for one in spans if one.number in to_come}
    added = [one for one in spans if one.number not in to_come]
    moved = [
        one for one in kept.values() if one.number and one.hours != hours_of(to_come[one.number])
    ]
    fresh = [*moved, *added]
    refuse(law.none_added_once_begun(begun=bool(past), added=bool(added)))
    refuse(law.hours_follow([*map(hours_of, past), *(one.hours for one in spans)]))
    refuse(law.hours_to_come([one.hours for one in fresh], now()))
    place_open(workshop, spans)
    leader_free(workshop, spans)
    people_free(workshop, fresh)
    gone = [one for number, one in to_come.items() if number not in kept]
    withdraw(gone)
    move([(to_come[one.number], one) for one in moved if one.number])
    HalfDay.objects.bulk_create(
        HalfDay(workshop=workshop, starts_at=one.starts_at, ends_at=one.ends_at) for one in added
    )
    return bool(fresh or gone)


def hours_of(half_day: HalfDay) -> tuple[datetime, datetime]:
    """Return when a half-day begins and ends."""
    return half_day.starts_at, half_day.ends_at


def withdraw(gone: Iterable[HalfDay]) -> None:
    """Take half-days out of their workshop, and keep which they were."""
    for one in gone:
        WithdrawnHalfDay.objects.create(
            workshop=one.workshop, number=one.pk, starts_at=one.starts_at, ends_at=one.ends_at
        )
        one.delete()
        leave_hours(one.workshop.led_by_id, [one])


def move(moved: Sequence[tuple[HalfDay, Span]]) -> None:
    """Give half-days their new hours, all at once: one may take the hours that another leaves."""
    for half_day, span in moved:
        leave_hours(half_day.workshop.led_by_id, [half_day])
        half_day.starts_at, half_day.ends_at = span.hours
    HalfDay.objects.bulk_update([one for one, _ in moved], ["starts_at", "ends_at"])


def leave_hours(leader: int, half_days: Iterable[HalfDay]) -> None:
    """Say that the hours of some half-days are free again for who led them."""
    for one in half_days:
        freed(leader, one.starts_at, one.ends_at)


def leader_free(workshop: Workshop, spans: Iterable[Span]) -> None:
    """Refuse hours at which who leads a workshop has a meeting, or leads another; raises `Refused`."""
    hold_agenda(workshop.led_by_id)
    wanted = overlapping(spans)
    if not wanted:
        return
    others = HalfDay.objects.filter(
        wanted, workshop__led_by=workshop.led_by_id, workshop__cancelled_at=None
    ).exclude(workshop=workshop.pk)
    booked = Booking.objects.standing().filter(wanted, architect=workshop.led_by_id)
    name = workshop.led_by.get_full_name()
    taken = others.select_related("workshop__site").first() or booked.first()
    refuse(law.hours_free_for(name, str(taken or "")))


def place_open(workshop: Workshop, spans: Iterable[Span]) -> None:
    """Refuse hours at a site that is closed by then; raises `Refused`."""
    site = workshop.site
    if site and workshop.on_site:
        days = [local(one.starts_at, workshop.territory).date() for one in spans]
        refuse(receives(site.name, site.closes_on, days))


def people_free(workshop: Workshop, spans: Iterable[Span]) -> None:
    """Refuse hours at which somebody who is enrolled is in another workshop; raises `Refused`."""
    wanted = overlapping(spans, "half_days__")
    if not wanted:
        return
    people = workshop.enrolments.standing().values("journey")
    clash = (
        Enrolment.objects.standing()
        .exclude(workshop=workshop)
        .filter(journey__in=people, workshop__in=Workshop.objects.filter(wanted))
        .select_related("journey__candidate", "workshop")
        .first()
    )
    if clash:
        name = clash.journey.candidate.get_full_name()
        refuse(law.hours_free_for(name, f"autre atelier, {clash.workshop}"))


def overlapping(spans: Iterable[Span], prefix: str = "") -> Q:
    """Return the condition that keeps what overlaps some hours; empty without any."""
    wanted = Q()
    for one in spans:
        wanted |= Q(
            **{f"{prefix}starts_at__lt": one.ends_at, f"{prefix}ends_at__gt": one.starts_at}
        )
    return wanted


def tell_changed(workshop: Workshop, without: Iterable[Enrolment]) -> None:
    """Have everybody told who had a seat or waited, except who hears of the new hours otherwise."""
    told: QuerySet[Enrolment] = workshop.enrolments.standing()
    for one in told.exclude(pk__in=[each.pk for each in without]).select_related("workshop"):
        tell(Occasion.WORKSHOP_CHANGED, one.told_as)
        tell_plan(one)


def tell_leader(workshop: Workshop, by: User) -> None:
    """Have whoever was named to lead a workshop told of it, unless they named themselves."""
    if workshop.led_by_id != by.pk:
        tell(Occasion.WORKSHOP_LED, f"{workshop.pk}.{workshop.led_by_id}.{now():%y%m%d%H%M%S}")
