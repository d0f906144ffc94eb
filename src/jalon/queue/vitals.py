"""Whether the work behind the pages goes on: the worker, what waits, what failed, the delays, the disk."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.conf import settings

from jalon.law.vocabulary import Word
from jalon.queue.jobs import SILENCE


class Late(Word):
    """What may be late, with what it means for people and what to do."""

    WORKER = (
        "worker",
        "Les courriels, les papiers et les délais n’avancent plus : le programme qui s’en charge ne répond pas.",
    )
    CLOCKS = "clocks", "Les délais n’ont pas été regardés depuis plus de trois heures."
    JOBS = "jobs", "Des courriels ou des papiers attendent depuis plus de dix minutes."
    STALLED = "stalled", "Un travail interrompu n’a pas encore été repris."
    FAILED = "failed", "Un courriel, un papier ou un délai a échoué : il faut le relancer."
    BACKUP = "backup", "Aucune sauvegarde vérifiée depuis plus de vingt-six heures."
    DISK = "disk", "Il reste très peu de place pour les documents déposés."


class Cursor(Protocol):
    """What asks a database: Django's connection, or one of the health page's own."""

    def execute(self, query: Any, params: Any = None) -> Any:
        """Ask."""

    def fetchone(self) -> Sequence[Any] | None:
        """Return the answer."""

    def fetchall(self) -> Sequence[Any]:
        """Return all of its lines."""


@dataclass(frozen=True)
class Vitals:
    """Bytes left, numbers of jobs, and how long since what; None for what was never seen."""

    disk_free: int
    backup: timedelta | None
    waiting: int
    failed: int
    stalled: int
    oldest: timedelta | None
    heartbeat: timedelta | None
    clocks: timedelta | None

    def late(self) -> list[Late]:
        """Return what is late, the gravest first."""
        found = {
            Late.WORKER: longer(self.heartbeat, timedelta(minutes=2)),
            Late.CLOCKS: longer(self.clocks, timedelta(hours=3)),
            Late.JOBS: self.oldest is not None and self.oldest > timedelta(minutes=10),
            Late.STALLED: self.stalled > 0,
            Late.FAILED: self.failed > 0,
            Late.BACKUP: settings.BACKUPS is not None and longer(self.backup, timedelta(hours=26)),
            Late.DISK: self.disk_free < 1024**3,
        }
        return [one for one, is_late in found.items() if is_late]


def longer(since: timedelta | None, most: timedelta) -> bool:
    """Say whether something was never seen, or not for too long."""
    return since is None or since > most


#: What is done every hour and failed counts no more once a later turn did it. A job that was cut is
#: late once the queue had five minutes to take it up again.
ASKED = """
    SELECT
        (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'),
        (SELECT count(*) FROM procrastinate_jobs job WHERE status = 'failed' AND NOT EXISTS (
            SELECT FROM procrastinate_jobs later
            WHERE job.queueing_lock IS NOT NULL AND later.queueing_lock = job.queueing_lock
                AND later.id > job.id AND later.status = 'succeeded'
        )),
        (SELECT count(*) FROM procrastinate_jobs job
            LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
            WHERE status = 'doing'
                AND (last_heartbeat > now() - make_interval(secs => %(silence)s)) IS NOT TRUE
                AND NOT EXISTS (
                    SELECT FROM procrastinate_events
                    WHERE job_id = job.id AND at > now() - interval '5 minutes'
                )),
        (SELECT now() - min(coalesce(
                scheduled_at, (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id)))
            FROM procrastinate_jobs job
            WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())),
        (SELECT now() - max(last_heartbeat) FROM procrastinate_workers),
        (SELECT now() - max(at) FROM procrastinate_events JOIN procrastinate_jobs job ON job.id = job_id
            WHERE job.task_name = 'journeys.tick' AND type = 'succeeded')
"""


def vitals(cursor: Cursor) -> Vitals:
    """Return how the work goes, in one statement."""
    cursor.execute(ASKED, {"silence": SILENCE})
    found = cursor.fetchone()
    assert found is not None
    return Vitals(disk_free(), last_backup(), *found)


def last_backup() -> timedelta | None:
    """Return how long ago the last backup that was read back was made; None when there is none."""
    if settings.BACKUPS is None:
        return None
    try:
        said = json.loads((settings.BACKUPS / "last.json").read_text())
        return datetime.now(UTC) - datetime.fromisoformat(said["at"])
    except (OSError, ValueError):
        return None


def disk_free() -> int:
    """Return how many bytes are left where documents are kept; the folder may not be made yet."""
    folder = settings.MEDIA_ROOT
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
