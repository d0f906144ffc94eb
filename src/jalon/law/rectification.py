"""An error in a signed result: put right by another act, with its reason and its proof, never by editing."""

from dataclasses import replace

from jalon.law import jury, stages, validation
from jalon.law.case import Case
from jalon.law.facts import JuryElsewhere, Rectification
from jalon.law.outside import LEADS_TO
from jalon.law.results import own_blocs
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Outcome, Stage


def presented(case: Case) -> frozenset[str]:
    """Return the blocs on which the jury of the attempt under way decided."""
    return case.validation.blocs - case.elsewhere_blocs


def given(case: Case) -> frozenset[str]:
    """Return those that it gave, as its minutes say."""
    return own_blocs(case) & presented(case)


def told(case: Case) -> bool:
    """Say whether the person knows the result already: before its notice, nobody tells them (R-078)."""
    return case.stage != Stage.DELIBERATED


@enforces("R-076", "R-077")
def rectified(case: Case, asked: Rectification) -> Rectification:
    """Return a rectification with what the minutes gave, what is so, and where that leads.

    On the 2002 route, an admissibility counts again for what is left to obtain (R-047).
    """
    before = given(case)
    without_them = replace(case, acquired_blocs=case.acquired_blocs - before)
    outcome = jury.outcome_of(without_them, frozenset(asked.won), asked.condition)
    leads_to = LEADS_TO[outcome] if told(case) else case.stage
    return replace(
        asked,
        before=tuple(sorted(before)),
        outcome=outcome,
        leads_to=leads_to,
        valid_until=validation.counts_until(case, leads_to)
        if leads_to in stages.AFTER_JURY
        else None,
    )


@enforces("R-076")
def something_to_rectify(case: Case, facts: Rectification) -> Refusal | None:
    """A rectification changes what the jury gave, or its condition."""
    if frozenset(facts.won) != given(case) or facts.condition.strip() != case.condition.strip():
        return None
    return Refusal(
        "R-076", "C’est déjà le résultat enregistré : cochez ce que le jury a réellement décidé."
    )


@enforces("R-076", "R-132")
def rectifies_this_passage(case: Case, facts: Rectification) -> Refusal | None:
    """Only what this jury looked at is rectified; the rest was decided elsewhere."""
    if frozenset(facts.won) <= presented(case):
        return None
    return Refusal("R-076", "Choisissez parmi les blocs présentés à ce jury.")


@enforces("R-076")
def rectification_proved(case: Case, facts: Rectification) -> Refusal | None:
    """What a president signed is contradicted by a paper, not by a memory."""
    if facts.evidence.strip():
        return None
    return Refusal(
        "R-076", "Indiquez la pièce qui prouve l’erreur : une grille signée, un relevé des votes."
    )


@enforces("R-073", "R-085")
def condition_on_the_whole(case: Case, facts: Rectification | JuryElsewhere) -> Refusal | None:
    """A condition only makes sense on a whole award."""
    if not facts.condition.strip() or facts.outcome == Outcome.CONDITIONAL:
        return None
    return Refusal(
        "R-073",
        "Une réserve suppose que tous les blocs de la certification sont acquis : retirez-la, ou cochez tous les blocs.",
    )
