"""What the queue does for itself: takes up again the jobs of a worker that died."""

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from jalon.queue.retries import RETRIED

logger = logging.getLogger(__name__)

#: A worker says every ten seconds that it lives; after so many seconds of silence it is dead.
SILENCE = 60.0


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="queue.take_up_stalled", queue="clocks", queueing_lock="queue.take_up_stalled", priority=50
)
async def take_up_stalled(timestamp: int | None = None) -> int:
    """Put back the jobs whose worker died while it did them; return how many.

    A job keeps what it wrote already and does the rest: each of ours may be done again.
    """
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE))
    for job in stalled:
        await take_up(job)
    await app.job_manager.prune_stalled_workers(SILENCE)
    return len(stalled)


async def take_up(job: Job) -> None:
    """Put one job back, or close it when the same one waits already or three days are past."""
    decision = RETRIED.get_retry_decision(exception=None, job=job)
    closed = Status.FAILED
    if decision:
        try:
            await app.job_manager.retry_job(job, retry_at=decision.retry_at)
        except UniqueViolation:
            closed = Status.ABORTED
        else:
            logger.warning("Job %s (%s) is taken up again: its worker died", job.id, job.task_name)
            return
    logger.error("Job %s (%s) is closed, %s: its worker died", job.id, job.task_name, closed.value)
    await app.job_manager.finish_job(job, status=closed, delete_job=False)
