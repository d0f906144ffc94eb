"""The tour: every kind of journey without a screen, over real HTTP, on a throw-away database, in moved time."""

import json
import logging
import shutil
import sys
import threading
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from jalon import now as timekeeper
from jalon.demo.drivers.browsing import HttpBrowser
from jalon.demo.drivers.driver import Astray
from jalon.demo.drivers.http import HttpDrivers
from jalon.demo.people import DemoPeople, build_demo_people
from jalon.demo.scenario import Observer, Scenario
from jalon.demo.stories import TOLD
from jalon.documents.models import Document
from jalon.journeys.models import Clock, JournalEntry
from jalon.law import lifecycle
from jalon.law.clocks import french
from jalon.law.rulebook import Refusal
from jalon.law.transitions import Start
from jalon.law.vocabulary import Act, ClockKind, Role, Stage
from jalon.now import PARIS
from jalon.people.models import User
from jalon.queue.worker import work

FOLDER = settings.VAR / "tour"
START = datetime(2027, 1, 11, 9, 0, tzinfo=PARIS)


@dataclass(frozen=True)
class Line:
    """One thing that happened, or that the law refused."""

    story: str
    on: date
    by: User | None
    role: Role
    act: Act
    stage: Stage | None
    article: str
    refusal: Refusal | None = None
    clock: Clock | None = None

    @property
    def rule(self) -> str:
        """Return the rule that refused, or the one that set the delay which starts."""
        source = self.refusal or self.clock
        return source.rule if source else ""

    def in_words(self) -> str:
        """Return the line as people read it."""
        name = self.by.get_full_name() if self.by else "Jalon"
        what = f"REFUS : {self.act.label}" if self.refusal else lifecycle.done(self.act)
        stage = self.stage.label if self.stage else "—"
        return f"{french(self.on):>18} · {name:<28} {what} → {stage}  [{self.reason()}]"

    def reason(self) -> str:
        """Return the rule or the article behind the line, in words."""
        if self.refusal:
            return self.refusal.cited
        if self.clock:
            return f"{self.rule}, au plus tard le {french(self.clock.limit_on)}"
        return self.article

    def as_json(self) -> dict[str, Any]:
        """Return the line as machines read it: ISO dates and ids, with the French words beside."""
        clock = self.clock and {
            "kind": ClockKind(self.clock.kind).value,
            "label": ClockKind(self.clock.kind).label,
            "limit_on": self.clock.limit_on.isoformat(),
        }
        return {
            "story": self.story,
            "date": self.on.isoformat(),
            "actor": {
                "id": self.by and self.by.pk,
                "role": self.role.value,
                "name": self.by.get_full_name() if self.by else "Jalon",
            },
            "act": self.act.value,
            "act_label": self.act.label if self.refusal else lifecycle.done(self.act),
            "stage": self.stage and self.stage.value,
            "stage_label": self.stage and self.stage.label,
            "rule": self.rule or None,
            "article": self.article,
            "clock": clock,
            "refused": self.refusal is not None,
            "reason": self.refusal and self.refusal.why,
        }


@dataclass
class Tour(Observer):
    """Tells each thing as it happens, from the journal."""

    aloud: bool = True
    story: str = ""
    told: int = 0
    lines: list[Line] = field(default_factory=list)

    def begin(self, name: str, title: str) -> None:
        """Open a story."""
        self.story, self.told = name, 0
        if self.aloud:
            print(f"\n{title}", flush=True)

    def acted(self, scenario: Scenario) -> None:
        """Tell the acts since the last time, with the delay that each one started."""
        new = scenario.journey.journal.acts().filter(number__gt=self.told).order_by("number")
        for entry in new.select_related("author"):
            self.tell(
                on=entry.at.astimezone(PARIS).date(),
                by=entry.author,
                role=Role(entry.role),
                act=Act(entry.act),
                stage=Stage(entry.stage_after),
                article=entry.article,
                clock=clock_started_by(entry),
            )
            self.told = entry.number

    def refused(self, scenario: Scenario, by: User, role: Role, act: Act, refusal: Refusal) -> None:
        """Tell what the law refused, and why."""
        self.tell(
            on=scenario.at.date(),
            by=by,
            role=role,
            act=act,
            stage=Stage(scenario.journey.stage) if scenario.registered else None,
            article=refusal.article,
            refusal=refusal,
        )

    def tell(self, **said: Any) -> None:
        """Add a line to the story."""
        line = Line(self.story, **said)
        self.lines.append(line)
        if self.aloud:
            print(line.in_words(), flush=True)


