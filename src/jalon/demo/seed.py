"""Fills the demonstration: two hundred journeys walked through their real acts, on every core."""

import gc
import os
import shutil
import sys
from datetime import date
from functools import cache
from multiprocessing import get_context
from typing import cast

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import Count

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.catalogue.queries import sheet
from jalon.demo import versions
from jalon.demo.people import DemoPeople, build_demo_people
from jalon.demo.scenario import Scenario, moment_before
from jalon.demo.ways import WAYS
from jalon.journeys.jobs import tick
from jalon.journeys.models import Journey
from jalon.law.routing import route_for
from jalon.law.vocabulary import Accompaniment, Route, Scope

JOURNEYS = 204


def prepare(*, anew: bool = False) -> None:
    """Bring the database to this version and fill it; data of an older version are made again."""
    if not anew and versions.outdated():
        print(
            "jalon : les données de démonstration viennent d’une version plus ancienne ; "
            "elles sont refaites.",
            file=sys.stderr,
        )
        anew = True
    if anew:
        reset()
    call_command("migrate", verbosity=0)
    versions.remember()
    if not Journey.objects.exists():
        fill()


def reset() -> None:
    """Throw the demonstration's data away."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def fill(*, count: int = JOURNEYS) -> None:
    """Walk journeys to every step of the story, at the dates they would have had."""
    with timekeeper.at(moment_before(0)):
        build_demo_people()
    connections.close_all()
    cast(DatabaseWrapper, connection).close_pool()
    processes = min(os.cpu_count() or 1, 4)
    with get_context("fork").Pool(processes, initializer=gc.disable) as pool:
        for done, _ in enumerate(pool.imap_unordered(walk, range(count)), 1):
            if done % 10 == 0:
                print(f"\rjalon : {done} parcours de démonstration…", end="", file=sys.stderr)
    print(file=sys.stderr)
    tick()
    mark_past_jobs_done()


@cache
def demo_people() -> DemoPeople:
    """Return the people of the demonstration, looked up once in each process."""
    return build_demo_people()


def walk(number: int) -> None:
    """Walk one journey, with its papers and notices, in one transaction."""
    way, days = WAYS[number % len(WAYS)]
    began = moment_before(days + number % 17)
    certification, route = certification_of(number, began.date())
    by_bloc = number % 13 == 6
    first = certification.blocs.order_by("position").first()
    with transaction.atomic():
        scenario = Scenario(
            demo_people(),
            certification,
            began,
            route=route,
            accompaniment=Accompaniment.ALONE if number % 9 == 4 else Accompaniment.ACCOMPANIED,
            scope=Scope.BLOCS if by_bloc else Scope.WHOLE,
            blocs=(first.code,) if by_bloc and first else (),
            number=number + 1,
            runs_clocks=True,
            runs_jobs=True,
        )
        way(scenario)
        scenario.until(moment_before(0)).run_pending_jobs()


def certification_of(number: int, on: date) -> tuple[Certification, Route]:
    """Return the certification of a demonstration journey, and the route that was open on its day."""
    open_then = [
        (one, routing.route)
        for one in Certification.objects.annotate(size=Count("blocs"))
        .filter(active=True, size__gt=1)
        .exclude(code="RNCP36086")
        .order_by("code")
        if (routing := route_for(sheet(one), on)).route
    ]
    return open_then[number % len(open_then)]


def mark_past_jobs_done() -> None:
    """The acts of the past were told and printed as they were walked: their jobs are done."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo'")
