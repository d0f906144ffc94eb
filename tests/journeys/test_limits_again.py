"""Limits of the 2002 route: they run again when a journey comes back, and only once they are set."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario, partial
from jalon.journeys.models import Clock, Journey
from jalon.journeys.snapshot import snapshot
from jalon.law import facts
from jalon.law.clocks import add_months, french
from jalon.law.vocabulary import (
    Act,
    ClockKind,
    DropOutReason,
    PostponedBy,
    Role,
    Route,
    Scope,
    Setting,
    Stage,
)
from jalon.people.actions import settle
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db

PUT_AWAY = facts.Reason("Le candidat déménage.")


@pytest.fixture
def of_2002(demo: DemoPeople) -> Scenario:
    """A journey of the 2002 route, not begun."""
    sheet = Certification.objects.get(code="RNCP41814")
    return Scenario(demo, sheet, TODAY, route=Route.LAW_2002)


def running(scenario: Scenario, kind: ClockKind) -> Clock | None:
    """Return the running clock of a kind, if any."""
    return scenario.journey.clocks.running().filter(kind=kind).first()


@pytest.mark.rule("R-047")
def test_a_journey_that_is_reopened_counts_its_validity_again_to_the_same_day(
    of_2002: Scenario,
) -> None:
    of_2002.to_admissible()
    before = running(of_2002, ClockKind.VALIDITY)
    assert before
    of_2002.wait(60).write_validation().send_validation().wait(5)
    of_2002.certifier(Act.ACCEPT_VALIDATION).wait(4).convene().deliberate(partial(of_2002))
    of_2002.wait(5).notify().wait(40).certifier(Act.ARCHIVE, PUT_AWAY)
    assert running(of_2002, ClockKind.VALIDITY) is None
    of_2002.wait(3).do(Act.REOPEN, of_2002.person, PUT_AWAY)
    again = running(of_2002, ClockKind.VALIDITY)
    assert again and again.limit_on == before.limit_on


@pytest.mark.rule("R-047")
def test_a_journey_that_is_resumed_counts_to_the_day_of_its_extension(of_2002: Scenario) -> None:
    of_2002.to_admissible().do(Act.ASK_EXTENSION, of_2002.person, PUT_AWAY)
    held = of_2002.journey.decision
    assert held and held.valid_until
    later = held.valid_until + timedelta(days=200)
    of_2002.certifier(Act.EXTEND_VALIDITY, facts.Extension(later, "Maternité."))
    of_2002.do(Act.DROP_OUT, of_2002.person, facts.Leaving(DropOutReason.TIME)).wait(10)
    stopped = of_2002.journey.journal.get(act=Act.DROP_OUT)
    assert stopped.said == "Manque de temps"
    of_2002.do(Act.RESUME, of_2002.person)
    again = running(of_2002, ClockKind.VALIDITY)
    assert again and again.limit_on == later


@pytest.mark.rule("R-047")
def test_a_jury_that_is_annulled_lets_the_admissibility_count_again(of_2002: Scenario) -> None:
    of_2002.to_result().wait(5)
    assert running(of_2002, ClockKind.VALIDITY) is None
    written = of_2002.journey.clocks.get(kind=ClockKind.VALIDITY).explanation
    of_2002.certifier(Act.ANNUL_HEARING, facts.Annulment("Un membre avait accompagné."))
    again = running(of_2002, ClockKind.VALIDITY)
    assert again and again.limit_on == of_2002.journey.decision.holds_until
    assert again.explanation == written
    assert french(of_2002.journey.decision.decided_on) in again.explanation


@pytest.mark.rule("R-047")
def test_a_second_decision_that_writes_the_same_limit_is_the_one_that_is_named(
    of_2002: Scenario,
) -> None:
    of_2002.to_admissible()
    first = of_2002.journey.decision
    of_2002.wait(5).do(Act.REVOKE_DECISION, of_2002.demo.administrator, PUT_AWAY)
    again = facts.Decision(valid_until=first.valid_until, analysis="Aucun écart.")
    of_2002.wait(9).certifier(Act.DECLARE_ADMISSIBLE, again)
    counted = running(of_2002, ClockKind.VALIDITY)
    assert counted and french(of_2002.at.date()) in counted.explanation
    of_2002.do(Act.DROP_OUT, of_2002.person, facts.Leaving(DropOutReason.TIME)).wait(10)
    of_2002.do(Act.RESUME, of_2002.person)
    resumed = running(of_2002, ClockKind.VALIDITY)
    assert resumed and resumed.explanation == counted.explanation


@pytest.mark.rule("R-053")
def test_the_delay_of_the_jury_runs_from_the_deposit_once_the_certifier_set_it(
    of_2002: Scenario,
) -> None:
    of_2002.to_admissible()
    with timekeeper.at(of_2002.at):
        officer, start = of_2002.demo.officer, of_2002.at.date()
        settle(officer, Setting.JURY_DELAY, 4, start=start, source="Règlement, article 9")
    of_2002.wait(30).write_validation().send_validation()
    clock = running(of_2002, ClockKind.HEARING)
    assert clock and clock.limit_on == add_months(of_2002.at.date(), 4)
    assert (clock.rule, clock.article) == ("R-053", "Code de l’éducation, ancien R335-8 I")
    of_2002.wait(5).certifier(Act.ACCEPT_VALIDATION).wait(2).convene()
    assert running(of_2002, ClockKind.HEARING) is None
    limit = clock.limit_on
    off = facts.PostponementRequest("Salle fermée.", PostponedBy.CERTIFIER)
    of_2002.certifier(Act.POSTPONE_HEARING, off)
    again = running(of_2002, ClockKind.HEARING)
    assert again and again.limit_on == limit
    of_2002.runs_clocks = True
    of_2002.wait(150)
    assert of_2002.journey.journal.filter(act=Act.WARN_HEARING).exists()
    assert of_2002.journey.journal.filter(act=Act.MISS_HEARING).exists()


@pytest.mark.rule("R-053")
def test_nothing_counts_for_the_jury_while_the_certifier_set_no_delay_or_set_it_later(
    of_2002: Scenario,
) -> None:
    of_2002.to_admissible()
    with timekeeper.at(of_2002.at):
        later = of_2002.at.date() + timedelta(days=90)
        settle(of_2002.demo.officer, Setting.JURY_DELAY, 4, start=later, source="Règlement")
    of_2002.wait(30).write_validation().send_validation().wait(90)
    assert not of_2002.journey.clocks.filter(kind=ClockKind.HEARING).exists()


@pytest.mark.rule("R-090")
@pytest.mark.parametrize("undo", [Act.CHANGE_TARGET, Act.LEAVE_ACCOMPANIMENT])
def test_the_dates_of_a_path_that_was_undone_are_expected_no_more(
    scenario: Scenario, undo: Act
) -> None:
    scenario.to_path_accepted()
    assert planned(scenario)
    first = scenario.certification.blocs.order_by("position").first()
    assert first
    said = {
        Act.CHANGE_TARGET: facts.TargetRequest(
            "", scenario.certification.code, Scope.BLOCS, (first.code,)
        ),
        Act.LEAVE_ACCOMPANIMENT: facts.Reason(""),
    }
    scenario.do(undo, scenario.person, said[undo])
    assert scenario.journey.stage in (Stage.MEETING_HELD, Stage.REGISTERED)
    assert not planned(scenario)


def planned(scenario: Scenario) -> tuple[object, ...]:
    """Return the dates that the law expects of a journey."""
    journey = Journey.objects.get(pk=scenario.journey.pk)
    return snapshot(journey, Role.CANDIDATE).planned
