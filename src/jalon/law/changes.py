"""What may change of a journey once it is begun: who accompanies, what is aimed at (R-004, R-006, R-007)."""

from datetime import timedelta

from jalon.law.case import Case
from jalon.law.facts import AccompanimentAsked, Reassignment
from jalon.law.routing import may_serve
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Accompaniment, Act

#: The acts by which an organisation begins to accompany.
BEGIN_ACCOMPANIMENT = (Act.REGISTER, Act.ASK_ACCOMPANIMENT)
#: The acts whose facts keep who had the file before.
CHANGE_HANDS = (
    Act.LEAVE_ACCOMPANIMENT,
    Act.END_ACCOMPANIMENT,
    Act.ASK_ACCOMPANIMENT,
    Act.REASSIGN,
)
#: After how many days without any act of who accompanies, a candidate goes on by themselves: the
#: house's own delay, no text sets it.
SILENT_DAYS = 30


@enforces("R-006")
def alone_for_now(case: Case) -> bool:
    """Say whether an accompanied candidate was left without any act for too long."""
    if case.accompaniment == Accompaniment.ALONE or case.accompanist_acted_on is None:
        return False
    return case.today - case.accompanist_acted_on >= timedelta(days=SILENT_DAYS)


@enforces("R-006")
def left_without_action(case: Case) -> Refusal | None:
    """Before the path is accepted, a candidate sends by themselves when nobody acted for a month."""
    if alone_for_now(case):
        return None
    return Refusal(
        "R-006",
        "Votre organisme vous accompagne : construisez d’abord le parcours avec lui. Pour avancer "
        "sans lui, choisissez « Continuer sans accompagnateur ».",
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


@enforces("R-129")
def colleague_works_here(case: Case, facts: Reassignment) -> Refusal | None:
    """A file is handed to somebody who works in the organisation that accompanies."""
    if facts.works_here:
        return None
    return Refusal(
        "R-129", "Choisissez une personne qui travaille encore dans l’organisme du dossier."
    )


@enforces("R-129")
def colleague_is_another(case: Case, facts: Reassignment) -> Refusal | None:
    """A file is handed to somebody else than who has it."""
    if facts.architect != facts.before:
        return None
    return Refusal("R-129", "Cette personne a déjà le dossier : choisissez un collègue.")


@enforces("R-129")
def nobody_follows(case: Case) -> Refusal | None:
    """A colleague takes a file over only when nobody who works there has it."""
    if not case.followed:
        return None
    return Refusal(
        "R-129",
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
