"""Runs the worker in this process: once for what waits, or until it is told to stop.

It outlives an absence of the database: it waits, a little longer each time, and begins again.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from copy import copy
from itertools import chain, repeat
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate import App, JobContext
from procrastinate.contrib.django import procrastinate_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.manager import JobManager
from procrastinate.periodic import PeriodicRegistry
from procrastinate.psycopg_connector import PsycopgConnector

from jalon.logs.situation import Doing, doing
from jalon.queue.jobs import SILENCE

logger = logging.getLogger(__name__)

#: The queue of what people wait for in front of their screen; a lane of its own takes it.
ACCOUNTS = "accounts"
#: Seconds to wait for the database before looking for it again.
PAUSES = (1, 2, 5, 10, 20)
CONNECTION_TIMEOUT = 5
#: Anything, and beside it what people wait for and nothing else.
LANES: tuple[dict[str, Any], ...] = ({}, {"queues": [ACCOUNTS]})


async def named_in_the_log(
    do: Callable[[], Awaitable[Any]], context: JobContext, worker: Any
) -> Any:
    """Do a job, and have each line that is logged meanwhile say which one."""
    with doing(Doing(context.job.task_name, context.job.id)):
        return await do()


#: What every run of a worker has in common.
FRAME: dict[str, Any] = {
    "install_signal_handlers": False,
    "stalled_worker_timeout": SILENCE,
    "worker_middleware": [named_in_the_log],
}


def work(*, wait: bool = False, signals: bool = False) -> None:
    """Do everything that is queued: notices, e-mails, papers; then stop, or wait for more.

    With `signals`, SIGTERM and SIGINT end it once the jobs under way are done.
    """
    asyncio.run(work_until_told(signals) if wait else one_round())


async def one_round() -> None:
    """Do what waits, and stop; what is due at its hour is left to a worker that stays."""
    worker = apart()
    worker.periodic_registry = PeriodicRegistry()
    async with worker.open_async():
        await worker.run_worker_async(wait=False, listen_notify=False, **FRAME)


async def work_until_told(signals: bool) -> None:
    """Work until told to stop, whatever happens to the database meanwhile."""
    told = asyncio.Event()
    if signals:
        for one in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(one, told.set)
    pauses = fresh_pauses()
    while not told.is_set():
        began = asyncio.get_running_loop().time()
        try:
            await while_the_database_is_there(told)
        except Exception as failure:
            logger.error("The worker lost the database: %s", failure)
        if asyncio.get_running_loop().time() - began > SILENCE:
            pauses = fresh_pauses()
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), timeout=next(pauses))


def fresh_pauses() -> Iterator[int]:
    """Return how long to wait after each failure, in seconds, the last for ever."""
    return chain(PAUSES, repeat(PAUSES[-1]))


async def while_the_database_is_there(told: asyncio.Event) -> None:
    """Work in two lanes until told to stop or until one of them fails; raise what it failed of."""
    await sync_to_async(connections.close_all)()
    worker = apart()
    try:
        async with worker.open_async():
            await in_lanes(worker, told)
    finally:
        await worker.close_async()  # an opening that failed leaves connections that try for ever


async def in_lanes(worker: App, told: asyncio.Event) -> None:
    """Run a lane for anything and one for accounts, and end both once told or once one ended."""
    lanes = [asyncio.create_task(worker.run_worker_async(**FRAME, **lane)) for lane in LANES]
    stop = asyncio.create_task(told.wait())
    done, _ = await asyncio.wait([*lanes, stop], return_when=asyncio.FIRST_COMPLETED)
    for one in (*lanes, stop):
        one.cancel()
    await asyncio.gather(*lanes, stop, return_exceptions=True)
    for lane in done - {stop}:
        lane.result()


def apart() -> App:
    """Return the queue with connections of the worker's own.

    The jobs themselves keep Django's: what they queue is queued with what they write, or not at all.
    """
    worker = copy(procrastinate_app.current_app)
    known = connector_params() | {"connect_timeout": CONNECTION_TIMEOUT}
    worker.connector = PsycopgConnector(kwargs=known, timeout=CONNECTION_TIMEOUT)
    worker.job_manager = JobManager(worker.connector)
    return worker
