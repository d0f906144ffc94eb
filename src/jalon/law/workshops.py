"""Who takes a seat in a workshop, and how long each person was there."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from jalon.law import stages
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import EnrolmentState, Presence, Role, Stage

ACCOMPANISTS = frozenset({Role.ARCHITECT, Role.HEAD})
HUNDREDTH = Decimal("0.01")


def may_choose(able: frozenset[Role]) -> Refusal | None:
    """Refuse whoever is neither the candidate nor who accompanies them."""
    if not able & (ACCOMPANISTS | {Role.CANDIDATE}):
        return Refusal.permission(
            "Seuls le candidat et la personne qui l’accompagne l’inscrivent à un atelier : demandez-leur."
        )
    return None


def may_enrol(stage: Stage, *, same_team: bool) -> Refusal | None:
    """Refuse a seat in the workshop of another team, or on a journey that is over."""
    if not same_team:
        return Refusal.permission(
            "Cet atelier est celui d’un autre organisme : choisissez un atelier de celui qui vous accompagne."
        )
    if stage in stages.ENDS:
        return Refusal.permission(
            "Ce parcours est terminé : appelez l’organisme qui accompagne avant de vous inscrire."
        )
    return None


def not_begun(starts_at: datetime | None, at: datetime) -> Refusal | None:
    """Refuse to take or leave a seat once a workshop has begun, or while it has no day."""
    if starts_at is None:
        return Refusal.permission("Cet atelier n’a pas encore de date : revenez plus tard.")
    if starts_at <= at:
        return Refusal.permission(
            "Cet atelier a commencé : appelez la personne qui vous accompagne."
        )
    return None


def one_place_at_a_time(other: str) -> Refusal | None:
    """Refuse a workshop whose hours are those of another: `other` is that half-day in words, if there is one."""
    if not other:
        return None
    return Refusal.permission(
        f"Un autre atelier est déjà choisi pour ces heures : {other}. Annulez-le d’abord, ou gardez-le."
    )


def may_note(
    able: frozenset[Role], state: EnrolmentState, starts_at: datetime, at: datetime
) -> Refusal | None:
    """Refuse to note a presence before its hour, of somebody without a seat, or by anybody else than the team."""
    if not able & ACCOMPANISTS:
        return Refusal.permission("La présence est notée par l’équipe qui accompagne.")
    if state != EnrolmentState.ENROLLED:
        return Refusal.permission("Cette personne n’a pas de place : inscrivez-la d’abord.")
    if starts_at > at:
        return Refusal.permission(
            "Cette demi-journée n’a pas commencé : notez la présence à partir de son heure."
        )
    return None


def hours_agree(
    presence: Presence,
    starts_at: datetime,
    ends_at: datetime,
    arrived_at: datetime | None,
    left_at: datetime | None,
) -> Refusal | None:
    """Refuse an arrival or an exit outside of the half-day, in the wrong order, or of somebody who was absent."""
    if presence != Presence.PRESENT:
        if arrived_at is None and left_at is None:
            return None
        return Refusal(
            "", "Effacez les heures d’une personne absente.", fields=("arrived_at", "left_at")
        )
    if starts_at <= (arrived_at or starts_at) < (left_at or ends_at) <= ends_at:
        return None
    return Refusal(
        "",
        "Vérifiez les heures : l’arrivée vient avant le départ, et les deux dans la demi-journée.",
        fields=("arrived_at", "left_at"),
    )


def attended(
    presence: Presence,
    starts_at: datetime,
    ends_at: datetime,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
) -> int:
    """Return how many whole minutes somebody was there for; never more than the half-day lasts."""
    if presence != Presence.PRESENT:
        return 0
    there = min(left_at or ends_at, ends_at) - max(arrived_at or starts_at, starts_at)
    return max(0, there // timedelta(minutes=1))


def decimal_hours(minutes: int) -> Decimal:
    """Return minutes in decimal hours, rounded half up to the hundredth: 50 minutes are 0,83."""
    return (Decimal(minutes) / 60).quantize(HUNDREDTH, ROUND_HALF_UP)
