"""What may change of a journey once it is begun: who accompanies, what is aimed at (R-004, R-006, R-007)."""

from datetime import timedelta

from jalon.law import stages, validation
from jalon.law.case import Case
from jalon.law.facts import (
    AccompanimentAsked,
    Death,
    Reassignment,
    Resumption,
    TargetChange,
    Transfer,
)
from jalon.law.routing import in_training, may_serve, route_for, sheet_over
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.vocabulary import Accompaniment, Act, Role, Route, Scope, Stage

#: The acts by which an organisation begins to accompany.
BEGIN_ACCOMPANIMENT = (Act.REGISTER, Act.ASK_ACCOMPANIMENT)
#: The acts whose facts keep who had the file before.
CHANGE_HANDS = (
    Act.LEAVE_ACCOMPANIMENT,
    Act.END_ACCOMPANIMENT,
    Act.ASK_ACCOMPANIMENT,
    Act.REASSIGN,
)
#: The acts by which a journey is stopped, and may go on later.
STOPS = (Act.DROP_OUT, Act.REORIENT, Act.PURSUE_PLAN_B)
#: What does what a lapse waits for: an admissibility that had it is not in question any more.
KEEPS_ALIVE = (Act.RECORD_STEP, Act.SEND_VALIDATION)


@enforces("R-006")
def alone_for_now(case: Case) -> bool:
    """Say whether an accompanied candidate was left without any act for too long.

    No text sets the delay: it is the house's own.
    """
    if case.accompaniment == Accompaniment.ALONE or case.accompanist_acted_on is None:
        return False
    return case.today - case.accompanist_acted_on >= timedelta(
        days=value("R-006", "silent_days", case.anchors)
    )


@enforces("R-006")
def left_without_action(case: Case) -> Refusal | None:
    """Before the path is accepted, a candidate sends by themselves when nobody acted for a month."""
    if alone_for_now(case):
        return None
    return Refusal(
        "R-006",
        "Votre organisme vous accompagne : construisez d’abord le parcours avec lui. Pour avancer "
        "sans lui, choisissez « Continuer sans accompagnement ».",
    )


@enforces("R-006", "R-013")
def accompanist_part_awaited(case: Case) -> bool:
    """Say whether the opinion and the planned hours are to be in the feasibility file.

    They are not when the candidate goes alone, was left without any act, or filed before being
    accompanied: nobody waits for an opinion that nobody is there to give.
    """
    if case.accompaniment == Accompaniment.ALONE:
        return False
    filed = any(filing.journey == case.journey for filing in case.filings)
    if filed and case.feasibility.trainings_chosen_on is None:
        return False
    return not alone_for_now(case)


@enforces("R-007")
def asked_can_serve(case: Case, facts: AccompanimentAsked) -> Refusal | None:
    """The organisation that is asked may take somebody in charge today."""
    if may_serve(case.route, facts.qualiopi_until, facts.closed_on, case.today):
        return None
    return Refusal(
        "R-007",
        f"{facts.name} ne peut prendre personne en charge aujourd’hui : choisissez un autre "
        "organisme.",
    )


@enforces("R-006")
def asked_is_another(case: Case, facts: AccompanimentAsked) -> Refusal | None:
    """A candidate changes for another organisation: the same one has the file already."""
    if facts.organisation != facts.left:
        return None
    return Refusal(
        "R-006",
        f"{facts.name} vous accompagne déjà. Pour changer de personne, parlez-en à son responsable.",
    )


def colleague_works_here(case: Case, facts: Reassignment) -> Refusal | None:
    """A file is handed to somebody who works in the organisation that accompanies."""
    if facts.works_here:
        return None
    return Refusal.permission(
        "Choisissez une personne qui travaille encore dans l’organisme du dossier."
    )


def colleague_is_another(case: Case, facts: Reassignment) -> Refusal | None:
    """A file is handed to somebody else than who has it."""
    if facts.architect != facts.before:
        return None
    return Refusal.permission("Cette personne a déjà le dossier : choisissez un collègue.")


def nobody_follows(case: Case) -> Refusal | None:
    """A colleague takes a file over only when nobody who works there has it."""
    if not case.followed:
        return None
    return Refusal.permission(
        "Un collègue suit ce dossier : demandez-lui, ou à votre responsable, de vous le confier.",
    )


