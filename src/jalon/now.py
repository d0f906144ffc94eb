"""The one place that knows what time it is, so that a test, the demo or the tour can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_moment: datetime | None = None


def now() -> datetime:
    """Return the present moment, aware, in Europe/Paris."""
    return _moment or datetime.now(PARIS)


def today() -> date:
    """Return the civil date in Paris (R-022: the year that counts is the Parisian one)."""
    return now().date()


def paris_day(moment: datetime) -> date:
    """Return the civil day of a moment in Paris."""
    return moment.astimezone(PARIS).date()


def midnight(day: date) -> datetime:
    """Return the moment at which a civil day begins in Paris."""
    return datetime.combine(day, time(), PARIS)


def moment_of(day: date, written_at: datetime) -> datetime:
    """Return a moment of a day in Paris: that of writing when it is the same day, else its noon."""
    if paris_day(written_at) == day:
        return written_at
    return datetime.combine(day, time(12), PARIS)


def travel(to: datetime | None) -> None:
    """Set the moment that this whole process believes in; None gives real time back."""
    global _moment  # noqa: PLW0603 - one process, one time: that is the point
    _moment = to.astimezone(PARIS) if to else None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live for a while at another moment, then come back to the one before."""
    before = _moment
    travel(moment)
    try:
        yield
    finally:
        travel(before)
