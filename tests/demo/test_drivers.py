"""A story ends the same way, word for word, whether it is played through functions or through pages."""

from typing import Any

import pytest
from django.db import transaction

from jalon.demo.drivers.browsing import TestBrowser
from jalon.demo.drivers.driver import Astray
from jalon.demo.drivers.http import HttpDrivers
from jalon.demo.scenario import DemoPeople, Observer, Scenario
from jalon.demo.stories import TOLD, Story
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Act, Role, Stage
from jalon.people.models import User
from tests.conftest import TODAY
from tests.trials.measure import WHOLE

pytestmark = [pytest.mark.long, pytest.mark.django_db]

#: What is drawn at random, or numbered by the database.
DRAWN = {"session"}


#: Both routes, a lapse, a candidate left alone, a certifier elsewhere; the others by `./jalon test stories`.
UNALIKE = (
    "partial_then_whole",
    "law_2002",
    "lapse_confirmed",
    "from_accompanied_to_alone",
    "outside",
)
PLAYED = [one for one in TOLD if WHOLE or one.name in UNALIKE]


class Refusals(Observer):
    """Remembers what was refused."""

    def __init__(self) -> None:
        self.seen: list[tuple[Act, Role, str, str]] = []

    def refused(self, scenario: Scenario, by: User, role: Role, act: Act, refusal: Refusal) -> None:
        """Remember a refusal."""
        self.seen.append((act, role, refusal.rule, refusal.why))


def journal(scenario: Scenario) -> list[Any]:
    """Return what the journal keeps of a journey."""
    return [
        (
            entry.act,
            entry.role,
            entry.author_id if entry.author_id != scenario.person.pk else "candidate",
            entry.at,
            entry.stage_after,
            {name: said for name, said in entry.facts.items() if name not in DRAWN},
        )
        for entry in scenario.journey.journal.order_by("number")
    ]


def clocks(scenario: Scenario) -> list[Any]:
    """Return the clocks of a journey."""
    known = scenario.journey.clocks.order_by("pk")
    return list(known.values_list("kind", "state", "started_on", "limit_on"))


def played(story: Story, demo: DemoPeople, **options: Any) -> tuple[Any, ...]:
    """Play a story and undo it; return all that it left."""
    seen = Refusals()
    with transaction.atomic():
        scenario = story.scenario(demo, TODAY, observer=seen, runs_clocks=True, **options)
        story.play(scenario)
        left = journal(scenario), clocks(scenario), seen.seen
        transaction.set_rollback(True)
    return left


@pytest.mark.parametrize("story", PLAYED, ids=lambda story: story.name)
def test_pages_and_functions_leave_the_same_journal(story: Story, demo: DemoPeople) -> None:
    drivers = HttpDrivers(TestBrowser)
    by_functions = played(story, demo)
    by_pages = played(story, demo, drivers=drivers)
    assert by_pages == by_functions


def test_a_story_that_goes_elsewhere_is_noticed(scenario: Scenario) -> None:
    scenario.register()
    with pytest.raises(Astray, match="registered instead of certified"):
        scenario.reached(Stage.CERTIFIED)
    with pytest.raises(Astray, match="and it was done"):
        scenario.refuses("R-001", Act.TAKE_CHARGE, scenario.architect)
    with pytest.raises(Astray, match="expected R-001"):
        scenario.refuses("R-001", Act.SEND_FEASIBILITY, scenario.person)
