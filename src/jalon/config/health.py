"""Answers within a second whether this process, the database and the work behind the pages are well."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import psycopg
from django.db import connection
from django.http import HttpRequest, JsonResponse

from jalon.queue.vitals import vitals

Answer = TypeVar("Answer")

#: Seconds that the database has to answer.
PATIENCE = 1
asking = ThreadPoolExecutor(max_workers=2, thread_name_prefix="health")


def health(request: HttpRequest) -> JsonResponse:
    """Return how the database and the queue are, and what is `late`.

    Status 503 when the database does not answer: a load balancer then asks another process. With
    `?work` in the address, 503 also when anything is late: for who watches over the installation.
    """
    try:
        found = within_a_second(vitals)
    except (psycopg.Error, TimeoutError):
        return JsonResponse({"database": "down"}, status=503)
    late = found.late()
    said = {
        "database": "up",
        "late": [one.value for one in late],
        "jobs_waiting": found.waiting,
        "jobs_failed": found.failed,
        "jobs_stalled": found.stalled,
        "oldest_job_seconds": seconds(found.oldest),
        "worker_seconds": seconds(found.heartbeat),
        "clocks_seconds": seconds(found.clocks),
        "backup_hours": hours(found.backup),
        "disk_free_mb": found.disk_free // 1024**2,
    }
    return JsonResponse(said, status=503 if late and "work" in request.GET else 200)


def address() -> dict[str, Any]:
    """Return how the database is reached, by a connection that waits for nothing."""
    known = connection.get_connection_params()
    for of_django in ("cursor_factory", "context", "prepare_threshold"):
        known.pop(of_django, None)
    return known | {"connect_timeout": 2, "autocommit": True}


def within_a_second(question: Callable[[Any], Answer]) -> Answer:
    """Return what the database answers to a question; raises psycopg.Error or TimeoutError."""
    return asking.submit(ask, question, address()).result(timeout=PATIENCE)


def ask(question: Callable[[Any], Answer], known: dict[str, Any]) -> Answer:
    """Ask the database by a connection of its own: those of the pages may all be taken."""
    with psycopg.connect(**known) as own, own.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{PATIENCE}s'")
        return question(cursor)


def seconds(span: timedelta | None) -> int | None:
    """Return a span in whole seconds."""
    return None if span is None else int(span.total_seconds())


def hours(span: timedelta | None) -> int | None:
    """Return a span in whole hours."""
    return None if span is None else int(span.total_seconds()) // 3600
