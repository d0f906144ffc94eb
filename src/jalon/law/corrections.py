"""A day that was noted wrong: another act says the right one and why; what was written stays."""

from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.facts import DayCorrection
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Act, Route

#: What somebody writes down of another day than that of the writing.
NOTED = frozenset({Act.DEPOSIT_FEASIBILITY, Act.DEPOSIT_VALIDATION, Act.DECLARE_COMPLETE})


@enforces("R-026")
def receipt_has_its_own_day(case: Case) -> Refusal | None:
    """What is sent here is received at once: only what came by post or elsewhere has a day of its own."""
    if case.route == Route.LAW_2002 or case.certifier_outside:
        return None
    return Refusal(
        "R-026", "Le dossier complet a été reçu le jour de son envoi : rien n’est à corriger."
    )


@enforces("R-026")
def day_was_noted(case: Case, facts: DayCorrection) -> Refusal | None:
    """The day of what was done in Jalon is sure."""
    if facts.corrects in NOTED:
        return None
    return Refusal(
        "R-026", "Ce jour est celui de l’envoi dans Jalon : il est sûr, et ne se corrige pas."
    )


@enforces("R-026")
def right_day_in_its_place(case: Case, facts: DayCorrection) -> Refusal | None:
    """The right day comes after the step before, and is not to come."""
    since = facts.since or facts.right_on
    if since <= facts.right_on <= case.today:
        return None
    return Refusal("R-026", f"Indiquez un jour à partir du {french(since)}, jusqu’à aujourd’hui.")
