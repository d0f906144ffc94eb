"""What the worker does to journeys by itself: it asks the clocks what is due and acts by the table."""

import datetime as dt

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jalon.journeys import clocks, copies, retention
from jalon.journeys.actions import SYSTEM, act
from jalon.journeys.models import Clock, DataCopy
from jalon.journeys.snapshot import clock_view
from jalon.law import clocks as law
from jalon.law.lifecycle import AUTOMATIC
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import ClockKind
from jalon.now import today


@app.periodic(cron="5 * * * *")
@app.task(name="journeys.tick", queue="clocks", queueing_lock="journeys.tick")
def tick(timestamp: int | None = None) -> int:
    """Do everything that is due today and return how many clocks were looked at.

    Any number of workers may run it at once: each takes clocks that no other holds.
    """
    looked_at = 0
    while batch := one_batch(today()):
        looked_at += batch
    return looked_at


#: How long the queue remembers what was done, in hours.
REMEMBERED = 7 * 24


@app.periodic(cron="20 3 * * *")
@app.task(
    name="journeys.forget_done_jobs", queue="clocks", queueing_lock="journeys.forget_done_jobs"
)
def forget_done_jobs(timestamp: int | None = None) -> None:
    """Once a night, let the queue forget the jobs that succeeded more than a week ago."""
    task = "builtin:procrastinate.builtin_tasks.remove_old_jobs"
    app.configure_task(task, queue="clocks").defer(max_hours=REMEMBERED)


def one_batch(on: dt.date) -> int:
    """Take some due clocks and do what the table says for each; return how many."""
    with transaction.atomic():
        due = clocks.take_due(on)
        for clock in due:
            run_due_clock(clock, on)
    return len(due)


def run_due_clock(clock: Clock, on: dt.date) -> None:
    """Alert, or expire, one clock that is due; the act it calls moves it on."""
    automatic = AUTOMATIC[ClockKind(clock.kind)]
    over = on > clock.limit_on
    Clock.objects.filter(pk=clock.pk).update(
        next_on=None if over else law.next_look(clock_view(clock), on)
    )
    alerted = max((day for day in law.alert_days(clock_view(clock)) if day <= on), default=None)
    wanted = automatic.expire if over else automatic.warn
    if wanted is None:
        return
    try:
        act(clock.journey_id, wanted, by=SYSTEM, on=clock.limit_on if over else alerted)
    except Refused:
        return


@app.task(
    name="journeys.make_copy",
    queue="acts",
    retry=RetryStrategy(max_attempts=5, exponential_wait=10),
)
def make_copy(copy: str) -> None:
    """Make the copy of their data that a person asked for."""
    copies.make(DataCopy.objects.select_related("person").get(pk=copy))


@app.periodic(cron="10 4 * * *")
@app.task(name="journeys.forget_copies", queue="acts", queueing_lock="journeys.forget_copies")
def forget_copies(timestamp: int | None = None) -> int:
    """Once a night, delete the copies that may not be downloaded any more; return how many."""
    return copies.forget_old()


@app.periodic(cron="30 2 * * *")
@app.task(name="journeys.erase", queue="clocks", queueing_lock="journeys.erase")
def erase(timestamp: int | None = None) -> int:
    """Once a night, warn people whose data are to be erased, and erase what is due; return how many."""
    warned, erased = retention.tonight()
    return warned + erased
