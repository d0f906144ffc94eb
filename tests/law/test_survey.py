"""The survey at the end of an accompaniment: what is refused, and what is read of few or many answers."""

from datetime import date
from typing import Any

import pytest

from jalon.law.survey import QUESTIONS, opinions, something_said

APRIL, MAY = date(2027, 4, 1), date(2027, 5, 1)


def said(organisation: int = 1, month: date = APRIL, **answers: str) -> dict[str, Any]:
    """Return an answer that says nothing but what is given."""
    return dict.fromkeys(QUESTIONS, "") | {"organisation": organisation, "month": month} | answers


def whole(answers: list[dict[str, Any]], since: date = APRIL) -> tuple[int, int]:
    """Return how many answers are read on the whole, and how many of them are content."""
    last = opinions(answers, 5, since)[-1]
    return last.answers, last.content


def test_an_opinion_is_given_once_and_says_something() -> None:
    assert something_said(said(whole="good"), answered=False) is None
    empty = something_said(dict.fromkeys(QUESTIONS, ""), answered=False)
    assert empty and "une question au moins" in empty.why
    again = something_said(said(whole="good"), answered=True)
    assert again and "déjà donné votre avis" in again.why


@pytest.mark.rule("R-116")
def test_under_five_answers_nothing_is_read_of_a_question_not_even_how_many() -> None:
    answers = [said(whole="good", jury="poor")] * 4 + [said(whole="fair")]
    jury, last = opinions(answers, 5, APRIL)[-2:]
    assert (jury.shown, jury.answers, jury.content) == (False, 0, 0)
    assert (last.shown, last.answers, last.content, last.percent) == (True, 5, 4, 80)


@pytest.mark.rule("R-116")
def test_one_answer_more_is_not_read_from_what_stood_the_day_before() -> None:
    content = [said(whole="good")] * 5
    for more in range(5):
        assert whole(content + [said(whole="poor")] * more) == (5, 5)
    assert whole(content + [said(whole="poor")] * 5) == (10, 5)


@pytest.mark.rule("R-116")
def test_two_periods_do_not_differ_by_the_answer_of_one_person() -> None:
    april, may = [said(whole="good")] * 5, [said(month=MAY, whole="poor")]
    assert whole(april + may) == whole(april)
    slow = [said(whole="good")] * 4 + may + [said(month=MAY, whole="good")] * 4
    assert whole(slow) == whole(slow, since=MAY) == (5, 4), "at the month of the last one"


@pytest.mark.rule("R-116")
def test_all_organisations_together_do_not_tell_of_one_that_few_answered() -> None:
    assert whole([said(1, whole="good")] * 5 + [said(2, whole="poor")] * 4) == (5, 5)
