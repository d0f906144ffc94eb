"""Keeping data from being erased (R-122)."""

from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import Reason
from jalon.law.vocabulary import Act


@effect(Act.HOLD_DATA)
def hold(ctx: ActContext[Reason]) -> None:
    """From when nothing is erased, and why."""
    ctx.journey.frozen_on = ctx.on
    ctx.journey.frozen_reason = ctx.facts.reason


@effect(Act.RELEASE_DATA)
def release(ctx: ActContext[Reason]) -> None:
    """Nothing holds it any more; a notice given long ago is given again."""
    ctx.journey.frozen_on = None
    ctx.journey.frozen_reason = ""
    ctx.journey.erasure_announced_on = None
