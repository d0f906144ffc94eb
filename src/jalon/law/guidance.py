"""What a candidate is told at each stage: the step of the five, who acts now, what comes next."""

from dataclasses import dataclass

from jalon.law import changes, lifecycle, stages
from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.rulebook import enforces
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Role, Route, Setting, Stage

#: The five steps, as the candidate's page names them; the sixth is what follows a full award.
STEPS = (
    "Candidature",
    "Premier rendez-vous",
    "Dossier de faisabilité",
    "Dossier de validation",
    "Jury",
)


@dataclass(frozen=True)
class Guidance:
    """Where a candidate stands: the number of the step, who acts now, and what comes next.

    A journey that stopped has no step (0) and nothing next. `answer_first` says that an answer is
    awaited from the candidate before any writing.
    """

    step: int
    who: str
    next: str
    answer_first: bool = False


S = Stage
BY_STAGE: dict[Stage, Guidance] = {
    S.REGISTERED: Guidance(
        2,
        "Votre organisme accompagnateur",
        "Un architecte vous contacte pour un premier rendez-vous.",
    ),
    S.TAKEN_ON: Guidance(2, "Votre architecte", "Vous faites le point au premier rendez-vous."),
    S.MEETING_HELD: Guidance(2, "Votre architecte", "Il vous propose un parcours avec des dates."),
    S.PATH_PROPOSED: Guidance(
        2, "Vous", "Lisez le parcours proposé et donnez votre réponse.", answer_first=True
    ),
    S.PATH_ACCEPTED: Guidance(
        3, "Vous et votre architecte", "Remplissez le dossier de faisabilité, puis signez-le."
    ),
    S.FEASIBILITY_SENT: Guidance(3, "Le certificateur", "Il vérifie que le dossier est complet."),
    S.FEASIBILITY_INCOMPLETE: Guidance(
        3, "Vous", "Ajoutez ce qui manque, signez et renvoyez le dossier."
    ),
    S.FEASIBILITY_COMPLETE: Guidance(
        3, "Le certificateur", "Il décide si votre demande est recevable."
    ),
    S.ADMISSIBLE: Guidance(
        4, "Vous", "Écrivez le dossier de validation, compétence par compétence."
    ),
    S.VALIDATION_SENT: Guidance(4, "Le certificateur", "Il vérifie le dossier de validation."),
    S.VALIDATION_RETURNED: Guidance(
        4, "Vous", "Complétez le dossier de validation et renvoyez-le."
    ),
    S.VALIDATION_ACCEPTED: Guidance(5, "Le certificateur", "Il fixe la date du jury."),
    S.JURY_SCHEDULED: Guidance(5, "Vous", "Préparez votre passage devant le jury."),
    S.CERTIFIED: Guidance(6, "Vous", "Demandez votre certificat."),
    S.BLOCS_CERTIFIED: Guidance(6, "Vous", "Demandez vos attestations de bloc."),
    S.PARTIALLY_CERTIFIED: Guidance(
        5, "Vous et votre architecte", "Préparez les blocs qui restent à obtenir."
    ),
    S.NOT_CERTIFIED: Guidance(
        5, "Vous et votre architecte", "Faites le point et choisissez la suite."
    ),
}
ALONE = Guidance(3, "Vous", "Remplissez le dossier de faisabilité, signez-le et envoyez-le.")
#: What is said of a stage to somebody alone, where the words above speak of an architect.
ALONE_BY_STAGE: dict[Stage, Guidance] = {
    S.REGISTERED: ALONE,
    S.PARTIALLY_CERTIFIED: Guidance(5, "Vous", "Préparez les blocs qui restent à obtenir."),
    S.NOT_CERTIFIED: Guidance(5, "Vous", "Faites le point et choisissez la suite."),
}
LEFT = Guidance(
    3,
    "Vous",
    "Votre organisme n’a rien fait depuis un mois : remplissez le dossier de faisabilité, signez-le "
    "et envoyez-le. Vous pouvez aussi choisir un autre organisme.",
)
DOCUMENTS_REQUESTED = Guidance(
    6, "Le certificateur", "Il prépare votre certificat ou vos attestations."
)
DOCUMENTS_ISSUED = Guidance(6, "Vous", "Téléchargez vos documents, plus bas, et gardez-les.")
STOPPED = Guidance(0, "", "")

