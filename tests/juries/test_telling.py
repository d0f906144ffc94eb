"""The architect sees the planned jury, and confirms that the candidate was told."""

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.juries.queries import hearings_to_tell
from jalon.law import facts
from jalon.law.vocabulary import Act


@pytest.mark.rule("R-057")
def test_a_planned_jury_is_to_be_told_until_the_architect_confirms(scenario: Scenario) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    assert [one.attempt.journey for one in hearings_to_tell(scenario.architect)] == [
        scenario.journey
    ]
    told = facts.DatedNote(on=scenario.at.date(), text="Par téléphone", evidence="")
    scenario.do(Act.CONFIRM_TOLD, scenario.architect, told)
    assert list(hearings_to_tell(scenario.architect)) == []
