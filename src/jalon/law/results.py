"""After the jury: the right notice, documents, the meeting, blocs from elsewhere, fraud (R-073…R-085)."""

from collections.abc import Iterable
from datetime import date, timedelta

from jalon.law import stages
from jalon.law.case import Case
from jalon.law.clocks import add_months, french
from jalon.law.facts import (
    ConditionNotMet,
    DatedNote,
    Facts,
    FraudOpening,
    HeldElsewhere,
    PostJury,
    PostJuryProposal,
    PriorBlocAnswer,
    Reopening,
)
from jalon.law.routing import no_other_open_journey
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.settings import TO_CONFIRM, Settings, said
from jalon.law.transitions import Transition
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Outcome,
    Role,
    Setting,
    Stage,
    Standing,
)

NOTICES = {
    Outcome.FULL: Act.NOTIFY_FULL,
    Outcome.CONDITIONAL: Act.NOTIFY_CONDITIONAL,
    Outcome.TARGETED: Act.NOTIFY_TARGETED,
    Outcome.PARTIAL: Act.NOTIFY_PARTIAL,
    Outcome.NONE: Act.NOTIFY_NONE,
}

#: The acts that say why a bloc is not awarded.
SAY_WHY = (Act.RECORD_DELIBERATION, Act.RECTIFY_RESULT)


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
def notified_roles(
    transition: Transition, accompaniment: Accompaniment, *, filed: bool
) -> tuple[Role, ...]:
    """Return who is told of an act: the accompanist at the same time as the candidate, if any.

    A certifier to whom nothing was `filed` is not told of the end of a journey: they never saw it.
    """
    nobody = set[Role]()
    if accompaniment == Accompaniment.ALONE:
        nobody |= {Role.ARCHITECT, Role.HEAD}
    if not filed and transition.to in stages.ENDS:
        nobody.add(Role.CERTIFIER)
    return tuple(role for role in transition.notifies if role not in nobody)


@enforces("R-083")
def bloc_valid_until(settings: Settings, awarded_on: date) -> date | None:
    """Return the last day on which a bloc acquired on a day holds; None: nothing ends it."""
    months = settings.value(Setting.BLOC_VALIDITY, awarded_on)
    return add_months(awarded_on, months) if months else None


@enforces("R-083")
def bloc_validity_said(settings: Settings, awarded_on: date, valid_until: date | None) -> str:
    """Return how long an acquired bloc holds, as people say it."""
    if valid_until:
        return f"jusqu’au {french(valid_until)}"
    if settings.value(Setting.BLOC_VALIDITY, awarded_on) == 0:
        return said(Setting.BLOC_VALIDITY, 0)
    return TO_CONFIRM


@enforces("R-085")
def condition_proved(case: Case, facts: DatedNote) -> Refusal | None:
    """A condition is lifted on proof."""
    if facts.evidence.strip():
        return None
    return Refusal("R-085", "Indiquez la pièce qui lève la réserve.")


@enforces("R-083", "R-085")
def standing(
    on: date, *, withdrawn: bool, valid_until: date | None, under_condition: bool
) -> Standing:
    """Return what an award is worth on a day: nothing is authentic under a condition not lifted."""
    if withdrawn:
        return Standing.WITHDRAWN
    if under_condition:
        return Standing.CONDITIONAL
    if valid_until and on > valid_until:
        return Standing.OVER
    return Standing.AUTHENTIC


@enforces("R-076", "R-077")
def was_judged(case: Case) -> Refusal | None:
    """A jury is annulled where one has sat; its signed minutes stay as they are, locked."""
    if case.outcome:
        return None
    return Refusal("R-077", "Aucun jury n’a rendu de résultat ici : il n’y a rien à annuler.")


@enforces("R-080")
def something_obtained(case: Case) -> Refusal | None:
    """Documents prove what the person was told that they hold, whatever became of the rest."""
    if case.known_blocs:
        return None
    return Refusal("R-080", "Aucun bloc n’est acquis : il n’y a pas encore de document à demander.")


@enforces("R-080")
def no_documents_awaited(case: Case) -> Refusal | None:
    """Nothing is put away while somebody waits for their documents."""
    if case.documents_requested_on is None:
        return None
    return Refusal("R-080", "Le candidat attend ses documents : délivrez-les avant d’archiver.")


