"""What everybody may read of how journeys went: how long they take, how many succeed, or nothing while few did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count
from django.db.models.functions import TruncQuarter

from jalon.journeys import figures
from jalon.journeys.figures import Rows, Team
from jalon.law.figures import (
    Compared,
    Ending,
    Rate,
    Span,
    days_chosen,
    fewest_people,
    quarters_ended,
)
from jalon.law.rulebook import enforces
from jalon.now import today

#: The days looked back on, and for how many seconds an answer holds: everybody asks for the same.
BACK, HELD = 730, 600
#: The quarters among which one is looked for that says nothing of one person.
QUARTERS = 8
#: Days in a month, on average.
MONTH = 30.44

Told = TypeVar("Told")


def usual_months(certification: int | None = None) -> int | None:
    """Return in how many months half of the journeys have their result, of one certification or of all."""
    return held(f"usual-months-{certification}", partial(count_months, certification))


@dataclass(frozen=True)
class Success:
    """How many of the journeys that ended reached what they aimed at, and in which days they ended."""

    rate: Rate
    days: Span


def success() -> Success | None:
    """Return how many of the journeys that ended reached what they aimed at."""
    return held("success", count_success)


def held(name: str, count: Callable[[], Told | None]) -> Told | None:
    """Return a figure counted lately; none while the database is away: the page opens without it."""
    try:
        return cache.get_or_set(name, count, HELD)
    except DatabaseError:
        return None


def looked_back() -> Compared | None:
    """Return the two years that everybody is told about, None when too few people ended."""
    return held("looked-back", choose_days)


@enforces("R-116")
def choose_days() -> Compared | None:
    """Return two years that end with a quarter in which enough people ended by itself.

    What is told today less what was told before then says nothing of one person.
    """
    quarters, fewest = quarters_ended(today(), QUARTERS), fewest_people(today())
    (rows,) = figures.endings(Team(None), days_chosen(quarters[-1].first, quarters[0].last))
    people = dict(
        rows.annotate(quarter=TruncQuarter("day"))
        .values("quarter")
        .annotate(people=Count("person", distinct=True))
        .values_list("quarter", "people")
    )
    for quarter in quarters:
        if people.get(quarter.first, 0) >= fewest:
            return days_chosen(quarter.last - timedelta(days=BACK - 1), quarter.last)
    return None


def count_months(certification: int | None) -> int | None:
    """Return the median length in months, None under the people that the law asks for."""
    if (span := looked_back()) is None:
        return None
    rows: list[Rows] = figures.whole_delays(Team(None), span)
    if certification is not None:
        rows = [one.filter(journey__certification=certification) for one in rows]
    told = figures.measured(rows, span).total.now
    if told.median is None or told.people < fewest_people(today()):
        return None
    return max(1, round(told.median / MONTH))


def count_success() -> Success | None:
    """Return the rate with its days, None under the people that the law asks for."""
    if (span := looked_back()) is None:
        return None
    told = figures.measured(figures.endings(Team(None), span), span)
    reached = sum(one.now.count for one in told.lines if one.key == Ending.SUCCESS)
    return Success(Rate(reached, told.total.now.count), span.now)
