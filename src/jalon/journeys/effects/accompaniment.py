"""The mandate by which an architect may send files."""

from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import Signature
from jalon.law.vocabulary import Act


@effect(Act.GIVE_MANDATE)
def give_mandate(ctx: ActContext[Signature]) -> None:
    """The mandate is dated (R-088)."""
    ctx.journey.mandate_at = ctx.at
