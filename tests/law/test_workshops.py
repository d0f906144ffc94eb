"""How long somebody was in a workshop, and what the hours make of it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law.vocabulary import Presence
from jalon.law.workshops import (
    attended,
    changed_meanwhile,
    decimal_hours,
    hours_agree,
    hours_follow,
    hours_to_come,
    none_added_once_begun,
    seats_kept,
)
from jalon.now import PARIS

NINE = datetime(2027, 3, 9, 9, tzinfo=PARIS)
NOON = NINE + timedelta(hours=3)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_who_comes_late_and_leaves_early_is_counted_what_lies_between():
    assert attended(Presence.PRESENT, NINE, NOON) == 180
    assert attended(Presence.PRESENT, NINE, NOON, at(20), at(170)) == 150


@pytest.mark.parametrize("presence", [Presence.ABSENT, Presence.EXCUSED])
def test_who_was_away_is_counted_nothing(presence):
    assert attended(presence, NINE, NOON) == 0


@given(st.integers(-600, 600), st.integers(-600, 600))
def test_nobody_is_counted_more_than_the_half_day_nor_less_than_nothing(arrived, left):
    counted = attended(Presence.PRESENT, NINE, NOON, at(arrived), at(left))
    assert counted == max(0, min(left, 180) - max(arrived, 0))
    assert 0 <= counted <= 180


@given(st.integers(0, 60_000))
def test_hours_agree_with_minutes_to_the_hundredth_the_half_going_up(minutes):
    said = decimal_hours(minutes)
    assert -said.as_tuple().exponent == 2
    assert Decimal("-0.005") < said - Decimal(minutes) / 60 <= Decimal("0.005")


@pytest.mark.parametrize(("minutes", "said"), [(50, "0.83"), (100, "1.67"), (90, "1.50")])
def test_minutes_are_said_in_decimal_hours(minutes, said):
    assert str(decimal_hours(minutes)) == said


@pytest.mark.parametrize(
    ("presence", "arrived", "left"),
    [
        (Presence.PRESENT, -5, None),
        (Presence.PRESENT, None, 190),
        (Presence.PRESENT, 90, 60),
        (Presence.PRESENT, 180, None),
        (Presence.ABSENT, 10, None),
        (Presence.EXCUSED, None, 60),
    ],
)
def test_hours_outside_of_the_half_day_or_of_somebody_away_are_to_be_checked(
    presence, arrived, left
):
    hours = [None if one is None else at(one) for one in (arrived, left)]
    assert hours_agree(presence, NINE, NOON, *hours) is not None


def test_hours_inside_of_the_half_day_are_taken():
    assert hours_agree(Presence.PRESENT, NINE, NOON, at(10), at(170)) is None
    assert hours_agree(Presence.PRESENT, NINE, NOON, NINE, NOON) is None
    assert hours_agree(Presence.ABSENT, NINE, NOON, None, None) is None


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ([], "au moins une demi-journée"),
        ([(NOON, NINE)], "finit après son début"),
        ([(NINE, at(361))], "six heures au plus"),
        ([(at(120), at(240)), (NINE, at(121))], "se recouvrent"),
    ],
)
def test_hours_without_a_half_day_too_long_or_that_overlap_are_refused(hours, why):
    refusal = hours_follow(hours)
    assert refusal and why in refusal.why


def test_half_days_may_follow_each_other_and_last_six_hours():
    assert hours_follow([(NOON, at(540)), (NINE, NOON)]) is None


def test_a_half_day_is_planned_in_the_future():
    assert hours_to_come([(NINE, NOON)], at(-1)) is None
    assert hours_to_come([(NINE, NOON)], NINE) is not None


def test_nobody_loses_a_seat_to_a_smaller_room():
    assert seats_kept(3, 3) is None
    refusal = seats_kept(2, 3)
    assert refusal and refusal.fields == ("capacity",)


@pytest.mark.parametrize(
    ("begun", "added", "refused"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_only_what_has_begun_takes_no_half_day_more(begun, added, refused):
    assert (none_added_once_begun(begun=begun, added=added) is not None) is refused


def test_a_page_that_is_out_of_date_changes_nothing():
    assert changed_meanwhile("2", 2) is None and changed_meanwhile("", 2) is None
    assert changed_meanwhile("1", 2) is not None
