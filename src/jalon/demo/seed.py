"""Fills the demonstration: two hundred journeys walked through their real acts, on every core."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from typing import cast

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import Count, F, Q

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.catalogue.queries import sheet
from jalon.demo import versions
from jalon.demo.agendas import fill_agendas
from jalon.demo.attendance import certify_hours, sign_a_morning
from jalon.demo.companies import gather_a_group
from jalon.demo.exchanges import fill_exchanges
from jalon.demo.immersions import plan_immersions
from jalon.demo.people import OUTSIDE, DemoPeople, build_demo_people, person
from jalon.demo.plans import follow_plans
from jalon.demo.rehearsals import rehearse
from jalon.demo.scenario import Scenario, moment_before
from jalon.demo.surveys import give_opinions
from jalon.demo.views_kept import keep_views
from jalon.demo.ways import OUTSIDE_WAYS, WAYS
from jalon.demo.workshops import hold_workshops
from jalon.journeys.jobs import tick
from jalon.journeys.models import Journey
from jalon.journeys.takeover import Taken, take_over
from jalon.law.calendar import working_day_before
from jalon.law.facts import Registration
from jalon.law.routing import route_for
from jalon.law.takeover import History, Verdict
from jalon.law.vocabulary import Accompaniment, Route, Scope

JOURNEYS = 204
#: Of so many journeys, one has a certifier who does not work here.
ONE_OUTSIDE = 34


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
    take_some_over()
    live_on(demo_people())
    give_opinions()
    keep_views(demo_people())
    mark_past_jobs_done()


def live_on(demo: DemoPeople) -> None:
    """Let what happens around the journeys happen, the oldest first, as each journal tells it."""
    hold_workshops(demo)
    signers = sign_a_morning(demo)
    fill_agendas(demo)
    fill_exchanges(demo)
    rehearse(demo)
    follow_plans(demo)
    plan_immersions(demo)
    with timekeeper.at(moment_before(0)):
        tick()
        certify_hours(signers, demo.architects[0])
    gather_a_group(demo)


@cache
def demo_people() -> DemoPeople:
    """Return the people of the demonstration, looked up once in each process."""
    return build_demo_people()


def walk(number: int) -> None:
    """Walk one journey, with its papers and notices, in one transaction."""
    outside = number % ONE_OUTSIDE == ONE_OUTSIDE - 1
    ways = OUTSIDE_WAYS if outside else WAYS
    way, days = ways[number // ONE_OUTSIDE % len(ways)] if outside else ways[number % len(ways)]
    began = moment_before(days + number % 17)
    certification, route = certification_of(number, began.date(), outside=outside)
    alone = number % 9 == 4 and not outside
    by_bloc = number % 13 == 6 and not outside
    first = certification.blocs.order_by("position").first()
    with transaction.atomic():
        scenario = Scenario(
            demo_people(),
            certification,
            began,
            route=route,
            accompaniment=Accompaniment.ALONE if alone else Accompaniment.ACCOMPANIED,
            scope=Scope.BLOCS if by_bloc else Scope.WHOLE,
            blocs=(first.code,) if by_bloc and first else (),
            number=number + 1,
            runs_clocks=True,
            runs_jobs=True,
            sits_on_working_days=True,
        )
        way(scenario)
        scenario.until(moment_before(0)).run_pending_jobs()


def certification_of(
    number: int, on: date, *, outside: bool = False
) -> tuple[Certification, Route]:
    """Return the certification of a demonstration journey, and the route that was open on its day."""
    open_then = [
        (one, routing.route)
        for one in Certification.objects.annotate(
            size=Count("every_bloc", filter=Q(every_bloc__version=F("version")))
        )
        .filter(active=True, size__gt=1)
        .exclude(code="RNCP36086")
        .order_by("code")
        if (one.code == OUTSIDE) == outside and (routing := route_for(sheet(one), on)).route
    ]
    return open_then[number % len(open_then)]


def take_some_over() -> None:
    """Bring in journeys that began before Jalon, some with delays that have ended since."""
    people = demo_people()
    certification = Certification.objects.get(code=OUTSIDE)
    asked = Registration(
        Route.FRANCE_VAE,
        Accompaniment.ACCOMPANIED,
        Scope.WHOLE,
        (),
        consent=True,
        in_initial_training=False,
    )
    for number, history in enumerate(histories(), 1):
        taken = Taken(
            person("Reprise", f"Exemple{number}", f"reprise{number}@exemple.fr"),
            certification,
            asked,
            people.outsider,
            people.accompanist,
            people.architects[number % len(people.architects)],
            history,
        )
        with timekeeper.at(moment_before(1)):
            take_over(taken.architect, taken)


def histories() -> Iterator[History]:
    """Yield the histories of journeys taken over: deposited, admissible for long, before a jury."""

    def ago(days: int) -> date:
        return moment_before(days).date()

    yield History(registered_on=ago(80), portal_number="FVAE-REPRISE-1", filed_on=ago(30))
    admitted = History(
        registered_on=ago(320),
        portal_number="FVAE-REPRISE-2",
        filed_on=ago(290),
        complete_on=ago(288),
        verdict=Verdict.ADMISSIBLE,
        decided_on=ago(250),
    )
    yield admitted
    yield replace(
        admitted,
        portal_number="FVAE-REPRISE-3",
        deposited_on=ago(60),
        hearing_on=working_day_before(ago(-12)),
        place="2 rue de l’Exemple, Ville-Exemple",
    )


def mark_past_jobs_done() -> None:
    """The acts of the past were told and printed as they were walked: their jobs are done."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo'")