@enforces("R-073")
def no_prior_bloc_waits(case: Case) -> Refusal | None:
    """Nothing is put away while a bloc waits to be checked."""
    if not case.prior_blocs:
        return None
    return Refusal("R-073", "Un bloc obtenu ailleurs attend d’être vérifié avant d’archiver.")


@enforces("R-055")
def time_to_choose_over(case: Case, facts: Facts) -> Refusal | None:
    """Others than the candidate wait before they put away what the candidate may still act upon.

    No text sets the delay: it is the house's own, so that a new passage, a contestation or another
    project remains theirs to choose (R6412-5, R6412-7).
    """
    if case.actor == Role.CANDIDATE or case.stage not in stages.TIME_TO_CHOOSE:
        return None
    days = value("R-055", "days_to_choose", case.anchors)
    until = (case.stage_since or case.today) + timedelta(days=days)
    if case.today >= until:
        return None
    return Refusal(
        "R-055",
        f"Laissez au candidat le temps de choisir la suite : vous pourrez archiver à partir du "
        f"{french(until)}. Le candidat, lui, peut archiver dès maintenant.",
    )


@enforces("R-055")
def where_it_was(case: Case, facts: Reopening) -> Refusal | None:
    """What was put away comes back to where it was, with the rights that it had there."""
    if facts.leads_to == case.archived_from:
        return None
    return Refusal("R-055", "Le parcours se rouvre à l’étape où il a été archivé.")


@enforces("R-001")
def reopened_alone(case: Case, facts: Reopening) -> Refusal | None:
    """What goes on once it is reopened does so beside no other open journey on the same certification."""
    return no_other_open_journey(case, facts) if facts.leads_to in stages.UNDER_WAY else None


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
    """Certificates and attestations are delivered at the candidate's request; elsewhere, it was heard there."""
    elsewhere = case.reported and bool(case.known_blocs)
    if case.documents_requested_on is not None or elsewhere:
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


def post_jury_held(case: Case) -> bool:
    """Say whether the post-jury meeting was held: another one comes after."""
    return case.post_jury_on is not None


@enforces("R-055")
def blocs_still_missing(case: Case) -> Refusal | None:
    """A new file and a new jury are possible while something is left to obtain."""
    if case.missing_blocs:
        return None
    return Refusal("R-055", "Tous les blocs visés sont acquis : il ne reste rien à présenter.")


@enforces("R-081")
def meeting_to_propose(case: Case) -> Refusal | None:
    """A meeting is proposed once, and never imposed: the candidate may do without."""
    if case.post_jury_on is None and case.post_jury_proposed_on is None:
        return None
    return Refusal("R-081", "L’entretien a déjà été proposé.")


@enforces("R-081")
def proposed_for_later(case: Case, facts: PostJuryProposal) -> Refusal | None:
    """A proposal names no day that is past."""
    if facts.on is None or facts.on >= case.today:
        return None
    return Refusal("R-081", "Proposez une date à venir, ou laissez la date à convenir.")


@enforces("R-081")
def meeting_to_answer(case: Case) -> Refusal | None:
    """A candidate does without a meeting that was proposed, before it is held."""
    if case.post_jury_proposed_on and not (case.post_jury_declined_on or case.post_jury_on):
        return None
    return Refusal("R-081", "Aucun entretien n’attend votre réponse.")


# ---------------------------------------------------------------- conditions, blocs from elsewhere


def own_blocs(case: Case) -> frozenset[str]:
    """Return the blocs that this journey itself gave."""
    return case.acquired_blocs - case.elsewhere_blocs


def without(case: Case, lost: Iterable[str]) -> tuple[Stage, Outcome]:
    """Return where a journey stands, and what it gave, once some of its blocs are no longer acquired."""
    if own_blocs(case) - frozenset(lost):
        return Stage.PARTIALLY_CERTIFIED, Outcome.PARTIAL
    return Stage.NOT_CERTIFIED, Outcome.NONE


@enforces("R-085")
def lost_blocs_named(case: Case, facts: ConditionNotMet) -> Refusal | None:
    """A condition that is not met costs the blocs that it bore on, and those alone."""
    lost = frozenset(facts.blocs)
    if lost and lost <= own_blocs(case) and facts.leads_to == without(case, lost)[0]:
        return None
    return Refusal("R-085", "Cochez les blocs sur lesquels portait la réserve.")


