"""What everybody may read of how journeys went: how long they take, how many succeed, or nothing while few did."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from django.core.cache import cache
from django.db import DatabaseError

from jalon.journeys import figures
from jalon.journeys.figures import Rows, Team
from jalon.law.figures import Compared, Ending, Rate, days_chosen, fewest_people
from jalon.law.rulebook import enforces
from jalon.now import today

#: The days looked back on, and for how many seconds an answer holds: everybody asks for the same.
BACK, HELD = 730, 600
#: Days in a month, on average.
MONTH = 30.44

Told = TypeVar("Told")


def usual_months(certification: int | None = None) -> int | None:
    """Return in how many months half of the journeys have their result, of one certification or of all."""
    return held(f"usual-months-{certification}", partial(count_months, certification))


def success() -> Rate | None:
    """Return how many of the journeys that ended reached what they aimed at."""
    return held("success", count_success)


def held(name: str, count: Callable[[], Told | None]) -> Told | None:
    """Return a figure counted lately; none while the database is away: the page opens without it."""
    try:
        return cache.get_or_set(name, count, HELD)
    except DatabaseError:
        return None


def looked_back() -> Compared:
    """Return the days that are counted."""
    return days_chosen(today() - timedelta(days=BACK), today())


@enforces("R-116")
def count_months(certification: int | None) -> int | None:
    """Return the median length in months, None under the people that the law asks for."""
    span = looked_back()
    rows: list[Rows] = figures.whole_delays(Team(None), span)
    if certification is not None:
        rows = [one.filter(journey__certification=certification) for one in rows]
    told = figures.measured(rows, span).total.now
    if told.median is None or told.people < fewest_people(today()):
        return None
    return max(1, round(told.median / MONTH))


@enforces("R-116")
def count_success() -> Rate | None:
    """Return the rate with its two numbers, None under the people that the law asks for."""
    span = looked_back()
    told = figures.measured(figures.endings(Team(None), span), span)
    if told.total.now.people < fewest_people(today()):
        return None
    reached = sum(one.now.count for one in told.lines if one.key == Ending.SUCCESS)
    return Rate(reached, told.total.now.count)
