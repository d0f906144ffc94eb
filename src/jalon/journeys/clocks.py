"""Clocks as rows: an act starts, pauses, resumes, stops or expires them; one job asks what is due."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from jalon.journeys.models import Clock, Journey
from jalon.journeys.snapshot import clock_view
from jalon.law import clocks as law
from jalon.law.facts import Facts
from jalon.law.transitions import ClockMove, Expire, Pause, Resume, Start, Stop
from jalon.law.vocabulary import ClockKind, ClockState


def move(journey: Journey, moves: Iterable[ClockMove], facts: Facts, on: date) -> None:
    """Carry out the clock moves of a row of the table."""
    for wanted in moves:
        match wanted:
            case Start():
                if wanted.serves(journey.route, journey.accompaniment):
                    start_clock(journey, wanted.kind, on, facts, wanted.basis)
            case Stop():
                end_clock(journey, wanted.kind, ClockState.STOPPED, on)
            case Expire():
                end_clock(journey, wanted.kind, ClockState.EXPIRED, on)
            case Pause():
                pause_clock(journey, wanted.kind, on)
            case Resume():
                resume_clock(journey, wanted.kind, on)


def start_clock(journey: Journey, kind: ClockKind, on: date, facts: Facts, basis: str) -> None:
    """Start a clock from the day the row names; a living one of the same kind ends first."""
    end_clock(journey, kind, ClockState.STOPPED, on)
    named: Any = on if basis == "today" else getattr(facts, basis, None)
    if named is None:
        return
    start_on = on if kind == ClockKind.VALIDITY else named
    span = law.span(kind, start_on, valid_until=named if kind == ClockKind.VALIDITY else None)
    Clock.objects.create(
        journey=journey,
        kind=kind,
        state=ClockState.RUNNING,
        started_on=start_on,
        target_on=span.target_on,
        limit_on=span.limit_on,
        alert_on=span.alert_on,
        next_on=span.alert_on or law.day_after(span.limit_on),
        rule=span.rule,
        article=span.article,
        explanation=span.explanation,
    )


def end_clock(journey: Journey, kind: ClockKind, state: ClockState, on: date) -> None:
    """End the living clock of this kind, if there is one."""
    journey.clocks.living().filter(kind=kind).update(state=state, ended_on=on, next_on=None)


def pause_clock(journey: Journey, kind: ClockKind, on: date) -> None:
    """Let a running clock stand still."""
    journey.clocks.filter(kind=kind, state=ClockState.RUNNING).update(
        state=ClockState.PAUSED, paused_on=on, next_on=None
    )


def resume_clock(journey: Journey, kind: ClockKind, on: date) -> None:
    """Let a paused clock run again with the days it had left."""
    clock = journey.clocks.filter(kind=kind, state=ClockState.PAUSED).first()
    if clock is None or clock.paused_on is None:
        return
    shifted = law.resumed(clock_view(clock), clock.paused_on, on)
    clock.target_on, clock.limit_on, clock.alert_on = (
        shifted.target_on,
        shifted.limit_on,
        shifted.alert_on,
    )
    clock.state, clock.paused_on = ClockState.RUNNING, None
    clock.next_on = shifted.alert_on or law.day_after(shifted.limit_on)
    clock.save()


def take_due(on: date, most: int = 50) -> list[Clock]:
    """Return clocks that are due, in one indexed statement, with their journeys locked.

    A journey on which somebody acts, or that another worker holds, is skipped: its clock will be due
    again at the next turn. Must run in a transaction.
    """
    return list(
        Clock.objects.filter(next_on__lte=on)
        .select_related("journey")
        .select_for_update(skip_locked=True, of=("journey",))
        .order_by("next_on", "pk")[:most]
    )
