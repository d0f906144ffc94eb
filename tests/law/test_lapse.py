"""Caducité: six silent months, a human word, a contestation."""

from dataclasses import replace
from datetime import date

import pytest

from jalon.law import clocks, lifecycle, simulation
from jalon.law.case import Case, ClockView
from jalon.law.facts import Claim, DatedNote, Extension, Lapse, Reason, Step
from jalon.law.transitions import Start, Stop
from jalon.law.vocabulary import (
    Act,
    ClockKind,
    ClockState,
    Contestation,
    Role,
    Route,
    Stage,
    StepKind,
)

from .cases import ADMITTED, MOMENT, admissible, open_at, rule_against, running

CONFIRMED = Lapse(no_legitimate_reason=True)
STEP = Step(
    date(2027, 3, 1),
    "Formation à la programmation",
    "Attestation de présence",
    StepKind.RECOMMENDED,
)
EXPIRED = running(ClockKind.LAPSE, ADMITTED.decided_on, ClockState.EXPIRED)
LATER = date(2027, 9, 1)
LAPSED = replace(admissible(clocks=(EXPIRED,)), stage=Stage.LAPSED, today=LATER)
WHY = Reason("Arrêt maladie de trois mois.")


def moves_of(act):
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
    alerted = admissible(clocks=(EXPIRED,), today=LATER)
    assert rule_against(Act.CONFIRM_LAPSE, alerted, Lapse(no_legitimate_reason=False)) == "R-044"
    assert rule_against(Act.CONFIRM_LAPSE, alerted, CONFIRMED) is None


@pytest.mark.rule("R-044")
def test_the_system_alerts_but_never_lapses_a_journey():
    lines = [line for line in lifecycle.TABLE if line.to == Stage.LAPSED]
    assert lines and all(Role.SYSTEM not in line.by for line in lines)


@pytest.mark.rule("R-044")
def test_a_recognised_reason_starts_the_watch_again():
    assert moves_of(Act.GRANT_REASON) == (Start(ClockKind.LAPSE),)
    watched = admissible(clocks=(EXPIRED, running(ClockKind.LAPSE, date(2027, 8, 15))))
    assert rule_against(Act.CONFIRM_LAPSE, watched, CONFIRMED) == "R-044"


@pytest.mark.rule("R-045")
def test_a_recorded_step_stops_the_lapse():
    assert moves_of(Act.RECORD_STEP) == (Stop(ClockKind.LAPSE),)
    walked = admissible(clocks=(EXPIRED,), today=LATER, steps_since_admissibility=1)
    assert rule_against(Act.CONFIRM_LAPSE, walked, CONFIRMED) == "R-045"


@pytest.mark.rule("R-045")
@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"evidence": ""},
        {"kind": None},
        {"on": date(2027, 1, 14)},
        {"on": date(2027, 3, 16)},
    ],
)
def test_a_step_is_dated_after_the_admissibility_told_and_evidenced(wrong):
    assert rule_against(Act.RECORD_STEP, admissible(), replace(STEP, **wrong)) == "R-045"


@pytest.mark.rule("R-045")
def test_a_step_made_after_the_sixth_month_does_not_undo_an_alert_already_given():
    alerted = admissible(clocks=(EXPIRED,), today=date(2027, 9, 1))
    late, early = date(2027, 8, 1), date(2027, 7, 31)
    assert rule_against(Act.RECORD_STEP, alerted, replace(STEP, on=late)) == "R-045"
    assert rule_against(Act.RECORD_STEP, alerted, replace(STEP, on=early)) is None


CLAIM = Claim("Congé maternité.", "Attestation de la caisse")
CLAIMED = admissible(clocks=(EXPIRED,), today=LATER, reason_claimed_on=MOMENT)


@pytest.mark.rule("R-044")
def test_a_candidate_tells_a_legitimate_reason_at_any_time_with_its_proof():
    for case in (admissible(), admissible(clocks=(EXPIRED,))):
        assert rule_against(Act.CLAIM_REASON, case, CLAIM) is None
    assert rule_against(Act.CLAIM_REASON, admissible(), replace(CLAIM, evidence=" ")) == "R-044"
    assert rule_against(Act.CLAIM_REASON, admissible(), replace(CLAIM, reason="")) == "R-124"


@pytest.mark.rule("R-044")
def test_nothing_lapses_while_a_legitimate_reason_waits_for_its_answer():
    assert rule_against(Act.CONFIRM_LAPSE, CLAIMED, CONFIRMED) == "R-044"
    assert rule_against(Act.CLAIM_REASON, CLAIMED, CLAIM) == "R-044"
    refused = simulation.attempt(CLAIMED, Act.REFUSE_REASON, Role.CERTIFIER, WHY)
    assert isinstance(refused, Case)
    assert rule_against(Act.CONFIRM_LAPSE, refused, CONFIRMED) is None
    assert rule_against(Act.REFUSE_REASON, refused, WHY) == "R-044"


@pytest.mark.rule("R-044")
def test_a_reason_that_is_recognised_starts_six_months_again_and_is_answered():
    granted = simulation.attempt(CLAIMED, Act.GRANT_REASON, Role.CERTIFIER, WHY)
    assert isinstance(granted, Case)
    clock = granted.clock(ClockKind.LAPSE)
    assert clock and (clock.state, clock.started_on) == (ClockState.RUNNING, granted.today)
    assert granted.reason_claimed_on is None


