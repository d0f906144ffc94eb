"""Requests for an adjustment: written beside the journal, and erased when they are withdrawn (R-123)."""

from datetime import date

from jalon.journeys.models import Adjustment, Journey
from jalon.journeys.models.adjustment import AdjustmentQuerySet
from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import (
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentSharing,
    AdjustmentWithdrawal,
)
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Accompaniment, Act, AdjustedStep


@effect(Act.ASK_ADJUSTMENT)
def ask(ctx: ActContext[AdjustmentRequest]) -> None:
    """The request waits for its answer."""
    Adjustment.objects.create(
        journey=ctx.journey,
        entry=ctx.entry,
        number=ctx.case.adjustments_asked + 1,
        step=ctx.facts.step,
        kinds=list(ctx.facts.kinds),
        words=ctx.facts.words.strip(),
        jury_may_know=ctx.facts.jury_may_know,
        asked_on=ctx.on,
    )
    count_waiting(ctx.journey)


@effect(Act.ANSWER_ADJUSTMENT)
def answer(ctx: ActContext[AdjustmentAnswer]) -> None:
    """The answer, and its day."""
    numbered(ctx.journey, ctx.facts.number).update(
        outcome=ctx.facts.outcome, answer=ctx.facts.words.strip(), answered_on=ctx.on
    )
    count_waiting(ctx.journey)


@effect(Act.SHARE_ADJUSTMENT)
def share(ctx: ActContext[AdjustmentSharing]) -> None:
    """The jury may learn of it, or not."""
    numbered(ctx.journey, ctx.facts.number).update(jury_may_know=ctx.facts.jury_may_know)


@effect(Act.WITHDRAW_ADJUSTMENT)
def withdraw(ctx: ActContext[AdjustmentWithdrawal]) -> None:
    """Its words, its answer and its proof go."""
    erase(numbered(ctx.journey, ctx.facts.number), ctx.on)
    count_waiting(ctx.journey)


def forget_what_was_asked_of_who_accompanied(journey: Journey, on: date) -> None:
    """What was told to an organisation is not told to the next: it is asked again."""
    erase(journey.adjustments.standing().filter(step=AdjustedStep.ACCOMPANIMENT), on)
    count_waiting(journey)


def numbered(journey: Journey, number: int) -> AdjustmentQuerySet:
    """Return the request of a journey that has a number."""
    return journey.adjustments.filter(number=number)


@enforces("R-123")
def erase(requests: AdjustmentQuerySet, on: date) -> None:
    """Withdraw requests: that they were made stays, nothing of what they said."""
    requests.update(withdrawn_on=on, kinds=[], words="", answer="")


def count_waiting(journey: Journey) -> None:
    """Keep how many the certifier knows of, and how many wait on each side: the lists read it.

    What is for a certifier who does not work here is passed on by who accompanies.
    """
    asked = journey.adjustments.standing().exclude(step=AdjustedStep.ACCOMPANIMENT)
    waiting = asked.waiting().count()
    of_the_team = journey.adjustments.waiting().filter(step=AdjustedStep.ACCOMPANIMENT).count()
    outside = not journey.certifier.works_here
    alone = journey.accompaniment == Accompaniment.ALONE
    journey.adjustments_with_certifier = asked.count()
    journey.adjustments_waiting = 0 if outside else waiting
    journey.team_adjustments_waiting = of_the_team + (waiting if outside and not alone else 0)
