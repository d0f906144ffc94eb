"""What everybody reads of how journeys went, and nothing while few did."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys import shown
from jalon.law.vocabulary import Act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """Begin and end with no answer held."""
    cache.clear()
    yield
    cache.clear()


@pytest.mark.rule("R-116")
def test_the_time_and_the_success_are_told_from_five_people_on_and_held_a_while(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario.to_result().do(Act.REQUEST_DOCUMENTS, scenario.person)
    timekeeper.travel(scenario.at)
    here = scenario.journey.certification_id
    assert shown.usual_months() is None
    assert shown.success() is None
    monkeypatch.setattr(shown, "fewest_people", lambda on: 1)
    cache.clear()
    assert (
        shown.success() is None
    )  # one who ended in a quarter under way would be told from the rest
    timekeeper.travel(scenario.at + timedelta(days=92))
    cache.clear()
    months = shown.usual_months(here)
    assert months
    assert months == shown.usual_months()
    assert shown.usual_months(here + 1000) is None
    rate = shown.success()
    assert rate
    assert (rate.rate.part, rate.rate.whole) == (1, 1)
    assert rate.days.days == shown.BACK
    assert (rate.days.last + timedelta(days=1)).day == 1
    monkeypatch.undo()
    assert shown.success() == rate


def test_while_the_database_is_away_no_figure_is_told_and_nothing_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(shown, "count_success", away)
    assert shown.success() is None
