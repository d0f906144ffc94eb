"""The personal path is printed as the candidate accepted it."""

from datetime import timedelta

import pytest

from jalon.demo.scenario import Scenario
from jalon.law.clocks import french
from tests.documents.reading import printed

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-090")
def test_the_accepted_path_says_its_dates_its_hours_and_how_people_meet(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge().first_meeting().propose_path()
    proposed_on = scenario.at.date()
    scenario.wait(3).accept_path()
    words = printed(scenario, "path")
    for expected in (
        "Passage devant le jury",
        french(proposed_on + timedelta(days=250)),
        "Heures individuelles",
        "14",
        "Sur place",
    ):
        assert expected in words, expected
