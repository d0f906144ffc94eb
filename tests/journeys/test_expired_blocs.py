"""A bloc whose time is over, as its certifier settled it, is obtained again: nobody is stuck by it (R-083)."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario, partial
from jalon.journeys.snapshot import snapshot
from jalon.law import facts
from jalon.law.vocabulary import Act, Role, Setting, Stage, Standing
from jalon.people.actions import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def for_a_year(scenario: Scenario) -> Scenario:
    """A journey whose blocs hold for a year, and that gave all of them but one."""
    with timekeeper.at(scenario.at):
        start = scenario.at.date()
        settle(scenario.demo.officer, Setting.BLOC_VALIDITY, 12, start=start, source="Règlement")
    scenario.to_scheduled()
    return scenario.deliberate(partial(scenario)).wait(3).notify()


def heard_again(scenario: Scenario) -> Scenario:
    """The file that was written goes to a jury, that gives what it can."""
    scenario.send_validation().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4)
    return scenario.convene().deliberate().wait(3).notify()


@pytest.mark.rule("R-055", "R-083")
def test_a_bloc_whose_time_is_over_is_given_again_by_the_next_jury(for_a_year: Scenario) -> None:
    for_a_year.wait(500).next_attempt().wait(10).write_validation()
    heard_again(for_a_year).reached(Stage.CERTIFIED)
    first = for_a_year.certification.blocs.earliest("position")
    with timekeeper.at(for_a_year.at):
        awards = for_a_year.journey.awards.filter(bloc=first).order_by("awarded_on")
        assert [one.standing for one in awards] == [Standing.OVER, Standing.AUTHENTIC]


@pytest.mark.rule("R-050", "R-072", "R-083")
@pytest.mark.parametrize("written_late", [True, False])
def test_a_bloc_whose_time_ends_while_a_file_is_written_or_read_keeps_nobody_from_the_jury(
    for_a_year: Scenario, written_late: bool
) -> None:
    for_a_year.wait(300).next_attempt().wait(10).write_validation()
    if written_late:
        for_a_year.wait(80)
    heard_again(for_a_year).reached(Stage.PARTIALLY_CERTIFIED)
    with timekeeper.at(for_a_year.at):
        case = snapshot(for_a_year.journey, Role.CANDIDATE)
    assert case.missing_blocs == set(partial(for_a_year))


@pytest.mark.rule("R-083")
def test_a_bloc_obtained_elsewhere_so_long_ago_that_its_time_is_over_is_not_held(
    for_a_year: Scenario,
) -> None:
    last = for_a_year.certification.blocs.latest("position").code
    day = for_a_year.wait(500).at.date()
    long_ago = facts.HeldElsewhere(last, "Autre centre", day - timedelta(days=400))
    for_a_year.refuses("R-083", Act.RECORD_PRIOR_BLOC, for_a_year.person, long_ago)
    for_a_year.hold_elsewhere(last).recognise(last).wait(200)
    for_a_year.hold_elsewhere(last).recognise(last)
    with timekeeper.at(for_a_year.at):
        assert last in snapshot(for_a_year.journey, Role.CANDIDATE).acquired_blocs
