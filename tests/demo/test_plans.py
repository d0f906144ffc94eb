"""The demonstration has plans after a jury that go on: an action done, another one moved."""

import pytest

from jalon import now as timekeeper
from jalon.demo.plans import follow_plans
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.support.models import PlannedAction
from tests.support.plans import judged, planned_action


@pytest.mark.django_db
def test_a_plan_shows_what_was_done_and_what_was_moved(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    timekeeper.travel(moment_before(-3))
    judged(scenario)
    for rank in (0, 1):
        planned_action(scenario.journey, rank=rank)
    follow_plans(demo)
    assert PlannedAction.objects.filter(kept_on__isnull=False).count() == 1
    assert PlannedAction.objects.filter(moved_from__isnull=False).count() == 1
