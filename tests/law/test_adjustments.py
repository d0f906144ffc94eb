"""Adjustments: asked at every stage, answered by whoever holds the step, before the jury sits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jalon.law import lifecycle, simulation, stages
from jalon.law.case import Adjustment
from jalon.law.consequences import consequences
from jalon.law.facts import (
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentSharing,
    AdjustmentWithdrawal,
    Reason,
)
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    AdjustedStep,
    AdjustmentKind,
    AdjustmentOutcome,
    Role,
    Stage,
)

from .cases import a_case, a_convening, a_deliberation, attempt, before_the_jury, rule_against

REQUEST = AdjustmentRequest(AdjustedStep.JURY, (AdjustmentKind.MORE_TIME,))
GRANTED = AdjustmentAnswer(1, AdjustmentOutcome.GRANTED, "Un tiers de temps en plus.")


def asked(case, step=AdjustedStep.JURY, **said):
    """Return a case on which one request was made yesterday."""
    request = Adjustment(1, step, case.today - timedelta(days=1), **said)
    return replace(case, adjustments=(request,), adjustments_asked=1)


@pytest.mark.rule("R-127")
@pytest.mark.parametrize("stage", sorted(stages.UNDER_WAY))
def test_an_adjustment_is_asked_at_every_stage_of_a_living_journey(stage):
    case = a_case(stage=stage)
    assert rule_against(Act.ASK_ADJUSTMENT, case, REQUEST) is None
    in_words = replace(REQUEST, kinds=(), words="Une chaise haute.")
    assert rule_against(Act.ASK_ADJUSTMENT, case, in_words) is None
    empty = replace(REQUEST, kinds=(), words=" ")
    assert rule_against(Act.ASK_ADJUSTMENT, case, empty) == "R-127"


@pytest.mark.rule("R-127")
def test_somebody_alone_asks_the_certifier():
    alone = a_case(accompaniment=Accompaniment.ALONE)
    of_nobody = replace(REQUEST, step=AdjustedStep.ACCOMPANIMENT)
    assert rule_against(Act.ASK_ADJUSTMENT, alone, of_nobody) == "R-127"
    assert rule_against(Act.ASK_ADJUSTMENT, alone, REQUEST) is None


@pytest.mark.rule("R-127")
def test_nothing_is_asked_for_a_jury_that_has_sat():
    case = a_case(stage=Stage.DELIBERATED)
    heard = replace(case, hearing_on=case.today - timedelta(days=1))
    assert rule_against(Act.ASK_ADJUSTMENT, heard, REQUEST) == "R-127"
    today = replace(case, hearing_on=case.today)
    assert rule_against(Act.ASK_ADJUSTMENT, today, REQUEST) is None


@pytest.mark.rule("R-127")
@pytest.mark.parametrize(
    ("step", "answers", "does_not"),
    [
        (AdjustedStep.ACCOMPANIMENT, Role.ARCHITECT, Role.CERTIFIER),
        (AdjustedStep.FEASIBILITY, Role.CERTIFIER, Role.ARCHITECT),
        (AdjustedStep.VALIDATION, Role.CERTIFIER, Role.HEAD),
        (AdjustedStep.JURY, Role.CERTIFIER, Role.ARCHITECT),
    ],
)
def test_a_request_is_answered_by_whoever_holds_the_step(step, answers, does_not):
    case = asked(a_case(), step)
    other, holder = replace(case, actor=does_not), replace(case, actor=answers)
    assert rule_against(Act.ANSWER_ADJUSTMENT, other, GRANTED) == "R-127"
    assert rule_against(Act.ANSWER_ADJUSTMENT, holder, GRANTED) is None
    after = simulation.attempt(case, Act.ANSWER_ADJUSTMENT, answers, GRANTED)
    assert after.adjustments[0].outcome == AdjustmentOutcome.GRANTED
    again = simulation.attempt(after, Act.ANSWER_ADJUSTMENT, answers, GRANTED)
    assert again.rule == "R-127"


@pytest.mark.rule("R-127")
@pytest.mark.parametrize("outcome", list(AdjustmentOutcome))
def test_an_answer_says_what_is_put_in_place_or_why_nothing_is(outcome):
    case = replace(asked(a_case()), actor=Role.CERTIFIER)
    silent = AdjustmentAnswer(1, outcome, " ")
    assert rule_against(Act.ANSWER_ADJUSTMENT, case, silent) == "R-127"


@pytest.mark.rule("R-127")
def test_nobody_is_called_before_a_jury_while_what_they_asked_for_it_waits():
    case = a_case(stage=Stage.VALIDATION_ACCEPTED)
    facts = a_convening()
    assert rule_against(Act.SCHEDULE_HEARING, case, facts) is None
    assert rule_against(Act.SCHEDULE_HEARING, asked(case), facts) == "R-127"
    answered = asked(case, outcome=AdjustmentOutcome.REFUSED)
    assert rule_against(Act.SCHEDULE_HEARING, answered, facts) is None
    of_a_file = asked(case, AdjustedStep.VALIDATION)
    assert rule_against(Act.SCHEDULE_HEARING, of_a_file, facts) is None


@pytest.mark.rule("R-123", "R-127")
def test_minutes_wait_for_the_answer_and_do_not_say_of_what():
    case = before_the_jury()
    facts = replace(a_deliberation(), held_on=case.today)
    refusal = attempt(Act.RECORD_DELIBERATION, asked(case), facts)
    assert "Le certificateur doit d’abord terminer une réponse" in refusal.why
    assert "aménagement" not in refusal.why and not refusal.source
    on_the_day = asked(case)
    late = replace(on_the_day.adjustments[0], asked_on=case.today)
    assert rule_against(
        Act.RECORD_DELIBERATION, replace(on_the_day, adjustments=(late,)), facts
    ) == rule_against(Act.RECORD_DELIBERATION, case, facts)


@pytest.mark.rule("R-123")
def test_the_candidate_chooses_what_the_jury_learns_and_changes_their_mind():
    case = asked(a_case())
    assert not case.adjustments[0].jury_may_know
    yes = AdjustmentSharing(1, jury_may_know=True)
    shared = simulation.attempt(case, Act.SHARE_ADJUSTMENT, Role.CANDIDATE, yes)
    assert shared.adjustments[0].jury_may_know
    refused = asked(case, outcome=AdjustmentOutcome.REFUSED)
    assert rule_against(Act.SHARE_ADJUSTMENT, refused, yes) == "R-123"
    two = AdjustmentSharing(2, jury_may_know=True)
    assert rule_against(Act.SHARE_ADJUSTMENT, case, two) == "R-123"


@pytest.mark.rule("R-123")
def test_a_request_is_taken_back_once():
    back = AdjustmentWithdrawal(1)
    after = simulation.attempt(asked(a_case()), Act.WITHDRAW_ADJUSTMENT, Role.CANDIDATE, back)
    assert after.adjustments == () and after.adjustments_asked == 1
    assert rule_against(Act.WITHDRAW_ADJUSTMENT, after, back) == "R-123"
    other = asked(a_case())
    assert rule_against(Act.WITHDRAW_ADJUSTMENT, other, AdjustmentWithdrawal(9)) == "R-123"


@pytest.mark.rule("R-123")
def test_what_was_asked_of_who_accompanied_goes_with_them():
    case = asked(a_case(stage=Stage.PATH_ACCEPTED), AdjustedStep.ACCOMPANIMENT)
    left = simulation.attempt(case, Act.LEAVE_ACCOMPANIMENT, Role.CANDIDATE, Reason(""))
    assert left.adjustments == ()


def test_a_candidate_reads_that_a_request_can_be_taken_back_and_who_is_told():
    case = a_case()
    [row] = lifecycle.rows_of(Act.ASK_ADJUSTMENT)
    said = consequences(row, case)
    assert said.undone == "Oui, par « Retirer une demande d’aménagement »."
    assert "qui répond pour cette étape" in said.told
