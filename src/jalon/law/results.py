"""After the jury: the right notice, documents on request, the post-jury meeting, fraud (R-078…R-085)."""

from jalon.law.case import Case
from jalon.law.facts import DatedNote, Facts, FraudOpening, PostJury
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Accompaniment, Act, Outcome, Role

NOTICES = {
    Outcome.FULL: Act.NOTIFY_FULL,
    Outcome.CONDITIONAL: Act.NOTIFY_CONDITIONAL,
    Outcome.TARGETED: Act.NOTIFY_TARGETED,
    Outcome.PARTIAL: Act.NOTIFY_PARTIAL,
    Outcome.NONE: Act.NOTIFY_NONE,
}


def _outcome_is(case: Case, expected: Outcome) -> Refusal | None:
    if case.outcome == expected:
        return None
    said = case.outcome.label if case.outcome else "aucun résultat"
    return Refusal("R-077", f"Le jury a décidé : {said}. Notifiez ce résultat-là.")


@enforces("R-077")
def outcome_is_full(case: Case) -> Refusal | None:
    """The notice says what the jury decided: the whole certification."""
    return _outcome_is(case, Outcome.FULL)


@enforces("R-077")
def outcome_is_conditional(case: Case) -> Refusal | None:
    """The notice says what the jury decided: the whole, under a condition (R-085)."""
    return _outcome_is(case, Outcome.CONDITIONAL)


@enforces("R-077")
def outcome_is_targeted(case: Case) -> Refusal | None:
    """The notice says what the jury decided: all the targeted blocs (R-077)."""
    return _outcome_is(case, Outcome.TARGETED)


@enforces("R-077")
def outcome_is_partial(case: Case) -> Refusal | None:
    """The notice says what the jury decided: some blocs (R-077)."""
    return _outcome_is(case, Outcome.PARTIAL)


@enforces("R-077")
def outcome_is_none(case: Case) -> Refusal | None:
    """The notice says what the jury decided: nothing (R-077)."""
    return _outcome_is(case, Outcome.NONE)


@enforces("R-035", "R-079")
def notified_roles(notifies: tuple[Role, ...], accompaniment: Accompaniment) -> tuple[Role, ...]:
    """Return who is told of an act: the accompanist at the same time as the candidate, if any."""
    if accompaniment == Accompaniment.ALONE:
        return tuple(role for role in notifies if role not in (Role.ARCHITECT, Role.HEAD))
    return notifies


@enforces("R-085")
def condition_proved(case: Case, facts: DatedNote) -> Refusal | None:
    """A condition is lifted on proof."""
    if facts.evidence.strip():
        return None
    return Refusal("R-085", "Indiquez la pièce qui lève la réserve.")


@enforces("R-080")
def documents_not_in_hand(case: Case) -> Refusal | None:
    """Documents are asked for once for each result: afterwards they are on the candidate's page."""
    if case.documents_requested_on is not None:
        return Refusal(
            "R-080", "Vous avez déjà demandé vos documents : le certificateur les prépare."
        )
    if case.documents_issued_on is not None:
        return Refusal("R-080", "Vos documents sont délivrés : téléchargez-les sur votre page.")
    return None


@enforces("R-080")
def documents_requested(case: Case) -> Refusal | None:
    """Certificates and attestations are delivered at the candidate's request."""
    if case.documents_requested_on is not None:
        return None
    return Refusal(
        "R-080", "Le candidat n’a pas encore demandé son certificat ou ses attestations."
    )


@enforces("R-081")
def plan_or_alternative(case: Case, facts: PostJury) -> Refusal | None:
    """The report has an action for each missing bloc, or another project."""
    if facts.alternative.strip():
        return None
    planned = {
        action.bloc for action in facts.actions if action.action.strip() and action.who.strip()
    }
    if case.missing_blocs and case.missing_blocs <= planned:
        return None
    return Refusal(
        "R-081",
        "Prévoyez une action pour chaque bloc manquant (quoi, qui, pour quand), "
        "ou décrivez un autre projet.",
    )


@enforces("R-055")
def blocs_still_missing(case: Case) -> Refusal | None:
    """A new file and a new jury are possible while something is left to obtain."""
    if case.missing_blocs:
        return None
    return Refusal("R-055", "Tous les blocs visés sont acquis : il ne reste rien à présenter.")


@enforces("R-081")
def meeting_was_proposed(case: Case, facts: Facts) -> Refusal | None:
    """An accompanied candidate starts again after the post-jury meeting."""
    if case.accompaniment == Accompaniment.ALONE or case.post_jury_on is not None:
        return None
    return Refusal("R-081", "Tenez d’abord l’entretien post-jury : il prépare le nouveau passage.")


@enforces("R-082")
def fraud_grounds_stated(case: Case, facts: FraudOpening) -> Refusal | None:
    """A procedure says what is held against the person and until when they may answer (R-082)."""
    if facts.grounds.strip() and facts.answer_by > case.today:
        return None
    return Refusal("R-082", "Écrivez les faits reprochés et une date de réponse à venir.")


@enforces("R-082")
def no_fraud_procedure(case: Case) -> Refusal | None:
    """One procedure at a time (R-082)."""
    if case.fraud is None:
        return None
    return Refusal("R-082", "Une procédure pour fraude est déjà ouverte.")


@enforces("R-082")
def fraud_procedure_open(case: Case) -> Refusal | None:
    """There is something to answer (R-082)."""
    if case.fraud is not None:
        return None
    return Refusal("R-082", "Aucune procédure pour fraude n’est ouverte.")


@enforces("R-082")
def fraud_was_contradictory(case: Case) -> Refusal | None:
    """A refusal for fraud follows the person's observations, or the end of the time for them."""
    if case.fraud and (case.fraud.answered_on or case.today > case.fraud.answer_by):
        return None
    return Refusal(
        "R-082",
        "Le candidat doit d’abord pouvoir présenter ses observations : ouvrez la procédure et "
        "attendez sa réponse ou la fin du délai.",
    )
