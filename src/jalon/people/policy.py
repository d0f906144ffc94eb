"""Which roles a person holds, and in which organisations; what they see of journeys stands above."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, DateField, Exists, OuterRef, QuerySet

from jalon.law.vocabulary import OrganisationKind, Role
from jalon.now import today
from jalon.people.models import CandidateProfile, CoverPeriod, Membership
from jalon.prepared import Given, Prepared

#: The roles that an organisation gives, by what it does in a journey; an administrator has none.
ROLES_OF = {
    OrganisationKind.ACCOMPANIST: frozenset({Role.ARCHITECT, Role.HEAD}),
    OrganisationKind.CERTIFIER: frozenset({Role.CERTIFIER, Role.JUROR}),
}


@dataclass(frozen=True)
class Held:
    """A role that somebody holds in an organisation, or in none, and what is read of them with it."""

    role: Role
    organisation_id: int | None
    #: Whether they are a candidate too.
    registered: bool
    #: The roles that they ever held.
    ever: list[str]
    #: The absent colleagues of that organisation whom they replace today, by their numbers.
    covering: list[int]


@Prepared
def held_by() -> QuerySet[Any, Any]:
    """Return the living roles of a person; each request of somebody signed in reads it."""
    registered = CandidateProfile.objects.filter(user=OuterRef("user"))
    ever = Membership.objects.filter(user=OuterRef("user")).values_list("role", flat=True)
    absent = CoverPeriod.objects.in_force(Given("today", DateField())).filter(
        cover=OuterRef("user"), organisation=OuterRef("organisation")
    )
    return (
        Membership.objects.living()
        .filter(user=Given("viewer", BigIntegerField()))
        .order_by("pk")
        .values("role", "organisation_id")
        .annotate(
            registered=Exists(registered),
            ever=ArraySubquery(ever),
            covering=ArraySubquery(absent.order_by("pk").values("absent")),
        )
    )


def memberships(viewer: Any) -> list[Held]:
    """Return the roles that a person holds; read once for each request's viewer."""
    if not getattr(viewer, "is_authenticated", False):
        return []
    cached: list[Held] | None = getattr(viewer, "_living_memberships", None)
    if cached is None:
        cached = [Held(**row) for row in held_by.rows(viewer=viewer.pk, today=today())]
        viewer._living_memberships = cached
    return cached


def as_candidate(viewer: Any) -> None:
    """Let a person be nothing but a candidate, for as long as this reading of their account lasts."""
    viewer._living_memberships = []


def roles(viewer: Any) -> frozenset[Role]:
    """Return the roles a person holds.

    Everybody signed in without any is a candidate; so is a professional who registered for a VAE.
    """
    if not getattr(viewer, "is_authenticated", False):
        return frozenset()
    living = memberships(viewer)
    held = frozenset(one.role for one in living)
    also = not living or any(one.registered for one in living)
    return held | {Role.CANDIDATE} if also else held


def ever_held(viewer: Any) -> frozenset[Role]:
    """Return the roles that somebody who holds one ever held, those that ended included."""
    return frozenset(Role(role) for one in memberships(viewer) for role in one.ever)


def organisations(viewer: Any, *wanted: Role) -> list[int]:
    """Return the ids of the organisations in which a person holds one of these roles."""
    return [
        one.organisation_id
        for one in memberships(viewer)
        if one.role in wanted and one.organisation_id
    ]


def covered(viewer: Any) -> frozenset[tuple[int, int]]:
    """Return whom a person replaces today: organisations with the absent colleagues, all by number."""
    return frozenset(
        (one.organisation_id, absent)
        for one in memberships(viewer)
        if one.role in ROLES_OF[OrganisationKind.ACCOMPANIST] and one.organisation_id
        for absent in one.covering
    )