def clock_started_by(entry: JournalEntry) -> Clock | None:
    """Return the statutory delay that an act started, if it did."""
    started = [
        move.kind
        for row in lifecycle.rows_of(entry.act)
        for move in row.clocks
        if isinstance(move, Start)
    ]
    on = entry.at.astimezone(PARIS).date()
    clocks = entry.journey.clocks.statutory()
    return clocks.filter(started_on=on, kind__in=started).last()


def tell_all(tour: Tour, address: str, demo: DemoPeople, wanted: Container[str]) -> None:
    """Tell each story, or those that are wanted, all from the same first day."""
    drivers = HttpDrivers(lambda person: HttpBrowser(address, person))
    for story in (one for one in TOLD if not wanted or one.name in wanted):
        timekeeper.travel(START)
        tour.begin(story.name, story.title)
        story.play(story.scenario(demo, START, drivers=drivers, observer=tour, runs_clocks=True))
        work()


def keep_papers() -> int:
    """Copy every paper that was printed into a folder, and return how many."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    printed = Document.objects.filter(origin="generated").select_related("journey__candidate")
    for document in printed:
        target = FOLDER / f"{document.journey.candidate.first_name} - {document.name}"
        target.write_bytes(document.file.open("rb").read())
    return len(printed)


@contextmanager
def throw_away_database() -> Iterator[None]:
    """Lend a database made for the tour and dropped after it."""
    given = connections["default"].settings_dict
    server = psycopg.conninfo.make_conninfo(
        host=given["HOST"],
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname="postgres",
    )
    before = given["NAME"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS jalon_tour WITH (FORCE)")
        connection.execute("CREATE DATABASE jalon_tour TEMPLATE template0")
        given["NAME"] = settings.DATABASES["default"]["NAME"] = "jalon_tour"
        given["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8}
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connections.close_all()
            cast(DatabaseWrapper, connections["default"]).close_pool()
            del given["OPTIONS"]["pool"]
            given["NAME"] = settings.DATABASES["default"]["NAME"] = before
            connection.execute("DROP DATABASE IF EXISTS jalon_tour WITH (FORCE)")


class Silent(WSGIRequestHandler):
    """A request handler that prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def server() -> Iterator[str]:
    """Serve the product on a free port of this machine, and return its address."""
    web = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    web.daemon_threads = True
    web.set_app(get_wsgi_application())
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{web.server_port}"
    finally:
        web.shutdown()
        web.server_close()


def main(arguments: list[str]) -> int:
    """Tell the stories, or those named; return 0 when each went as the law says."""
    aloud = "--json" not in arguments
    wanted = [one for one in arguments if not one.startswith("--")]
    settings.MEDIA_ROOT = settings.VAR / "files-tour"
    with throw_away_database():
        timekeeper.travel(START)
        with server() as address:
            logging.getLogger("django.request").setLevel(logging.ERROR)
            tour = Tour(aloud=aloud)
            try:
                tell_all(tour, address, build_demo_people(), wanted)
            except Astray as astray:
                print(f"\nLe récit s’est égaré : {astray}", file=sys.stderr)
                return 1
            finally:
                printed = keep_papers()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    timekeeper.travel(None)
    if aloud:
        print(f"\n{len(tour.lines)} lignes, {printed} documents dans var/tour/")
    else:
        print(json.dumps([line.as_json() for line in tour.lines], ensure_ascii=False, indent=1))
    return 0
