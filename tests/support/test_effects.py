"""What acts leave in the calendar of a path."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jalon.demo import texts
from jalon.demo.scenario import Scenario
from jalon.law import calendar
from jalon.law.facts import Milestone, PathAnswer
from jalon.law.vocabulary import Act

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-090")
def test_the_dates_of_the_calendar_are_ticked_when_what_they_plan_is_done(
    scenario: Scenario,
) -> None:
    scenario.to_ready()
    planned = scenario.journey.milestones
    assert not planned.filter(kept_on__isnull=False).exists()
    scenario.send_feasibility()
    assert planned.get(title=calendar.FEASIBILITY_SENT).kept_on == scenario.at.date()
    scenario.wait(6).certifier(Act.DECLARE_COMPLETE).wait(20).admissible()
    scenario.wait(80).write_validation().send_validation()
    assert planned.get(title=calendar.VALIDATION_SENT).kept_on == scenario.at.date()
    assert planned.get(title=calendar.JURY).kept_on is None
    scenario.wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene().deliberate()
    assert planned.get(title=calendar.JURY).kept_on is not None


@pytest.mark.rule("R-090")
def test_trainings_chosen_admissibility_and_the_call_before_a_jury_tick_their_dates(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge().first_meeting()
    path = texts.path(scenario.at.date())
    titles = (calendar.TRAININGS_CHOSEN, calendar.ADMISSIBLE, calendar.HEARING_SET)
    due = path.milestones[-1].due_on
    by_hand = Milestone("Atelier d’écriture", due)
    planned = replace(path, milestones=(by_hand, *(Milestone(one, due) for one in titles)))
    scenario.do(Act.PROPOSE_PATH, scenario.architect, planned).wait(3).accept_path()
    kept = scenario.journey.milestones
    assert kept.get(title=calendar.TRAININGS_CHOSEN).kept_on == scenario.at.date()
    scenario.wait(12).fill_feasibility().give_opinion().sign(Act.CONFIRM_FEASIBILITY)
    scenario.send_feasibility().wait(6).certifier(Act.DECLARE_COMPLETE).wait(20).admissible()
    assert kept.get(title=calendar.ADMISSIBLE).kept_on == scenario.at.date()
    scenario.wait(80).write_validation().send_validation()
    scenario.wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene()
    convened = scenario.journey.journal.get(act=Act.SCHEDULE_HEARING)
    assert kept.get(title=calendar.HEARING_SET).kept_on == convened.occurred_on


@pytest.mark.rule("R-090")
def test_a_date_that_is_moved_keeps_the_first_day_planned_and_counts_late_from_it(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    first = scenario.journey.milestones.get(title=calendar.JURY).due_on
    for days in (30, 50):
        dates = (Milestone(calendar.JURY, first + timedelta(days=days)),)
        moved = replace(texts.path(scenario.at.date()), milestones=dates)
        scenario.do(Act.AMEND_PATH, scenario.architect, moved)
        scenario.do(Act.ACCEPT_AMENDMENT, scenario.person, PathAnswer())
    jury = scenario.journey.milestones.get(title=calendar.JURY)
    assert (jury.moved_from, jury.due_on) == (first, first + timedelta(days=50))
    assert jury.slip == 50
