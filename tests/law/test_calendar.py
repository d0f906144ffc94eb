"""The dates proposed for a path fall on days on which people work."""

from datetime import date, timedelta

import pytest

from jalon.law.calendar import (
    against_the_plan,
    easter,
    half_year,
    is_holiday,
    slip,
    slipped,
    suggested,
    working_day,
)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2027, date(2027, 3, 28))],
)
def test_easter_is_where_the_almanac_says(year, sunday):
    assert easter(year) == sunday


@pytest.mark.parametrize(
    "day",
    [date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17), date(2027, 7, 14), date(2026, 12, 25)],
)
def test_a_public_holiday_is_known(day):
    assert is_holiday(day)
    assert working_day(day) > day


def test_no_date_is_proposed_on_a_week_end_or_a_holiday():
    for days in range(366):
        for title, day in suggested(date(2027, 1, 1) + timedelta(days=days)):
            assert day.weekday() < 5 and not is_holiday(day), (title, day)


@pytest.mark.rule("R-090")
@pytest.mark.parametrize(
    ("kept_on", "said"),
    [
        (date(2027, 3, 15), "le jour prévu"),
        (date(2027, 3, 16), "1 jour après la date prévue"),
        (date(2027, 3, 5), "10 jours avant la date prévue"),
    ],
)
def test_what_was_done_is_compared_with_what_was_planned(kept_on, said):
    assert against_the_plan(date(2027, 3, 15), kept_on) == said


@pytest.mark.rule("R-068")
def test_a_half_year_ends_in_june_or_in_december():
    assert half_year(date(2027, 6, 30)) == (date(2027, 1, 1), date(2027, 6, 30))
    assert half_year(date(2027, 7, 1)) == (date(2027, 7, 1), date(2027, 12, 31))


@pytest.mark.rule("R-090")
def test_a_date_slips_from_the_first_day_planned_until_it_is_kept() -> None:
    first, moved = date(2027, 3, 1), date(2027, 3, 11)
    assert slip(first, moved, None, date(2027, 2, 1)) == 10
    assert slip(first, moved, None, date(2027, 3, 15)) == 14
    assert slip(first, moved, date(2027, 2, 27), date(2027, 4, 1)) == -2


def test_the_slips_of_a_calendar_are_added_up_in_a_sentence() -> None:
    assert slipped([]) == ""
    assert slipped([2, -2]) == "En tout, le calendrier prévu est tenu."
    assert "1 jour de retard" in slipped([3, -2])
    assert "12 jours d’avance" in slipped([-12])
