"""Measures: each page and operation at two sizes and beside the bare function, round after round.

Other work may share the machine: variants take turns within each round, and a ratio is the median of
the ratios of the rounds, never of figures taken at different times.
"""

import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings

from jalon.devtools.bench import database, server
from jalon.devtools.bench.cast import Cast, cast
from jalon.devtools.bench.client import Ask, latencies, size_of
from jalon.devtools.bench.measures import OPERATIONS, PAGES, Operation, Page
from jalon.devtools.bench.originals import NOWHERE
from jalon.devtools.bench.server import Memory, Server
from jalon.devtools.bench.statements import Cost, Statement, costs, sent_by, total
from jalon.people.models import User

ROUNDS = 5
SECONDS = 0.5
#: How many clients at once; what is slow under one is slower under many.
MANY = 8
#: An operation takes less rounds, and is done so many times at least in each: some are long.
ROUNDS_OF_OPERATIONS = 3
OPERATIONS_AT_LEAST = 3


@dataclass(frozen=True)
class Sql:
    """What something asks of a database of one size."""

    statements: list[Statement]
    costs: list[Cost]

    @property
    def cost(self) -> Cost:
        """Return what all of it costs."""
        return total(self.costs)


@dataclass
class Measure:
    """What was measured of a page or an operation; latencies in milliseconds, by round."""

    name: str
    label: str
    here: Sql
    below: Sql
    size: int = 0
    rounds: dict[str, list[list[float]]] = field(default_factory=dict)
    work: dict[str, list[float]] = field(default_factory=dict)

    def add(self, variant: str, found: list[float]) -> None:
        """Keep one round of a variant."""
        self.rounds.setdefault(variant, []).append(found)

    def cpu(self, variant: str) -> float | None:
        """Return the processor time that web processes spend on an answer, in milliseconds."""
        answers = sum(map(len, self.rounds.get(variant, ())))
        return sum(self.work[variant]) / answers if variant in self.work else None

    def p50(self, variant: str) -> float | None:
        """Return the median over the rounds of each one's median."""
        rounds = self.rounds.get(variant)
        return median(map(median, rounds)) if rounds else None

    def p95(self, variant: str) -> float | None:
        """Return the latency under which are 95 % of all."""
        every = [one for found in self.rounds.get(variant, ()) for one in found]
        return quantiles(every, n=20, method="inclusive")[-1] if len(every) > 1 else None

    def ratio(self, above: str, under: str) -> float | None:
        """Return how many times one variant takes what the other does: the median of the rounds."""
        if above not in self.rounds or under not in self.rounds:
            return None
        pairs = zip(self.rounds[above], self.rounds[under], strict=True)
        return median(median(one) / median(other) for one, other in pairs)


@dataclass(frozen=True)
class Results:
    """Everything that was measured at one size."""

    size: int
    below: int
    workers: int
    measures: list[Measure]
    memory: list[Memory]
    floor: float | None


def measure(size: int, *, workers: int, only: str, home: Path) -> Results:
    """Measure the pages and operations whose name holds a word, at a size and at the tenth of it."""
    below = database.smaller(size)
    pages = [page for page in PAGES if only in page.name]
    operations = [operation for operation in OPERATIONS if only in operation.name]
    measures: list[Measure] = []
    memory: list[Memory] = []
    floor = None
    if pages:
        found, memory, floor = of_pages(pages, size, below, workers, home)
        measures += found
    measures += of_operations(operations, size, below)
    return Results(size, below, workers, measures, memory, floor)


# ---------------------------------------------------------------- pages


def of_pages(
    pages: list[Page], size: int, below: int, workers: int, home: Path
) -> tuple[list[Measure], list[Memory], float]:
    """Return the measures of pages, what each worker then holds, and the time of an empty answer."""
    with ExitStack() as stack:
        visits = {one: stack.enter_context(visitors(one, pages)) for one in (size, below)}
        sql = {one: sql_of_pages(one, pages, visits[one]) for one in (size, below)}
        address = {one: address_of(one) for one in (size, below)}
        here = stack.enter_context(server.product(address[size], workers, home))
        there = stack.enter_context(server.product(address[below], workers, home))
        asks = {page.name: visits[size][page.name].at(here.port) for page in pages}
        sizes = {name: size_of(ask) for name, ask in asks.items()}
        work = home / "work"
        with work.open("wb") as kept:
            orders = {
                page.name: (
                    [(one.sql, one.values) for one in sql[size][page.name].statements],
                    sizes[page.name],
                )
                for page in pages
            }
            pickle.dump((orders, binding()), kept)
        limit = stack.enter_context(server.bare(address[size], workers, home, work))
        measures = []
        for page in pages:
            say(page.label)
            one = Measure(
                page.name, page.label, sql[size][page.name], sql[below][page.name], sizes[page.name]
            )
            at_limit = Ask(limit.port, f"/{page.name}")
            variants = {
                "page": (here, asks[page.name], 1),
                "below": (there, visits[below][page.name].at(there.port), 1),
                "bare": (limit, at_limit, 1),
                "page many": (here, asks[page.name], MANY),
                "bare many": (limit, at_limit, MANY),
            }
            if measured(one, variants):
                measures.append(one)
        floor = median(latencies(Ask(limit.port, "/"), 1, SECONDS))
        return measures, here.workers(), floor


