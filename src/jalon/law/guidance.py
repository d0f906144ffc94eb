"""What people are told of where a journey stands: the step of the five, who acts now, what comes next.

What comes next follows the facts (written, then signed, then sent), not the stage alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from jalon.law import changes, jury, lifecycle, stages
from jalon.law.admissibility import content_missing, missing_from_candidate
from jalon.law.case import Case, ClockView
from jalon.law.clocks import french
from jalon.law.route_words import in_words_of
from jalon.law.rulebook import enforces
from jalon.law.transitions import Transition
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    Outcome,
    Role,
    Route,
    Setting,
    Stage,
)

#: The five steps, as the candidate's page names them; the sixth is what follows a result.
STEPS = (
    "Candidature",
    "Premier rendez-vous",
    "Dossier de faisabilité",
    "Dossier de validation",
    "Jury",
)
FIRST_MEETING, AFTER_RESULT = 2, 6


class Place(Enum):
    """A file to open: where a candidate goes to do what comes next."""

    FEASIBILITY = "feasibility"
    REVIEW = "review"
    VALIDATION = "validation"


@dataclass(frozen=True)
class Guidance:
    """Where a journey stands: the number of the step, who acts now, and what comes next.

    `title` and `next` are for the candidate, `waits` says to staff what is waited for. A journey that
    stopped has no step (0), nobody and nothing next. `go` is what the candidate does now: an act, or
    a file to open. `answer_first` says that an answer is awaited before any writing.
    """

    step: int
    by: frozenset[Role]
    who: str
    title: str
    next: str
    waits: str
    go: Act | Place | None = None
    answer_first: bool = False


def by_candidate(
    step: int, title: str, following: str, waits: str, go: Act | Place | None = None
) -> Guidance:
    """Return the guidance of a candidate who has something to do."""
    return Guidance(step, frozenset({Role.CANDIDATE}), "Vous", title, following, waits, go)


def sent_back(step: int, title: str, following: str, waits: str, go: Place) -> Guidance:
    """Return the guidance of a candidate whose file came back: who accompanies is awaited too."""
    able = frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD})
    return replace(by_candidate(step, title, following, waits, go), by=able)


def by_architect(step: int, title: str, following: str, waits: str) -> Guidance:
    """Return the guidance of a candidate whose architect acts now."""
    able = frozenset({Role.ARCHITECT, Role.HEAD})
    return Guidance(step, able, "Votre architecte", title, following, waits)


def by_certifier(step: int, title: str, following: str, waits: str) -> Guidance:
    """Return the guidance of a candidate who waits for the certifier."""
    able = frozenset({Role.CERTIFIER})
    return Guidance(step, able, "Le certificateur", title, following, waits)


def together(title: str, following: str, waits: str) -> Guidance:
    """Return the guidance of a candidate who prepares what follows a result with their architect."""
    able = frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD})
    return Guidance(AFTER_RESULT, able, "Vous et votre architecte", title, following, waits)


def ended(title: str) -> Guidance:
    """Return the guidance of a journey that stopped."""
    return Guidance(0, frozenset(), "", title, "", "ce parcours est terminé")


S = Stage
BY_STAGE: dict[Stage, Guidance] = {
    S.REGISTERED: replace(
        by_architect(
            2,
            "Votre candidature est déposée",
            "Un architecte vous contacte pour un premier rendez-vous.",
            "un architecte doit prendre le dossier en charge",
        ),
        who="Votre organisme accompagnateur",
    ),
    S.TAKEN_ON: by_architect(
        2,
        "Votre accompagnement commence",
        "Vous faites le point avec votre architecte au premier rendez-vous.",
        "le premier rendez-vous est à tenir",
    ),
    S.MEETING_HELD: by_architect(
        2,
        "Votre premier rendez-vous a eu lieu",
        "Votre architecte vous propose un parcours avec des dates.",
        "un parcours est à proposer",
    ),
    S.PATH_PROPOSED: replace(
        by_candidate(
            2,
            "Un parcours vous est proposé",
            "Lisez le parcours proposé et donnez votre réponse.",
            "le candidat répond au parcours proposé",
            Act.ACCEPT_PATH,
        ),
        answer_first=True,
    ),
    S.PATH_ACCEPTED: by_candidate(
        3,
        "Votre parcours est fixé",
        "Remplissez le dossier de faisabilité : votre expérience en résumé.",
        "le candidat remplit son dossier de faisabilité",
        Place.FEASIBILITY,
    ),
    S.FEASIBILITY_SENT: by_certifier(
        3,
        "Votre dossier de faisabilité est parti",
        "Le certificateur vérifie que le dossier est complet.",
        "le certificateur vérifie que le dossier est complet",
    ),
    S.FEASIBILITY_INCOMPLETE: sent_back(
        3,
        "Votre dossier de faisabilité est à compléter",
        "Ajoutez ce qui manque, signez et renvoyez le dossier.",
        "le certificateur a renvoyé le dossier de faisabilité : le candidat complète ce qui manque",
        Place.FEASIBILITY,
    ),
    S.FEASIBILITY_COMPLETE: by_certifier(
        3,
        "Votre dossier de faisabilité est complet",
        "Le certificateur décide si votre demande est acceptée.",
        "le certificateur décide de la recevabilité",
    ),
    S.ADMISSIBLE: by_candidate(
        4,
        "Votre demande est acceptée",
        "Écrivez le dossier de validation, compétence par compétence.",
        "le candidat écrit son dossier de validation",
        Place.VALIDATION,
    ),
    S.INADMISSIBLE: ended("Votre demande n’est pas acceptée"),
    S.LAPSED: ended("Votre acceptation n’est plus valable"),
    S.VALIDATION_SENT: by_certifier(
        4,
        "Votre dossier de validation est parti",
        "Le certificateur vérifie le dossier de validation.",
        "le certificateur vérifie le dossier de validation",
    ),
    S.VALIDATION_RETURNED: sent_back(
        4,
        "Votre dossier de validation est à compléter",
        "Complétez le dossier de validation et renvoyez-le.",
        "le certificateur a renvoyé le dossier de validation : le candidat complète ce qui manque",
        Place.VALIDATION,
    ),
    S.VALIDATION_ACCEPTED: by_certifier(
        5,
        "Votre dossier est prêt pour le jury",
        "Le certificateur fixe la date du jury.",
        "le certificateur fixe la date du jury",
    ),
    S.JURY_SCHEDULED: by_candidate(
        5,
        "La date de votre jury est fixée",
        "Préparez votre passage devant le jury.",
        "le jury se tient à la date fixée",
    ),
    S.DELIBERATED: by_certifier(
        5,
        "Votre passage devant le jury a eu lieu",
        "Le certificateur vous envoie le résultat.",
        "le certificateur notifie le résultat",
    ),
    S.CERTIFIED: by_candidate(
        6,
        "Bravo, votre certification est obtenue",
        "Demandez votre certificat.",
        "le candidat peut demander son certificat",
        Act.REQUEST_DOCUMENTS,
    ),
    S.CONDITIONALLY_CERTIFIED: replace(
        by_certifier(
            6,
            "Votre certification est obtenue, sous réserve",
            "Le certificateur lève la réserve quand la preuve est là.",
            "le certificateur lève la réserve sur preuve",
        ),
        who="Vous, puis le certificateur",
    ),
    S.BLOCS_CERTIFIED: by_candidate(
        6,
        "Bravo, vos blocs sont obtenus",
        "Demandez vos attestations de bloc.",
        "le candidat peut demander ses attestations",
        Act.REQUEST_DOCUMENTS,
    ),
    S.PARTIALLY_CERTIFIED: together(
        "Vous avez obtenu une partie de la certification",
        "Préparez un nouveau passage pour les blocs qui restent, ou choisissez un autre projet.",
        "la suite se prépare avec le candidat",
    ),
    S.NOT_CERTIFIED: together(
        "La certification n’est pas obtenue cette fois",
        "Préparez un nouveau passage, ou un autre projet.",
        "la suite se prépare avec le candidat",
    ),
    S.FRAUD_REFUSED: ended("La certification vous est refusée"),
    S.REORIENTED: ended("Vous avez choisi un autre projet"),
    S.DROPPED_OUT: ended("Votre parcours est arrêté"),
    S.ARCHIVED: ended("Votre parcours est terminé"),
}
LEFT = by_candidate(
    3,
    "Votre organisme n’a rien fait depuis un mois",
    "Remplissez le dossier de faisabilité, signez-le et envoyez-le. Vous pouvez aussi choisir un autre "
    "organisme.",
    "l’organisme n’a rien fait depuis un mois : le candidat peut avancer en autonomie",
    Place.FEASIBILITY,
)
DOCUMENTS_REQUESTED = by_certifier(
    6,
    "Vos documents sont demandés",
    "Le certificateur prépare votre certificat ou vos attestations.",
    "le certificateur délivre les documents demandés",
)
DOCUMENTS_ISSUED = by_candidate(
    6,
    "Vos documents sont prêts",
    "Téléchargez vos documents, plus bas, et gardez-les.",
    "les documents sont délivrés",
)

HEARD = by_certifier(
    5,
    "Votre passage devant le jury a eu lieu",
    "Le certificateur vous envoie le résultat.",
    "le jury signe son procès-verbal, puis le certificateur notifie le résultat",
)
#: What is waited for of a certifier elsewhere, once its jury sat.
RESULT_ELSEWHERE = "le certificateur envoie le résultat de son jury"

#: Stages at which everything aimed at is obtained.
AWAITING_A_JURY = frozenset({S.VALIDATION_SENT, S.VALIDATION_ACCEPTED})
OBTAINED = frozenset({S.CERTIFIED, S.BLOCS_CERTIFIED})


@enforces("R-133")
def guidance(case: Case) -> Guidance:
    """Return what to tell people of where a journey stands, in the words of its route."""
    told = guidance_of(case)
    return replace(
        told,
        title=in_words_of(case.route, told.title),
        next=in_words_of(case.route, told.next),
        waits=in_words_of(case.route, told.waits),
    )


def guidance_of(case: Case) -> Guidance:
    """Return what to tell people of where a journey stands, wherever its certifier works."""
    told = guidance_here(case)
    return answered_elsewhere(case, told) if case.certifier_outside else told


def guidance_here(case: Case) -> Guidance:
    """Return what to tell people of a journey whose certifier works here."""
    if case.stage in stages.PREPARING and changes.alone_for_now(case):
        return filling(case, LEFT)
    usual = alone(case) if case.accompaniment == Accompaniment.ALONE else BY_STAGE[case.stage]
    if case.stage == S.DELIBERATED:
        return replace(usual, next=result_awaited(case))
    if case.stage == S.JURY_SCHEDULED and not jury.hearing_to_come(case):
        return replace(HEARD, next=result_awaited(case))
    if case.stage in stages.AFTER_JURY and accompanied(case):
        return replace(usual, next=meeting_offered(case))
    if case.stage == S.CONDITIONALLY_CERTIFIED:
        return replace(usual, next=condition_to_lift(case))
    if case.stage in OBTAINED and case.documents_requested_on:
        return DOCUMENTS_REQUESTED
    if case.stage in OBTAINED and case.documents_issued_on:
        return DOCUMENTS_ISSUED
    if case.stage == S.VALIDATION_ACCEPTED and case.missed:
        return replace(usual, title=ABSENCES[case.missed], next=new_date(case))
    follow = BY_FACTS.get(case.stage)
    return follow(case, usual) if follow else usual


def alone(case: Case) -> Guidance:
    """Return the guidance of somebody who goes alone: no architect, the file from the first day."""
    usual = BY_STAGE[case.stage]
    if case.stage == S.REGISTERED:
        return filling(case, replace(BY_STAGE[S.PATH_ACCEPTED], title=usual.title))
    return replace(usual, who="Vous") if Role.CANDIDATE in usual.by else usual


def filling(case: Case, usual: Guidance) -> Guidance:
    """Say what is left of the feasibility file: to fill in, to sign, or to send."""
    file = case.feasibility
    if file.confirmed_on and file.sworn_on:
        if case.certifier_outside:
            return to_deposit(case, 3, "dossier de faisabilité", Act.DEPOSIT_FEASIBILITY)
        return by_candidate(
            3,
            "Votre dossier est signé : il reste à l’envoyer",
            "Envoyez votre dossier de faisabilité au certificateur.",
            "le dossier de faisabilité est signé : il reste à l’envoyer",
            Act.SEND_FEASIBILITY,
        )
    if case.stage == S.FEASIBILITY_INCOMPLETE or missing_from_candidate(case):
        return usual
    if content_missing(case):
        return by_architect(
            3,
            "Votre dossier de faisabilité est rempli",
            "Votre architecte donne son avis, puis vous signez.",
            "l’avis de l’accompagnateur est à donner",
        )
    return by_candidate(
        3,
        "Votre dossier de faisabilité est rempli",
        "Relisez votre dossier de faisabilité, puis signez-le.",
        "le candidat relit et signe son dossier de faisabilité",
        Place.REVIEW,
    )


def proving(case: Case, usual: Guidance) -> Guidance:
    """Say what is left of the validation file: to write, to sign, or to send."""
    if case.validation.originality_on:
        if case.certifier_outside:
            return to_deposit(case, 4, "dossier de validation", Act.DEPOSIT_VALIDATION)
        return by_candidate(
            4,
            "Votre dossier est signé : il reste à l’envoyer",
            "Envoyez votre dossier de validation au certificateur.",
            "le dossier de validation est signé : il reste à l’envoyer",
            Act.SEND_VALIDATION,
        )
    if case.stage == S.VALIDATION_RETURNED:
        return usual
    if case.validation.blocs and not case.validation.sections_missing:
        return by_candidate(
            4,
            "Votre dossier de validation est écrit",
            "Relisez votre dossier de validation, puis signez que vous l’avez écrit vous-même.",
            "le candidat relit et signe son dossier de validation",
            Act.SIGN_ORIGINALITY,
        )
    return usual


def to_deposit(case: Case, step: int, file: str, go: Act) -> Guidance:
    """Return the guidance of a signed file that goes to a certifier who does not work here."""
    where = "sur le portail France VAE" if case.route == Route.FRANCE_VAE else "au certificateur"
    return by_candidate(
        step,
        "Votre dossier est signé : il reste à le déposer",
        f"Déposez votre {file} {where}. Puis notez ici le jour du dépôt.",
        f"le {file} est signé : dépôt {where} à faire, puis à noter ici",
        go,
    )


def answered_elsewhere(case: Case, told: Guidance) -> Guidance:
    """Say what is noted here, and by whom, of what goes to a certifier who does not work here."""
    if Role.CERTIFIER in told.by:
        waits = RESULT_ELSEWHERE if case.stage == S.JURY_SCHEDULED else told.waits
        noted = (
            "Votre architecte note sa réponse ici."
            if accompanied(case)
            else "Notez ici sa réponse, avec son jour."
        )
        return replace(
            told,
            next=f"{told.next} {noted}",
            waits=f"{waits} ; sa réponse, reçue hors de Jalon, est à noter ici",
        )
    if told.go in (Place.FEASIBILITY, Place.REVIEW, Place.VALIDATION, Act.SIGN_ORIGINALITY):
        return replace(told, waits=f"{told.waits} ; le dépôt, hors de Jalon, est à noter ici")
    return told


Follow = Callable[[Case, Guidance], Guidance]

#: Where what comes next depends on what is in the file.
BY_FACTS: dict[Stage, Follow] = {
    S.PATH_ACCEPTED: filling,
    S.FEASIBILITY_INCOMPLETE: filling,
    S.ADMISSIBLE: proving,
    S.VALIDATION_RETURNED: proving,
}


#: What a candidate is told of a delay that runs, and of one that is past.
DELAYS: dict[ClockKind, tuple[str, str]] = {
    ClockKind.DECISION: (
        "Le certificateur vous répond avant le {limit}. Sans réponse, c’est oui.",
        "La réponse du certificateur devait arriver avant le {limit}.",
    ),
    ClockKind.LAPSE: (
        "Faites un pas avant le {limit}, sinon il faudra recommencer.",
        "Le {limit} est passé et aucun pas n’est noté. Dites vite où vous en êtes.",
    ),
    ClockKind.VALIDITY: (
        "Votre acceptation est valable jusqu’au {limit}.",
        "Votre acceptation était valable jusqu’au {limit}.",
    ),
    ClockKind.HEARING: (
        "Le jury se tient avant le {limit}.",
        "Le jury devait se tenir avant le {limit}.",
    ),
    ClockKind.RESULT: (
        "Le résultat arrive avant le {limit}.",
        "Le résultat devait arriver avant le {limit}.",
    ),
}


def told_of_clock(clock: ClockView, today: date) -> str:
    """Return what a candidate is told of a delay that is open, in a sentence."""
    usual = (f"{clock.kind.label} : avant le {{limit}}.",) * 2
    running, past = DELAYS.get(clock.kind, usual)
    sentence = past if clock.limit_on < today else running
    return sentence.format(limit=french(clock.limit_on))


def steps(case: Case) -> tuple[tuple[str, int], ...]:
    """Return the steps of a journey, each with its number: nobody alone has a first meeting."""
    numbered = enumerate(STEPS, 1)
    alone = case.accompaniment == Accompaniment.ALONE
    return tuple(
        (in_words_of(case.route, title), number)
        for number, title in numbered
        if not (alone and number == FIRST_MEETING)
    )


def stages_waiting_for(*roles: Role) -> frozenset[Stage]:
    """Return the stages at which something is waited for from people in these roles."""
    return frozenset(stage for stage, told in BY_STAGE.items() if told.by & set(roles))


def accompanied(case: Case) -> bool:
    """Say whether an architect follows the journey."""
    return case.accompaniment == Accompaniment.ACCOMPANIED


@enforces("R-081")
def meeting_offered(case: Case) -> str:
    """Return what may follow a result, and where the meeting that the architect proposes stands."""
    follows = BY_STAGE[case.stage].next
    if case.post_jury_on or case.post_jury_declined_on:
        return follows
    if case.post_jury_proposed_on:
        return (
            "Votre architecte vous propose un entretien pour préparer la suite : vous pouvez vous en "
            f"passer. {follows}"
        )
    return f"Votre architecte peut vous recevoir pour préparer la suite. {follows}"


@enforces("R-078")
def result_awaited(case: Case) -> str:
    """Return until when a result is awaited, or that its delay is over and whom to call."""
    clock = case.clock(ClockKind.RESULT)
    if clock is None:
        return "Le certificateur vous envoie le résultat."
    if case.today > clock.limit_on:
        return (
            f"Vous deviez recevoir le résultat au plus tard le {french(clock.limit_on)}. "
            "Le délai est dépassé : appelez le certificateur."
        )
    return f"Le certificateur vous envoie le résultat au plus tard le {french(clock.limit_on)}."


#: What a candidate is told of a hearing that did not hear them: the two are never written alike.
ABSENCES = {
    Outcome.ABSENT: "Votre absence au jury n’est pas excusée",
    Outcome.EXCUSED: "Votre absence au jury est excusée",
}
#: What each absence changes for whoever pays: no text read says it for sure.
PAID_BY_OTHERS = {
    Outcome.ABSENT: (
        "Le CPF ou un autre organisme paie votre VAE ? Prévenez-le maintenant. "
        "Une absence sans excuse peut vous coûter de l’argent : c’est à confirmer avec lui."
    ),
    Outcome.EXCUSED: (
        "Le CPF ou un autre organisme paie votre VAE ? Envoyez-lui la preuve de votre motif. "
        "Ce que l’absence change pour votre financement est à confirmer avec lui."
    ),
}


@enforces("R-084")
def after_absence(case: Case) -> tuple[str, ...]:
    """Return what an absence at a hearing changes, beside the date: no failure, the excuse, the money."""
    if case.missed is None:
        return ()
    excuse = "Vous aviez un empêchement ? Dites-le au certificateur, avec une preuve."
    return (
        "Ce n’est pas un échec : aucun résultat n’est enregistré.",
        *((excuse,) if case.missed == Outcome.ABSENT else ()),
        PAID_BY_OTHERS[case.missed],
    )


@enforces("R-055")
def new_date(case: Case) -> str:
    """Return by when another date is to be set after an absence, as far as the law says it."""
    clock = case.clock(ClockKind.HEARING)
    if clock and clock.state == ClockState.RUNNING:
        return f"Le certificateur fixe une autre date, au plus tard le {french(clock.limit_on)}."
    if case.route == Route.LAW_2002:
        return "Le certificateur fixe une autre date. Le délai est celui de son règlement."
    return "Appelez le certificateur pour choisir une autre date : le délai de la loi est passé."


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
    preparing_another = case.attempt > 1 and case.stage in stages.BEFORE_JURY | {S.JURY_SCHEDULED}
    known = case.stage in stages.AFTER_JURY or preparing_another
    return case.missing_blocs if known else frozenset()


@enforces("R-053")
def jury_delay_said(case: Case) -> str:
    """Return within how long the jury sits on the 2002 route, while it is awaited; empty otherwise."""
    if case.route != Route.LAW_2002 or case.stage not in AWAITING_A_JURY:
        return ""
    return case.settings.said(Setting.JURY_DELAY, case.validation.sent_on or case.today)


def feasibility_in_question(case: Case) -> bool:
    """Say whether what a feasibility file lacks is what matters now: before it leaves, and on arrival.

    What was deposited elsewhere was written there: nobody knows here what it lacks.
    """
    if case.certifier_outside and case.stage in (S.FEASIBILITY_SENT, S.FEASIBILITY_INCOMPLETE):
        return False
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


#: What each request beside the way brings about, in a line, for the person who may make it.
REQUESTS: dict[Act, str] = {
    Act.GIVE_MANDATE: "Votre architecte pourra envoyer vos dossiers à votre place.",
    Act.WITHDRAW_MANDATE: "Dès maintenant, personne d’autre que vous n’envoie vos dossiers.",
    Act.LEAVE_ACCOMPANIMENT: "Votre parcours continue, sans architecte. Rien n’est perdu.",
    Act.ASK_ACCOMPANIMENT: "Un organisme vous aide, ou un autre que le vôtre. Le parcours continue.",
    Act.CHANGE_TARGET: "Viser une autre certification ou d’autres blocs, avant le premier dépôt.",
    Act.ASK_ADJUSTMENT: "Plus de temps, une pause, une salle accessible… à chaque étape.",
    Act.SHARE_ADJUSTMENT: "Le jury le lit seulement si vous le voulez.",
    Act.WITHDRAW_ADJUSTMENT: "Tout ce que vous avez écrit pour elle est effacé.",
    Act.REQUEST_EXTRA_FILING: "Seulement si vous avez déjà déposé un dossier cette année.",
    Act.REORIENT: "Votre parcours s’arrête pour un autre projet. Vous pourrez le reprendre.",
    Act.DROP_OUT: "Votre parcours s’arrête. Vous pourrez le reprendre plus tard.",
    Act.PURSUE_PLAN_B: "Vous gardez ce que vous avez obtenu, et choisissez une autre voie.",
    Act.ARCHIVE: "Votre parcours est rangé, avec vos documents. Vous pourrez le rouvrir.",
    Act.REOPEN: "Votre parcours revient à l’étape où il était.",
    Act.ASK_LEAVE: "Jalon écrit la lettre que vous donnez à votre employeur.",
    Act.CLAIM_REASON: "Dites pourquoi vous n’avez pas pu avancer : le certificateur vous répond.",
    Act.FILE_COMPLAINT: "Contester, faire corriger ou effacer vos données : on vous répond par écrit.",
    Act.RECORD_PRIOR_BLOC: "Le certificateur le vérifie. Ensuite, vous n’avez plus à le passer.",
    Act.CORRECT_DAY: "Les délais sont recomptés du bon jour. L’ancien reste dans le journal.",
    Act.RECORD_GIP_NOTICE: "Si le portail vous a écrit après le silence du certificateur.",
}