@pytest.mark.rule("R-029", "R-044")
def test_the_six_months_are_counted_from_the_notice_of_a_tacit_admissibility():
    tacit = replace(ADMITTED, tacit=True, decided_on=date(2027, 6, 9))
    late = admissible(
        admissibility=tacit,
        today=date(2027, 7, 20),
        clocks=(running(ClockKind.LAPSE, date(2027, 6, 21)),),
    )
    notice = DatedNote(date(2027, 7, 11), "Avis reçu")
    told = simulation.attempt(late, Act.RECORD_GIP_NOTICE, Role.CANDIDATE, notice)
    assert isinstance(told, Case)
    clock = told.clock(ClockKind.LAPSE)
    assert clock and clock.limit_on == date(2028, 1, 31)
    early = replace(notice, on=date(2027, 6, 8))
    assert rule_against(Act.RECORD_GIP_NOTICE, late, early) == "R-029"


@pytest.mark.rule("R-045")
def test_a_notice_recorded_after_a_step_starts_no_delay_again():
    tacit = replace(ADMITTED, tacit=True)
    stepped = admissible(
        admissibility=tacit,
        steps_since_admissibility=1,
        clocks=(running(ClockKind.LAPSE, tacit.decided_on, ClockState.STOPPED),),
    )
    notice = DatedNote(date(2027, 3, 1), "Avis reçu")
    told = simulation.attempt(stepped, Act.RECORD_GIP_NOTICE, Role.CANDIDATE, notice)
    assert isinstance(told, Case)
    assert [clock.state for clock in told.clocks] == [ClockState.STOPPED]


LIMIT = date(2027, 9, 30)
LIMITED = admissible(
    route=Route.LAW_2002,
    admissibility=replace(ADMITTED, valid_until=LIMIT),
    clocks=(
        ClockView(
            ClockKind.VALIDITY,
            ClockState.RUNNING,
            ADMITTED.decided_on,
            LIMIT,
            LIMIT,
            date(2027, 7, 2),
        ),
    ),
)


@pytest.mark.rule("R-047")
def test_the_end_of_an_admissibility_of_2002_is_recalled_at_90_and_30_days_then_seen():
    seen = [(step.on, step.act) for step in simulation.days_passing(LIMITED, 250)]
    assert seen == [
        (date(2027, 7, 2), Act.WARN_VALIDITY),
        (date(2027, 8, 31), Act.WARN_VALIDITY),
        (date(2027, 10, 1), Act.EXPIRE_VALIDITY),
    ]


@pytest.mark.rule("R-047")
def test_a_short_admissibility_is_recalled_only_on_the_days_that_are_left():
    start, limit = date(2027, 3, 1), date(2027, 4, 15)
    assert clocks.validity_alerts(start, limit) == (date(2027, 3, 16),)
    assert clocks.validity_alerts(start, date(2027, 3, 20)) == ()
    assert clocks.validity(start, date(2027, 3, 20)).alert_on is None


@pytest.mark.rule("R-047")
def test_a_candidate_asks_once_and_the_certifier_extends_to_a_later_day():
    assert rule_against(Act.ASK_EXTENSION, LIMITED, WHY) is None
    asked = replace(LIMITED, extension_asked_on=MOMENT)
    assert rule_against(Act.ASK_EXTENSION, asked, WHY) == "R-047"
    assert rule_against(Act.EXTEND_VALIDITY, asked, Extension(LIMIT)) == "R-047"
    longer = Extension(date(2028, 3, 31), "Congé maternité.")
    extended = simulation.attempt(asked, Act.EXTEND_VALIDITY, Role.CERTIFIER, longer)
    assert isinstance(extended, Case) and extended.admissibility
    assert extended.admissibility.valid_until == longer.valid_until
    clock = extended.clock(ClockKind.VALIDITY)
    assert clock and clock.limit_on == longer.valid_until
    assert rule_against(Act.REFUSE_EXTENSION, extended, WHY) == "R-047"


@pytest.mark.rule("R-047")
def test_an_admissibility_that_is_over_is_extended_and_the_file_may_leave():
    over = replace(LIMITED, today=date(2027, 12, 1))
    assert rule_against(Act.SEND_VALIDATION, over) == "R-047"
    longer = Extension(date(2028, 3, 31))
    extended = simulation.attempt(over, Act.EXTEND_VALIDITY, Role.CERTIFIER, longer)
    assert isinstance(extended, Case)
    sent = replace(extended, actor=Role.CANDIDATE)
    assert rule_against(Act.SEND_VALIDATION, sent) is None
    assert rule_against(Act.EXTEND_VALIDITY, over, Extension(date(2027, 12, 1))) == "R-047"


@pytest.mark.rule("R-047")
@pytest.mark.parametrize("act", [Act.ASK_EXTENSION, Act.EXTEND_VALIDITY, Act.REFUSE_EXTENSION])
def test_nothing_is_extended_on_france_vae(act):
    assert open_at(act, LIMITED)
    assert not open_at(act, admissible())


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
