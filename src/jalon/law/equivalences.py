"""Blocs of a sheet that was replaced: which bloc of the new one each counts for, and from when (R-073)."""

from collections.abc import Collection
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
def sheet_replaced(followers: Collection[int], sheet: int) -> Refusal | None:
    """Refuse an equivalence with a sheet that is none of those that came after the former one.

    What was replaced twice counts for the last one by a line of its own: no line is deduced from others.
    """
    if sheet in followers:
        return None
    return Refusal(
        "R-073", "Choisissez un bloc d’une fiche qui a remplacé l’ancienne, directement ou ensuite."
    )


@enforces("R-073")
def ends_after_it_starts(start: date, ended_on: date) -> Refusal | None:
    """Refuse to end an equivalence before the day on which it begins."""
    if ended_on >= start:
        return None
    return Refusal("R-073", "Une équivalence ne peut pas finir avant d’avoir commencé.")
