"""What everybody may read of how journeys went: how long they take, how many succeed, or nothing while few did."""

from datetime import timedelta
from functools import partial

from django.core.cache import cache

from jalon.journeys import figures
from jalon.journeys.figures import Rows, Team
from jalon.law.figures import Compared, Ending, Rate, days_chosen, fewest_people
from jalon.law.rulebook import enforces
from jalon.now import today

#: The days looked back on, and for how many seconds an answer holds: everybody asks for the same.
BACK, HELD = 730, 600
#: Days in a month, on average.
MONTH = 30.44


def usual_months(certification: int | None = None) -> int | None:
    """Return in how many months half of the journeys have their result, of one certification or of all."""
    return cache.get_or_set(
        f"usual-months-{certification}", partial(count_months, certification), HELD
    )


def success() -> Rate | None:
    """Return how many of the journeys that ended reached what they aimed at."""
    return cache.get_or_set("success", count_success, HELD)


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
