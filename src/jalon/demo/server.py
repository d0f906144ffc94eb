"""The demonstration: its own database, two hundred journeys walked through their real acts, and a server."""

import gc
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
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
from jalon.config.arguments import option
from jalon.demo.scenario import DemoPeople, Scenario, build_demo_people, moment_before, partial
from jalon.journeys.jobs import tick
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.routing import route_for
from jalon.law.vocabulary import Accompaniment, Act, DropOutReason, Route, Scope

JOURNEYS = 204


def main(arguments: list[str]) -> int:
    """Prepare the demonstration if needed, then serve it until interrupted."""
    if settings.PRODUCTION or os.environ.get("DATABASE_URL"):
        print("jalon : la démonstration ne tourne que sur sa propre base.", file=sys.stderr)
        return 2
    port = option(arguments, "--port", "8000")
    if taken(int(port)):
        print(
            f"jalon : le port {port} est déjà pris. Essayez : ./jalon demo --port {int(port) + 1}",
            file=sys.stderr,
        )
        return 2
    began = time.monotonic()
    if "--reset" in arguments:
        reset()
    call_command("migrate", verbosity=0)
    if not Journey.objects.exists():
        fill()
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    print(
        f"jalon : prêt en {time.monotonic() - began:.0f} s. Ouvrez http://127.0.0.1:{port}/demo/",
        flush=True,
    )
    return serve_until_stopped(port)


def taken(port: int) -> bool:
    """Tell whether another program of this machine listens on a port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def reset() -> None:
    """Throw the demonstration's data away."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def serve_until_stopped(port: str) -> int:
    """Run the web server and the worker, and end both together."""
    environment = os.environ | {"JALON_MODE": "demo"}
    command = [sys.executable, "-m", "jalon"]
    with (settings.VAR / "worker.log").open("w") as said:
        children = [
            subprocess.Popen([*command, "serve", "--port", port], env=environment),
            subprocess.Popen([*command, "worker"], env=environment, stdout=said, stderr=said),
        ]

    try:
        return children[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop_processes(children)


def stop_processes(children: Iterable[subprocess.Popen[bytes]], patience: float = 10) -> None:
    """Ask processes to end, and end those that do not within some seconds."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def fill(*, count: int = JOURNEYS) -> None:
    """Scenario journeys to every step of the story, at the dates they would have had, on every core."""
    with timekeeper.at(moment_before(0)):
        build_demo_people()
    connections.close_all()
    cast(DatabaseWrapper, connection).close_pool()
    processes = min(os.cpu_count() or 1, 4)
    with get_context("fork").Pool(processes, initializer=gc.disable) as pool:
        for done, _ in enumerate(pool.imap_unordered(walk_one, range(count)), 1):
            if done % 10 == 0:
                print(f"\rjalon : {done} parcours de démonstration…", end="", file=sys.stderr)
    print(file=sys.stderr)
    tick()
    mark_past_jobs_done()


@cache
def demo_people() -> DemoPeople:
    """Return the people of the demonstration, looked up once in each process."""
    return build_demo_people()


def walk_one(number: int) -> None:
    """Scenario one journey, with its papers and notices, in one transaction."""
    story, days = STORIES[number % len(STORIES)]
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
            runs_jobs=True,
        )
        story(scenario)
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


def to_path_accepted(scenario: Scenario) -> Scenario:
    """Scenario as far as a person alone or accompanied goes before the feasibility file."""
    return scenario.to_path_accepted() if scenario.accompanied else scenario.register()


def taken_on(scenario: Scenario) -> None:
    """An architect has just taken the file on; a person alone has just registered."""
    scenario.register()
    if scenario.accompanied:
        scenario.wait(3).take_charge()


def met(scenario: Scenario) -> None:
    """The first meeting is held, and the path is still to build."""
    taken_on(scenario)
    if scenario.accompanied:
        scenario.wait(8).first_meeting()


def incomplete(scenario: Scenario) -> None:
    """The certifier sends the file back."""
    scenario.to_ready().send_feasibility().wait(5)
    scenario.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Justificatif d’emploi lisible",)))


def partly(scenario: Scenario) -> None:
    """Some blocs are awarded, and the post-jury meeting gives a plan."""
    scenario.to_scheduled()
    scenario.deliberate(first_half(scenario)).wait(6).notify()
    if scenario.accompanied and scenario.journey.stage == "partially_certified":
        scenario.wait(12).post_jury()


def second_attempt(scenario: Scenario) -> None:
    """The missing blocs are obtained at a second jury."""
    scenario.to_scheduled()
    scenario.deliberate(first_half(scenario)).wait(6).notify()
    if scenario.journey.stage != "partially_certified":
        return
    if scenario.accompanied:
        scenario.wait(12).post_jury()
    scenario.wait(5).next_attempt().wait(60).write_validation().send_validation()
    scenario.wait(4).certifier(Act.ACCEPT_VALIDATION).wait(3).convene().deliberate().wait(
        5
    ).notify()


def first_half(scenario: Scenario) -> list[str] | None:
    """Return what a partial award gives; everything when there is a single bloc."""
    return partial(scenario) or None


def failed(scenario: Scenario) -> None:
    """No bloc is awarded."""
    scenario.to_scheduled().deliberate([]).wait(7).notify()


def inadmissible(scenario: Scenario) -> None:
    """The certifier refuses, and says why."""
    scenario.to_complete().wait(30)
    reason = "L’activité décrite ne correspond pas au référentiel."
    scenario.certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason=reason))


def dropped(scenario: Scenario) -> None:
    """The person stops."""
    to_path_accepted(scenario).wait(20)
    scenario.do(Act.DROP_OUT, scenario.person, facts.Leaving(DropOutReason.TIME))


#: How a journey goes, and how many days ago it began.
STORIES: tuple[tuple[Callable[[Scenario], object], int], ...] = (
    (lambda w: w.register(), 1),
    (lambda w: w.register(), 4),
    (lambda w: w.register(), 12),
    (taken_on, 6),
    (taken_on, 9),
    (met, 18),
    (met, 33),
    (to_path_accepted, 24),
    (to_path_accepted, 30),
    (to_path_accepted, 38),
    (to_path_accepted, 52),
    (lambda w: to_path_accepted(w).wait(12).fill_feasibility(), 45),
    (lambda w: w.to_ready().send_feasibility(), 50),
    (incomplete, 60),
    (lambda w: w.to_complete(), 70),
    (lambda w: w.to_complete(), 95),
    (lambda w: w.to_admissible(with_gaps=True), 110),
    (lambda w: w.to_admissible(), 240),
    (lambda w: w.to_admissible().wait(20).write_validation(), 150),
    (lambda w: w.to_validation_sent(), 170),
    (lambda w: w.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION), 175),
    (lambda w: w.to_scheduled(), 180),
    (lambda w: w.to_scheduled().deliberate(), 235),
    (lambda w: w.to_result(), 400),
    (partly, 420),
    (second_attempt, 560),
    (failed, 430),
    (inadmissible, 200),
    (dropped, 90),
    (lambda w: w.to_result(), 520),
)
