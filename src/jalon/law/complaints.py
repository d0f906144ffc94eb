"""Complaints and contestations: registered, answered, dated (R-130)."""

from jalon.law.case import Case
from jalon.law.facts import ComplaintAnswer, ComplaintFiled
from jalon.law.rulebook import Refusal, enforces
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Accompaniment, Addressee, Role


@enforces("R-130")
def complaint_written(case: Case, facts: ComplaintFiled) -> Refusal | None:
    """A complaint says what is wrong."""
    if facts.words.strip():
        return None
    return Refusal("R-130", "Écrivez ce que vous contestez, ou ce qui ne s’est pas bien passé.")


@enforces("R-130")
def somebody_answers(case: Case, facts: ComplaintFiled) -> Refusal | None:
    """A complaint goes to somebody who is there to answer it."""
    alone = case.accompaniment == Accompaniment.ALONE
    if not (alone and facts.to == Addressee.ACCOMPANIST):
        return None
    return Refusal("R-130", "Personne ne vous accompagne : adressez-vous au certificateur.")


def side(role: Role) -> Addressee:
    """Return for whom somebody answers."""
    return Addressee.CERTIFIER if role == Role.CERTIFIER else Addressee.ACCOMPANIST


@enforces("R-130")
def answerable(case: Case) -> frozenset[int]:
    """Return the complaints that whoever looks may answer.

    What was told to an organisation that the candidate left is answered by its head, or, left
    unanswered, by an administrator, who answers no other.
    """
    if case.actor == Role.ADMINISTRATOR:
        return case.complaints_left
    own = frozenset(number for number, to in case.complaints if to == side(case.actor))
    return own | case.complaints_led


@enforces("R-130")
def complaint_waits(case: Case) -> Refusal | None:
    """There is a complaint to answer, addressed to whoever looks."""
    if answerable(case):
        return None
    return Refusal("R-130", "Aucune réclamation n’attend votre réponse.")


@enforces("R-130")
def answers_a_complaint(case: Case, facts: ComplaintAnswer) -> Refusal | None:
    """An answer is written, to a complaint that waits and that was addressed to who answers."""
    if facts.number in answerable(case) and facts.answer.strip():
        return None
    return Refusal("R-130", "Choisissez une réclamation en attente, et écrivez votre réponse.")


@enforces("R-122", "R-130")
def erasure_may_be_granted(case: Case, facts: ComplaintAnswer) -> Refusal | None:
    """Data are erased once the journey is over, and while nothing needs them as proof."""
    if not (facts.granted and facts.number in case.erasures):
        return None
    if case.stage not in ENDS:
        return Refusal(
            "R-122",
            "Ce parcours est en cours : il s’arrête d’abord, à la demande du candidat. Répondez sans "
            "accepter, en le lui disant.",
        )
    if case.frozen_on:
        return Refusal("R-122", "L’effacement est suspendu : levez d’abord la suspension.")
    return None


@enforces("R-130")
def no_complaint_waits(case: Case) -> Refusal | None:
    """Nothing is put away while a complaint waits for its answer."""
    if not case.complaints:
        return None
    return Refusal("R-130", "Une réclamation attend une réponse : répondez avant d’archiver.")
