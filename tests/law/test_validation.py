"""The validation file and the admissibility it stands on."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import lifecycle
from jalon.law.case import ValidationState
from jalon.law.transitions import Start, Stop
from jalon.law.vocabulary import Act, ClockKind, Route, Stage

from .cases import (
    BLOCS,
    MOMENT,
    ONE,
    SIGNED,
    TODAY,
    TWO,
    admissible,
    after_a_partial,
    open_at,
    rule_against,
)


def sending(**file):
    """Return the rule that refuses a validation file spoilt in one respect."""
    case = admissible()
    return rule_against(
        Act.SEND_VALIDATION, replace(case, validation=replace(case.validation, **file))
    )


def test_a_whole_validation_file_leaves():
    assert rule_against(Act.SEND_VALIDATION, admissible()) is None


@pytest.mark.rule("R-049")
def test_a_validation_file_needs_an_admissibility_in_force():
    assert rule_against(Act.SEND_VALIDATION, admissible(admissibility=None)) == "R-049"
    refused = replace(admissible().admissibility, admissible=False)
    assert rule_against(Act.SEND_VALIDATION, admissible(admissibility=refused)) == "R-049"
    tacit = replace(admissible().admissibility, tacit=True)
    assert rule_against(Act.SEND_VALIDATION, admissible(admissibility=tacit)) is None


@pytest.mark.rule("R-049")
@pytest.mark.parametrize("stage", [Stage.LAPSED, Stage.INADMISSIBLE, Stage.FEASIBILITY_COMPLETE])
def test_no_validation_file_leaves_before_or_after_admissibility(stage):
    assert not open_at(Act.SEND_VALIDATION, admissible(stage=stage))


@pytest.mark.rule("R-047")
@pytest.mark.parametrize(
    ("until", "rule"), [(None, None), (TODAY, None), (date(2027, 3, 14), "R-047")]
)
def test_on_the_2002_route_the_written_limit_applies(until, rule):
    decision = replace(admissible().admissibility, valid_until=until)
    case = admissible(route=Route.LAW_2002, admissibility=decision)
    assert rule_against(Act.SEND_VALIDATION, case) == rule
    assert rule_against(Act.SEND_VALIDATION, replace(case, route=Route.FRANCE_VAE)) is None


@pytest.mark.rule("R-050")
def test_every_competence_is_written():
    assert sending(sections_missing=("Régler la machine",)) == "R-050"
    assert sending(blocs=frozenset()) == "R-050"
    empty = admissible(validation=ValidationState())
    assert rule_against(Act.SIGN_ORIGINALITY, empty, SIGNED) == "R-050"


@pytest.mark.rule("R-050")
def test_a_file_covers_each_targeted_bloc():
    assert sending(blocs=frozenset({ONE})) == "R-050"


@pytest.mark.rule("R-050", "R-073")
@given(st.sets(st.sampled_from(sorted(BLOCS))), st.sets(st.sampled_from(sorted(BLOCS))))
def test_a_second_file_has_the_missing_blocs_and_no_other(acquired, written):
    case = admissible(
        attempt=2,
        acquired_blocs=frozenset(acquired),
        validation=ValidationState(blocs=frozenset(written), originality_on=MOMENT),
    )
    passes = bool(written) and BLOCS - acquired == written
    assert (rule_against(Act.SEND_VALIDATION, case) is None) == passes


@pytest.mark.rule("R-051")
def test_a_file_leaves_with_its_originality_signed():
    assert sending(originality_on=None) == "R-051"


@pytest.mark.rule("R-054")
def test_a_returned_file_blocks_the_summons_and_restarts_the_three_months():
    returned = admissible(stage=Stage.VALIDATION_RETURNED)
    assert not open_at(Act.SCHEDULE_HEARING, returned)
    assert not open_at(Act.SCHEDULE_HEARING, admissible(stage=Stage.VALIDATION_SENT))
    moves = {line.act: line.clocks for line in lifecycle.TABLE}
    assert moves[Act.RETURN_VALIDATION] == (Stop(ClockKind.HEARING), Start(ClockKind.ANSWER))
    starts = [
        move
        for move in moves[Act.SEND_VALIDATION]
        if isinstance(move, Start) and Route.FRANCE_VAE in move.routes
    ]
    assert [move.kind for move in starts] == [ClockKind.HEARING]
    assert rule_against(Act.SEND_VALIDATION, returned) is None


@pytest.mark.rule("R-053")
def test_no_three_month_clock_starts_on_the_2002_route():
    for line in lifecycle.TABLE:
        for move in line.clocks:
            if isinstance(move, Start) and move.kind == ClockKind.HEARING and not move.limit:
                assert Route.LAW_2002 not in move.routes & line.routes


@pytest.mark.rule("R-055")
def test_after_a_partial_a_new_file_is_possible_while_something_is_missing():
    assert rule_against(Act.OPEN_NEXT_ATTEMPT, after_a_partial()) is None
    everything = after_a_partial(acquired_blocs=BLOCS)
    assert rule_against(Act.OPEN_NEXT_ATTEMPT, everything) == "R-055"
    failed = after_a_partial(stage=Stage.NOT_CERTIFIED, acquired_blocs=frozenset())
    assert rule_against(Act.OPEN_NEXT_ATTEMPT, failed) is None


def test_blocs_already_held_stay_out_of_the_targets_that_remain():
    assert after_a_partial().missing_blocs == BLOCS - {ONE}
    assert after_a_partial(targeted_blocs=frozenset({ONE, TWO})).missing_blocs == {TWO}
