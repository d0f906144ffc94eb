"""The messages between a candidate and who accompanies them: who writes, until when, and what is joined."""

from jalon.law.meetings import ACCOMPANISTS
from jalon.law.rulebook import Refusal
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Role, Stage

#: How many letters a message has at most.
LONGEST = 4000
#: How many files one message brings at most, and how many a thread holds.
MOST_A_MESSAGE, MOST_FILES = 5, 60
#: How many messages somebody sends on one journey in a day, and from how many left on they are told.
MOST_A_DAY, TOLD_FROM = 30, 5
WRITERS = ACCOMPANISTS | {Role.CANDIDATE}


def may_write(able: frozenset[Role], stage: Stage, *, taken_on: bool, whom: str) -> Refusal | None:
    """Refuse a message by a stranger to the accompaniment, before it begins and once it is over.

    `whom` is who may be written to instead, with how to reach them.
    """
    if not able & WRITERS:
        return Refusal.permission(
            "Ces messages vont du candidat à la personne qui l’accompagne : parlez-en à l’un ou à l’autre."
        )
    if stage not in ENDS and taken_on:
        return None
    if Role.CANDIDATE not in able:
        return Refusal.permission(
            "L’accompagnement n’est pas en cours : appelez le candidat, puis notez l’échange."
        )
    if stage in ENDS:
        return Refusal.permission(f"Votre accompagnement est terminé : écrivez à {whom}.")
    return Refusal.permission(f"Personne ne suit encore votre dossier : écrivez à {whom}.")


def may_send(sent: int) -> Refusal | None:
    """Refuse one message more to who sent this many today on the journey."""
    if sent < MOST_A_DAY:
        return None
    return Refusal.permission(
        f"Vous avez envoyé {sent} messages aujourd’hui : écrivez la suite demain, ou appelez."
    )


def left_today(sent: int) -> str:
    """Return how many messages may still be sent today, in words, once few are left; else nothing."""
    left = MOST_A_DAY - sent
    if not 0 < left <= TOLD_FROM:
        return ""
    messages = "un message" if left == 1 else f"{left} messages"
    return f"Il vous reste {messages} pour aujourd’hui : dites tout en une fois, ou appelez."


def may_join(brought: int, held: int) -> Refusal | None:
    """Refuse more files than a message brings, or than a thread holds."""
    if brought > MOST_A_MESSAGE:
        why = f"Joignez {MOST_A_MESSAGE} fichiers au plus : envoyez les autres dans un second message."
        return Refusal("", why, fields=("joined",))
    if held + brought > MOST_FILES:
        why = f"Ces messages ont déjà {held} fichiers : déposez celui-ci dans le dossier."
        return Refusal("", why, fields=("joined",))
    return None


def may_settle(able: frozenset[Role]) -> Refusal | None:
    """Refuse whoever does not accompany to say that a message asks for no answer."""
    if able & ACCOMPANISTS:
        return None
    return Refusal.permission("La personne qui accompagne ce dossier dit s’il faut une réponse.")


def reads(able: frozenset[Role], *, own: bool, accompanies: bool) -> bool:
    """Say whether somebody reads the messages: the candidate, who accompanies, and nobody who judges."""
    judges = able & {Role.CERTIFIER, Role.JUROR}
    return own or (accompanies and not judges)


def reads_for_the_team(able: frozenset[Role]) -> bool:
    """Say whether what somebody reads was read by who accompanies: a colleague who looks is not."""
    return Role.ARCHITECT in able
