"""The whole story, walked through the real acts."""

import pytest

from jalon.config.stories import Walk, partial
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
def test_a_partial_award_then_the_missing_blocs_make_the_whole(walk: Walk) -> None:
    walk.to_scheduled()
    walk.deliberate(partial(walk)).wait(6).notify()
    assert walk.journey.stage == Stage.PARTIALLY_CERTIFIED
    walk.wait(10).post_jury().wait(2).next_attempt()
    assert walk.journey.attempt.blocs.count() == 1
    walk.wait(60).write_validation().send_validation().wait(3)
    walk.certifier(Act.ACCEPT_VALIDATION).wait(2).convene().deliberate().wait(3).notify()
    assert walk.journey.stage == Stage.CERTIFIED
    assert walk.journey.awards.count() == walk.certification.blocs.count()
    assert replayed(walk.journey) == walk.journey.stage
