"""Adjustments: asked at every step, answered before the jury, known to the jury by consent (R-123, R-127)."""

from datetime import date

from jalon.law.case import Adjustment, Case
from jalon.law.facts import (
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentSharing,
    AdjustmentWithdrawal,
    Convening,
    Deliberation,
)
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import (
    Accompaniment,
    Addressee,
    AdjustedStep,
    AdjustmentOutcome,
    Role,
)


def holder(step: AdjustedStep) -> Addressee:
    """Return who answers for a step: who accompanies for its meetings, the certifier for the rest."""
    if step == AdjustedStep.ACCOMPANIMENT:
        return Addressee.ACCOMPANIST
    return Addressee.CERTIFIER


def side(case: Case) -> Addressee:
    """Return for whom somebody answers: what is reported is the answer of a certifier outside."""
    certifies = case.actor == Role.CERTIFIER or case.reported
    return Addressee.CERTIFIER if certifies else Addressee.ACCOMPANIST


def waiting(case: Case) -> tuple[Adjustment, ...]:
    """Return the requests that nobody answered yet, whoever holds them."""
    return tuple(one for one in case.adjustments if one.outcome is None)


def to_answer(case: Case) -> frozenset[int]:
    """Return the numbers of the requests that wait for whoever looks."""
    return frozenset(one.number for one in waiting(case) if holder(one.step) == side(case))


@enforces("R-127")
def need_said(case: Case, facts: AdjustmentRequest) -> Refusal | None:
    """A request says what is needed; never why."""
    if facts.kinds or facts.words.strip():
        return None
    return Refusal(
        "R-127", "Choisissez ce qu’il vous faut dans la liste, ou écrivez-le avec vos mots."
    )


@enforces("R-127")
def somebody_holds_the_step(case: Case, facts: AdjustmentRequest) -> Refusal | None:
    """A request goes to somebody who is there to answer it."""
    alone = case.accompaniment == Accompaniment.ALONE
    if not (alone and holder(facts.step) == Addressee.ACCOMPANIST):
        return None
    return Refusal("R-127", "Personne ne vous accompagne : choisissez une autre étape.")


@enforces("R-127")
def jury_to_come(case: Case, facts: AdjustmentRequest) -> Refusal | None:
    """What is asked for a jury is asked before it sits."""
    if not (jury_is_over(case.hearing_on, case.today) and facts.step == AdjustedStep.JURY):
        return None
    return Refusal(
        "R-127",
        "Le jury a eu lieu. Si un aménagement vous a manqué, faites une réclamation au certificateur.",
    )


@enforces("R-127")
def jury_is_over(hearing_on: date | None, on: date) -> bool:
    """Say whether the day of a hearing is past: nothing is asked for it any more."""
    return hearing_on is not None and hearing_on < on


@enforces("R-127")
def adjustment_waits(case: Case) -> Refusal | None:
    """There is a request to answer, held by whoever looks."""
    if to_answer(case):
        return None
    return Refusal("R-127", "Aucune demande d’aménagement n’attend votre réponse.")


@enforces("R-127")
def answers_a_request(case: Case, facts: AdjustmentAnswer) -> Refusal | None:
    """An answer is to a request that waits, by whoever holds the step."""
    if facts.number in to_answer(case):
        return None
    return Refusal("R-127", "Choisissez une demande qui attend votre réponse.")


@enforces("R-127")
def answer_said(case: Case, facts: AdjustmentAnswer) -> Refusal | None:
    """A grant says what is put in place, a refusal why."""
    if facts.words.strip():
        return None
    why = (
        "Écrivez pourquoi l’aménagement n’est pas possible."
        if facts.outcome == AdjustmentOutcome.REFUSED
        else "Écrivez ce qui sera mis en place, pour que chacun le prépare."
    )
    return Refusal("R-127", why)


def of_the_jury(case: Case) -> frozenset[int]:
    """Return the numbers of the requests about the jury that were not refused."""
    return frozenset(
        one.number
        for one in case.adjustments
        if one.step == AdjustedStep.JURY and one.outcome != AdjustmentOutcome.REFUSED
    )


@enforces("R-123")
def something_to_share(case: Case) -> Refusal | None:
    """There is a request of which the jury may learn something, or not."""
    if of_the_jury(case):
        return None
    return Refusal("R-123", "Aucun aménagement ne concerne le jury.")


@enforces("R-123")
def shares_a_request(case: Case, facts: AdjustmentSharing) -> Refusal | None:
    """What is shared, or kept, is one's own request about the jury."""
    if facts.number in of_the_jury(case):
        return None
    return Refusal("R-123", "Choisissez une de vos demandes qui concernent le jury.")


@enforces("R-123")
def something_asked(case: Case) -> Refusal | None:
    """There is a request to take back."""
    if case.adjustments:
        return None
    return Refusal("R-123", "Vous n’avez pas de demande d’aménagement à retirer.")


@enforces("R-123")
def takes_back_a_request(case: Case, facts: AdjustmentWithdrawal) -> Refusal | None:
    """What is taken back was asked, and not taken back before."""
    if any(one.number == facts.number for one in case.adjustments):
        return None
    return Refusal("R-123", "Choisissez une de vos demandes.")


@enforces("R-127")
def jury_requests_answered(case: Case, facts: Convening) -> Refusal | None:
    """A candidate is called before a jury once what they asked for it is answered."""
    if not any(one.step == AdjustedStep.JURY for one in waiting(case)):
        return None
    return Refusal(
        "R-127",
        "Une demande d’aménagement pour le jury attend votre réponse : répondez d’abord, sur le dossier "
        "du candidat.",
    )


@enforces("R-127")
def nothing_left_unanswered(case: Case, facts: Deliberation) -> Refusal | None:
    """Minutes are signed once the certifier answered what was asked before the day of the jury.

    The refusal names no adjustment, and cites no rule: a president learns nothing of a request (R-123).
    """
    asked = (one for one in waiting(case) if one.step == AdjustedStep.JURY)
    if not any(one.asked_on < facts.held_on for one in asked):
        return None
    return Refusal.permission(
        "Le certificateur doit d’abord terminer une réponse sur ce dossier : appelez-le, puis signez."
    )


def without_accompaniment(case: Case) -> tuple[Adjustment, ...]:
    """Return what is left of the requests once who accompanied is gone: theirs go with them."""
    return tuple(one for one in case.adjustments if one.step != AdjustedStep.ACCOMPANIMENT)
