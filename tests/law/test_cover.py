"""Who may replace whom: the days, the chains, in words that say what to do."""

from datetime import date, timedelta

import pytest

from jalon.law.cover import (
    LONGEST,
    Cover,
    days_are_right,
    free_then,
    may_name,
    somebody_is_there,
    still_stands,
)

TODAY = date(2027, 3, 1)
ASKED = Cover(1, 2, date(2027, 3, 8), date(2027, 3, 19), "Anne", "Bruno")


def test_the_days_are_to_come_and_in_order() -> None:
    assert days_are_right(ASKED, TODAY) is None
    assert days_are_right(ASKED, ASKED.starts_on) is None
    past = days_are_right(ASKED, ASKED.starts_on + timedelta(days=1))
    assert past and past.fields == ("starts_on",)
    reversed_days = days_are_right(Cover(1, 2, ASKED.ends_on, ASKED.starts_on), TODAY)
    assert reversed_days and reversed_days.fields == ("ends_on",)


def test_a_replacement_lasts_six_months_at_most() -> None:
    last = ASKED.starts_on + timedelta(days=LONGEST - 1)
    assert days_are_right(Cover(1, 2, ASKED.starts_on, last), TODAY) is None
    longer = days_are_right(Cover(1, 2, ASKED.starts_on, last + timedelta(days=1)), TODAY)
    assert longer and "confiez les dossiers" in longer.why


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Cover(1, 3, ASKED.ends_on, ASKED.ends_on, "Anne", "Chloé"), "Chloé remplace déjà Anne"),
        (Cover(2, 3, ASKED.starts_on, ASKED.starts_on, "Bruno", "Chloé"), "Bruno est absent aussi"),
        (Cover(3, 1, TODAY, ASKED.starts_on, "Chloé", "Anne"), "qui d’autre remplace Chloé"),
    ],
)
def test_nobody_is_replaced_twice_nor_by_somebody_absent(other: Cover, said: str) -> None:
    refusal = somebody_is_there(ASKED, [other])
    assert refusal and said in refusal.why


def test_another_week_is_no_hindrance_nor_is_replacing_two_people() -> None:
    before = Cover(1, 3, TODAY, ASKED.starts_on - timedelta(days=1))
    also = Cover(4, 2, ASKED.starts_on, ASKED.ends_on)
    assert somebody_is_there(ASKED, [before, also]) is None
    assert somebody_is_there(Cover(1, 1, TODAY, TODAY), []) is not None


def test_who_is_absent_or_leads_the_team_names_and_only_what_stands_is_taken_back() -> None:
    assert (
        may_name(oneself=True, leads=False) is None and may_name(oneself=False, leads=True) is None
    )
    assert may_name(oneself=False, leads=False) is not None
    assert still_stands(ended=False, over=False) is None
    assert still_stands(ended=True, over=False) and still_stands(ended=False, over=True)
    refused = free_then("Bruno", "mardi", free=False)
    assert refused and "Bruno n’est pas libre mardi" in refused.why
