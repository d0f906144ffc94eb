"""How delays are counted: the worked examples, and what holds for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import clocks
from jalon.law.vocabulary import ClockKind

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
SPANS = [ClockKind.DECISION, ClockKind.LAPSE, ClockKind.HEARING, ClockKind.RESULT]


@pytest.mark.rule("R-028", "R-044", "R-052", "R-058", "R-078")
@pytest.mark.parametrize(
    ("kind", "start", "target", "limit"),
    [
        (ClockKind.DECISION, date(2026, 12, 31), date(2027, 2, 28), date(2027, 2, 28)),
        (ClockKind.LAPSE, date(2027, 3, 15), date(2027, 9, 15), date(2027, 9, 30)),
        (ClockKind.HEARING, date(2027, 1, 10), date(2027, 4, 10), date(2027, 4, 30)),
        (ClockKind.HEARING, date(2026, 11, 30), date(2027, 2, 28), date(2027, 2, 28)),
        (ClockKind.RESULT, date(2026, 12, 20), date(2027, 1, 4), date(2027, 1, 4)),
    ],
)
def test_the_convention_gives_the_documented_dates(kind, start, target, limit):
    span = clocks.span(kind, start)
    assert (span.target_on, span.limit_on) == (target, limit)


@pytest.mark.rule("R-058")
@pytest.mark.parametrize(
    ("day", "months", "date_to_date", "end_of_month"),
    [
        (date(2026, 12, 31), 2, date(2027, 2, 28), date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28), date(2027, 2, 28)),
        (date(2027, 3, 15), 6, date(2027, 9, 15), date(2027, 9, 30)),
        (date(2027, 1, 31), 1, date(2027, 2, 28), date(2027, 2, 28)),
        (date(2027, 8, 31), 0, date(2027, 8, 31), date(2027, 8, 31)),
    ],
)
def test_months_are_counted_with_the_last_day_as_a_ceiling(day, months, date_to_date, end_of_month):
    assert clocks.add_months(day, months) == date_to_date
    assert clocks.end_of_nth_month(day, months) == end_of_month


@pytest.mark.rule("R-058")
@given(DAYS, st.integers(0, 36))
def test_date_to_date_keeps_the_day_or_falls_on_the_last_of_the_month(day, months):
    later = clocks.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (
        later.day < day.day and (later + timedelta(days=1)).month != later.month
    )


@pytest.mark.rule("R-058")
@given(DAYS, st.integers(0, 36))
def test_the_end_of_the_month_is_never_before_the_same_day(day, months):
    end = clocks.end_of_nth_month(day, months)
    assert end >= clocks.add_months(day, months)
    assert (end.year, end.month) == (
        clocks.add_months(day, months).year,
        clocks.add_months(day, months).month,
    )
    assert (end + timedelta(days=1)).day == 1


@pytest.mark.rule("R-058")
@given(DAYS, DAYS, st.integers(0, 24))
def test_a_later_start_never_gives_an_earlier_end(one, two, months):
    first, second = sorted((one, two))
    assert clocks.add_months(first, months) <= clocks.add_months(second, months)
    assert clocks.end_of_nth_month(first, months) <= clocks.end_of_nth_month(second, months)


@pytest.mark.rule("R-028", "R-044", "R-052", "R-078")
@given(st.sampled_from(SPANS), DAYS)
def test_a_clock_alerts_then_aims_then_ends(kind, start):
    span = clocks.span(kind, start)
    assert start < span.alert_on < span.target_on <= span.limit_on
    assert clocks.french(start) in span.explanation


@pytest.mark.rule("R-028")
@given(DAYS)
def test_the_certifiers_two_months_take_the_shorter_reading(complete_on):
    span = clocks.decision(complete_on)
    assert span.limit_on == span.target_on == clocks.add_months(complete_on, 2)


@pytest.mark.rule("R-044")
@given(DAYS)
def test_the_candidates_six_months_take_the_longer_reading(admissible_on):
    assert clocks.lapse(admissible_on).limit_on == clocks.end_of_nth_month(admissible_on, 6)


@pytest.mark.rule("R-046")
@given(DAYS)
def test_the_lapse_reminder_leaves_at_least_two_weeks(admissible_on):
    span = clocks.lapse(admissible_on)
    assert span.target_on - span.alert_on >= timedelta(days=14)


@pytest.mark.rule("R-078")
@given(DAYS)
def test_a_result_is_due_in_fifteen_calendar_days_with_an_alert_at_the_seventh(evaluated_on):
    span = clocks.result(evaluated_on)
    assert span.limit_on - evaluated_on == timedelta(days=15)
    assert span.alert_on - evaluated_on == timedelta(days=7)


@pytest.mark.rule("R-047")
def test_on_the_2002_route_the_limit_is_the_one_that_was_written():
    span = clocks.span(ClockKind.VALIDITY, date(2027, 3, 1), valid_until=date(2028, 6, 30))
    assert span.limit_on == date(2028, 6, 30)
    with pytest.raises(ValueError):
        clocks.span(ClockKind.VALIDITY, date(2027, 3, 1))


def test_dates_are_said_as_people_say_them():
    assert clocks.french(date(2027, 3, 1)) == "1er mars 2027"
    assert clocks.french(date(2027, 8, 22)) == "22 août 2027"
    assert clocks.day_after(date(2026, 12, 31)) == date(2027, 1, 1)
