"""Journeys walked once in each process, and put back for each test that begins further on.

What a walk wrote is kept as PostgreSQL copies it. It is put back only where the database holds what it held when
that walk began, the demonstration's people and nothing else; anywhere else, the walk is done.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from jalon.demo import scenario
from jalon.demo.drivers.actions import Actions
from jalon.demo.scenario import DemoPeople, Observer, Scenario
from jalon.now import today
from jalon.people.models import User
from tests.people import KEPT, Kept, copied, put_back

WRITES = """
    SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables
    WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0 ORDER BY relname
"""
#: Where a scenario stands once it has walked.
STANDING = ("at", "number", "candidate", "journey", "hearing")
#: The walks that many tests begin with; no guard lets the votes of signed minutes be put back.
WALKS = (
    "to_path_accepted",
    "to_ready",
    "to_complete",
    "to_admissible",
    "to_validation_sent",
    "to_scheduled",
)

Writes = tuple[tuple[str, int, int, int], ...]
Rows = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Way:
    """What a walk left: rows, files, and where the scenario stands."""

    rows: Rows
    files: tuple[tuple[Path, bytes], ...]
    standing: bytes


class Ways:
    """The walks done in this process, and what the database holds when one may be put back."""

    def __init__(self) -> None:
        self.known: dict[object, Way] = {}
        self.people: Rows = ()
        self.written: Writes | None = None
        self.lead: User | None = None

    def begin(self, demo: DemoPeople) -> None:
        """Remember whether the database holds these people, just now, and nothing else; count scenarios anew."""
        scenario._numbers = count(1)
        count_anew_after_this()
        kept = KEPT[today()]
        self.people, self.lead = kept.rows, demo.architects[0]
        self.written = writes() if alone(kept) else None

    def begins(self, walker: Scenario) -> bool:
        """Say whether a scenario is about to do its first step, by itself, among these people alone."""
        plain = walker.drivers is Actions and type(walker.observer) is Observer
        still = not (walker.registered or walker.candidate or walker.runs_clocks)
        here = walker.demo.architects[0] == self.lead and not walker.runs_jobs and owns_all()
        return plain and still and here and writes() == self.written


WAYS = Ways()


def remember_walks() -> None:
    """Have each walk of a scenario put back where it can be."""
    for name in WALKS:
        setattr(Scenario, name, remembered(getattr(Scenario, name)))


def remembered(walk: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """Return a walk that is done once, and put back afterwards."""

    @wraps(walk)
    def walked(walker: Scenario, *args: Any, **options: Any) -> Scenario:
        if args or not WAYS.begins(walker):
            return walk(walker, *args, **options)
        key = (walk.__name__, *sorted(options.items()), *shape(walker))
        if way := WAYS.known.get(key):
            return go(walker, way)
        files = set(stored())
        walk(walker, **options)
        if rows := added(WAYS.people):
            new = [one for one in stored() if one not in files]
            where = pickle.dumps({name: getattr(walker, name) for name in STANDING})
            WAYS.known[key] = Way(rows, tuple((one, one.read_bytes()) for one in new), where)
        return walker

    return walked


def shape(walker: Scenario) -> tuple[object, ...]:
    """Return all that decides what a walk writes: who follows it depends on its number."""
    return (
        walker.demo.architects[0].pk,
        walker.certification.pk,
        walker.at,
        walker.route,
        walker.accompaniment,
        walker.scope,
        walker.blocs,
        walker.number % len(walker.demo.architects),
    )


def go(walker: Scenario, way: Way) -> Scenario:
    """Bring a scenario where a walk led."""
    put_back(way.rows)
    for path, content in way.files:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for name, value in pickle.loads(way.standing).items():
        setattr(walker, name, value)
    return walker


def added(people: Rows) -> Rows | None:
    """Return the rows that the transaction wrote beside those of the people; none if it changed theirs."""
    before = {place: set(content.splitlines()) for place, content in people}
    rows = []
    written = {name: put - taken for name, put, _, taken in writes()}
    for place, content in copied(written):
        old, lines = before.get(place, set()), content.splitlines(keepends=True)
        new = [line for line in lines if line.rstrip(b"\n") not in old]
        of_before = len(lines) - len(new) != len(old)
        if of_before or written[place.split(" (")[0]] < len(lines):
            return None
        rows.append((place, b"".join(new)))
    return tuple(rows)


def owns_all() -> bool:
    """Say whether the database lets this connection write rows without their checks."""
    connection.ensure_connection()
    return connection.connection.info.parameter_status("is_superuser") == "on"


def alone(people: Kept) -> bool:
    """Say whether this transaction wrote the rows of these people and not one more."""
    rows = {place.split(" (")[0]: content.count(b"\n") for place, content in people.rows}
    return {name: put for name, put, changed, taken in writes() if not changed + taken} == rows


def writes() -> Writes:
    """Return how much this transaction wrote, table by table."""
    with connection.cursor() as cursor:
        cursor.execute(WRITES)
        return tuple(cursor.fetchall())


def count_anew_after_this() -> None:
    """Have PostgreSQL file its counts as this transaction ends: within a second, it would keep adding to them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")


def stored() -> list[Path]:
    """Return the files that are kept."""
    return [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]
