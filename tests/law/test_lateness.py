"""A delay past its limit is late until what it waited for has come."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon.law.case import ClockView
from jalon.law.lateness import awaited_at, late_clocks, open_clocks
from jalon.law.lifecycle import AUTOMATIC
from jalon.law.vocabulary import ClockKind, ClockState, Stage
from tests.law.cases import TODAY, a_case

LIMIT = TODAY - timedelta(days=10)


def a_clock(kind, state=ClockState.EXPIRED, started_on=date(2026, 9, 1), limit_on=LIMIT):
    """Return a delay."""
    return ClockView(kind, state, started_on, limit_on, limit_on)


def test_a_result_that_was_not_notified_in_time_is_late():
    missed = a_clock(ClockKind.RESULT)
    case = a_case(Stage.DELIBERATED, clocks=(missed,))
    assert late_clocks(case) == (missed,)
    assert late_clocks(replace(case, stage=Stage.CERTIFIED)) == ()


def test_a_silence_that_decided_is_not_late():
    silence = a_clock(ClockKind.DECISION)
    assert late_clocks(a_case(Stage.ADMISSIBLE, clocks=(silence,))) == ()


def test_a_lapse_that_a_step_prevents_is_not_late():
    alert = a_clock(ClockKind.LAPSE)
    case = a_case(Stage.ADMISSIBLE, clocks=(alert,))
    assert late_clocks(case) == (alert,)
    assert late_clocks(replace(case, steps_since_admissibility=1)) == ()


def test_only_the_last_delay_of_a_kind_counts():
    old, new = a_clock(ClockKind.HEARING), a_clock(ClockKind.HEARING, ClockState.RUNNING)
    new = replace(new, started_on=TODAY, limit_on=TODAY + timedelta(days=90))
    case = a_case(Stage.VALIDATION_SENT, clocks=(old, new))
    assert open_clocks(case) == (new,)


def test_the_late_ones_come_before_the_nearest():
    late = a_clock(ClockKind.ANSWER)
    soon = a_clock(ClockKind.LAPSE, ClockState.RUNNING, limit_on=TODAY + timedelta(days=3))
    case = a_case(Stage.PATH_PROPOSED, clocks=(soon, late))
    assert open_clocks(case) == (late, soon)


@pytest.mark.parametrize("kind", [kind for kind in ClockKind if AUTOMATIC[kind].expire])
def test_every_delay_that_runs_out_is_waited_for_somewhere(kind):
    assert awaited_at(kind)


def test_the_delay_of_a_result_is_not_open_before_the_day_of_the_jury():
    awaited = a_clock(
        ClockKind.RESULT,
        ClockState.RUNNING,
        started_on=TODAY + timedelta(days=3),
        limit_on=TODAY + timedelta(days=18),
    )
    case = a_case(Stage.JURY_SCHEDULED, clocks=(awaited,))
    assert open_clocks(case) == ()
    assert open_clocks(replace(case, today=TODAY + timedelta(days=3))) == (awaited,)
