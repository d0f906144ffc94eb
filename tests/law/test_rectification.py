"""A signed result that was wrong: put right by an act of its own, with a reason and a proof."""

from dataclasses import replace
from datetime import date

import pytest

from jalon.law import lifecycle, rectification, simulation
from jalon.law.case import Admissibility
from jalon.law.consequences import undone
from jalon.law.facts import Rectification
from jalon.law.vocabulary import Act, ClockKind, Outcome, Role, Route, Stage

from .cases import BLOCS, ONE, THREE, TWO, after_a_partial, rule_against

SAID = Rectification("Deux lignes inversées.", won=(ONE, TWO), evidence="Grille signée")


def wrong(**changes):
    """Return a journey whose signed minutes gave its first bloc only."""
    return after_a_partial(actor=Role.CERTIFIER, **changes)


def complete(case, said=SAID):
    """Return a rectification as the room of journeys completes it."""
    return rectification.rectified(case, said)


def after(case, said=SAID):
    """Return the case after a rectification by the certifier."""
    return simulation.attempt(case, Act.RECTIFY_RESULT, Role.CERTIFIER, complete(case, said))


@pytest.mark.rule("R-076")
@pytest.mark.parametrize(
    "spoilt",
    [
        {"reason": " "},
        {"evidence": ""},
        {"won": (ONE,)},
        {"won": (ONE, "RNCP1BC01")},
        {"condition": "Habilitation électrique"},
    ],
)
def test_a_rectification_says_the_error_its_proof_and_what_changes(spoilt):
    case = wrong()
    refused = rule_against(Act.RECTIFY_RESULT, case, complete(case, replace(SAID, **spoilt)))
    assert refused in {"R-076", "R-124", "R-073"}
    assert rule_against(Act.RECTIFY_RESULT, case, complete(case)) is None


@pytest.mark.rule("R-076", "R-077")
@pytest.mark.parametrize(
    ("won", "stage", "outcome"),
    [
        ((ONE, TWO), Stage.PARTIALLY_CERTIFIED, Outcome.PARTIAL),
        ((ONE, TWO, THREE), Stage.CERTIFIED, Outcome.FULL),
        ((), Stage.NOT_CERTIFIED, Outcome.NONE),
    ],
)
def test_what_is_so_decides_what_the_person_holds_and_where_they_stand(won, stage, outcome):
    found = after(wrong(), replace(SAID, won=won))
    assert (found.stage, found.outcome) == (stage, outcome)
    assert found.acquired_blocs == found.known_blocs == set(won)


@pytest.mark.rule("R-076")
def test_a_bloc_that_another_jury_gave_stays_whatever_this_one_is_rectified_to():
    case = wrong(acquired_blocs=frozenset({ONE, TWO}), known_blocs=frozenset({ONE, TWO}))
    case = replace(case, validation=replace(case.validation, blocs=BLOCS - {ONE}))
    assert after(case, replace(SAID, won=())).acquired_blocs == {ONE}
    assert rule_against(Act.RECTIFY_RESULT, case, complete(case, replace(SAID, won=(ONE,))))


@pytest.mark.rule("R-076", "R-078")
def test_before_its_notice_a_result_is_rectified_and_the_person_is_told_nothing():
    case = wrong(stage=Stage.DELIBERATED, known_blocs=frozenset())
    found = after(case)
    assert (found.stage, found.outcome) == (Stage.DELIBERATED, Outcome.PARTIAL)
    assert found.acquired_blocs == {ONE, TWO}
    assert not found.known_blocs


@pytest.mark.rule("R-047")
def test_on_the_2002_route_an_admissibility_counts_again_for_what_a_rectification_takes_back():
    until = date(2028, 3, 1)
    case = wrong(
        route=Route.LAW_2002,
        stage=Stage.CERTIFIED,
        outcome=Outcome.FULL,
        acquired_blocs=BLOCS,
        known_blocs=BLOCS,
        admissibility=Admissibility(True, False, date(2027, 3, 1), until),
    )
    clock = after(case).clock(ClockKind.VALIDITY)
    assert clock and clock.limit_on == until


def test_whoever_rectifies_reads_that_a_rectification_is_itself_rectified():
    case = wrong()
    row = lifecycle.transition_for(
        Act.RECTIFY_RESULT, case.stage, case.route, case.accompaniment, case.anchors
    )
    assert row and "« Rectifier le résultat »" in undone(row, case)
