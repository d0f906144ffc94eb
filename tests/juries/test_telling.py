"""The architect sees the planned jury, and confirms that the candidate was told."""

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.queries import position
from jalon.juries.queries import hearings_to_tell
from jalon.law import facts
from jalon.law.transitions import Offer
from jalon.law.vocabulary import Act, PostponedBy


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


@pytest.mark.rule("R-057")
def test_a_candidate_who_was_told_is_told_again_only_once_another_date_is_set(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled()
    assert main_acts(scenario) == [Act.CONFIRM_TOLD]
    told = facts.DatedNote(on=scenario.at.date(), text="Par téléphone", evidence="")
    scenario.do(Act.CONFIRM_TOLD, scenario.architect, told)
    assert main_acts(scenario) == []
    put_off = facts.PostponementRequest("Salle fermée", PostponedBy.CERTIFIER)
    scenario.certifier(Act.POSTPONE_HEARING, put_off)
    scenario.convene(40)
    assert main_acts(scenario) == [Act.CONFIRM_TOLD]


def main_acts(scenario: Scenario) -> list[Act]:
    """Return what goes on by the architect's first buttons."""
    timekeeper.travel(scenario.at)
    scenario.journey.refresh_from_db()
    seen = position(scenario.architect, scenario.journey)
    return [row.act for row in seen.acts if row.offered_as(seen.case) == Offer.MAIN]
