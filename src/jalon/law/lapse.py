"""Caducité: six silent months, a human word, and a contestation (R-044…R-048)."""

from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.facts import Claim, DatedNote, Facts, Lapse, Step
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import ClockKind, ClockState, Contestation, Route


@enforces("R-045")
def step_evidenced(case: Case, facts: Step) -> Refusal | None:
    """A step is one that the file or the decision foresaw; it is described and evidenced."""
    if facts.kind is None:
        return Refusal(
            "R-045", "Dites si cette étape était prévue dans le dossier ou recommandée ensuite."
        )
    if facts.text.strip() and facts.evidence.strip():
        return None
    return Refusal("R-045", "Décrivez l’étape et indiquez ce qui la prouve.")


@enforces("R-045")
def step_in_time(case: Case, facts: Step) -> Refusal | None:
    """Once the alert is given, only a step made before the end of the sixth month counts."""
    clock = case.clock(ClockKind.LAPSE)
    if clock is None or clock.state != ClockState.EXPIRED or facts.on <= clock.limit_on:
        return None
    return Refusal(
        "R-045",
        f"Le délai s’est terminé le {french(clock.limit_on)} : une étape faite ensuite ne suffit "
        "plus. Si un motif légitime explique ce silence, faites-le valoir auprès du certificateur.",
    )


@enforces("R-029")
def notice_after_decision(case: Case, facts: DatedNote) -> Refusal | None:
    """The notice of a tacit admissibility comes after the silence that made it."""
    if case.admissibility and facts.on >= case.admissibility.decided_on:
        return None
    return Refusal("R-029", "L’avis vient après la recevabilité tacite : vérifiez la date.")


@enforces("R-044", "R-047")
def after_admissibility(case: Case, facts: Facts) -> Refusal | None:
    """What keeps an admissibility alive comes after it."""
    since = case.admissibility.decided_on if case.admissibility else None
    if since is None or case.today >= since:
        return None
    rule = "R-044" if case.route == Route.FRANCE_VAE else "R-047"
    return Refusal(
        rule,
        f"La recevabilité date du {french(since)} : indiquez ce jour, ou un jour qui suit.",
    )


@enforces("R-044")
def reason_evidenced(case: Case, facts: Claim) -> Refusal | None:
    """A legitimate reason is told with what proves it."""
    if facts.evidence.strip():
        return None
    return Refusal("R-044", "Indiquez ce qui prouve votre motif, par exemple une attestation.")


@enforces("R-044")
def no_claim_pending(case: Case) -> Refusal | None:
    """While a legitimate reason waits for its answer, it is not told twice, and nothing lapses."""
    if case.reason_claimed_on is None:
        return None
    return Refusal(
        "R-044", "Un motif légitime attend la réponse du certificateur : elle vient d’abord."
    )


@enforces("R-044")
def claim_pending(case: Case) -> Refusal | None:
    """Only a reason that was told is answered."""
    if case.reason_claimed_on is not None:
        return None
    return Refusal("R-044", "Aucun motif légitime n’attend de réponse.")


def reason_waits(case: Case) -> bool:
    """Say whether a legitimate reason was told, and waits for its answer."""
    return claim_pending(case) is None


@enforces("R-045")
def step_after_admissibility(case: Case, facts: DatedNote) -> Refusal | None:
    """A step that keeps the admissibility alive came after it."""
    if case.admissibility and facts.on >= case.admissibility.decided_on:
        return None
    return Refusal("R-045", "Indiquez une étape faite après la recevabilité.")


@enforces("R-044")
def six_months_silent(case: Case, facts: Facts) -> Refusal | None:
    """The alert is given when the clock ran past its limit."""
    clock = case.clock(ClockKind.LAPSE)
    if clock and clock.state == ClockState.RUNNING and case.today > clock.limit_on:
        return None
    return Refusal("R-044", "Le délai de six mois n’est pas terminé : attendez sa fin.")


@enforces("R-044")
def alert_was_given(case: Case) -> Refusal | None:
    """A lapse is confirmed only after the alert, and after the six months, whenever it is written down."""
    clock = case.clock(ClockKind.LAPSE)
    if clock and clock.state == ClockState.EXPIRED and case.today > clock.limit_on:
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
    return Refusal("R-048", "La caducité est déjà contestée : attendez la décision.")


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
