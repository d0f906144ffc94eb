"""Where the contestation of a lapse stands (R-048)."""

from typing import Any

from jalon.journeys.registry import ActContext, effect
from jalon.law.vocabulary import Act, Contestation


@effect(Act.CONFIRM_LAPSE)
def confirm_lapse(ctx: ActContext[Any]) -> None:
    """A new lapse may be contested."""
    ctx.journey.contestation = Contestation.NONE


@effect(Act.CONTEST_LAPSE)
def contest_lapse(ctx: ActContext[Any]) -> None:
    """The contestation waits for the certifier."""
    ctx.journey.contestation = Contestation.PENDING


@effect(Act.CANCEL_LAPSE)
def cancel_lapse(ctx: ActContext[Any]) -> None:
    """The contestation is accepted."""
    ctx.journey.contestation = Contestation.ACCEPTED


@effect(Act.UPHOLD_LAPSE)
def uphold_lapse(ctx: ActContext[Any]) -> None:
    """The contestation is rejected."""
    ctx.journey.contestation = Contestation.REJECTED
