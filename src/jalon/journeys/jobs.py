"""What the worker does to journeys by itself: it asks the clocks what is due and acts by the table."""

import datetime as dt
import logging

from django.db import connection, transaction
from procrastinate.contrib.django import app

from jalon.journeys import chain, clocks, copies, retention, tallies
from jalon.journeys.actions import SYSTEM, act
from jalon.journeys.models import Clock, DataCopy
from jalon.journeys.snapshot import clock_view
from jalon.law import clocks as law
from jalon.law.lifecycle import AUTOMATIC
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import ClockKind
from jalon.now import today
from jalon.queue.retries import RETRIED

logger = logging.getLogger(__name__)


@app.periodic(cron="5 * * * *")
@app.task(name="journeys.tick", queue="clocks", queueing_lock="journeys.tick")
def tick(timestamp: int | None = None) -> int:
    """Do everything that is due today and return how many clocks were looked at.

    Any number of workers may run it at once: each takes clocks that no other holds. A clock that
    fails stops no other: it stays due for the next hour. Raises `ClocksFailed` at the end, so that
    the job is seen as failed.
    """
    looked_at, failed = 0, set[int]()
    while batch := one_batch(today(), failed):
        looked_at += batch
    if failed:
        raise ClocksFailed(f"{len(failed)} of {looked_at} clocks failed: {sorted(failed)}")
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


class ClocksFailed(Exception):
    """Some clocks could not be run; every other one was."""


def one_batch(on: dt.date, failed: set[int]) -> int:
    """Take some due clocks and do what the table says for each; return how many.

    A clock that fails is undone alone, and added to those that failed: they are not taken again.
    """
    with transaction.atomic():
        due = clocks.take_due(on, but=failed)
        for clock in due:
            try:
                with transaction.atomic():
                    run_due_clock(clock, on)
            except Exception as failure:
                if connection.needs_rollback:  # the database itself is gone
                    raise
                put_aside(clock, failed, failure)
    return len(due)


def put_aside(clock: Clock, failed: set[int], failure: Exception) -> None:
    """Leave a clock that failed for the next hour, and report it."""
    failed.add(clock.pk)
    logger.error(
        "Clock %s (%s) of journey %s failed",
        clock.pk,
        clock.kind,
        clock.journey_id,
        exc_info=failure,
    )


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


@app.task(name="journeys.make_copy", queue="acts", retry=RETRIED)
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


@app.periodic(cron="35 * * * *")
@app.task(name="journeys.seal", queue="clocks", queueing_lock="journeys.seal")
def seal(timestamp: int | None = None) -> int:
    """Each hour, seal the journals that moved; return how many."""
    made = chain.seal()
    return made.count if made else 0


@app.periodic(cron="50 * * * *")
@app.task(name="journeys.count_figures", queue="clocks", queueing_lock="journeys.count_figures")
def count_figures(timestamp: int | None = None) -> int:
    """Each hour, count the figures of a large house anew; return how many rows are kept."""
    return tallies.count()
