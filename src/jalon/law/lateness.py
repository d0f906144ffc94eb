"""Which delays are open: they run, or their limit is past and what they waited for has not come.

A clock that ran to its limit is not done with: while the journey stands where its end was noted, and
no act that would have stopped it was done since, it is late.
"""

from functools import cache

from jalon.law.case import Case, ClockView
from jalon.law.lifecycle import AUTOMATIC, rows_of
from jalon.law.vocabulary import ClockKind, ClockState, Stage


@cache
def awaited_at(kind: ClockKind) -> frozenset[Stage]:
    """Return the stages at which a delay that ran out is still waited for: somebody is told of its end."""
    expire = AUTOMATIC[kind].expire
    if expire is None:
        return frozenset()
    return frozenset[Stage]().union(*(row.at for row in rows_of(expire) if row.notifies))


def open_clocks(case: Case) -> tuple[ClockView, ...]:
    """Return the delays of a case that are open, the late ones first, then the nearest."""
    found = (clock for clock in case.clocks if runs(clock, case))
    overdue = (clock for clock in case.clocks if ran_out_unanswered(clock, case))
    return tuple(sorted((*found, *overdue), key=lambda clock: clock.limit_on))


def runs(clock: ClockView, case: Case) -> bool:
    """Say whether a delay runs: that of a result is known before the day of the jury, and begins then."""
    return clock.state == ClockState.RUNNING and clock.started_on <= case.today


def ran_out_unanswered(clock: ClockView, case: Case) -> bool:
    """Say whether a delay ran out, and what it waited for is still awaited."""
    if clock.state != ClockState.EXPIRED or case.stage not in awaited_at(clock.kind):
        return False
    if clock.kind == ClockKind.LAPSE and case.steps_since_admissibility:
        return False
    return clock == case.clock(clock.kind)


def late_clocks(case: Case) -> tuple[ClockView, ...]:
    """Return the delays whose limit is past and whose act is still awaited, the oldest first."""
    return tuple(clock for clock in open_clocks(case) if clock.limit_on < case.today)
