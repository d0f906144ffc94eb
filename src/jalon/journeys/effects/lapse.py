"""What keeps an admissibility alive, and what ends it: reasons, extensions, contestations (R-044…R-048)."""

from typing import Any

from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import Claim, Extension, Reason
from jalon.law.vocabulary import Act, Contestation


@effect(Act.CLAIM_REASON)
def claim_reason(ctx: ActContext[Claim]) -> None:
    """A legitimate reason waits for the certifier's answer."""
    ctx.journey.reason_claimed_at = ctx.at


@effect(Act.GRANT_REASON, Act.REFUSE_REASON)
def answer_reason(ctx: ActContext[Reason]) -> None:
    """The reason has its answer."""
    ctx.journey.reason_claimed_at = None


@effect(Act.ASK_EXTENSION)
def ask_extension(ctx: ActContext[Reason]) -> None:
    """An extension waits for the certifier's answer."""
    ctx.journey.extension_asked_at = ctx.at


@effect(Act.EXTEND_VALIDITY)
def extend_validity(ctx: ActContext[Extension]) -> None:
    """The decision in force holds longer; the limit that it stated stays written."""
    ctx.journey.decisions.in_force().update(extended_until=ctx.facts.valid_until)
    ctx.journey.extension_asked_at = None


@effect(Act.REFUSE_EXTENSION)
def refuse_extension(ctx: ActContext[Reason]) -> None:
    """The request has its answer."""
    ctx.journey.extension_asked_at = None


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
