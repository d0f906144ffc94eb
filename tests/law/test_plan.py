"""The plan after a jury: who follows it, on which days, and for which reasons it changes (R-081)."""

from datetime import date, timedelta

import pytest

from jalon.law.plan import (
    kept_on_a_past_day,
    may_follow,
    moved_with_a_reason,
    said_why,
)
from jalon.law.vocabulary import Role

DAY = date(2027, 3, 1)
LATER, BEFORE = DAY + timedelta(days=9), DAY - timedelta(days=90)

pytestmark = pytest.mark.rule("R-081")


def test_the_candidate_and_who_accompanies_follow_the_plan_and_nobody_else() -> None:
    for role in Role:
        followed = may_follow(frozenset({role}), kept=False, given_up=False) is None
        assert followed is (role in {Role.CANDIDATE, Role.ARCHITECT, Role.HEAD}), role


def test_what_is_done_or_given_up_changes_no_more_and_it_is_said_what_to_do() -> None:
    able = frozenset({Role.CANDIDATE})
    done = may_follow(able, kept=True, given_up=False)
    assert done and "déjà notée comme faite" in done.why
    left = may_follow(able, kept=False, given_up=True)
    assert left and "convenez d’une autre" in left.why


def test_an_action_is_done_on_a_day_of_the_journey_that_is_not_to_come() -> None:
    assert kept_on_a_past_day(DAY, BEFORE, DAY) is None
    assert kept_on_a_past_day(BEFORE, BEFORE, DAY) is None
    for wrong in (LATER, BEFORE - timedelta(days=1)):
        refusal = kept_on_a_past_day(wrong, BEFORE, DAY)
        assert refusal and refusal.fields == ("on",)


def test_an_action_moves_to_another_day_to_come_for_a_reason() -> None:
    assert moved_with_a_reason(LATER, DAY, DAY, "Machine en panne") is None
    for due_on, reason, field in (
        (BEFORE, "Panne", "due_on"),
        (DAY, "Panne", "due_on"),
        (LATER, "  ", "reason"),
    ):
        refusal = moved_with_a_reason(due_on, DAY, DAY, reason)
        assert refusal and refusal.fields == (field,)


def test_an_action_is_given_up_for_a_reason() -> None:
    assert said_why("Le tuteur est parti") is None
    refusal = said_why("")
    assert refusal and "Dites pourquoi" in refusal.why
