"""What a first file still lacks, said to whoever has to do it."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def turns(scenario: Scenario, page: str, *, candidate: bool) -> dict[str, dict[str, str]]:
    """Return what a page asks of whom: each thing, and the page where it is done."""
    timekeeper.travel(scenario.at)
    person = scenario.person if candidate else scenario.architect
    shown = browser(person).get(reverse(page, args=[scenario.journey.pk]))
    return {one.who: dict(one.things) for one in shown.context["owed"]}


def test_the_candidate_reads_what_is_theirs_to_do_and_what_waits_for_their_architect(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    architect = scenario.architect.get_full_name()
    asked = turns(scenario, "writing:feasibility", candidate=True)
    assert list(asked) == ["À vous", f"À {architect}"]
    profile = reverse("writing:profile", args=[scenario.journey.pk])
    assert asked["À vous"]["l’état civil complet"] == profile
    assert "l’avis de l’accompagnateur" in asked[f"À {architect}"]


def test_the_architect_reads_what_is_theirs_and_signs_nothing_for_the_candidate(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    candidate = f"À {scenario.person.get_full_name()}"
    asked = turns(scenario, "dossiers:journey", candidate=False)
    assert list(asked) == [candidate, "À vous"]
    assert asked[candidate]["la confirmation du dossier"] == ""
    assert asked[candidate]["l’état civil complet"]
