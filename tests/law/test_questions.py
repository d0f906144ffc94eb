"""What the law says of a question to the certifier: who asks, who answers, once, and for whom."""

from datetime import date

import pytest

from jalon.law.questions import may_answer, may_ask, told_in_time
from jalon.law.vocabulary import Role

ARCHITECT, OFFICER = frozenset({Role.ARCHITECT}), frozenset({Role.CERTIFIER})
ASKED_ON, TODAY = date(2027, 3, 10), date(2027, 3, 12)


def answering(able: frozenset[Role] = OFFICER, **otherwise: bool) -> str:
    """Return why an answer is refused, nothing when it is not."""
    usual = {
        "works_here": True,
        "answered": False,
        "asked_of_another": False,
        "mine_to_note": False,
    }
    refusal = may_answer(able, **(usual | otherwise))
    return refusal.why if refusal else ""


def test_a_certifier_answers_what_it_was_asked_once() -> None:
    assert answering() == ""
    assert "posez-en une autre" in answering(answered=True)


def test_the_certifier_who_has_a_file_now_does_not_answer_for_the_one_who_had_it() -> None:
    assert "posez-la de nouveau à celui qui l’a aujourd’hui" in answering(asked_of_another=True)


def test_an_answer_is_noted_by_who_accompanies_for_a_certifier_outside_only() -> None:
    assert "donnée par le certificateur" in answering(ARCHITECT, mine_to_note=True)
    assert answering(ARCHITECT, works_here=False, mine_to_note=True) == ""
    assert "notée par la personne qui accompagne" in answering(works_here=False)


def test_a_certifier_here_is_asked_once_it_sees_the_file_and_by_who_accompanies() -> None:
    assert may_ask(ARCHITECT, works_here=True, known=True) is None
    assert may_ask(ARCHITECT, works_here=False, known=False) is None
    unseen = may_ask(ARCHITECT, works_here=True, known=False)
    assert unseen and "appelez-le" in unseen.why
    stranger = may_ask(OFFICER, works_here=True, known=True)
    assert stranger and "parlez-lui-en" in stranger.why


@pytest.mark.parametrize(
    ("on", "kept"),
    [
        (ASKED_ON, True),
        (TODAY, True),
        (date(2027, 3, 9), False),
        (date(2027, 3, 13), False),
    ],
)
def test_an_answer_is_dated_after_its_question_and_not_to_come(on: date, kept: bool) -> None:
    assert (told_in_time(on, ASKED_ON, TODAY) is None) is kept