@enforces("R-088")
def mandate_given(case: Case) -> Refusal | None:
    """A mandate is withdrawn when there is one."""
    if case.mandate_on is not None:
        return None
    return Refusal("R-088", "Vous n’avez autorisé personne à envoyer vos dossiers à votre place.")


@enforces("R-088")
def mandate_not_given(case: Case) -> Refusal | None:
    """A mandate is given once."""
    if case.mandate_on is None:
        return None
    return Refusal("R-088", "Vous avez déjà autorisé votre architecte à envoyer vos dossiers.")


# ---------------------------------------------------------------- who certifies


@enforces("R-004", "R-132")
def receiver_delivers(case: Case, facts: Transfer) -> Refusal | None:
    """A file goes to a certifier that delivers its certification."""
    if facts.delivers:
        return None
    return Refusal("R-004", "Choisissez un organisme qui délivre cette certification aujourd’hui.")


@enforces("R-004")
def receiver_is_another(case: Case, facts: Transfer) -> Refusal | None:
    """A file goes to another certifier."""
    if facts.certifier != facts.before:
        return None
    return Refusal("R-004", "Vous avez déjà ce dossier : choisissez un autre certificateur.")


@enforces("R-004")
def target_certifier_named(case: Case, facts: TargetChange) -> Refusal | None:
    """Where several deliver what is aimed at, the candidate says before whom they will go."""
    if facts.certifier is None:
        if len(facts.certifiers) < 2 or facts.was_certifier in facts.certifiers:
            return None
        return Refusal(
            "R-004",
            "Plusieurs certificateurs délivrent cette certification : choisissez celui chez qui "
            "vous passerez devant le jury.",
        )
    if facts.certifier in facts.certifiers:
        return None
    return Refusal(
        "R-004", "Ce certificateur ne délivre pas cette certification : choisissez-en un autre."
    )


# ---------------------------------------------------------------- what is aimed at


@enforces("R-004")
def before_the_first_deposit(case: Case) -> Refusal | None:
    """What is aimed at changes until a file was filed, and never after."""
    if not any(filing.journey == case.journey for filing in case.filings):
        return None
    return Refusal(
        "R-004",
        "Un dossier est déjà déposé pour cette certification : l’objectif ne change plus. Commencez "
        "un autre parcours.",
    )


@enforces("R-004")
def target_is_another(case: Case, facts: TargetChange) -> Refusal | None:
    """A change changes something."""
    elsewhere = facts.certifier not in (None, facts.was_certifier)
    if elsewhere or facts.code != facts.was or _aimed_at(facts) != case.targeted_blocs:
        return None
    return Refusal("R-004", "C’est déjà ce que vous visez : choisissez autre chose.")


def _aimed_at(facts: TargetChange) -> frozenset[str]:
    return facts.known_blocs if facts.scope == Scope.WHOLE else frozenset(facts.blocs)


@enforces("R-004", "R-132")
def target_blocs_belong(case: Case, facts: TargetChange) -> Refusal | None:
    """The target is the whole certification, or some of its own blocs."""
    aimed = _aimed_at(facts)
    if aimed and aimed <= facts.known_blocs:
        return None
    return Refusal("R-004", "Choisissez au moins un bloc de cette certification.")


@enforces("R-001", "R-003", "R-011")
def target_on_same_route(case: Case, facts: TargetChange) -> Refusal | None:
    """Another certification is in force, and follows the same procedure: the route never changes."""
    if facts.sheet is None or facts.code == facts.was:
        return None
    expected = route_for(facts.sheet, case.today)
    if expected.refusal or expected.route == case.route:
        return expected.refusal
    return Refusal(
        "R-001",
        "Cette certification suit une autre procédure : arrêtez ce parcours, puis déposez une "
        "candidature pour elle.",
    )


@enforces("R-001")
def target_not_open_beside(case: Case, facts: TargetChange) -> Refusal | None:
    """Nobody has two open journeys on one certification."""
    if not facts.open_beside:
        return None
    return Refusal(
        "R-001", "Un autre parcours est déjà ouvert pour cette certification : reprenez-le."
    )


@enforces("R-073")
def target_not_obtained(case: Case, facts: TargetChange) -> Refusal | None:
    """Nobody aims at what they hold: there would be nothing to write, and nothing to judge."""
    aimed, held = _aimed_at(facts), facts.held_blocs
    if facts.scope == Scope.WHOLE and aimed - held:
        return None
    if not aimed & held:
        return None
    return Refusal(
        "R-073",
        "Vous avez déjà obtenu ce que vous choisissez, ou une partie : choisissez ce qui reste à obtenir.",
    )


