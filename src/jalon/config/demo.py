"""The demonstration: its own database, two hundred journeys walked through their real acts, and a server."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from jalon import now as clock
from jalon.catalogue.models import Certification
from jalon.config.cli import option
from jalon.config.stories import Walk, build_house, moment_before, partial
from jalon.documents.jobs import issue
from jalon.journeys.jobs import tick
from jalon.journeys.models import JournalEntry, Journey
from jalon.law import case as facts
from jalon.law.vocabulary import Accompaniment, Act, DropOutReason, Route, Scope

JOURNEYS = 208


def main(arguments: list[str]) -> int:
    """Prepare the demonstration if needed, then serve it until interrupted."""
    if settings.PRODUCTION or os.environ.get("DATABASE_URL"):
        print("jalon : la démonstration ne tourne que sur sa propre base.", file=sys.stderr)
        return 2
    began = time.monotonic()
    if "--reset" in arguments:
        reset()
    call_command("migrate", verbosity=0)
    if not Journey.objects.exists():
        fill(
            say=lambda done: print(
                f"\rjalon : {done} parcours de démonstration…", end="", file=sys.stderr
            )
        )
        print(file=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    port = option(arguments, "--port", "8000")
    connections.close_all()
    print(
        f"jalon : prêt en {time.monotonic() - began:.0f} s. Ouvrez http://127.0.0.1:{port}/demo/",
        flush=True,
    )
    return serve(port)


def reset() -> None:
    """Throw the demonstration's data away."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def serve(port: str) -> int:
    """Run the web server and the worker, and end both together."""
    environment = os.environ | {"JALON_MODE": "demo"}
    command = [sys.executable, "-m", "jalon"]
    children = [
        subprocess.Popen([*command, "serve", "--port", port], env=environment),
        subprocess.Popen([*command, "worker"], env=environment, stderr=subprocess.DEVNULL),
    ]

    def stop(signum: int, frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        return children[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop(0, None)
        for child in children:
            child.wait()


def fill(*, count: int = JOURNEYS, say: Callable[[int], None] = lambda done: None) -> None:
    """Walk journeys to every step of the story, at the dates they would have had."""
    with clock.at(moment_before(0)):
        house = build_house()
    certifications = [
        one
        for one in Certification.objects.filter(active=True).order_by("code")
        if one.blocs.count() > 1 and one.code != "RNCP36086"
    ]
    for number, (story, days) in enumerate(endings(count)):
        certification = certifications[number % len(certifications)]
        route = Route.FRANCE_VAE if certification.opened_from else Route.LAW_2002
        alone = number % 9 == 4
        with transaction.atomic():
            walk = Walk(
                house,
                certification,
                moment_before(days + number % 17),
                route=route,
                accompaniment=Accompaniment.ALONE if alone else Accompaniment.ACCOMPANIED,
                scope=Scope.BLOCS if number % 13 == 6 else Scope.WHOLE,
                blocs=(certification.blocs.order_by("position").first().code,)
                if number % 13 == 6
                else (),
            )
            story(walk)
        if number % 10 == 0:
            say(number)
    tick()
    print_papers()


def print_papers() -> None:
    """Print what the acts of the last months would have printed; the rest is printed on demand."""
    for entry in JournalEntry.objects.filter(act__in=PRINTED_NOW).order_by("pk").iterator():
        with clock.at(entry.at):
            issue(entry_id=entry.pk)
    forget_old_notices()


PRINTED_NOW = (Act.SEND_VALIDATION, Act.DECLARE_COMPLETE, Act.NOTIFY_PARTIAL, Act.NOTIFY_FULL)


def forget_old_notices() -> None:
    """The acts of the past were told in the past: their jobs are done."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo'")


def endings(count: int) -> Iterator[tuple[Callable[[Walk], object], int]]:
    """Return how each journey goes and how many days ago it began, the common ends more often."""
    stories: tuple[tuple[Callable[[Walk], object], int], ...] = (
        (lambda w: w.register(), 4),
        (lambda w: w.register().wait(3).take_charge() if w.accompanied else w.register(), 9),
        (to_path_accepted, 30),
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
    for number in range(count):
        yield stories[number % len(stories)]


def to_path_accepted(walk: Walk) -> Walk:
    """Walk as far as a person alone or accompanied goes before the feasibility file."""
    return walk.to_path_accepted() if walk.accompanied else walk.register()


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
