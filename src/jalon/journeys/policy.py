"""The one policy: which journeys a person sees, and in which capacity they act on one.

Nothing is visible unless a line here says so, or a room above that registers its own.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from jalon.journeys.models import BlocAward, Complaint, Journey
from jalon.journeys.sides import lost
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Accompaniment, Role
from jalon.people.models import User
from jalon.people.policy import covered, organisations, roles
from jalon.people.queries import works_for

NOTHING = Q(pk__in=[])

#: Once personal data were erased, a certifier reads only of those who hold something from it.
NOT_ERASED = Q(purged_at__isnull=True)

Sees = Callable[[User], Q]
ActsOn = Callable[[User, Journey], bool]

#: What holders of a role see, and when they may act, as the rooms above say.
SEEN_BY: dict[Role, Sees] = {}
ACTING_AS: dict[Role, ActsOn] = {}


def sees(role: Role) -> Callable[[Sees], Sees]:
    """Register which journeys the holders of a role see, beside those of their organisation."""

    def register(condition: Sees) -> Sees:
        SEEN_BY[role] = condition
        return condition

    return register


def acts_as(role: Role) -> Callable[[ActsOn], ActsOn]:
    """Register when a holder of a role may act on a journey in that capacity."""

    def register(condition: ActsOn) -> ActsOn:
        ACTING_AS[role] = condition
        return condition

    return register


@enforces("R-125")
def visible(viewer: Any) -> Q:
    """Return the condition on Journey that keeps what this person may see (R-123, R-125).

    A candidate sees their own; architects and heads those of their organisation; a certifier those
    filed with it, or about which it was asked something; a juror those of the sessions they sit on;
    an administrator all of them. What was erased is left to its candidate, and to the certifier of
    what was obtained on it. An employer has no role, hence sees nothing.
    """
    if not getattr(viewer, "is_authenticated", False) or not viewer.is_active:
        return NOTHING
    held = roles(viewer)
    if Role.ADMINISTRATOR in held:
        return Q(pk__isnull=False)
    condition = Q(candidate=viewer)
    if accompanying := organisations(viewer, Role.ARCHITECT, Role.HEAD):
        condition |= Q(organisation__in=accompanying) & NOT_ERASED
    if certifying := organisations(viewer, Role.CERTIFIER):
        condition |= Q(certifier__in=certifying) & (
            Q(filed_at__isnull=False)
            | Q(extra_filing_asked_at__isnull=False)
            | Q(adjustments_with_certifier__gt=0)
        )
        condition &= NOT_ERASED | Q(candidate=viewer) | awarded()
    for role, seen in SEEN_BY.items():
        if role in held:
            condition |= seen(viewer) & NOT_ERASED
    return condition


def awarded() -> Q:
    """Return the condition on Journey that keeps those that gave something."""
    return Q(Exists(BlocAward.objects.filter(journey=OuterRef("pk"))))


def accompanies(viewer: User, journey: Journey) -> bool:
    """Tell whether a person belongs to the organisation that accompanies a candidate."""
    return journey.organisation_id in organisations(viewer, Role.ARCHITECT, Role.HEAD)


def certifies(viewer: User, journey: Journey) -> bool:
    """Tell whether a person belongs to the certifier of a journey."""
    return journey.certifier_id in organisations(viewer, Role.CERTIFIER)


def reads_notes(viewer: User, journey: Journey) -> bool:
    """Tell whether a person reads the notes that those who accompany take for themselves."""
    return accompanies(viewer, journey) or Role.ADMINISTRATOR in roles(viewer)


def known_to_certifier(journey: Journey) -> bool:
    """Tell whether a certifier was asked anything about a journey: until then they do not see it."""
    return (
        journey.filed_at is not None
        or journey.extra_filing_asked_at is not None
        or journey.adjustments_with_certifier > 0
    )


def follows(viewer: User, journey: Journey) -> bool:
    """Tell whether a person who sees a journey reads the whole of it (R-123).

    A juror does not: they read what was written for the jury, whatever roles they hold elsewhere.
    """
    return (
        journey.candidate_id == viewer.pk
        or accompanies(viewer, journey)
        or certifies(viewer, journey)
        or Role.ADMINISTRATOR in roles(viewer)
    )


@enforces("R-123")
def reads_sensitive(viewer: User, journey: Journey) -> bool:
    """Tell whether a person reads what tells of health, union or politics: who acts on that very file.

    Neither a colleague of the architect, nor an administrator, nor a juror does.
    """
    acting = {Role.CANDIDATE, Role.ARCHITECT, Role.HEAD, Role.CERTIFIER}
    return bool(capacity(viewer, journey) & acting)


def reporting(viewer: User, journey: Journey) -> frozenset[Role]:
    """Return the roles of those outside in whose name a person may write down what they did.

    The acts of a certifier who does not work here are noted by whoever accompanies, or by a
    candidate on their own.
    """
    if journey.certifier.works_here:
        return frozenset()
    return frozenset({Role.CERTIFIER}) if may_note(viewer, journey) else frozenset()


def may_note(viewer: User, journey: Journey) -> bool:
    """Say whether a person writes down what is done elsewhere: who accompanies, or somebody alone."""
    able = capacity(viewer, journey)
    alone = journey.accompaniment == Accompaniment.ALONE
    return bool(able & {Role.ARCHITECT, Role.HEAD} or (alone and Role.CANDIDATE in able))


@enforces("R-130")
def complaints_led(viewer: User, journey: Journey) -> frozenset[int]:
    """Return the complaints, by number, that wait for the head of an organisation the candidate left.

    That head answers them, and neither reads nor does anything else of the file.
    """
    if Role.HEAD in lost(viewer, journey):
        return frozenset()
    told = Complaint.objects.waiting().told_before()
    led = told.filter(journey=journey, accompanist__in=organisations(viewer, Role.HEAD))
    return frozenset(led.values_list("number", flat=True))


def stands_in(viewer: User, journey: Journey) -> bool:
    """Tell whether a person replaces the architect of a journey today."""
    return (journey.organisation_id, journey.architect_id) in covered(viewer)


def in_hand(viewer: User, journey: str = "") -> Q:
    """Return the condition that keeps the files of a person, and those of whom they replace today.

    `journey` is what leads to the file from the rows that are asked for, with its two underscores.
    """
    condition = Q(**{f"{journey}architect": viewer})
    for organisation, absent in sorted(covered(viewer)):
        condition |= Q(**{f"{journey}architect": absent, f"{journey}organisation": organisation})
    return condition


def capacity(viewer: User, journey: Journey) -> frozenset[Role]:
    """Return the roles in which a person may act on this very journey.

    A candidate acts on their own file as nothing else. Another architect of the same organisation
    sees the file but does not act on it, unless they replace who has it, or who had it works there no
    more; its head does.
    Who accompanied the candidate decides nothing for the certifier, and the reverse (R-063).
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return frozenset()
    if journey.candidate_id == viewer.pk:
        return frozenset({Role.CANDIDATE})
    held = roles(viewer)
    able = {
        role for role, may_act in ACTING_AS.items() if role in held and may_act(viewer, journey)
    }
    if journey.organisation_id in organisations(viewer, Role.ARCHITECT) and (
        journey.architect_id == viewer.pk
        or stands_in(viewer, journey)
        or not works_for(journey.architect_id, journey.organisation_id)
    ):
        able.add(Role.ARCHITECT)
    if journey.organisation_id in organisations(viewer, Role.HEAD):
        able.add(Role.HEAD)
    if journey.certifier_id in organisations(viewer, Role.CERTIFIER):
        able.add(Role.CERTIFIER)
    if Role.ADMINISTRATOR in held:
        able.add(Role.ADMINISTRATOR)
    return frozenset(able - lost(viewer, journey))
