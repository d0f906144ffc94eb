"""Complaints and contestations: registered, answered, dated (R-130)."""

from jalon.law.case import Case
from jalon.law.facts import ComplaintAnswer, ComplaintFiled
from jalon.law.rulebook import Refusal, enforces
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
def complaint_waits(case: Case) -> Refusal | None:
    """There is a complaint to answer, addressed to whoever looks."""
    if any(to == side(case.actor) for _, to in case.complaints):
        return None
    return Refusal("R-130", "Aucune réclamation n’attend votre réponse.")


@enforces("R-130")
def answers_a_complaint(case: Case, facts: ComplaintAnswer) -> Refusal | None:
    """An answer is written, to a complaint that waits and that was addressed to who answers."""
    if (facts.number, side(case.actor)) in case.complaints and facts.answer.strip():
        return None
    return Refusal("R-130", "Choisissez une réclamation en attente, et écrivez votre réponse.")


@enforces("R-130")
def no_complaint_waits(case: Case) -> Refusal | None:
    """Nothing is put away while a complaint waits for its answer."""
    if not case.complaints:
        return None
    return Refusal("R-130", "Une réclamation attend une réponse : répondez avant d’archiver.")