def measured(one: Measure, variants: dict[str, tuple[Server, Ask, int]]) -> bool:
    """Measure a page; say so when it answered with an error, and let the others be measured."""
    try:
        take_turns(one, variants)
    except RuntimeError as failure:
        print(f"\njalon : « {one.label} » n’est pas mesurée : {failure}", file=sys.stderr)
        return False
    return True


def take_turns(one: Measure, variants: dict[str, tuple[Server, Ask, int]]) -> None:
    """Ask each variant of a page in turn, round after round, once all are warm."""
    for _, ask, _ in variants.values():
        latencies(ask, MANY, 0)
    for _ in range(ROUNDS):
        for variant, (asked, ask, clients) in variants.items():
            before = asked.busy()
            one.add(variant, latencies(ask, clients, SECONDS))
            one.work.setdefault(variant, []).append(asked.busy() - before)


@dataclass(frozen=True)
class Visit:
    """A page as one person asks for it: its path, and the cookie of who signed in."""

    path: str
    cookie: str

    def at(self, port: int) -> Ask:
        """Return what to ask of a server: as its proxy would, over TLS."""
        headers = {"X-Forwarded-Proto": "https", "Accept-Encoding": "identity"}
        if self.cookie:
            headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={self.cookie}"
        return Ask(port, self.path, headers)


@contextmanager
def visitors(size: int, pages: list[Page]) -> Iterator[dict[str, Visit]]:
    """Lend the visits of pages, each with a session of its own; then forget the sessions."""
    with database.using(size):
        shown = cast()
        visits = {
            page.name: Visit(page.address(shown), sign_in(page.viewer(shown))) for page in pages
        }
    try:
        yield visits
    finally:
        with database.using(size):
            for visit in visits.values():
                session_store()(visit.cookie).delete()


#: How a session was opened, and by whom, as the library that signs people in keeps it.
METHODS, METHODS_OF = "account_authentication_methods", "account_authentication_methods_user"


def session_store() -> Any:
    """Return the class of the sessions."""
    return import_module(settings.SESSION_ENGINE).SessionStore


def sign_in(person: User | None) -> str:
    """Open a session for a person and return its key; nothing for who does not sign in."""
    if person is None:
        return ""
    session = session_store()()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[METHODS] = [{"method": "mfa", "at": time.time()}]  # staff see nothing without it
    session[METHODS_OF] = str(person.pk)
    session.save()
    return str(session.session_key)


def sql_of_pages(size: int, pages: list[Page], visits: dict[str, Visit]) -> dict[str, Sql]:
    """Return what each page asks of a database."""
    with database.using(size):
        return {page.name: sql_of(partial(render, visits[page.name])) for page in pages}


def render(visit: Visit) -> None:
    """Answer a page in this process; raises RuntimeError for an answer that is not 200."""
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
    if visit.cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = visit.cookie
    answer = client.get(visit.path, secure=True, headers={"x-forwarded-proto": "https"})
    if answer.status_code != 200:
        raise RuntimeError(f"{visit.path} answered {answer.status_code}")


def sql_of(do: Callable[[], object], before: Callable[[], object] = lambda: None) -> Sql:
    """Return what something asks of the present database, once everything is warm."""
    for _ in range(2):
        with transaction.atomic():
            before()
            sent = sent_by(do)
            transaction.set_rollback(True)
    return Sql(sent, costs(sent, before))


def binding() -> dict[str, Any]:
    """Return how the product's connections bind, prepare and plan, for the bare function to do the same."""
    said = settings.DATABASES["default"]["OPTIONS"]
    server_side = said.get("server_side_binding", False)
    return {
        "options": said.get("options", ""),
        "cursor_factory": psycopg.Cursor if server_side else psycopg.ClientCursor,
        "prepare_threshold": connection.get_connection_params().get("prepare_threshold"),
    }


def address_of(size: int) -> str:
    """Return the address of the database of a size."""
    given = os.environ["DATABASE_URL"]
    return psycopg.conninfo.make_conninfo(given, dbname=database.name_of(size))


# ---------------------------------------------------------------- operations


def of_operations(operations: Iterable[Operation], size: int, below: int) -> list[Measure]:
    """Return the measures of operations, each done and undone in this process; no mail leaves."""
    measures = []
    with override_settings(**NOWHERE):
        for operation in operations:
            say(operation.label)
            sql = {one: sql_of_operation(one, operation) for one in (size, below)}
            found = Measure(operation.name, operation.label, sql[size], sql[below])
            for _ in range(ROUNDS_OF_OPERATIONS):
                for variant, where in (("page", size), ("below", below)):
                    with database.using(where):
                        found.add(variant, times(operation, cast()))
            measures.append(found)
    return measures


def sql_of_operation(size: int, operation: Operation) -> Sql:
    """Return what an operation asks of a database."""
    with database.using(size):
        shown = cast()
        return sql_of(partial(operation.do, shown), partial(operation.before, shown))


def times(operation: Operation, shown: Cast) -> list[float]:
    """Return how long an operation takes, done and undone again and again, in milliseconds."""
    taken: list[float] = []
    until = time.monotonic() + SECONDS
    while len(taken) <= OPERATIONS_AT_LEAST or time.monotonic() < until:
        with transaction.atomic():
            operation.before(shown)
            began = time.perf_counter()
            operation.do(shown)
            taken.append((time.perf_counter() - began) * 1000)
            transaction.set_rollback(True)
    return taken[1:]  # the first one warms


def say(label: str) -> None:
    """Tell whoever waits what is being measured."""
    print(f"\r\033[Kjalon : mesure « {label} »…", end="", file=sys.stderr, flush=True)
