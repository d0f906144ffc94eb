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

from jalon import now as clock
from jalon.catalogue.models import Certification
from jalon.catalogue.queries import sheet
from jalon.config.cli import option
from jalon.config.stories import House, Walk, build_house, moment_before, partial
from jalon.journeys.jobs import tick
from jalon.journeys.models import Journey
from jalon.law import case as facts
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
    return serve(port)


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


def serve(port: str) -> int:
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
        end(children)


def end(children: Iterable[subprocess.Popen[bytes]], patience: float = 10) -> None:
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
    """Walk journeys to every step of the story, at the dates they would have had, on every core."""
    with clock.at(moment_before(0)):
        build_house()
    connections.close_all()
    cast(DatabaseWrapper, connection).close_pool()
    hands = min(os.cpu_count() or 1, 4)
    with get_context("fork").Pool(hands, initializer=gc.disable) as pool:
        for done, _ in enumerate(pool.imap_unordered(walk_one, range(count)), 1):
            if done % 10 == 0:
                print(f"\rjalon : {done} parcours de démonstration…", end="", file=sys.stderr)
    print(file=sys.stderr)
    tick()
    forget_what_was_done()


@cache
def people_of_the_house() -> House:
    """Return the people of the demonstration, looked up once in each process."""
    return build_house()


def walk_one(number: int) -> None:
    """Walk one journey, with its papers and notices, in one transaction."""
    story, days = STORIES[number % len(STORIES)]
    began = moment_before(days + number % 17)
    certification, route = certification_of(number, began.date())
    by_bloc = number % 13 == 6
    first = certification.blocs.order_by("position").first()
    with transaction.atomic():
        walk = Walk(
            people_of_the_house(),
            certification,
            began,
            route=route,
            accompaniment=Accompaniment.ALONE if number % 9 == 4 else Accompaniment.ACCOMPANIED,
            scope=Scope.BLOCS if by_bloc else Scope.WHOLE,
            blocs=(first.code,) if by_bloc and first else (),
            number=number + 1,
            settling=True,
        )
        story(walk)
        walk.until(moment_before(0)).settle()


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


def forget_what_was_done() -> None:
    """The acts of the past were told and printed as they were walked: their jobs are done."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo'")


def to_path_accepted(walk: Walk) -> Walk:
    """Walk as far as a person alone or accompanied goes before the feasibility file."""
    return walk.to_path_accepted() if walk.accompanied else walk.register()


def taken_on(walk: Walk) -> None:
    """An architect has just taken the file on; a person alone has just registered."""
    walk.register()
    if walk.accompanied:
        walk.wait(3).take_charge()


def met(walk: Walk) -> None:
    """The first meeting is held, and the path is still to build."""
    taken_on(walk)
    if walk.accompanied:
        walk.wait(8).first_meeting()


def incomplete(walk: Walk) -> None:
    """The certifier sends the file back."""
    walk.to_ready().send_feasibility().wait(5)
    walk.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Justificatif d’emploi lisible",)))


def partly(walk: Walk) -> None:
    """Some blocs are awarded, and the post-jury meeting gives a plan."""
    walk.to_scheduled()
    walk.deliberate(first_half(walk)).wait(6).notify()
    if walk.accompanied and walk.journey.stage == "partially_certified":
        walk.wait(12).post_jury()


def second_attempt(walk: Walk) -> None:
    """The missing blocs are obtained at a second jury."""
    walk.to_scheduled()
    walk.deliberate(first_half(walk)).wait(6).notify()
    if walk.journey.stage != "partially_certified":
        return
    if walk.accompanied:
        walk.wait(12).post_jury()
    walk.wait(5).next_attempt().wait(60).write_validation().send_validation()
    walk.wait(4).certifier(Act.ACCEPT_VALIDATION).wait(3).convene().deliberate().wait(5).notify()


def first_half(walk: Walk) -> list[str] | None:
    """Return what a partial award gives; everything when there is a single bloc."""
    return partial(walk) or None


def failed(walk: Walk) -> None:
    """No bloc is awarded."""
    walk.to_scheduled().deliberate([]).wait(7).notify()


def inadmissible(walk: Walk) -> None:
    """The certifier refuses, and says why."""
    walk.to_complete().wait(30)
    reason = "L’activité décrite ne correspond pas au référentiel."
    walk.certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason=reason))


def dropped(walk: Walk) -> None:
    """The person stops."""
    to_path_accepted(walk).wait(20)
    walk.do(Act.DROP_OUT, walk.person, facts.Leaving(DropOutReason.TIME))


#: How a journey goes, and how many days ago it began.
STORIES: tuple[tuple[Callable[[Walk], object], int], ...] = (
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
