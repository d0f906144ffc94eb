"""Nobody is forgotten: whoever is awaited is reminded, then those who can call them are told."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.jobs import tick
from jalon.law import facts
from jalon.law.vocabulary import Act, ClockKind
from jalon.mailbox.models import Notice

pytestmark = pytest.mark.django_db


def after(scenario: Scenario, days: int) -> list[Act]:
    """Let days pass, the clocks ring and the worker write; return the reminders made so far."""
    timekeeper.travel(scenario.at + timedelta(days=days))
    tick()
    scenario.run_pending_jobs()
    made = scenario.journey.journal.filter(act__in=[Act.CHASE, Act.REPORT_NO_ANSWER])
    return [Act(entry.act) for entry in made.order_by("number")]


def told(scenario: Scenario, act: Act) -> set[str]:
    """Return the addresses of those who were told of an act."""
    found = Notice.objects.filter(entry__journey=scenario.journey, entry__act=act)
    return set(found.values_list("person__email", flat=True))


@pytest.fixture
def proposed(scenario: Scenario) -> Scenario:
    """A path is proposed; the candidate says nothing."""
    return scenario.register().take_charge().wait(1).first_meeting().wait(1).propose_path()


def test_a_path_left_without_answer_is_chased_then_the_architect_is_told(
    proposed: Scenario,
) -> None:
    assert after(proposed, 6) == []
    assert after(proposed, 8) == [Act.CHASE]
    assert told(proposed, Act.CHASE) == {proposed.person.email}
    assert after(proposed, 15) == [Act.CHASE]
    assert after(proposed, 16) == [Act.CHASE, Act.REPORT_NO_ANSWER]
    assert told(proposed, Act.REPORT_NO_ANSWER) == {proposed.person.email, proposed.architect.email}
    assert after(proposed, 90) == [Act.CHASE, Act.REPORT_NO_ANSWER]


def test_an_answer_ends_the_wait(proposed: Scenario) -> None:
    proposed.wait(3).accept_path()
    assert after(proposed, 30) == []


def test_an_application_nobody_takes_is_brought_back_to_the_head(scenario: Scenario) -> None:
    scenario.register()
    assert after(scenario, 8) == [Act.CHASE]
    assert told(scenario, Act.CHASE) == {scenario.demo.head.email}


@pytest.mark.parametrize(("answered", "made"), [(True, []), (False, [Act.CHASE])])
def test_someone_who_did_not_pick_up_is_written_to(
    scenario: Scenario, answered: bool, made: list[Act]
) -> None:
    scenario.register().take_charge().wait(1)
    contact = facts.Contact(on=scenario.at.date(), text="Appel au numéro donné.", answered=answered)
    scenario.do(Act.RECORD_CONTACT, scenario.architect, contact)
    assert after(scenario, 8) == made


def test_the_house_s_own_delay_is_never_shown_as_a_deadline_of_the_law(proposed: Scenario) -> None:
    waiting = proposed.journey.clocks.running().get(kind=ClockKind.ANSWER)
    assert not waiting.statutory and not waiting.rule
    assert not proposed.journey.clocks.running().statutory().exists()
