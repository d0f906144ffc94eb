"""What was done on the portal or at a certifier's who does not work here."""

from dataclasses import replace
from datetime import date

from django.db.models import F, Q

from jalon.journeys.effects.feasibility import file
from jalon.journeys.effects.jury import award, set_on_attempt
from jalon.journeys.models import Journey
from jalon.journeys.models.attempt import REPORTED
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.journeys.snapshot import snapshot
from jalon.law import outside
from jalon.law.facts import (
    DayCorrection,
    Deposit,
    Facts,
    JuryElsewhere,
    PortalNumber,
    SummonsElsewhere,
)
from jalon.law.vocabulary import Act, Role, Stage
from jalon.now import moment_of, paris_day


@effect(Act.NOTE_PORTAL_NUMBER)
def note_portal_number(ctx: ActContext[PortalNumber]) -> None:
    """The number and the day of the registration on the portal."""
    ctx.journey.portal_number = ctx.facts.number.strip()
    ctx.journey.portal_registered_on = ctx.facts.on


@effect(Act.DEPOSIT_FEASIBILITY)
def deposit_feasibility(ctx: ActContext[Deposit]) -> None:
    """A file that was deposited elsewhere counts for the year as any other (R-023)."""
    file(ctx)


@resolve(Act.CORRECT_DAY)
def with_what_it_corrects(journey: Journey, asked: DayCorrection) -> DayCorrection:
    """Say which act the stage comes from, the day that was noted, and the earliest that it can be."""
    moves = journey.journal.acts().exclude(stage_before=F("stage_after")).order_by("-number")
    last, before = moves[:2]
    if last.act == Act.DECLARE_COMPLETE:
        noted = snapshot(journey, Role.CERTIFIER).feasibility.completed_on
        since = right_day(journey, Stage.FEASIBILITY_SENT)
    else:
        noted, since = journey.reached_on, right_day(journey, before.stage_after)
    return replace(asked, corrects=Act(last.act), before=noted, since=since)


def right_day(journey: Journey, stage: str) -> date:
    """Return the day on which a stage was reached, the last correction of it included."""
    lines = journey.journal.acts().filter(stage_after=stage)
    moved = ~Q(stage_before=F("stage_after")) | Q(act=Act.CORRECT_DAY)
    entry = lines.filter(moved).latest("number")
    said = entry.facts_as(Facts)
    return said.right_on if isinstance(said, DayCorrection) else entry.occurred_on


@effect(Act.CORRECT_DAY)
def correct_day(ctx: ActContext[DayCorrection]) -> None:
    """The right day of a deposit: what follows is counted from it, the year of the file included."""
    facts, journey = ctx.facts, ctx.journey
    if facts.corrects == Act.DECLARE_COMPLETE:
        return
    moment = moment_of(facts.right_on, ctx.at)
    filed = paris_day(journey.filed_at) if journey.filed_at else None
    if facts.corrects == Act.DEPOSIT_FEASIBILITY and filed == facts.before:
        journey.filed_at = moment
    journey.reached_on, journey.stage_since = facts.right_on, moment


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
