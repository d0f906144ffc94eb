"""Caducité: six silent months, a human word, a contestation."""

from dataclasses import replace
from datetime import date

import pytest

from jalon.law import lifecycle
from jalon.law.facts import DatedNote, Lapse, Reason
from jalon.law.transitions import Start, Stop
from jalon.law.vocabulary import Act, ClockKind, ClockState, Contestation, Role, Route, Stage

from .cases import ADMITTED, admissible, open_at, rule_against, running

CONFIRMED = Lapse(no_legitimate_reason=True)
STEP = DatedNote(date(2027, 3, 1), "Formation à la programmation", "Attestation de présence")
EXPIRED = running(ClockKind.LAPSE, ADMITTED.decided_on, ClockState.EXPIRED)
LAPSED = replace(admissible(clocks=(EXPIRED,)), stage=Stage.LAPSED, today=date(2027, 9, 1))
WHY = Reason("Arrêt maladie de trois mois.")


def clocks_of(act):
    """Return the clock moves of the only row of an act."""
    return next(line.clocks for line in lifecycle.TABLE if line.act == act)


@pytest.mark.rule("R-044")
@pytest.mark.parametrize(
    ("today", "rule"), [(date(2027, 7, 31), "R-044"), (date(2027, 8, 1), None)]
)
def test_the_alert_waits_for_the_end_of_the_sixth_month(today, rule):
    assert rule_against(Act.ALERT_LAPSE, admissible(today=today)) == rule


@pytest.mark.rule("R-044")
def test_nothing_lapses_without_alert_and_without_a_human_word():
    assert rule_against(Act.CONFIRM_LAPSE, admissible(), CONFIRMED) == "R-044"
    alerted = admissible(clocks=(EXPIRED,))
    assert rule_against(Act.CONFIRM_LAPSE, alerted, Lapse(no_legitimate_reason=False)) == "R-044"
    assert rule_against(Act.CONFIRM_LAPSE, alerted, CONFIRMED) is None


@pytest.mark.rule("R-044")
def test_the_system_alerts_but_never_lapses_a_journey():
    lines = [line for line in lifecycle.TABLE if line.to == Stage.LAPSED]
    assert lines and all(Role.SYSTEM not in line.by for line in lines)


@pytest.mark.rule("R-044")
def test_a_recognised_reason_starts_the_watch_again():
    assert clocks_of(Act.GRANT_REASON) == (Start(ClockKind.LAPSE),)
    watched = admissible(clocks=(EXPIRED, running(ClockKind.LAPSE, date(2027, 8, 15))))
    assert rule_against(Act.CONFIRM_LAPSE, watched, CONFIRMED) == "R-044"


@pytest.mark.rule("R-045")
def test_a_recorded_step_stops_the_lapse():
    assert clocks_of(Act.RECORD_STEP) == (Stop(ClockKind.LAPSE),)
    walked = admissible(clocks=(EXPIRED,), steps_since_admissibility=1)
    assert rule_against(Act.CONFIRM_LAPSE, walked, CONFIRMED) == "R-045"


@pytest.mark.rule("R-045")
@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"evidence": ""},
        {"on": date(2027, 1, 14)},
        {"on": date(2027, 3, 16)},
    ],
)
def test_a_step_is_dated_after_the_admissibility_told_and_evidenced(wrong):
    assert rule_against(Act.RECORD_STEP, admissible(), replace(STEP, **wrong)) == "R-045"


def test_a_whole_step_passes():
    assert rule_against(Act.RECORD_STEP, admissible(), STEP) is None


@pytest.mark.rule("R-047")
@pytest.mark.parametrize(
    "act", [Act.WARN_LAPSE, Act.ALERT_LAPSE, Act.CONFIRM_LAPSE, Act.GRANT_REASON]
)
def test_nothing_lapses_on_the_2002_route(act):
    assert open_at(act, admissible())
    assert not open_at(act, admissible(route=Route.LAW_2002))


@pytest.mark.rule("R-047")
def test_no_lapse_clock_starts_on_the_2002_route():
    for line in lifecycle.TABLE:
        for move in line.clocks:
            if isinstance(move, Start) and move.kind == ClockKind.LAPSE:
                assert Route.LAW_2002 not in move.routes & line.routes


@pytest.mark.rule("R-048")
def test_a_lapse_is_contested_once():
    assert rule_against(Act.CONTEST_LAPSE, LAPSED, WHY) is None
    pending = replace(LAPSED, contestation=Contestation.PENDING)
    assert rule_against(Act.CONTEST_LAPSE, pending, WHY) == "R-048"
    rejected = replace(LAPSED, contestation=Contestation.REJECTED)
    assert rule_against(Act.CONTEST_LAPSE, rejected, WHY) == "R-048"


@pytest.mark.rule("R-048")
def test_nothing_is_archived_while_a_contestation_waits():
    pending = replace(LAPSED, contestation=Contestation.PENDING)
    assert rule_against(Act.ARCHIVE, pending, WHY) == "R-048"
    rejected = replace(LAPSED, contestation=Contestation.REJECTED)
    assert rule_against(Act.ARCHIVE, rejected, WHY) is None


@pytest.mark.rule("R-048")
@pytest.mark.parametrize("act", [Act.CANCEL_LAPSE, Act.UPHOLD_LAPSE])
def test_only_a_pending_contestation_is_decided(act):
    assert rule_against(act, LAPSED, WHY) == "R-048"
    assert rule_against(act, replace(LAPSED, contestation=Contestation.PENDING), WHY) is None


@pytest.mark.rule("R-001")
def test_a_lapse_is_not_undone_beside_another_open_journey_on_the_certification():
    case = admissible(
        stage=Stage.LAPSED, actor=Role.CERTIFIER, contestation=Contestation.PENDING, clocks=()
    )
    asked = Reason("La contestation est fondée.")
    assert rule_against(Act.CANCEL_LAPSE, case, asked) is None
    beside = replace(case, open_elsewhere=1)
    assert rule_against(Act.CANCEL_LAPSE, beside, asked) == "R-001"
