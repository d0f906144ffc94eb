"""Blocs of a sheet that was replaced: which bloc of the new one each counts for, and from when (R-073)."""

from datetime import date

from jalon.law.case import Case
from jalon.law.rulebook import Refusal, enforces


@enforces("R-073")
def something_to_count(case: Case) -> Refusal | None:
    """There is a bloc of the former sheet that counts on this one, and is not counted yet."""
    if case.equivalent_blocs:
        return None
    return Refusal(
        "R-073", "Aucun bloc acquis sur l’ancienne fiche n’attend d’être compté sur celle-ci."
    )


@enforces("R-073")
def sheet_replaced(former_successor: int | None, sheet: int) -> Refusal | None:
    """Refuse an equivalence with a sheet that does not replace the former one."""
    if former_successor == sheet:
        return None
    return Refusal(
        "R-073", "Choisissez un bloc de la fiche qui remplace l’ancienne : les deux se suivent."
    )


@enforces("R-073")
def ends_after_it_starts(start: date, ended_on: date) -> Refusal | None:
    """Refuse to end an equivalence before the day on which it begins."""
    if ended_on >= start:
        return None
    return Refusal("R-073", "Une équivalence ne peut pas finir avant d’avoir commencé.")
