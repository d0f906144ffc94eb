"""Who takes a seat in a workshop, and how long each person was there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from jalon.law import stages
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import EnrolmentState, Presence, Role, Stage

ACCOMPANISTS = frozenset({Role.ARCHITECT, Role.HEAD})
HUNDREDTH = Decimal("0.01")
#: How long a half-day lasts at most, and how many seats a workshop has at most.
LONGEST, MOST_SEATS = timedelta(hours=6), 50


def may_run(*, in_the_team: bool) -> Refusal | None:
    """Refuse whoever does not accompany candidates where a workshop is held."""
    if in_the_team:
        return None
    return Refusal.permission("Les ateliers sont tenus par l’équipe qui accompagne : demandez-lui.")


def still_held(*, cancelled: bool) -> Refusal | None:
    """Refuse anything of a workshop that was cancelled."""
    if not cancelled:
        return None
    return Refusal.permission("Cet atelier est annulé : choisissez-en un autre.")


def seats_kept(capacity: int, taken: int) -> Refusal | None:
    """Refuse fewer seats than people who have one."""
    if capacity >= taken:
        return None
    why = f"Des personnes ont déjà une place : gardez au moins {taken} places, ou retirez d’abord quelqu’un."
    return Refusal("", why, fields=("capacity",))


def hours_follow(hours: Sequence[tuple[datetime, datetime]]) -> Refusal | None:
    """Refuse a workshop without hours, one too long, and half-days that overlap."""
    if not hours:
        return Refusal.permission("Écrivez au moins une demi-journée : son jour et ses heures.")
    if any(not timedelta() < ends_at - starts_at <= LONGEST for starts_at, ends_at in hours):
        return Refusal.permission(
            "Une demi-journée finit après son début et dure six heures au plus : corrigez ses heures, ou coupez-la en deux."
        )
    ordered = sorted(hours)
    if any(after[0] < before[1] for before, after in pairwise(ordered)):
        return Refusal.permission(
            "Deux demi-journées se recouvrent : faites commencer la seconde après la fin de la première."
        )
    return None


def hours_to_come(hours: Sequence[tuple[datetime, datetime]], at: datetime) -> Refusal | None:
    """Refuse to plan a half-day in the past."""
    if all(starts_at > at for starts_at, _ in hours):
        return None
    return Refusal.permission("Cette demi-journée est déjà passée : choisissez une date à venir.")


def none_added_once_begun(*, begun: bool, added: bool) -> Refusal | None:
    """Refuse one more half-day in a workshop that has begun: who is enrolled chose the others."""
    if not (begun and added):
        return None
    return Refusal.permission(
        "Cet atelier a commencé : créez un autre atelier pour ajouter une demi-journée."
    )


def hours_free_for(person: str, other: str) -> Refusal | None:
    """Refuse hours that somebody gives to something else: `other` is that in words, if there is anything."""
    if not other:
        return None
    return Refusal.permission(
        f"{person} n’est pas libre à ces heures : {other}. Choisissez d’autres heures, ou libérez d’abord celles-ci."
    )


def changed_meanwhile(seen: str, revision: int) -> Refusal | None:
    """Refuse what was asked of a workshop that is no longer as the page showed it; `seen` may be unsaid."""
    if seen in ("", str(revision)):
        return None
    return Refusal.permission(
        "Cet atelier a changé depuis que vous avez ouvert la page : rouvrez-la, relisez, puis recommencez."
    )


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
        return Refusal.permission("Demandez à l’équipe qui accompagne : elle note la présence.")
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
