"""Journeys that several files of tests begin from."""

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario


@pytest.fixture
def outside(scenario: Scenario) -> Scenario:
    """A journey whose certifier does not work here, ready to be deposited."""
    scenario.demo.certifier.works_here = False
    scenario.demo.certifier.save()
    scenario.to_ready()
    timekeeper.travel(scenario.wait(60).at)
    return scenario
