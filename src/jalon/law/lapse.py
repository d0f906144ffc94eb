"""Caducité: six silent months, a human word, and a contestation (R-044…R-048)."""

from jalon.law.case import Case
from jalon.law.facts import DatedNote, Facts, Lapse
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import ClockKind, ClockState, Contestation


@enforces("R-045")
def step_evidenced(case: Case, facts: DatedNote) -> Refusal | None:
    """A step is described and evidenced."""
    if facts.text.strip() and facts.evidence.strip():
        return None
    return Refusal("R-045", "Décrivez l’étape et indiquez ce qui la prouve.")


@enforces("R-045")
def step_after_admissibility(case: Case, facts: DatedNote) -> Refusal | None:
    """A step that keeps the admissibility alive came after it."""
    if case.admissibility and facts.on >= case.admissibility.decided_on:
        return None
    return Refusal("R-045", "L’étape doit être postérieure à la recevabilité.")


@enforces("R-044")
def six_months_silent(case: Case, facts: Facts) -> Refusal | None:
    """The alert is given when the clock ran past its limit."""
    clock = case.clock(ClockKind.LAPSE)
    if clock and clock.state == ClockState.RUNNING and case.today > clock.limit_on:
        return None
    return Refusal("R-044", "Le délai de six mois n’est pas terminé.")


@enforces("R-044")
def alert_was_given(case: Case) -> Refusal | None:
    """A lapse is confirmed only after the alert."""
    clock = case.clock(ClockKind.LAPSE)
    if clock and clock.state == ClockState.EXPIRED:
        return None
    return Refusal("R-044", "Le délai de six mois n’est pas dépassé : la recevabilité tient.")


@enforces("R-045")
def no_step_recorded(case: Case) -> Refusal | None:
    """A recorded step stops the lapse."""
    if not case.steps_since_admissibility:
        return None
    return Refusal("R-045", "Une étape a été enregistrée : la recevabilité n’est pas caduque.")


@enforces("R-044")
def human_confirmed(case: Case, facts: Lapse) -> Refusal | None:
    """A person confirms that nothing excuses the silence."""
    if facts.no_legitimate_reason:
        return None
    return Refusal(
        "R-044", "Confirmez que vous avez vérifié l’absence de motif légitime avant la caducité."
    )


@enforces("R-048")
def not_contested_yet(case: Case) -> Refusal | None:
    """A lapse is contested once."""
    if case.contestation == Contestation.NONE:
        return None
    return Refusal("R-048", "La caducité est déjà contestée.")


@enforces("R-048")
def contestation_pending(case: Case) -> Refusal | None:
    """A contestation is decided once."""
    if case.contestation == Contestation.PENDING:
        return None
    return Refusal("R-048", "Aucune contestation n’attend de décision.")


@enforces("R-048")
def no_contestation_pending(case: Case) -> Refusal | None:
    """Nothing is archived while a contestation waits."""
    if case.contestation != Contestation.PENDING:
        return None
    return Refusal(
        "R-048", "Une contestation de la caducité attend une décision : on n’archive pas avant."
    )
