"""Which roles a person holds, and in which organisations; what they see of journeys stands above."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from jalon.law.vocabulary import OrganisationKind, Role
from jalon.now import today
from jalon.people.models import CandidateProfile, CoverPeriod, Membership

#: The roles that an organisation gives, by what it does in a journey; an administrator has none.
ROLES_OF = {
    OrganisationKind.ACCOMPANIST: frozenset({Role.ARCHITECT, Role.HEAD}),
    OrganisationKind.CERTIFIER: frozenset({Role.CERTIFIER, Role.JUROR}),
}


def memberships(viewer: Any) -> list[Membership]:
    """Return the living memberships of a person; read once for each request's viewer.

    Each says in `registered` whether the person is a candidate too, in `ever` which roles they ever
    held, and in `covering` which absent colleagues of that organisation they replace today.
    """
    if not getattr(viewer, "is_authenticated", False):
        return []
    cached: list[Membership] | None = getattr(viewer, "_living_memberships", None)
    if cached is None:
        registered = CandidateProfile.objects.filter(user=OuterRef("user"))
        ever = Membership.objects.filter(user=OuterRef("user")).values_list("role", flat=True)
        absent = CoverPeriod.objects.in_force(today()).filter(
            cover=OuterRef("user"), organisation=OuterRef("organisation")
        )
        cached = list(
            Membership.objects.living()
            .filter(user=viewer)
            .annotate(
                registered=Exists(registered),
                ever=ArraySubquery(ever),
                covering=ArraySubquery(absent.order_by("pk").values("absent")),
            )
            .select_related("organisation")
            .order_by("pk")
        )
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
    living: list[Any] = memberships(viewer)
    held = frozenset(membership.role for membership in living)
    also = not living or any(membership.registered for membership in living)
    return held | {Role.CANDIDATE} if also else held


def ever_held(viewer: Any) -> frozenset[Role]:
    """Return the roles that somebody who holds one ever held, those that ended included."""
    living: list[Any] = memberships(viewer)
    return frozenset(Role(role) for membership in living for role in membership.ever)


def organisations(viewer: Any, *wanted: Role) -> list[int]:
    """Return the ids of the organisations in which a person holds one of these roles."""
    return [
        membership.organisation_id
        for membership in memberships(viewer)
        if membership.role in wanted and membership.organisation_id
    ]


def covered(viewer: Any) -> frozenset[tuple[int, int]]:
    """Return whom a person replaces today: organisations with the absent colleagues, all by number."""
    living: list[Any] = memberships(viewer)
    return frozenset(
        (membership.organisation_id, absent)
        for membership in living
        if membership.role in ROLES_OF[OrganisationKind.ACCOMPANIST]
        for absent in membership.covering
    )