@enforces("R-005")
def target_not_in_training(case: Case, facts: TargetChange) -> Refusal | None:
    """A person in initial training for a certification does not aim at it, on the portal's route."""
    refused = facts.in_initial_training and case.route == Route.FRANCE_VAE
    return in_training() if refused else None


@enforces("R-004", "R-010")
def candidate_agreed(case: Case, facts: TargetChange) -> Refusal | None:
    """What is aimed at is the candidate's choice, whoever writes it down."""
    if case.actor == Role.CANDIDATE or facts.agreed:
        return None
    return Refusal(
        "R-010", "Demandez d’abord au candidat : c’est lui qui choisit. Cochez qu’il est d’accord."
    )


# ---------------------------------------------------------------- the path


@enforces("R-090")
def no_amendment_pending(case: Case) -> Refusal | None:
    """A path is amended once the last change was answered."""
    if case.amendment_on is None:
        return None
    return Refusal("R-090", "Un parcours modifié attend déjà la réponse du candidat.")


@enforces("R-090")
def amendment_pending(case: Case) -> Refusal | None:
    """There is an amended path to answer."""
    if case.amendment_on is not None:
        return None
    return Refusal("R-090", "Aucun parcours modifié n’attend votre réponse.")


# ---------------------------------------------------------------- stopping, and coming back


@enforces("R-010")
def no_end_proposed(case: Case) -> Refusal | None:
    """An end is proposed once."""
    if case.end_proposed is None:
        return None
    return Refusal("R-010", "Vous l’avez déjà proposé : le candidat décide.")


@enforces("R-010")
def end_proposed(case: Case) -> Refusal | None:
    """There is a proposal to turn down."""
    if case.end_proposed is not None:
        return None
    return Refusal("R-010", "Personne ne vous a proposé d’arrêter.")


def resumed_at(stage: Stage) -> Stage:
    """Return where a journey that was stopped at a stage goes on.

    What was with the certifier comes back to the candidate, who signs again what leaves again.
    """
    if stage in stages.RESUMABLE:
        return stage
    with_a_file = (*stages.WITH_THE_CERTIFIER, Stage.FEASIBILITY_INCOMPLETE)
    return Stage.FEASIBILITY_INCOMPLETE if stage in with_a_file else Stage.ADMISSIBLE


@enforces("R-011")
def sheet_still_open(case: Case, facts: Resumption) -> Refusal | None:
    """A journey that filed nothing goes on while its certification takes new ones."""
    return sheet_over(case.sheet, case.today) if facts.leads_to in stages.PREPARING else None


@enforces("R-047", "R-049")
def admissibility_lives(case: Case, facts: Resumption) -> Refusal | None:
    """An admissibility whose limit was written and is over is not resumed; silence alone ends none."""
    if facts.leads_to != Stage.ADMISSIBLE:
        return None
    return validation.admissibility_in_force(case, facts) or validation.validity_not_over(
        case, facts
    )


@enforces("R-124")
def death_proved(case: Case, facts: Death) -> Refusal | None:
    """A file is closed for a death that happened, on a paper that says so."""
    if facts.on <= case.today and facts.evidence.strip():
        return None
    return Refusal(
        "R-124",
        "Indiquez une date passée et la pièce qui prouve le décès (acte de décès, livret de famille) "
        "ou l’absence (jugement).",
    )


def death_is_for_them_to_note(case: Case) -> Refusal | None:
    """An administrator closes the file of the dead only where nobody accompanied them."""
    alone = case.accompaniment == Accompaniment.ALONE
    if case.actor != Role.ADMINISTRATOR or alone:
        return None
    return Refusal.permission(
        "Cette personne est accompagnée : le responsable de l’accompagnement clôt son dossier."
    )


def deceased(case: Case) -> Refusal | None:
    """The person of the file died."""
    if case.deceased_on is not None:
        return None
    return Refusal("R-124", "Le dossier n’est pas celui d’une personne décédée.")


def alive(case: Case) -> Refusal | None:
    """Nobody opens the file of the dead again."""
    if case.deceased_on is None:
        return None
    return Refusal("R-124", "Ce dossier est clos : la personne est décédée.")
