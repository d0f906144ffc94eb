"""What was done on the portal or at a certifier's who does not work here."""

from jalon.journeys.effects.feasibility import file
from jalon.journeys.effects.jury import award, set_on_attempt
from jalon.journeys.models import Journey
from jalon.journeys.models.attempt import REPORTED
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.journeys.snapshot import snapshot
from jalon.law import outside
from jalon.law.facts import Deposit, JuryElsewhere, PortalNumber, SummonsElsewhere
from jalon.law.vocabulary import Act, Role


@effect(Act.NOTE_PORTAL_NUMBER)
def note_portal_number(ctx: ActContext[PortalNumber]) -> None:
    """The number and the day of the registration on the portal."""
    ctx.journey.portal_number = ctx.facts.number.strip()
    ctx.journey.portal_registered_on = ctx.facts.on


@effect(Act.DEPOSIT_FEASIBILITY)
def deposit_feasibility(ctx: ActContext[Deposit]) -> None:
    """A file that was deposited elsewhere counts for the year as any other (R-023)."""
    file(ctx)


@effect(Act.NOTE_SUMMONS)
def note_summons(ctx: ActContext[SummonsElsewhere]) -> None:
    """When and where the jury of the certifier sits."""
    facts = ctx.facts
    set_on_attempt(
        ctx, hearing_on=facts.held_on, summoned_at=facts.starts_at, summoned_to=facts.place
    )


@resolve(Act.NOTE_RESULT)
def with_outcome(journey: Journey, asked: JuryElsewhere) -> JuryElsewhere:
    """Say what the blocs that a jury elsewhere gave amount to, and where that leads."""
    return outside.with_outcome(snapshot(journey, Role.CERTIFIER), asked)


@effect(Act.NOTE_RESULT)
def note_result(ctx: ActContext[JuryElsewhere]) -> None:
    """What the jury of the certifier gave, and the day on which the person was told."""
    facts = ctx.facts
    set_on_attempt(
        ctx,
        hearing_on=facts.held_on,
        outcome=facts.outcome,
        condition=facts.condition,
        notified_on=ctx.on,
    )
    award(ctx, facts.won, facts.held_on, REPORTED)
