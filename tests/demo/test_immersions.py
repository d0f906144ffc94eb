"""The demonstration has immersions in a company to show, on a path with half-hours."""

import pytest

from jalon import now as timekeeper
from jalon.demo.immersions import plan_immersions
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.support.models import Immersion


@pytest.mark.django_db
def test_a_candidate_who_writes_has_an_immersion_planned(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    timekeeper.travel(moment_before(-3))
    plan_immersions(demo)
    assert Immersion.objects.get().journey == scenario.journey
