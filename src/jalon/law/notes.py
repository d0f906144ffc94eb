"""What a team writes for itself of a candidate: who reads it, and for how long it may be put right."""

from datetime import datetime, timedelta

from jalon.law.meetings import ACCOMPANISTS
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Role

#: For how long its author may change a note.
CHANGEABLE = timedelta(hours=1)


def may_note(able: frozenset[Role]) -> Refusal | None:
    """Refuse a note by whoever does not accompany this very file."""
    if able & ACCOMPANISTS:
        return None
    return Refusal.permission(
        "Les notes de l’équipe sont écrites par la personne qui accompagne ce dossier : parlez-lui-en."
    )


def may_change(at: datetime, now: datetime, *, mine: bool) -> Refusal | None:
    """Refuse to change a note of somebody else, or an hour after it was written."""
    if not mine:
        return Refusal.permission(
            "Cette note est d’une autre personne : écrivez la vôtre, elle se lira à la suite."
        )
    if now - at > CHANGEABLE:
        return Refusal.permission(
            "Cette note a plus d’une heure et ne change plus : écrivez-en une autre, qui la corrige."
        )
    return None
