"""The order in which things happened: the day of an act, and the delays that a whole story makes.

An act carries two days: the one on which it happened, from which delays run, and the one on which it
was written down. What is written late takes its place in the story, and the delays are counted anew.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jalon.law.case import Case
from jalon.law.clocks import Span, french, span
from jalon.law.facts import Decision, DelayChange, Extension, Facts
from jalon.law.lifecycle import AUTOMATIC
from jalon.law.routing import sheet_ended
from jalon.law.rulebook import Refusal, enforces
from jalon.law.stages import UNDECIDED
from jalon.law.transitions import ClockMove, Expire, Start, Stop, Transition
from jalon.law.vocabulary import ClockKind, ClockState, Role


@dataclass(frozen=True)
class Line:
    """An act of a journal: when it happened, its number, its row, what it brought, and whose it was."""

    on: date
    number: int
    transition: Transition
    facts: Facts
    by_system: bool

    @property
    def place(self) -> tuple[date, bool, int]:
        """Return where it stands in the story: a delay ends when its last day is over."""
        return self.on, self.by_system, self.number


@dataclass(frozen=True)
class Delay:
    """A delay as a story makes it; `ended_on` is None while it runs."""

    kind: ClockKind
    state: ClockState
    started_on: date
    span: Span
    ended_on: date | None = None

    @property
    def key(self) -> tuple[ClockKind, date, date]:
        """Return what makes two counts of a delay the same one."""
        return self.kind, self.started_on, self.span.limit_on

    def ended(self, state: ClockState, on: date) -> "Delay":
        """Return this delay, ended on a day."""
        return replace(self, state=state, ended_on=on)


def out_of_order(
    case: Case, transition: Transition, happened_on: date, today: date
) -> Refusal | None:
    """Return why an act cannot have happened on a day: it is to come, or before what it follows.

    A note that moves no stage may tell of a day before the present one: what it is about says from when.
    """
    if happened_on > today:
        return Refusal(
            "TABLE", "Indiquez un jour passé, ou aujourd’hui : on note ce qui a eu lieu."
        )
    if refusal := before_it_had_the_file(case):
        return refusal
    moves = transition.to or transition.among
    first = case.reached_on if moves else case.registered_on
    if first is None or happened_on >= first:
        return None
    what = case.stage.label if moves else "Candidature déposée"
    return Refusal(
        "TABLE",
        f"« {transition.act.label} » vient après « {what} », du {french(first)} : "
        "indiquez ce jour, ou un jour qui suit.",
    )


@enforces("R-004")
def before_it_had_the_file(case: Case) -> Refusal | None:
    """A certifier to whom a file was transferred did nothing of it before."""
    since = case.received_on
    if not case.reported or case.actor != Role.CERTIFIER or since is None or case.today >= since:
        return None
    return Refusal(
        "R-004",
        f"Ce certificateur a reçu le dossier le {french(since)} : indiquez ce jour, ou un jour qui suit.",
    )


def delays(story: Iterable[Line], case: Case) -> tuple[Delay, ...]:
    """Return every delay that a story makes, in the order of their beginnings.

    What the system noted counts only if the delay that it ended was over then, and still running:
    something recorded since, that happened before, may have stopped it, or begun it anew. `case` is
    the journey as it stands: whose it is, and what a silence waits for.
    """
    found: tuple[Delay, ...] = ()
    lines = sorted(story, key=lambda line: line.place)
    for line in lines:
        if line.by_system and (taken_back(line, lines) or not rings(found, line)):
            continue
        found = after_act(found, line.transition.clocks, line.facts, line.on, case)
    return found


def taken_back(line: Line, lines: Iterable[Line]) -> bool:
    """Say whether what the certifier had said before, written down since, undid what silence decided."""
    return line.transition.to is not None and any(
        other.number > line.number and other.on <= line.on and other.transition.to in UNDECIDED
        for other in lines
    )


def rings(found: tuple[Delay, ...], line: Line) -> bool:
    """Say whether what the system noted still follows from a running delay; an alert always does."""
    kinds = [kind for kind, due in AUTOMATIC.items() if due.expire == line.transition.act]
    return not kinds or any(
        running(one) and one.kind in kinds and one.span.limit_on <= line.on for one in found
    )


def running(delay: Delay) -> bool:
    """Say whether a delay runs."""
    return delay.state == ClockState.RUNNING


def overdue(
    found: tuple[Delay, ...], on: date, case: Case, kinds: Collection[ClockKind]
) -> tuple[Delay, ...]:
    """Return the delays, those of some kinds that ended before a day being so, noted or not."""
    return tuple(
        one.ended(ClockState.EXPIRED, one.span.limit_on)
        if one.kind in kinds
        and running(one)
        and one.span.limit_on < on
        and ends_by_itself(one, case)
        else one
        for one in found
    )


def ends_by_itself(delay: Delay, case: Case) -> bool:
    """Say whether a delay ends with its last day; a silence on a sheet that ended decides nothing."""
    if delay.kind == ClockKind.DECISION and sheet_ended(case, delay.span.limit_on):
        return False
    return AUTOMATIC[delay.kind].expire is not None


def after_act(
    found: tuple[Delay, ...],
    moves: Sequence[ClockMove],
    facts: Facts,
    on: date,
    case: Case,
) -> tuple[Delay, ...]:
    """Return the delays after the moves of a row, on the day of the act: for rows, stories and futures.

    A delay that it moves and that was over before that day is over, even if nobody noted it; any other
    is left to the system, which notes its end and tells people. What already runs from the same day to
    the same limit goes on; another of its kind ends first.
    """
    found = overdue(found, on, case, {move.kind for move in moves})
    for move in moves:
        match move:
            case Start():
                if move.serves(case.route, case.accompaniment):
                    found = begun(found, move, facts, on)
            case Stop(by=by):
                in_time: date | None = getattr(facts, by) if by else None
                found = put(found, move.kind, ClockState.STOPPED, on, in_time)
            case Expire():
                found = put(found, move.kind, ClockState.EXPIRED, on)
    return found


def begun(found: tuple[Delay, ...], move: Start, facts: Facts, on: date) -> tuple[Delay, ...]:
    """Return the delays once one began, unless it runs already, or is over for good."""
    if move.again and is_over(found, move.kind):
        return found
    new = started(move, facts, on)
    if not isinstance(facts, Decision | Extension):
        new = tuple(as_written(found, one) for one in new)
    if any(one.key == other.key and running(one) for one in found for other in new):
        return found
    return put(found, move.kind, ClockState.STOPPED, on) + new


def as_written(found: tuple[Delay, ...], new: Delay) -> Delay:
    """Return a delay; a validity that counts again to the same day names the decision that wrote it."""
    before = next(
        (
            one
            for one in reversed(found)
            if one.kind == new.kind == ClockKind.VALIDITY and one.span.limit_on == new.span.limit_on
        ),
        new,
    )
    return replace(new, span=replace(new.span, explanation=before.span.explanation))


def is_over(found: tuple[Delay, ...], kind: ClockKind) -> bool:
    """Say whether what the latest delay of a kind waited for has happened, or there was none."""
    last = next((one for one in reversed(found) if one.kind == kind), None)
    return last is None or last.state == ClockState.STOPPED


def put(
    found: tuple[Delay, ...],
    kind: ClockKind,
    state: ClockState,
    on: date,
    by: date | None = None,
) -> tuple[Delay, ...]:
    """Return the delays, the running one of a kind being ended, unless its limit is before a day."""
    return tuple(
        one.ended(state, on)
        if one.kind == kind and running(one) and (by is None or by <= one.span.limit_on)
        else one
        for one in found
    )


def started(move: Start, facts: Facts, on: date) -> tuple[Delay, ...]:
    """Return the delay that a row begins on a day, or nothing when the facts name no day."""
    named = on if move.basis == "today" else getattr(facts, move.basis, None)
    settled: date | None = getattr(facts, move.limit, None) if move.limit else None
    if named is None or (move.limit and settled is None):
        return ()
    since = on if move.kind == ClockKind.VALIDITY else named
    until = named if move.kind == ClockKind.VALIDITY else None
    dates = span(move.kind, since, valid_until=until, settled=settled)
    return (Delay(move.kind, ClockState.RUNNING, since, dates),)


def changes(before: Iterable[Delay], after: Iterable[Delay]) -> tuple[DelayChange, ...]:
    """Return which running delays a new count moved, began or ended, in the order of the words."""
    limits = [
        {one.kind: one.span.limit_on for one in counted if running(one)}
        for counted in (before, after)
    ]
    return tuple(
        DelayChange(kind, limits[0].get(kind), limits[1].get(kind))
        for kind in ClockKind
        if limits[0].get(kind) != limits[1].get(kind)
    )
