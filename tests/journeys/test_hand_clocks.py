"""Delays counted by hand, article beside the calendar, and what the code makes of the same days."""

from datetime import date, datetime, timedelta

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.jobs import tick
from jalon.journeys.models import Clock
from jalon.law import clocks
from jalon.law.facts import DatedNote, Decision, Missing, Step
from jalon.law.lifecycle import transition_for
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    Route,
    Stage,
    StepKind,
)
from jalon.now import PARIS, paris_day

pytestmark = pytest.mark.django_db

#: The delay, the day it runs from, what it aims at and its last day, as a hand counts them.
BY_HAND = [
    (ClockKind.DECISION, date(2026, 12, 31), date(2027, 2, 28), date(2027, 2, 28)),
    (ClockKind.DECISION, date(2027, 12, 31), date(2028, 2, 29), date(2028, 2, 29)),
    (ClockKind.DECISION, date(2027, 12, 29), date(2028, 2, 29), date(2028, 2, 29)),
    (ClockKind.DECISION, date(2026, 6, 30), date(2026, 8, 30), date(2026, 8, 30)),
    (ClockKind.LAPSE, date(2027, 8, 31), date(2028, 2, 29), date(2028, 2, 29)),
    (ClockKind.LAPSE, date(2027, 2, 28), date(2027, 8, 28), date(2027, 8, 31)),
    (ClockKind.HEARING, date(2027, 11, 30), date(2028, 2, 29), date(2028, 2, 29)),
    (ClockKind.HEARING, date(2027, 1, 1), date(2027, 4, 1), date(2027, 4, 30)),
    (ClockKind.RESULT, date(2027, 4, 16), date(2027, 5, 1), date(2027, 5, 1)),
    (ClockKind.RESULT, date(2027, 10, 22), date(2027, 11, 6), date(2027, 11, 6)),
    (ClockKind.RESULT, date(2027, 12, 20), date(2028, 1, 4), date(2028, 1, 4)),
]


@pytest.mark.rule("R-028", "R-044", "R-052", "R-058", "R-078")
@pytest.mark.parametrize(("kind", "since", "target", "limit"), BY_HAND)
def test_a_delay_ends_on_the_day_that_a_hand_counts(
    kind: ClockKind, since: date, target: date, limit: date
) -> None:
    span = clocks.span(kind, since)
    assert (span.target_on, span.limit_on) == (target, limit)


@pytest.mark.rule("R-022")
@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=PARIS), 2026),
        (datetime(2027, 1, 1, 0, 1, tzinfo=PARIS), 2027),
        (datetime.fromisoformat("2026-12-31T23:30:00+00:00"), 2027),
    ],
)
def test_a_deposit_counts_for_the_year_of_its_day_in_paris(moment: datetime, year: int) -> None:
    assert paris_day(moment).year == year


def on_day(scenario: Scenario, day: date) -> Scenario:
    """Bring a scenario to a day, the clocks ringing on the way."""
    scenario.runs_clocks = True
    return scenario.until(datetime.combine(day, scenario.at.timetz()))


def sent_on(scenario: Scenario, day: date) -> Scenario:
    """Send a feasibility file on a day."""
    scenario.to_ready()
    return on_day(scenario, day).sign(Act.CONFIRM_FEASIBILITY).send_feasibility()


def clock(scenario: Scenario, kind: ClockKind) -> Clock:
    """Return the latest delay of a kind."""
    return scenario.journey.clocks.filter(kind=kind).latest("pk")


@pytest.mark.rule("R-026", "R-028")
def test_a_file_received_six_days_before_it_was_checked_counts_from_its_receipt(
    scenario: Scenario,
) -> None:
    sent_on(scenario, date(2027, 4, 9)).wait(6).certifier(Act.DECLARE_COMPLETE)
    assert clock(scenario, ClockKind.DECISION).limit_on == date(2027, 6, 9)


@pytest.mark.rule("R-028")
def test_a_file_found_complete_is_not_returned_on_the_fifty_eighth_day(scenario: Scenario) -> None:
    sent_on(scenario, date(2027, 4, 9)).certifier(Act.DECLARE_COMPLETE)
    on_day(scenario, date(2027, 6, 6))
    shape = scenario.route, scenario.accompaniment
    assert transition_for(Act.DECLARE_INCOMPLETE, Stage.FEASIBILITY_COMPLETE, *shape) is None
    scenario.certifier(Act.REQUEST_PIECES, Missing(("Pièce lisible",)))
    assert clock(scenario, ClockKind.DECISION).limit_on == date(2027, 6, 9)


