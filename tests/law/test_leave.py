"""The leave for a VAE: asked of an employer in time, with a proof, for so many hours."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jalon.law.facts import Leave
from jalon.law.leave import employer_answers_by
from jalon.law.vocabulary import Act, Stage

from .cases import after_a_partial, rule_against


def asked(case, **said):
    """Return a leave that starts in thirty days."""
    start = case.today + timedelta(days=30)
    return replace(Leave("Atelier d’essai", start, start + timedelta(days=3), 24), **said)


def waiting_for_a_jury(**said):
    """Return a case with an admissibility, that holds nothing yet."""
    return after_a_partial(
        **{
            "stage": Stage.VALIDATION_ACCEPTED,
            "known_blocs": frozenset(),
            "acquired_blocs": frozenset(),
        }
        | said
    )


@pytest.mark.rule("R-107")
def test_a_leave_is_asked_thirty_days_before_it_starts():
    case = waiting_for_a_jury()
    tomorrow = case.today + timedelta(days=29)
    assert rule_against(Act.ASK_LEAVE, case, asked(case)) is None
    assert rule_against(Act.ASK_LEAVE, case, asked(case, starts_on=tomorrow)) == "R-107"


@pytest.mark.rule("R-107")
def test_a_leave_names_its_employer_and_lasts():
    case = waiting_for_a_jury()
    backwards = asked(case, ends_on=case.today)
    for wrong in (asked(case, employer=" "), backwards, asked(case, hours=0)):
        assert rule_against(Act.ASK_LEAVE, case, wrong) == "R-107"


@pytest.mark.rule("R-107")
def test_nobody_asks_for_a_leave_before_being_admissible():
    case = waiting_for_a_jury(admissibility=None)
    assert rule_against(Act.ASK_LEAVE, case, asked(case)) == "R-107"


@pytest.mark.rule("R-106")
def test_a_leave_lasts_forty_eight_hours_unless_an_agreement_gives_more():
    case = waiting_for_a_jury()
    assert rule_against(Act.ASK_LEAVE, case, asked(case, hours=48)) is None
    assert rule_against(Act.ASK_LEAVE, case, asked(case, hours=49)) == "R-106"
    more = asked(case, hours=72, agreement="Accord de branche")
    assert rule_against(Act.ASK_LEAVE, case, more) is None


@pytest.mark.rule("R-109")
def test_another_leave_waits_a_year_unless_it_completes_a_partial_award():
    case, partly = waiting_for_a_jury(), after_a_partial()
    lately = case.today - timedelta(days=100)
    assert rule_against(Act.ASK_LEAVE, case, asked(case, previous_on=lately)) == "R-109"
    assert rule_against(Act.ASK_LEAVE, partly, asked(partly, previous_on=lately)) is None
    long_ago = case.today - timedelta(days=340)
    assert rule_against(Act.ASK_LEAVE, case, asked(case, previous_on=long_ago)) is None


@pytest.mark.rule("R-108")
def test_an_employer_has_fifteen_days_to_answer():
    case = waiting_for_a_jury()
    assert employer_answers_by(case.today, case.anchors) == case.today + timedelta(days=15)
