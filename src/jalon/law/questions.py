"""Questions that who accompanies asks the certifier of a journey, and their answers."""

from datetime import date

from jalon.law.meetings import ACCOMPANISTS
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Channel, Role

#: How an answer that was given outside may be known.
CHANNELS = tuple(one for one in Channel if one is not Channel.TAKEN_OVER)


def may_ask(able: frozenset[Role], *, works_here: bool, known: bool) -> Refusal | None:
    """Refuse a question by whoever does not accompany, or to a certifier who does not see the file yet."""
    if not able & ACCOMPANISTS:
        return Refusal.permission(
            "La question est posée par la personne qui accompagne ce dossier : parlez-lui-en."
        )
    if works_here and not known:
        return Refusal.permission(
            "Le certificateur ne voit pas encore ce dossier : appelez-le, et notez l’échange. "
            "Vous pourrez l’interroger ici une fois le dossier de faisabilité envoyé."
        )
    return None


def may_answer(
    able: frozenset[Role],
    *,
    works_here: bool,
    answered: bool,
    asked_of_another: bool,
    mine_to_note: bool,
) -> Refusal | None:
    """Refuse an answer twice, for another certifier, or by whoever is not the certifier.

    Outside, refuse it by who does not note what the certifier says.
    """
    if answered:
        return Refusal.permission(
            "Cette question a déjà sa réponse : relisez-la, ou posez-en une autre."
        )
    if asked_of_another:
        return Refusal.permission(
            "Cette question a été posée à un certificateur qui n’a plus ce dossier : "
            "posez-la de nouveau à celui qui l’a aujourd’hui."
        )
    if works_here and Role.CERTIFIER not in able:
        return Refusal.permission("La réponse est donnée par le certificateur : il a été prévenu.")
    if not works_here and not mine_to_note:
        return Refusal.permission(
            "Ce certificateur ne travaille pas dans Jalon : sa réponse est notée par la personne qui accompagne."
        )
    return None


def told_in_time(on: date, asked_on: date, today: date) -> Refusal | None:
    """Refuse an answer told before its question, or to come."""
    if asked_on <= on <= today:
        return None
    return Refusal(
        "", "Vérifiez le jour de la réponse : après la question, et pas à venir.", fields=("on",)
    )
