"""What Prometheus asks for: how the work goes, how pages answer, what the queue did; nothing about people."""

import os
import secrets
from collections.abc import Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from jalon.config.health import within_a_second
from jalon.queue.state import Tally, tallies
from jalon.queue.vitals import Cursor, Late, Vitals, vitals
from jalon.web.requests import COUNTED


def metrics(request: HttpRequest) -> HttpResponse:
    """Return what was measured, to who brings the token of this installation; to others, 404."""
    if not holds_the_token(request):
        raise Http404
    said = generate_latest(Measured()) + generate_latest(counted())
    return HttpResponse(said, content_type=CONTENT_TYPE_LATEST)


def holds_the_token(request: HttpRequest) -> bool:
    """Say whether a request brings the token; never, where there is none."""
    brought = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(brought, wanted)


def counted() -> CollectorRegistry:
    """Return what the pages counted: of every process of this server, where they share it."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return COUNTED
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


class Measured(Collector):
    """What the database and the disk say at this moment."""

    def collect(self) -> Iterator[Metric]:
        """Yield each measure; of a database that does not answer, only that it does not."""
        try:
            found, tallied = within_a_second(look)
        except (psycopg.Error, TimeoutError):
            yield GaugeMetricFamily("jalon_database_up", UP, value=0)
            return
        yield GaugeMetricFamily("jalon_database_up", UP, value=1)
        yield from measures(found)
        yield late(found)
        yield jobs(tallied)


UP = "Whether the database answers within a second."


def look(cursor: Cursor) -> tuple[Vitals, list[Tally]]:
    """Return how the work goes, and the jobs that the queue remembers."""
    return vitals(cursor), tallies(cursor)


def measures(found: Vitals) -> Iterator[Metric]:
    """Yield what is a number; nothing of what was never seen."""
    spans = {
        "jalon_oldest_job_seconds": ("How long the oldest job waits.", found.oldest),
        "jalon_worker_seconds": ("Since when no worker said that it lives.", found.heartbeat),
        "jalon_clocks_seconds": ("Since when the delays were not looked at.", found.clocks),
        "jalon_backup_seconds": ("Age of the last backup that was read back.", found.backup),
    }
    numbers: dict[str, tuple[str, Any]] = {
        "jalon_jobs_waiting": ("Jobs that wait.", found.waiting),
        "jalon_jobs_failed": ("Jobs that failed and were not done since.", found.failed),
        "jalon_jobs_stalled": ("Jobs whose worker died.", found.stalled),
        "jalon_disk_free_bytes": ("Room left for the documents.", found.disk_free),
    }
    for name, (says, span) in spans.items():
        if span is not None:
            numbers[name] = says, span.total_seconds()
    for name, (says, value) in numbers.items():
        yield GaugeMetricFamily(name, says, value=value)


def late(found: Vitals) -> Metric:
    """Return 1 for each thing that is late, 0 for the others."""
    said = GaugeMetricFamily("jalon_late", "What is late, as /healthz says it.", labels=["what"])
    now_late = found.late()
    for one in Late:
        said.add_metric([one.value], one in now_late)
    return said


def jobs(tallied: list[Tally]) -> Metric:
    """Return how many jobs of each task the queue remembers, by where they stand."""
    said = GaugeMetricFamily(
        "jalon_jobs", "Jobs of the last days, by task and state.", labels=["task", "state"]
    )
    for task, state, number in tallied:
        said.add_metric([task, state], number)
    return said
