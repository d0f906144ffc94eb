"""Filing the feasibility file with the certifier."""

from jalon.catalogue.versions import fingerprint, written
from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import Nothing, Reason
from jalon.law.vocabulary import Act


@effect(Act.REQUEST_EXTRA_FILING)
def request_extra_filing(ctx: ActContext[Reason]) -> None:
    """The certifier may now see the file."""
    ctx.journey.extra_filing_asked_at = ctx.at


@effect(Act.ALLOW_EXTRA_FILING)
def allow_extra_filing(ctx: ActContext[Reason]) -> None:
    """The certifier's reason lifts the cap (R-024)."""
    ctx.journey.extra_filing_reason = ctx.facts.reason


@effect(Act.SEND_FEASIBILITY)
def file(ctx: ActContext[Nothing]) -> None:
    """The first sending is the one that counts for the year (R-023), under the référentiel of that day."""
    if ctx.journey.filed_at is None:
        ctx.journey.filed_at = ctx.happened_at
        asked = written(ctx.journey.blocs.prefetch_related("competences"))
        ctx.journey.filed_referential = fingerprint(asked)
