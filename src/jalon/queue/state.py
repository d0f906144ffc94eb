"""What the queue holds, for whoever keeps an installation: how many jobs wait, since when, which failed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

from jalon.queue.jobs import SILENCE, take_up_stalled
from jalon.queue.vitals import Cursor

#: A task, where its jobs stand, and how many do.
Tally = tuple[str, str, int]

#: The states that somebody may want to see, with their French name, the gravest first.
STATES = {
    "failed": "échoué",
    "stalled": "abandonné par son exécutant",
    "waiting": "en attente",
    "doing": "en cours",
    "later": "prévu plus tard",
}

ALIVE = """
    SELECT task_name, state, count(*), extract(epoch FROM now() - min(since))::bigint
    FROM (
        SELECT job.task_name, job.status, moments.last, CASE
                WHEN job.status = 'failed' THEN 'failed'
                WHEN job.status = 'doing' AND worker.last_heartbeat > now() - make_interval(secs => %(silence)s) THEN 'doing'
                WHEN job.status = 'doing' THEN 'stalled'
                WHEN job.scheduled_at > now() THEN 'later'
                ELSE 'waiting'
            END AS state,
            CASE job.status
                WHEN 'todo' THEN coalesce(job.scheduled_at, moments.first) ELSE moments.last
            END AS since
        FROM procrastinate_jobs job
        LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
        LEFT JOIN LATERAL (
            SELECT min(at) AS first, max(at) AS last FROM procrastinate_events WHERE job_id = job.id
        ) moments ON true
        WHERE job.status IN ('todo', 'doing', 'failed')
    ) job
    GROUP BY task_name, state
    ORDER BY array_position(%(order)s, state), 4 DESC, task_name
"""


@dataclass(frozen=True)
class Line:
    """The jobs of one kind in one state: how many, and since when the oldest is."""

    task: str
    state: str
    jobs: int
    since: timedelta

    def __str__(self) -> str:
        said = f"{self.jobs:5}  {STATES[self.state]:28}  {self.task:28}"
        return said.rstrip() if self.state == "later" else f"{said}  depuis {in_words(self.since)}"


def in_words(span: timedelta) -> str:
    """Return a span as people say it, in its largest unit."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return "moins d’une minute"
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} jours"


def lines() -> list[Line]:
    """Return what the queue holds, done work apart, the gravest first."""
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, {"silence": SILENCE, "order": list(STATES)})
        rows = cursor.fetchall()
    return [
        Line(task, state, jobs, timedelta(seconds=max(0, since or 0)))
        for task, state, jobs, since in rows
    ]


def tallies(cursor: Cursor) -> list[Tally]:
    """Return how many jobs of each task the queue remembers, by where they stand."""
    cursor.execute(
        "SELECT task_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [(task, status, number) for task, status, number in cursor.fetchall()]


def retry() -> int:
    """Put back every job that failed or whose worker died, for three days more; return how many.

    One that waits again already, as what is done every hour does, is only closed.
    """
    put_back = int(async_to_sync(take_up_stalled.func)())
    for job in ProcrastinateJob.objects.filter(status="failed").order_by("-pk"):
        put_back += retry_one(job.pk)
    return put_back


def retry_one(key: int) -> bool:
    """Put back a job that failed; close it, and return False, when the same one waits already."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            app.job_manager.retry_job_by_id(key, retry_at=datetime.now(UTC))
            cursor.execute("UPDATE procrastinate_jobs SET attempts = 0 WHERE id = %s", [key])
    except UniqueViolation:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'aborted' WHERE id = %s", [key])
        return False
    return True
