"""The one policy: which journeys a person sees, and in which capacity they act on one.

Nothing is visible unless a line here says so.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from jalon.law.rulebook import enforces
from jalon.law.vocabulary import OrganisationKind, Role, Stage
from jalon.people.models import Membership, User

if TYPE_CHECKING:
    from jalon.journeys.models import Journey

NOTHING = Q(pk__in=[])

#: The roles that an organisation gives, by what it does in a journey; an administrator has none.
ROLES_OF = {
    OrganisationKind.ACCOMPANIST: frozenset({Role.ARCHITECT, Role.HEAD}),
    OrganisationKind.CERTIFIER: frozenset({Role.CERTIFIER, Role.JUROR}),
}

#: A certifier sees a file once it was sent, or when the candidate asked them for something.
BEFORE_SENDING = [
    Stage.REGISTERED,
    Stage.TAKEN_ON,
    Stage.MEETING_HELD,
    Stage.PATH_PROPOSED,
    Stage.PATH_ACCEPTED,
]


def memberships(viewer: Any) -> list[Membership]:
    """Return the living memberships of a person; read once for each request's viewer.

    Each says in `registered` whether the person is a candidate too.
    """
    if not getattr(viewer, "is_authenticated", False):
        return []
    cached: list[Membership] | None = getattr(viewer, "_living_memberships", None)
    if cached is None:
        registered = User.objects.filter(pk=OuterRef("user"), journeys__isnull=False)
        cached = list(
            Membership.objects.filter(user=viewer, ended_at__isnull=True)
            .annotate(registered=Exists(registered))
            .select_related("organisation")
            .order_by("pk")
        )
        viewer._living_memberships = cached
    return cached


def roles(viewer: Any) -> frozenset[Role]:
    """Return the roles a person holds.

    Everybody signed in without any is a candidate; so is a professional who registered for a VAE.
    """
    if not getattr(viewer, "is_authenticated", False):
        return frozenset()
    living: list[Any] = memberships(viewer)
    held = frozenset(Role(membership.role) for membership in living)
    also = not living or any(membership.registered for membership in living)
    return held | {Role.CANDIDATE} if also else held


def organisations(viewer: Any, *wanted: Role) -> list[int]:
    """Return the ids of the organisations in which a person holds one of these roles."""
    return [
        membership.organisation_id
        for membership in memberships(viewer)
        if membership.role in wanted and membership.organisation_id
    ]


@enforces("R-125")
def visible(viewer: Any) -> Q:
    """Return the condition on Journey that keeps what this person may see (R-123, R-125).

    A candidate sees their own; architects and heads those of their organisation; a certifier those
    sent to it; a juror those of the sessions they sit on; an administrator all of them. An employer
    has no role, hence sees nothing.
    """
    if not getattr(viewer, "is_authenticated", False) or not viewer.is_active:
        return NOTHING
    condition = Q(candidate=viewer)
    held = roles(viewer)
    if accompanying := organisations(viewer, Role.ARCHITECT, Role.HEAD):
        condition |= Q(organisation__in=accompanying)
    if certifying := organisations(viewer, Role.CERTIFIER):
        condition |= Q(certifier__in=certifying) & (
            Q(feasibility__sent_at__isnull=False)
            | Q(extra_filing_asked_at__isnull=False)
            | ~Q(stage__in=[*BEFORE_SENDING, Stage.DROPPED_OUT, Stage.REORIENTED, Stage.ARCHIVED])
        )
    if Role.JUROR in held:
        condition |= Q(attempts__hearings__session__panel__juror__user=viewer)
    if Role.ADMINISTRATOR in held:
        condition |= Q()
        return Q(pk__isnull=False)
    return condition


def accompanies(viewer: User, journey: "Journey") -> bool:
    """Tell whether a person belongs to the organisation that accompanies a candidate."""
    return journey.organisation_id in organisations(viewer, Role.ARCHITECT, Role.HEAD)


def certifies(viewer: User, journey: "Journey") -> bool:
    """Tell whether a person belongs to the certifier of a journey."""
    return journey.certifier_id in organisations(viewer, Role.CERTIFIER)


def follows(viewer: User, journey: "Journey") -> bool:
    """Tell whether a person who sees a journey reads the whole of it (R-123).

    A juror does not: they read what was written for the jury, whatever roles they hold elsewhere.
    """
    return (
        journey.candidate_id == viewer.pk
        or accompanies(viewer, journey)
        or certifies(viewer, journey)
        or Role.ADMINISTRATOR in roles(viewer)
    )


def capacity(viewer: User, journey: "Journey") -> frozenset[Role]:
    """Return the roles in which a person may act on this very journey.

    Another architect of the same organisation sees the file but does not act on it; its head does.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return frozenset()
    able: set[Role] = set()
    if journey.candidate_id == viewer.pk:
        able.add(Role.CANDIDATE)
    if journey.organisation_id in organisations(viewer, Role.ARCHITECT) and (
        journey.architect_id is None or journey.architect_id == viewer.pk
    ):
        able.add(Role.ARCHITECT)
    if journey.organisation_id in organisations(viewer, Role.HEAD):
        able.add(Role.HEAD)
    if journey.certifier_id in organisations(viewer, Role.CERTIFIER):
        able.add(Role.CERTIFIER)
    if Role.ADMINISTRATOR in roles(viewer):
        able.add(Role.ADMINISTRATOR)
    if Role.JUROR in roles(viewer) and journey.presided_by(viewer):
        able.add(Role.JUROR)
    if Role.CANDIDATE in able:
        return frozenset({Role.CANDIDATE})
    return frozenset(able)
