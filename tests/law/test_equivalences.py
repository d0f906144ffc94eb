"""Blocs of a sheet that was replaced count on the one that replaces it, by the certifier's table."""

from datetime import date

import pytest

from jalon.law import simulation
from jalon.law.equivalences import ends_after_it_starts, sheet_replaced
from jalon.law.facts import Equivalent, Equivalents
from jalon.law.vocabulary import Act, Role

from .cases import ONE, THREE, after_a_partial, rule_against


@pytest.mark.rule("R-073")
def test_a_bloc_of_the_former_sheet_is_held_once_counted_and_counted_once():
    case = after_a_partial(equivalent_blocs=frozenset({THREE}))
    assert rule_against(Act.COUNT_EQUIVALENT, after_a_partial()) == "R-073"
    said = Equivalents((Equivalent("RNCP1BC01", THREE, date(2024, 5, 2)),))
    after = simulation.attempt(case, Act.COUNT_EQUIVALENT, Role.CANDIDATE, said)
    assert after.acquired_blocs == after.known_blocs == {ONE, THREE}
    assert after.elsewhere_blocs == {THREE}
    assert rule_against(Act.COUNT_EQUIVALENT, after) == "R-073"


@pytest.mark.rule("R-073")
def test_an_equivalence_holds_between_a_sheet_and_those_that_came_after_it_and_no_other():
    assert sheet_replaced([7, 9], 7) is sheet_replaced([7, 9], 9) is None
    assert sheet_replaced([7], 8).rule == sheet_replaced([], 8).rule == "R-073"


@pytest.mark.rule("R-073")
def test_an_equivalence_does_not_end_before_it_starts():
    day = date(2027, 3, 1)
    assert ends_after_it_starts(day, day) is None
    assert ends_after_it_starts(day, date(2027, 2, 28)).rule == "R-073"
