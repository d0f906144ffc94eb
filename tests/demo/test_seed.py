"""What the demonstration tells stands in days on which people work, and in order."""

from datetime import date, timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.exchanges import fill_exchanges
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.law.calendar import is_holiday, working_day_before


@pytest.mark.django_db
@pytest.mark.parametrize("days", range(40, 47))
def test_a_jury_of_the_demonstration_sits_on_a_day_of_work(scenario: Scenario, days: int) -> None:
    scenario.sits_on_working_days = True
    sits = scenario.plan_session(days).held_on
    assert sits.weekday() < 5 and not is_holiday(sits)
    assert scenario.at.date() + timedelta(days=days - 4) <= sits


def test_the_day_of_work_before_a_bridge_is_the_one_before_its_holiday() -> None:
    assert working_day_before(date(2027, 7, 14)) == date(2027, 7, 13)
    assert working_day_before(date(2027, 5, 17)) == date(2027, 5, 14)


@pytest.mark.django_db
def test_a_journal_of_the_demonstration_tells_messages_and_calls_in_their_order(
    demo: DemoPeople, scenario: Scenario
) -> None:
    with timekeeper.at(moment_before(80)):
        one = Scenario(demo, scenario.certification, moment_before(80), number=3)
        one.register().take_charge()
    fill_exchanges(demo)
    told = list(one.journey.journal.order_by("number").values_list("at", flat=True))
    assert len(told) > 6 and told == sorted(told)
