"""The decision on admissibility; a favourable one opens the first attempt."""

from dataclasses import replace
from datetime import date
from typing import Any

from jalon.journeys.models import AdmissibilityDecision, Attempt, Gap, Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.case import Case
from jalon.law.facts import DatedNote, Decision, Missing, Nothing, Reason, Receipt
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, ClockKind, ClockState


@resolve(Act.DECLARE_COMPLETE)
@enforces("R-026")
def with_day_of_receipt(journey: Journey, asked: Receipt) -> Receipt:
    """A file that was complete when it was sent was received that day, whenever it is checked."""
    return replace(asked, received_on=asked.received_on or journey.reached_on)


@effect(Act.DECLARE_COMPLETE, Act.DECLARE_INCOMPLETE)
@enforces("R-029")
def take_silence_back(ctx: ActContext[Receipt | Missing]) -> None:
    """What a certifier outside said of the file before the silence decided, once it is known."""
    revoke_current(ctx)


@effect(Act.DECLARE_ADMISSIBLE, Act.CONFIRM_TACIT)
def admit(ctx: ActContext[Decision]) -> None:
    """A favourable decision, with its gaps and recommendations."""
    decide(ctx, admissible=True)
    open_first_attempt(ctx)


@effect(Act.DECLARE_INADMISSIBLE, Act.OVERTURN_TACIT)
def refuse(ctx: ActContext[Decision]) -> None:
    """An unfavourable decision, with its reasons."""
    decide(ctx, admissible=False)


@effect(Act.ADMIT_TACITLY)
def admit_by_silence(ctx: ActContext[Nothing]) -> None:
    """The certifier's silence decided, on the day the two months ended."""
    revoke_current(ctx)
    AdmissibilityDecision.objects.create(
        journey=ctx.journey, admissible=True, tacit=True, decided_on=silent_until(ctx.case)
    )
    open_first_attempt(ctx)


def decide(ctx: ActContext[Decision], *, admissible: bool) -> None:
    """Record a decision of today; it replaces the one in force."""
    revoke_current(ctx)
    decision = AdmissibilityDecision.objects.create(
        journey=ctx.journey,
        admissible=admissible,
        decided_on=ctx.on,
        reason=ctx.facts.reason,
        recommendations=ctx.facts.recommendations,
        valid_until=ctx.facts.valid_until,
        analysis=ctx.facts.analysis,
    )
    Gap.objects.bulk_create(
        Gap(decision=decision, target=gap.target, text=gap.text) for gap in ctx.facts.gaps
    )


@enforces("R-029")
def silent_until(case: Case) -> date:
    """Return the day on which silence decided: the end of the two months, not the day it was seen."""
    clock = case.clock(ClockKind.DECISION)
    return clock.limit_on if clock else case.today


def revoke_current(ctx: ActContext[Any]) -> None:
    """A decision is never edited: the next one replaces it (R-034)."""
    ctx.journey.decisions.in_force().update(revoked_at=ctx.at)


@effect(Act.REVOKE_DECISION)
def revoke_decision(ctx: ActContext[Reason]) -> None:
    """The decision is dated as revoked.

    What the candidate began to write stays with its attempt: the stage keeps it closed, and the next
    favourable decision finds it again, proofs and signature included (R-034).
    """
    revoke_current(ctx)


@effect(Act.CONFIRM_SHEET)
def confirm_sheet(ctx: ActContext[Reason]) -> None:
    """The certifier's word, and a silence that waited for it rings again (R-011)."""
    ctx.journey.sheet_statement = ctx.facts.reason
    overdue = ctx.journey.clocks.filter(kind=ClockKind.DECISION, state=ClockState.RUNNING)
    overdue.filter(next_on=None).update(next_on=ctx.on)


@effect(Act.RECORD_GIP_NOTICE)
def record_gip_notice(ctx: ActContext[DatedNote]) -> None:
    """The day on which the notice of the public service came (R-029): the lapse is counted from it."""
    ctx.journey.decisions.in_force().update(gip_notice_on=ctx.facts.on)


def open_first_attempt(ctx: ActContext[Any]) -> None:
    """Open the first attempt, unless an earlier decision already did."""
    if not ctx.journey.attempts.exists():
        open_attempt(ctx.journey, 1, ctx)


def open_attempt(journey: Journey, number: int, ctx: ActContext[Any]) -> None:
    """Open a passage on the blocs that are still to obtain (R-050)."""
    attempt = Attempt.objects.create(journey=journey, number=number, opened_at=ctx.at)
    attempt.blocs.set(journey.targeted.filter(code__in=ctx.case.missing_blocs))
