"""What a head's figures mean, on cases small enough to be counted by hand."""

from datetime import date, timedelta

import pytest

from jalon.law import figures
from jalon.law.figures import Ending, Kept, Rate, Span
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Stage

S = Stage


# ---------------------------------------------------------------- spans


def test_a_quarter_is_compared_with_the_whole_quarter_before() -> None:
    first = figures.quarter(2027, 1)
    assert first.now == Span(date(2027, 1, 1), date(2027, 3, 31))
    assert first.before == Span(date(2026, 10, 1), date(2026, 12, 31))
    assert figures.quarter(2027, 4).now == Span(date(2027, 10, 1), date(2027, 12, 31))
    assert figures.quarter(2027, 4).until(date(2028, 1, 1)) == figures.quarter(2027, 4)


def test_the_quarters_that_are_over_come_from_the_last_one_back() -> None:
    on_the_eve, on_the_day = date(2027, 3, 31), date(2027, 4, 1)
    told = [str(one) for one in figures.quarters_ended(on_the_day, 2)]
    assert told == [
        "du 1er janvier 2027 au 31 mars 2027",
        "du 1er octobre 2026 au 31 décembre 2026",
    ]
    assert figures.quarters_ended(on_the_eve, 1)[0].last == date(2026, 12, 31)


def test_a_year_under_way_is_compared_with_as_many_days_of_the_year_before() -> None:
    told = figures.year(2027).until(date(2027, 3, 1))
    assert told.now == Span(date(2027, 1, 1), date(2027, 3, 1))
    assert told.before == Span(date(2026, 1, 1), date(2026, 3, 1))


def test_the_end_of_a_longer_quarter_is_not_compared_with_its_own_days() -> None:
    told = figures.quarter(2027, 3).until(date(2027, 9, 29))  # 91 days; the second quarter has 91
    assert told.before == Span(date(2027, 4, 1), date(2027, 6, 30))
    assert figures.quarter(2027, 2).until(date(2027, 6, 30)).before.last == date(2027, 3, 31)


def test_days_chosen_are_compared_with_as_many_days_just_before() -> None:
    told = figures.days_chosen(date(2027, 2, 10), date(2027, 2, 19))
    assert told.now.days == 10
    assert told.before == Span(date(2027, 1, 31), date(2027, 2, 9))
    assert str(told.now) == "du 10 février 2027 au 19 février 2027"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2027, 2, 2), date(2027, 2, 1), "échangez-les"),
        (date(2027, 3, 2), date(2027, 3, 9), "jusqu’au 1er mars 2027"),
        (date(1999, 1, 1), date(2027, 1, 1), "à partir de 2002"),
    ],
)
def test_days_that_make_no_span_are_refused_with_what_to_do(
    first: date, last: date, said: str
) -> None:
    refusal = figures.not_a_span(first, last, date(2027, 3, 1))
    assert refusal and said in refusal.why


def test_one_day_is_a_span() -> None:
    assert figures.not_a_span(date(2027, 3, 1), date(2027, 3, 1), date(2027, 3, 1)) is None


# ---------------------------------------------------------------- delays and dates


def test_a_step_ends_the_delay_that_it_was_waited_for() -> None:
    ended = figures.delay_ended_by(S.FEASIBILITY_COMPLETE, S.INADMISSIBLE)
    assert ended and ended.slug == "decision"
    assert figures.delay_ended_by(S.LAPSED, S.ADMISSIBLE) is None
    again = figures.delay_ended_by(S.VALIDATION_RETURNED, S.VALIDATION_SENT)
    assert again is None, "a file that is sent again was written once"


def test_no_step_ends_two_delays() -> None:
    for one in figures.DELAYS:
        for before in one.left:
            for after in one.reached:
                assert figures.delay_ended_by(before, after) == one


def test_a_delay_written_backwards_is_not_counted() -> None:
    assert figures.days_between(date(2027, 1, 30), date(2027, 3, 1)) == 30
    assert figures.days_between(date(2027, 3, 1), date(2027, 3, 1)) == 0
    assert figures.days_between(date(2027, 3, 1), date(2027, 2, 28)) is None


