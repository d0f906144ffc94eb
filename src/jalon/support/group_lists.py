"""Reads of groups: each takes the viewer first."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from jalon.journeys.models import Clock, JournalEntry, Journey
from jalon.journeys.policy import visible
from jalon.law.support import ACCEPTS_A_PATH, PROPOSES_A_PATH
from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support.models import AttendanceEntry, CompanyGroup, GroupMember, Meeting, Workshop
from jalon.support.workshop_lists import dated
from jalon.support.workshops import Delivered, Time, minutes_planned, path_accepted


def led_by_team(viewer: User) -> QuerySet[CompanyGroup]:
    """Return the groups of the organisations in which somebody accompanies, the latest first."""
    here = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    found = CompanyGroup.objects.filter(organisation__in=here)
    return found.select_related("referent", "organisation").order_by("-starts_on", "-pk")


def with_counts(found: QuerySet[CompanyGroup]) -> QuerySet[Any]:
    """Add to groups how many people are in each, and how many of them nobody accompanies yet."""
    living = Q(
        members__journey__organisation=F("organisation"), members__journey__purged_at__isnull=True
    )
    nobody = living & Q(members__journey__architect__isnull=True)
    return found.annotate(
        people=Count("members", filter=living), unfollowed=Count("members", filter=nobody)
    )


def members(viewer: User, group: CompanyGroup) -> QuerySet[GroupMember]:
    """Return who is in a group, by name, of those whom somebody may see, each with its open delays."""
    seen = Journey.objects.filter(visible(viewer), pk=OuterRef("journey"))
    delays = Clock.objects.open().order_by("limit_on")
    return (
        GroupMember.objects.living()
        .filter(Exists(seen), group=group)
        .select_related("journey__candidate", "journey__certification", "journey__architect")
        .prefetch_related(
            Prefetch("journey__clocks", queryset=delays, to_attr="open_clocks"),
        )
        .order_by("journey__candidate__last_name", "journey__candidate__first_name", "pk")
    )


@dataclass(frozen=True)
class Line:
    """Somebody in a group: their journey, their next limit, the hours given against those planned."""

    journey: Any
    given: Delivered

    @property
    def limit(self) -> Clock | None:
        """Return the nearest open delay."""
        return next(iter(self.journey.open_clocks), None)

    @property
    def delivered(self) -> int:
        """Return the minutes given, alone and in workshops."""
        return self.given.individual.delivered + self.given.group.delivered

    @property
    def planned(self) -> int:
        """Return the minutes that the accepted path plans, alone and in workshops."""
        return self.given.individual.planned + self.given.group.planned


def lines(found: Iterable[GroupMember]) -> list[Line]:
    """Return what a page says of some members, their hours read together."""
    journeys = [one.journey for one in found]
    given = given_to(one.pk for one in journeys)
    return [Line(one, given[one.pk]) for one in journeys]


def given_to(ids: Iterable[UUID]) -> dict[UUID, Delivered]:
    """Return the time planned for some journeys and given to each, in as many statements whatever their number."""
    ids = list(ids)
    alone = minutes_alone(ids)
    together = minutes_together(ids)
    planned = minutes_accepted(ids)
    return {
        id: Delivered(
            Time(planned[id][0], alone.get(id, 0)), Time(planned[id][1], together.get(id, 0))
        )
        for id in ids
    }


def minutes_alone(ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how long each of some candidates met who accompanies them."""
    held = Meeting.objects.filter(journey__in=ids).order_by().values_list("journey")
    return {id: minutes or 0 for id, minutes in held.annotate(Sum("minutes"))}


def minutes_together(ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how long each of some candidates was in workshops."""
    found: dict[UUID, int] = defaultdict(int)
    noted = AttendanceEntry.objects.filter(enrolment__journey__in=ids)
    for entry in noted.select_related("half_day", "enrolment"):
        found[entry.enrolment.journey_id] += entry.minutes
    return found


def minutes_accepted(ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return the minutes that the path accepted last plans for each of some journeys, alone and in workshops."""
    told: dict[UUID, list[JournalEntry]] = {id: [] for id in ids}
    wanted = (*PROPOSES_A_PATH, *ACCEPTS_A_PATH)
    for entry in JournalEntry.objects.filter(journey__in=ids, act__in=wanted).order_by("number"):
        told[entry.journey_id].append(entry)
    return {id: minutes_planned(path_accepted(entries)) for id, entries in told.items()}


def reserved_to(group: CompanyGroup) -> QuerySet[Any]:
    """Return the workshops reserved to a group, the nearest first."""
    return dated(Workshop.objects.filter(group=group))
