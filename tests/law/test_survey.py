"""The survey at the end of an accompaniment: what is refused, and what is read of few or many answers."""

import pytest

from jalon.law.survey import QUESTIONS, opinions, something_said


def said(**answers: str) -> dict[str, str]:
    """Return an answer that says nothing but what is given."""
    return dict.fromkeys(QUESTIONS, "") | answers


def test_an_opinion_is_given_once_and_says_something() -> None:
    assert something_said(said(whole="good"), answered=False) is None
    empty = something_said(said(), answered=False)
    assert empty and "une question au moins" in empty.why
    again = something_said(said(whole="good"), answered=True)
    assert again and "déjà donné votre avis" in again.why


@pytest.mark.rule("R-116")
def test_under_five_answers_nothing_is_read_of_a_question_not_even_how_many() -> None:
    answers = [said(whole="good", jury="poor")] * 4 + [said(whole="fair")]
    jury, whole = opinions(answers, 5)[-2:]
    assert (jury.shown, jury.answers, jury.content) == (False, 0, 0)
    assert (whole.shown, whole.answers, whole.content, whole.percent) == (True, 5, 4, 80)
