"""The whole story, walked through the real acts."""

import pytest

from jalon.demo.scenario import Scenario, partial
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Act, Stage


def replayed(journey: Journey) -> str:
    """Return the stage that the journal alone leads to."""
    stage = ""
    for entry in journey.journal.order_by("number"):
        assert entry.stage_before == stage
        stage = entry.stage_after
    return stage


@pytest.mark.rule("R-073", "R-074", "R-083")
def test_a_partial_award_then_the_missing_blocs_make_the_whole(scenario: Scenario) -> None:
    scenario.to_scheduled()
    scenario.deliberate(partial(scenario)).wait(6).notify()
    assert scenario.journey.stage == Stage.PARTIALLY_CERTIFIED
    scenario.wait(10).post_jury().wait(2).next_attempt()
    assert scenario.journey.attempt.blocs.count() == 1
    scenario.wait(60).write_validation().send_validation().wait(3)
    scenario.certifier(Act.ACCEPT_VALIDATION).wait(2).convene().deliberate().wait(3).notify()
    assert scenario.journey.stage == Stage.CERTIFIED
    assert scenario.journey.awards.count() == scenario.certification.blocs.count()
    assert replayed(scenario.journey) == scenario.journey.stage


def test_the_journal_keeps_the_law_that_was_applied_to_each_act(scenario: Scenario) -> None:
    scenario.to_complete()
    complete = scenario.journey.journal.get(act=Act.DECLARE_COMPLETE)
    assert "R-028@2023-12-29" in complete.law
    assert not scenario.journey.journal.events().exclude(law=[]).exists()