@pytest.mark.parametrize(
    ("kept_on", "over", "became"),
    [
        (date(2027, 2, 10), False, Kept.ON_TIME),
        (date(2027, 2, 11), False, Kept.LATE),
        (date(2027, 2, 11), True, Kept.LATE),
        (None, False, Kept.MISSED),
        (None, True, None),
    ],
)
def test_a_date_is_kept_late_missed_or_nobodys_any_more(
    kept_on: date | None, over: bool, became: Kept | None
) -> None:
    assert figures.kept(date(2027, 2, 10), kept_on, date(2027, 3, 1), over=over) == became


def test_a_date_is_to_come_until_its_day_is_over() -> None:
    today = date(2027, 3, 1)
    assert figures.kept(today, None, today, over=False) is None
    assert figures.kept(today, None, today + timedelta(days=1), over=False) == Kept.MISSED


# ---------------------------------------------------------------- files, ends


def test_a_file_came_back_or_was_taken_or_waits() -> None:
    feasibility, validation = figures.SENDINGS
    assert figures.was_returned(feasibility, S.FEASIBILITY_INCOMPLETE) is True
    assert figures.was_returned(feasibility, S.FEASIBILITY_COMPLETE) is False
    assert figures.was_returned(validation, S.VALIDATION_RETURNED) is True
    assert figures.was_returned(validation, S.DROPPED_OUT) is None
    assert figures.was_returned(validation, None) is None


def test_what_was_aimed_at_and_obtained_is_a_success_and_nothing_else_is() -> None:
    successes = {after for after in ENDS if figures.ending(S.DELIBERATED, after) == Ending.SUCCESS}
    assert successes == {S.CERTIFIED, S.BLOCS_CERTIFIED}


def test_a_journey_put_away_ended_by_what_it_had_come_to() -> None:
    assert figures.ending(S.PARTIALLY_CERTIFIED, S.ARCHIVED) == Ending.PARTIAL
    assert figures.ending(S.NOT_CERTIFIED, S.ARCHIVED) == Ending.FAILED
    assert figures.ending(S.CERTIFIED, S.ARCHIVED) is None, "it had ended before"
    assert figures.ending(S.DELIBERATED, S.PARTIALLY_CERTIFIED) is None, "a new jury is possible"


def test_each_end_has_its_name() -> None:
    for after in ENDS - {S.ARCHIVED}:
        assert figures.ending(S.ADMISSIBLE, after)


# ---------------------------------------------------------------- rates


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 5, 0)]
)
def test_a_rate_is_said_in_whole_per_cent(part: int, whole: int, percent: int) -> None:
    assert Rate(part, whole).percent == percent


@pytest.mark.rule("R-116")
def test_under_five_people_no_rate_is_shown() -> None:
    assert figures.fewest_people(date(2027, 3, 1)) == 5
    assert figures.hidden({"a": 5, "b": 60}, 5) == frozenset()
    assert "a" in figures.hidden({"a": 4, "b": 60, "c": 40}, 5)


@pytest.mark.rule("R-116")
def test_what_is_kept_back_cannot_be_found_from_the_total() -> None:
    assert figures.hidden({"a": 4, "b": 60, "c": 40}, 5) == {"a", "c"}
    assert figures.hidden({"a": 2, "b": 2, "c": 40, "d": 90}, 5) == {"a", "b", "c"}
    assert figures.hidden({"a": 4, "b": 3, "c": 40}, 5) == {"a", "b"}
    assert figures.hidden({"a": 4, "b": 0}, 5) == {"a"}


@pytest.mark.rule("R-116")
@pytest.mark.parametrize(
    "counts", [(1, 9), (4, 4, 4), (1, 1, 7, 30), (3, 5, 5), (2, 2, 50, 60, 70)]
)
def test_taking_the_lines_shown_from_the_total_never_leaves_too_few(
    counts: tuple[int, ...],
) -> None:
    lines = dict(enumerate(counts))
    kept_back = [lines[key] for key in figures.hidden(lines, 5)]
    assert len(kept_back) >= 2 and sum(kept_back) >= 5
