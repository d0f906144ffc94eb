"""Stopping, coming back, and taking out again what was put away."""

from datetime import date
from typing import Any

from jalon.journeys.effects.jury import set_on_attempt
from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.journeys.snapshot import snapshot
from jalon.law import validation
from jalon.law.changes import KEEPS_ALIVE, STOPS, resumed_at
from jalon.law.facts import (
    DatedNote,
    Death,
    EndProposal,
    Nothing,
    Reason,
    Reopening,
    Resumption,
)
from jalon.law.vocabulary import Act, ClockKind, Role, Stage
from jalon.now import today


@resolve(Act.REOPEN)
def where_it_was(journey: Journey, asked: Reason) -> Reopening:
    """Complete a reopening with the stage at which the journey was put away."""
    put_away = journey.journal.filter(act=Act.ARCHIVE).latest("number")
    stage = Stage(put_away.stage_before)
    case = snapshot(journey, Role.CANDIDATE)
    return Reopening(asked.reason, stage, validation.counts_until(case, stage))


@effect(Act.PROPOSE_END)
def propose_end(ctx: ActContext[EndProposal]) -> None:
    """The candidate is asked; nothing ends (L6421-1)."""
    ctx.journey.end_proposed = ctx.facts.end


@effect(Act.DECLINE_END, Act.REORIENT)
def answer_proposal(ctx: ActContext[Any]) -> None:
    """The candidate decided."""
    ctx.journey.end_proposed = ""


@effect(Act.DROP_OUT)
def stop(ctx: ActContext[Any]) -> None:
    """Nobody waits for an answer, nor for the candidate before a jury."""
    wait_for_nobody(ctx)


@resolve(Act.RESUME)
def where_it_stopped(journey: Journey, asked: Nothing) -> Resumption:
    """Complete a resumption with where it goes on, and with the delays that then run again."""
    stopped = journey.journal.filter(act__in=STOPS).latest("number")
    leads_to = resumed_at(Stage(stopped.stage_before))
    waits = leads_to == Stage.REGISTERED and journey.organisation_id is not None
    return Resumption(
        leads_to=leads_to,
        answer_since=today() if waits else None,
        lapse_since=lapse_since(journey) if leads_to == Stage.ADMISSIBLE else None,
        valid_until=validation.counts_until(snapshot(journey, Role.CANDIDATE), leads_to),
    )


def lapse_since(journey: Journey) -> date | None:
    """Return the day from which the lapse runs on; None when what it waits for was done (R-044)."""
    last = journey.clocks.filter(kind=ClockKind.LAPSE).order_by("started_on", "pk").last()
    if last is None:
        return None
    kept = journey.journal.filter(act__in=KEEPS_ALIVE, occurred_on__gte=last.started_on)
    return None if kept.exists() else last.started_on


@effect(Act.CLOSE_DECEASED)
def close(ctx: ActContext[Death]) -> None:
    """Nobody signs in, nor is written to, at the address of the dead."""
    candidate = ctx.journey.candidate
    candidate.deceased_on, candidate.is_active = ctx.facts.on, False
    candidate.save(update_fields=["deceased_on", "is_active"])
    wait_for_nobody(ctx)


@effect(Act.NOTE_HEIRS_REQUEST)
def ask_for_documents(ctx: ActContext[DatedNote]) -> None:
    """The certificate is asked for, as the candidate would have (R-080)."""
    ctx.journey.documents_requested_at = ctx.at


def wait_for_nobody(ctx: ActContext[Any]) -> None:
    """Forget what waited for the candidate: a proposal, an amended path, the date of a jury."""
    ctx.journey.end_proposed, ctx.journey.amendment_at = "", None
    if ctx.case.stage == Stage.JURY_SCHEDULED:
        set_on_attempt(ctx, hearing_on=None)
