"""The contradictory procedure for fraud (R-082)."""

from typing import Any

from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import FraudOpening, Reason
from jalon.law.vocabulary import Act


@effect(Act.OPEN_FRAUD)
def open_fraud(ctx: ActContext[FraudOpening]) -> None:
    """The procedure and its delay."""
    ctx.journey.fraud_opened_on = ctx.on
    ctx.journey.fraud_answer_by = ctx.facts.answer_by
    ctx.journey.fraud_answered_on = None


@effect(Act.ANSWER_FRAUD)
def answer_fraud(ctx: ActContext[Reason]) -> None:
    """The day of the observations."""
    ctx.journey.fraud_answered_on = ctx.on


@effect(Act.DISMISS_FRAUD)
def dismiss_fraud(ctx: ActContext[Any]) -> None:
    """The procedure is over."""
    end_procedure(ctx.journey)


@effect(Act.REFUSE_FOR_FRAUD)
def withdraw_awards(ctx: ActContext[Reason]) -> None:
    """What was awarded on this journey is withdrawn, and the procedure over."""
    ctx.journey.awards.held().filter(attempt__isnull=False).update(withdrawn_on=ctx.on)
    end_procedure(ctx.journey)


def end_procedure(journey: Journey) -> None:
    """Forget the delays of a procedure: the journal keeps its story."""
    journey.fraud_opened_on = journey.fraud_answer_by = journey.fraud_answered_on = None
