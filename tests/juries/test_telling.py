"""The architect sees the planned jury, and confirms that the candidate was told."""

import pytest

from jalon import now as clock
from jalon.config.stories import Walk
from jalon.juries.queries import hearings_to_tell
from jalon.law import case as facts
from jalon.law.vocabulary import Act


@pytest.mark.rule("R-057")
def test_a_planned_jury_is_to_be_told_until_the_architect_confirms(walk: Walk) -> None:
    walk.to_scheduled()
    clock.travel(walk.at)
    assert [one.attempt.journey for one in hearings_to_tell(walk.architect)] == [walk.journey]
    told = facts.DatedNote(on=walk.at.date(), text="Par téléphone", evidence="")
    walk.do(Act.CONFIRM_TOLD, walk.architect, told)
    assert list(hearings_to_tell(walk.architect)) == []
