"""THE TABLE: everything that may happen to a journey, in the order of the story.

One row tells who may do what, from where to where, under which rules, which clock moves and who is
told. Buttons, permissions, refusals, notifications, deadlines, the journal and the diagram of the
documentation are read from here; nothing about them is decided elsewhere. The rows stand in
`law/acts/`, one file a chapter; what a row is made of, in `law/transitions.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from jalon.law.acts import (
    accompaniment,
    adjustments,
    admissibility,
    changes,
    closing,
    complaints,
    feasibility,
    fraud,
    jury,
    lapse,
    leave,
    outside,
    registration,
    result,
    retention,
    validation,
)
from jalon.law.case import Case
from jalon.law.clocks import span
from jalon.law.dates import When
from jalon.law.facts import Facts
from jalon.law.retention import not_erased
from jalon.law.rulebook import Refusal, enforced_by, enforces, rules
from jalon.law.transitions import Start, Transition
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Event, Role, Route, Stage
from jalon.now import today

CHAPTERS = (
    registration,
    accompaniment,
    feasibility,
    admissibility,
    lapse,
    validation,
    jury,
    result,
    fraud,
    changes,
    leave,
    complaints,
    adjustments,
    closing,
    retention,
    outside,
)
TABLE: tuple[Transition, ...] = tuple(chain.from_iterable(chapter.ROWS for chapter in CHAPTERS))


@dataclass(frozen=True)
class Due:
    """What the system does when a clock alerts, and when it runs out."""

    warn: Act | None
    expire: Act | None


AUTOMATIC: dict[ClockKind, Due] = {
    ClockKind.DECISION: Due(Act.WARN_DECISION, Act.ADMIT_TACITLY),
    ClockKind.LAPSE: Due(Act.WARN_LAPSE, Act.ALERT_LAPSE),
    ClockKind.VALIDITY: Due(Act.WARN_VALIDITY, Act.EXPIRE_VALIDITY),
    ClockKind.HEARING: Due(Act.WARN_HEARING, Act.MISS_HEARING),
    ClockKind.RESULT: Due(Act.WARN_RESULT, Act.MISS_RESULT),
    ClockKind.ANSWER: Due(Act.CHASE, Act.REPORT_NO_ANSWER),
}

#: Notes that those who accompany take for themselves.
INTERNAL = frozenset(row.act for row in TABLE if row.internal)
#: What only the candidate reads in the journal: whoever answers knows of it by other pages.
CONFIDENTIAL = frozenset(row.act for row in TABLE if row.confidential)
#: What happens between a candidate and who accompanies them: nobody else reads it.
OF_ACCOMPANIMENT = frozenset(
    {
        Event.SENT_UNFINISHED,
        Event.MESSAGE_SENT,
        Event.GOES_ON,
        Event.GROUP_JOINED,
        Event.GROUP_LEFT,
        Event.EMPLOYER_AGREED,
    }
)


@enforces("R-006")
def transition_for(
    act: Act,
    stage: Stage | None,
    route: Route,
    accompaniment: Accompaniment,
    when: When | None = None,
) -> Transition | None:
    """Return the one row of the table for this act on such a journey, or None.

    `when` holds the days of the journey; unless given, the row is that of a journey of today.
    """
    rows = _serving(act, stage, route, accompaniment)
    return next((row for row in rows if row.governs(when or today())), None)


def row_done(
    act: Act, before: Stage | None, route: Route, accompaniment: Accompaniment, when: When
) -> Transition | None:
    """Return the row by which an act of the past was done, or None.

    A candidate may have been accompanied then and be alone now, or the other way round: the shape of
    today is looked at first.
    """
    shapes = (accompaniment, *(one for one in Accompaniment if one != accompaniment))
    rows = (transition_for(act, before, route, shape, when) for shape in shapes)
    return next((row for row in rows if row), None)


@cache
def _serving(
    act: Act, stage: Stage | None, route: Route, accompaniment: Accompaniment
) -> tuple[Transition, ...]:
    """Return the rows of an act for such a journey, of yesterday, today and tomorrow."""
    return tuple(row for row in rows_of(act) if row.serves(stage, route, accompaniment))


@cache
def rows_of(act: Act) -> tuple[Transition, ...]:
    """Return the rows of an act, whatever the journey; there is at least one."""
    return tuple(row for row in TABLE if row.act == act)


def open_transitions(
    stage: Stage,
    route: Route,
    accompaniment: Accompaniment,
    role: Role,
    when: When | None = None,
) -> tuple[Transition, ...]:
    """Return the rows open to a role on such a journey, in the order of the story."""
    rows = _open(stage, route, accompaniment, role)
    return tuple(row for row in rows if row.governs(when or today()))


@cache
def _open(
    stage: Stage, route: Route, accompaniment: Accompaniment, role: Role
) -> tuple[Transition, ...]:
    return tuple(row for row in TABLE if role in row.by and row.serves(stage, route, accompaniment))


def law_applied(transition: Transition, when: When) -> list[str]:
    """Return the versions of the rules behind an act, as they stand for a journey of these days.

    Those are the rules of its conditions and guards, and of the delays that it starts: what the
    journal keeps, so that an old act is read again with the text of its day.
    """
    return [rules()[rule].at(when).id for rule in _rules_behind(transition)]


@cache
def _rules_behind(transition: Transition) -> tuple[str, ...]:
    judges: tuple[Callable[..., object], ...] = (*transition.when, *transition.guards)
    asked = chain.from_iterable(enforced_by(judge) for judge in judges)
    begun = [move for move in transition.clocks if isinstance(move, Start)]
    started = (
        span(one.kind, today(), valid_until=today(), settled=today() if one.limit else None).rule
        for one in begun
    )
    return tuple(sorted({*asked, *started} - {""}))


def not_offered_because(transition: Transition, case: Case) -> Refusal | None:
    """Return why a row is not even offered on a case, or None when it is: no button without it."""
    erased = not_erased(transition.act, case)
    return _first(case, (erased, *(asked(case) for asked in transition.when)))


def offered(transition: Transition, case: Case) -> bool:
    """Say whether a row is worth a button: nothing in the case alone refuses it."""
    return not_offered_because(transition, case) is None


def refused_by(transition: Transition, case: Case, facts: Facts) -> Refusal | None:
    """Return the first refusal among the conditions and guards of a row, or None when it may be done."""
    if refusal := not_offered_because(transition, case):
        return refusal
    return _first(case, (guard(case, facts) for guard in transition.guards))


def _first(case: Case, refusals: Iterable[Refusal | None]) -> Refusal | None:
    """Return the first refusal, which cites the text as it stands for this journey."""
    refusal = next((refusal for refusal in refusals if refusal), None)
    return replace(refusal, when=case.anchors) if refusal else None


def done(act: Act) -> str:
    """Return what an act did, in the words of the journal."""
    return rows_of(act)[0].done
