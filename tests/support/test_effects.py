"""What acts leave in the calendar of a path."""

import pytest

from jalon.demo.scenario import Scenario
from jalon.law import calendar
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
