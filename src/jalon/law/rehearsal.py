"""The rehearsal of a jury: who writes its mock grid, when it may be shared with the candidate, who reads it."""

from datetime import date

from jalon.law import stages
from jalon.law.meetings import ACCOMPANISTS
from jalon.law.plurals import counted
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Role, Stage

#: Where a rehearsal is offered when none was held or booked: a jury is set.
OFFERED_AT = stages.at(Stage.JURY_SCHEDULED)
#: Where a candidate still reads on their page what was found at a rehearsal.
READ_AT = stages.AWAITING_A_JURY | stages.AFTER_JURY


def may_rehearse(able: frozenset[Role], stage: Stage) -> Refusal | None:
    """Refuse a mock grid by whoever does not accompany this very file, or when no jury is awaited."""
    if not able & ACCOMPANISTS:
        return Refusal.permission(
            "La grille d’entraînement est écrite par la personne qui accompagne ce dossier : parlez-lui-en."
        )
    if stage in stages.AWAITING_A_JURY:
        return None
    return Refusal.permission(
        "On s’entraîne entre l’envoi du dossier de validation et le passage devant le jury : revenez à ce moment-là."
    )


def may_share(found: int, asked: int, advice: str) -> Refusal | None:
    """Refuse to share a grid on which a competence is without a finding, or that says nothing as a whole."""
    if found < asked:
        left = asked - found
        return Refusal.permission(
            f"Il reste {counted(left, 'compétence')} à noter : complétez chaque bloc, puis partagez."
        )
    if not advice.strip():
        return Refusal.permission(
            "Écrivez l’avis d’ensemble avant de partager : c’est ce que la personne lit en premier."
        )
    return None


def was_held(held_on: date | None, minutes: int, today: date) -> Refusal | None:
    """Refuse a rehearsal to come, or without its length: it counts among the hours that were given."""
    if held_on and held_on <= today and minutes > 0:
        return None
    return Refusal(
        "",
        "Indiquez le jour et la durée d’un entraînement qui a eu lieu : ce temps compte dans l’accompagnement.",
        fields=("held_on", "minutes"),
    )


def reads_grid(able: frozenset[Role], *, shared: bool, accompanies: bool) -> bool:
    """Say whether somebody reads a mock grid: the team, and the candidate once it is shared.

    `able` are the roles held on this very file: whoever certifies or judges it never reads it, whatever else they are.
    """
    if Role.CANDIDATE in able:
        return shared
    return accompanies and not able & {Role.CERTIFIER, Role.JUROR}