@enforces("R-073")
def prior_bloc_of_the_sheet(case: Case, facts: HeldElsewhere) -> Refusal | None:
    """A bloc held from elsewhere is one of this certification, not held nor said yet."""
    if facts.bloc in case.all_blocs - case.acquired_blocs - case.prior_blocs:
        return None
    return Refusal("R-073", "Choisissez un bloc de cette certification que vous n’avez pas encore.")


@enforces("R-073")
def prior_bloc_proved(case: Case, facts: HeldElsewhere) -> Refusal | None:
    """A bloc held from elsewhere comes with where, when, and the file that proves it."""
    if facts.where.strip() and facts.document.strip() and facts.obtained_on <= case.today:
        return None
    return Refusal(
        "R-073", "Écrivez où et quand le bloc a été obtenu, et joignez l’attestation qui le prouve."
    )


@enforces("R-083")
def prior_bloc_still_holds(case: Case, facts: HeldElsewhere) -> Refusal | None:
    """A bloc whose time is over, as the certifier settled it, is no bloc that one holds."""
    until = bloc_valid_until(case.settings, facts.obtained_on)
    if until is None or until >= case.today:
        return None
    return Refusal(
        "R-083",
        f"Ce bloc n’était valable que jusqu’au {french(until)} : il est à obtenir de nouveau.",
    )


@enforces("R-073")
def prior_bloc_pending(case: Case) -> Refusal | None:
    """There is a bloc to check."""
    if case.prior_blocs:
        return None
    return Refusal("R-073", "Aucun bloc obtenu ailleurs n’attend votre vérification.")


@enforces("R-073")
def answers_a_prior_bloc(case: Case, facts: PriorBlocAnswer) -> Refusal | None:
    """The certifier checks a bloc that somebody said they hold; it counts from then on."""
    if facts.bloc in case.prior_blocs:
        return None
    return Refusal("R-073", "Choisissez un des blocs à vérifier.")


@enforces("R-073")
def every_bloc_held(case: Case) -> Refusal | None:
    """The certification is obtained once every bloc is, wherever each was obtained."""
    if case.all_blocs <= case.acquired_blocs:
        return None
    return Refusal("R-073", "Il reste des blocs à obtenir : la certification n’est pas acquise.")


@enforces("R-082")
def fraud_grounds_stated(case: Case, facts: FraudOpening) -> Refusal | None:
    """A procedure says what is held against the person (R-082)."""
    if facts.grounds.strip():
        return None
    return Refusal("R-082", "Écrivez les faits reprochés.")


@enforces("R-082")
def time_to_answer(case: Case, facts: FraudOpening) -> Refusal | None:
    """The person has enough days to answer; R6412-7 al. 5 sets no number."""
    days = fraud_days(case)
    first = case.today + timedelta(days=days)
    if facts.answer_by >= first:
        return None
    return Refusal(
        "R-082",
        f"Laissez au moins {days} jours pour répondre : choisissez une date à partir du "
        f"{french(first)}.",
    )


@enforces("R-082")
def something_to_refuse(case: Case) -> Refusal | None:
    """A procedure bears on a file under way, or on what was obtained."""
    given = case.known_blocs - case.elsewhere_blocs
    if given or case.stage not in stages.ENDS | {Stage.NOT_CERTIFIED}:
        return None
    return Refusal("R-082", "Rien n’est en cours ni acquis : il n’y a rien à refuser ni à retirer.")


@enforces("R-082")
def no_procedure_pending(case: Case) -> Refusal | None:
    """No result is notified, and nothing put away, before a procedure has ended."""
    if case.fraud is None:
        return None
    return Refusal(
        "R-082",
        "Une procédure pour fraude est ouverte : attendez les observations du candidat, puis "
        "classez-la ou décidez.",
    )


@enforces("R-082")
def fraud_days(case: Case) -> int:
    """Return how many days a person has at least to answer: the certifier's number, else the house's."""
    settled = case.settings.value(Setting.FRAUD_ANSWER, case.today)
    return settled or value("R-082", "answer_days", case.anchors)


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