@pytest.mark.rule("R-029", "R-044")
def test_the_lapse_counts_from_the_notice_of_a_tacit_admissibility(scenario: Scenario) -> None:
    sent_on(scenario, date(2027, 4, 9)).certifier(Act.DECLARE_COMPLETE)
    timekeeper.travel(datetime(2027, 6, 21, 10, tzinfo=PARIS))
    tick()
    scenario.journey.refresh_from_db()
    assert scenario.journey.decision.decided_on == date(2027, 6, 9)
    scenario.at = datetime(2027, 7, 15, 10, tzinfo=PARIS)
    scenario.do(Act.RECORD_GIP_NOTICE, scenario.person, DatedNote(date(2027, 7, 11), "Avis reçu"))
    assert clock(scenario, ClockKind.LAPSE).limit_on == date(2028, 1, 31)


@pytest.mark.rule("R-052", "R-078")
def test_a_jury_without_minutes_rings_its_result_and_no_missed_jury(scenario: Scenario) -> None:
    scenario.to_admissible()
    on_day(scenario, date(2027, 7, 12)).write_validation().send_validation().wait(4)
    scenario.certifier(Act.ACCEPT_VALIDATION)
    scenario.convene((date(2027, 9, 18) - scenario.at.date()).days)
    on_day(scenario, date(2027, 11, 30))
    result = clock(scenario, ClockKind.RESULT)
    assert (result.limit_on, result.alert_on) == (date(2027, 10, 3), date(2027, 9, 25))
    acts = set(scenario.journey.journal.values_list("act", flat=True))
    assert Act.MISS_HEARING not in acts and {Act.WARN_RESULT, Act.MISS_RESULT} <= acts


@pytest.fixture
def of_2002(demo: DemoPeople) -> Scenario:
    """A journey of the 2002 route, whose file waits for its decision."""
    certification = Certification.objects.get(code="RNCP41814")
    scenario = Scenario(
        demo,
        certification,
        datetime(2027, 3, 1, 10, tzinfo=PARIS),
        route=Route.LAW_2002,
        accompaniment=Accompaniment.ALONE,
    )
    return scenario.to_complete()


@pytest.mark.rule("R-047")
def test_an_admissibility_does_not_end_before_it_is_decided(of_2002: Scenario) -> None:
    before = of_2002.at.date() - timedelta(days=30)
    with pytest.raises(Refused) as refused:
        of_2002.certifier(Act.DECLARE_ADMISSIBLE, Decision(valid_until=before))
    assert refused.value.rule in ("R-032", "R-047")


@pytest.mark.rule("R-047")
def test_an_admissibility_of_2002_is_recalled_and_ends(of_2002: Scenario) -> None:
    of_2002.admissible()
    limit = clock(of_2002, ClockKind.VALIDITY).limit_on
    on_day(of_2002, limit + timedelta(days=10))
    assert clock(of_2002, ClockKind.VALIDITY).state == ClockState.EXPIRED
    rung = of_2002.journey.journal.filter(role="system", occurred_on__lte=limit)
    assert rung.exists()


@pytest.mark.rule("R-028")
def test_a_file_sent_back_has_no_decision_to_wait_for_and_a_house_reminder_of_its_own(
    scenario: Scenario,
) -> None:
    sent_on(scenario, date(2027, 4, 9))
    scenario.wait(5).certifier(Act.DECLARE_INCOMPLETE, Missing(("Justificatif",)))
    running = {one.kind for one in scenario.journey.clocks.running()}
    assert running == {ClockKind.ANSWER}


@pytest.mark.rule("R-044", "R-045")
def test_a_step_done_after_the_sixth_month_does_not_save_what_was_alerted(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    limit = clock(scenario, ClockKind.LAPSE).limit_on
    on_day(scenario, limit + timedelta(days=20))
    late = Step(limit + timedelta(days=5), "Atelier", "Feuille", StepKind.PLANNED)
    with pytest.raises(Refused) as refused:
        scenario.do(Act.RECORD_STEP, scenario.person, late)
    assert refused.value.rule == "R-045"
    assert clock(scenario, ClockKind.LAPSE).state == ClockState.EXPIRED
