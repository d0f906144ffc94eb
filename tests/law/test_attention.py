"""Who may be about to give up is said with its reasons, each a rule over dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import attention
from jalon.law.attention import Pulse, Worry, gives_sign, is_silent, reasons, silent_before
from jalon.law.facts import Contact, Nothing
from jalon.law.vocabulary import Act, Event, Role

TODAY = date(2027, 3, 1)
WELL = Pulse(TODAY, True, TODAY, TODAY, TODAY)


def ago(days: int) -> date:
    """Return a day some days before."""
    return TODAY - timedelta(days=days)


def worries(pulse: Pulse) -> list[Worry]:
    """Return what is to worry about."""
    return [one.worry for one in reasons(pulse)]


def test_nothing_is_said_of_a_candidate_who_goes_on():
    assert reasons(WELL) == ()


@pytest.mark.parametrize(
    ("pulse", "worry", "said"),
    [
        (
            replace(WELL, late_since=ago(3)),
            Worry.LATE,
            "délai dépassé depuis le 26 février 2027",
        ),
        (
            replace(WELL, ends_on=date(2027, 4, 2)),
            Worry.ENDING,
            "recevabilité jusqu’au 2 avril 2027",
        ),
        (
            replace(WELL, missed_on=TODAY),
            Worry.MISSED,
            "rendez-vous manqué le 1er mars 2027",
        ),
        (
            replace(WELL, plan_late_since=ago(3)),
            Worry.PLAN,
            "une action du plan était prévue pour le 26 février 2027",
        ),
        (
            replace(WELL, candidate_seen_on=ago(30)),
            Worry.SILENT,
            "aucun signe du candidat depuis 30 jours",
        ),
        (
            replace(WELL, candidate_seen_on=ago(12), team_seen_on=ago(10)),
            Worry.UNANSWERED,
            "pas de réponse à l’équipe depuis 10 jours",
        ),
        (
            replace(WELL, at_stage_since=ago(75)),
            Worry.STILL,
            "à la même étape depuis 75 jours",
        ),
        (
            replace(WELL, team_seen_on=ago(31)),
            Worry.LEFT,
            "rien de l’équipe depuis 31 jours",
        ),
    ],
)
def test_each_reason_is_a_rule_over_dates(pulse: Pulse, worry: Worry, said: str):
    (reason,) = reasons(pulse)
    assert (reason.worry, reason.said) == (worry, said)
    assert worry in attention.RULES


@pytest.mark.parametrize(
    "pulse",
    [
        replace(WELL, candidate_seen_on=ago(29)),
        replace(WELL, candidate_seen_on=ago(12), team_seen_on=ago(9)),
        replace(WELL, at_stage_since=ago(59)),
        replace(WELL, team_seen_on=ago(29)),
        replace(WELL, ends_on=date(2027, 5, 1)),
        replace(WELL, missed_on=ago(8), candidate_seen_on=ago(3)),
    ],
)
def test_a_day_before_its_delay_a_reason_is_not_given(pulse: Pulse):
    assert reasons(pulse) == ()


def test_who_waits_for_somebody_else_is_not_about_to_give_up():
    waiting = Pulse(TODAY, False, ago(200), ago(200), ago(200), late_since=ago(4))
    assert reasons(waiting) == ()
    assert not is_silent(waiting)


@given(st.integers(0, 400))
def test_the_list_of_the_silent_is_that_of_the_rule(days: int):
    pulse = replace(WELL, candidate_seen_on=ago(days))
    assert (
        is_silent(pulse) == (ago(days) <= silent_before(TODAY)) == (Worry.SILENT in worries(pulse))
    )


def test_a_call_that_was_answered_is_a_sign_of_both_and_one_that_was_not_of_the_team_alone():
    answered, unanswered = (Contact(on=TODAY, text="Appel", answered=one) for one in (True, False))
    both = {Role.CANDIDATE, Role.ARCHITECT}
    assert gives_sign(Act.RECORD_CONTACT, Role.ARCHITECT, answered) == both
    assert gives_sign(Act.RECORD_CONTACT, Role.HEAD, unanswered) == {Role.ARCHITECT}


def test_a_meeting_that_was_held_shows_the_candidate_and_a_decision_shows_nobody():
    assert Role.CANDIDATE in gives_sign(Act.HOLD_FIRST_MEETING, Role.ARCHITECT, Nothing())
    assert gives_sign(Act.RECORD_DELIBERATION, Role.CERTIFIER, Nothing()) == {Role.CANDIDATE}
    assert gives_sign(Act.DECLARE_ADMISSIBLE, Role.CERTIFIER, Nothing()) == frozenset()
    assert gives_sign(Event.DELAYS_RECOUNTED, Role.SYSTEM, Nothing()) == frozenset()
