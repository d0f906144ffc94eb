"""What accompaniment adds to the lists of journeys: the next meeting, and where people meet (R-089)."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from jalon.journeys.narrowing import Facet, facet, number, order
from jalon.law.clocks import french
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Role
from jalon.now import paris_day
from jalon.people.models import User
from jalon.people.policy import organisations, roles
from jalon.support.models import Booking, CompanyGroup, Enrolment, GroupMember, Site, Workshop


@enforces("R-089")
def read_by(viewer: User) -> Q:
    """Return the condition on what hangs from a journey that keeps what a person of the team reads."""
    if Role.ADMINISTRATOR in roles(viewer):
        return Q()
    return Q(journey__organisation__in=organisations(viewer, Role.ARCHITECT, Role.HEAD))


def bookings(viewer: User) -> QuerySet[Booking]:
    """Return the meetings that a person reads, those that were given up aside."""
    return Booking.objects.standing().filter(read_by(viewer))


def next_meetings(viewer: User, journeys: Iterable[UUID]) -> dict[UUID, Booking]:
    """Return the next meeting of each of some journeys."""
    coming = Booking.objects.to_come().filter(read_by(viewer), journey__in=list(journeys))
    found = coming.order_by("journey", "starts_at").distinct("journey").select_related("site")
    return {one.journey_id: one for one in found}


@order("rendez-vous")
def by_meeting(viewer: User) -> tuple[Any, ...]:
    """By the next meeting."""
    coming = Booking.objects.to_come().filter(read_by(viewer), journey=OuterRef("pk"))
    return (Subquery(coming.order_by("starts_at").values("starts_at")[:1]),)


def last_site(viewer: User) -> Subquery:
    """Return the expression on Journey that gives where its candidate is met, or was last."""
    there = bookings(viewer).filter(journey=OuterRef("pk"), site__isnull=False)
    return Subquery(there.order_by("-starts_at").values("site")[:1])


def sites(found: Collection[int]) -> dict[int, str]:
    """Return the names of some sites, in their order."""
    return dict(Site.objects.filter(pk__in=found).order_by("name", "pk").values_list("pk", "name"))


facet(
    Facet(
        "lieu",
        "Dernier lieu de rendez-vous",
        column=last_site,
        reads=number,
        keeps=lambda viewer, pk: Q(pk__in=met_at(viewer, pk)),
        named=sites,
    )
)


def met_at(viewer: User, site: int) -> QuerySet[Any, Any]:
    """Return the ids of the journeys whose candidate is met at a site, or was last."""
    later = bookings(viewer).filter(
        journey=OuterRef("journey"), site__isnull=False, starts_at__gt=OuterRef("starts_at")
    )
    last = bookings(viewer).filter(~Exists(later), site=site)
    return last.values("journey")


def last_workshop(viewer: User) -> Subquery:
    """Return the expression on Journey that gives the last workshop in which its candidate has a seat."""
    seats = Enrolment.objects.seated().filter(read_by(viewer), journey=OuterRef("pk"))
    return Subquery(seats.order_by("-asked_at", "-pk").values("workshop")[:1])


def workshops(found: Collection[int]) -> dict[int, str]:
    """Return what some workshops are called, the latest first, with the day on which each begins."""
    named: Any = Workshop.objects.filter(pk__in=found).annotate(begins=Min("half_days__starts_at"))
    return {
        one.pk: ", ".join(
            [one.theme.label, *([french(paris_day(one.begins))] if one.begins else [])]
        )
        for one in named.order_by(F("begins").desc(nulls_last=True), "-pk")
    }


def seated_in(viewer: User, workshop: int) -> QuerySet[Any, Any]:
    """Return the ids of the journeys whose candidate has a seat in a workshop, their last one."""
    later = Enrolment.objects.seated().filter(
        Q(asked_at__gt=OuterRef("asked_at"))
        | Q(asked_at=OuterRef("asked_at"), pk__gt=OuterRef("pk")),
        journey=OuterRef("journey"),
    )
    seats = Enrolment.objects.seated().filter(~Exists(later), read_by(viewer), workshop=workshop)
    return seats.values("journey")


facet(
    Facet(
        "atelier",
        "Dernier atelier",
        column=last_workshop,
        reads=number,
        keeps=lambda viewer, pk: Q(pk__in=seated_in(viewer, pk)),
        named=workshops,
    )
)


def in_groups(viewer: User) -> QuerySet[GroupMember]:
    """Return who is in a group, of those whom a person of the team reads."""
    return GroupMember.objects.living().filter(read_by(viewer))


def own_group(viewer: User) -> Subquery:
    """Return the expression on Journey that gives the company's group that its candidate is in."""
    return Subquery(in_groups(viewer).filter(journey=OuterRef("pk")).values("group")[:1])


def groups(found: Collection[int]) -> dict[int, str]:
    """Return what some groups are called, the latest first, each with its company."""
    named = CompanyGroup.objects.filter(pk__in=found).order_by("-starts_on", "-pk")
    return {one.pk: str(one) for one in named}


facet(
    Facet(
        "groupe",
        "Groupe d’entreprise",
        column=own_group,
        reads=number,
        keeps=lambda viewer, pk: Q(pk__in=in_groups(viewer).filter(group=pk).values("journey")),
        named=groups,
    )
)