#: Stages at which everything aimed at is obtained.
AWAITING_A_JURY = frozenset({S.VALIDATION_SENT, S.VALIDATION_ACCEPTED})
OBTAINED = frozenset({S.CERTIFIED, S.BLOCS_CERTIFIED})


def guidance(case: Case) -> Guidance:
    """Return what to tell a candidate of where they stand."""
    if case.accompaniment == Accompaniment.ALONE and case.stage in ALONE_BY_STAGE:
        return ALONE_BY_STAGE[case.stage]
    if case.stage in stages.PREPARING and changes.alone_for_now(case):
        return LEFT
    if case.stage == S.DELIBERATED:
        return Guidance(5, "Le certificateur", result_awaited(case))
    if case.stage == S.CONDITIONALLY_CERTIFIED:
        return Guidance(6, "Vous, puis le certificateur", condition_to_lift(case))
    if case.stage in OBTAINED and case.documents_requested_on:
        return DOCUMENTS_REQUESTED
    if case.stage in OBTAINED and case.documents_issued_on:
        return DOCUMENTS_ISSUED
    return BY_STAGE.get(case.stage, STOPPED)


@enforces("R-078")
def result_awaited(case: Case) -> str:
    """Return until when a result is awaited, or that its delay is over and whom to call."""
    clock = case.clock(ClockKind.RESULT)
    if clock is None:
        return "Il vous envoie le résultat."
    if case.today > clock.limit_on:
        return (
            f"Le résultat devait vous être notifié au plus tard le {french(clock.limit_on)}. "
            "Le délai est dépassé : appelez le certificateur."
        )
    return f"Il vous envoie le résultat au plus tard le {french(clock.limit_on)}."


def reserve(case: Case) -> str:
    """Return the condition that a notified award still waits for, or nothing."""
    return case.condition if case.stage == S.CONDITIONALLY_CERTIFIED else ""


@enforces("R-085")
def condition_to_lift(case: Case) -> str:
    """Return what the jury still asks for before the award is final."""
    return (
        f"Le jury a mis une réserve : {case.condition}. Envoyez au certificateur la pièce qui la lève. "
        "Jusque-là, votre certification n’est pas définitive."
    )


def blocs_to_obtain(case: Case) -> frozenset[str]:
    """Return the codes of the targeted blocs that a known result leaves to obtain."""
    return case.missing_blocs if case.stage in stages.AFTER_JURY else frozenset()


@enforces("R-053")
def jury_delay_said(case: Case) -> str:
    """Return within how long the jury sits on the 2002 route, while it is awaited; empty otherwise."""
    if case.route != Route.LAW_2002 or case.stage not in AWAITING_A_JURY:
        return ""
    return case.settings.said(Setting.JURY_DELAY, case.validation.sent_on or case.today)


def feasibility_in_question(case: Case) -> bool:
    """Say whether what a feasibility file lacks is what matters now: before it leaves, and on arrival."""
    rows = lifecycle.open_transitions(
        case.stage, case.route, case.accompaniment, Role.CANDIDATE, case.anchors
    )
    leaves = any(
        transition.act == Act.SEND_FEASIBILITY and not too_early(transition, case)
        for transition in rows
    )
    return leaves or case.stage == S.FEASIBILITY_SENT


def too_early(transition: Transition, case: Case) -> bool:
    """Say whether a row is only for candidates whose accompanist does nothing, and theirs does."""
    waits = changes.left_without_action in transition.when
    return waits and changes.left_without_action(case) is not None
