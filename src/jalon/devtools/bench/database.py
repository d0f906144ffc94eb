"""The databases that are measured: one for each size, made once, kept until the schema changes."""

import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast as typed

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from jalon.devtools.bench import copying, originals
from jalon.journeys import tallies

SOURCES = Path(__file__).parents[2]
BATCH = sum(story.count for story in originals.STORIES)
#: How many batches are added in one transaction.
AT_ONCE = 200
#: The size of a database without any journey.
CATALOGUE_ALONE = 0


def ready(size: int, *, reset: bool = False) -> float:
    """Make the database of a size unless it is there; return how long it took, in seconds.

    A size stands on the tenth of it, so that both hold the same people and the same journeys.
    """
    began = time.monotonic()
    if reset:
        drop(size)
    if is_fresh(size):
        return 0.0
    drop(size)
    if size == BATCH:
        make(size, "template0")
        with using(size):
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            originals.write(originals.STORIES)
    else:
        below = smaller(size)
        ready(below, reset=reset)
        make(size, name_of(below))
        with using(size):
            add(below // BATCH, size // BATCH)
    with using(size), connection.cursor() as cursor:
        tallies.count()
        cursor.execute("VACUUM (ANALYZE)")
    remember(size)
    return time.monotonic() - began


def smaller(size: int) -> int:
    """Return the size that a size is compared with, and made from."""
    return max(size // 10 // BATCH * BATCH, BATCH)


def add(first: int, last: int) -> None:
    """Add batches, some at a time."""
    for start in range(first, last, AT_ONCE):
        copying.multiply(start, min(start + AT_ONCE, last))
        print(f"\rjalon : {min(start + AT_ONCE, last) * BATCH} parcours…", end="", file=sys.stderr)
    copying.number_on()
    print(file=sys.stderr)


def name_of(size: int) -> str:
    """Return the name of the database of a size."""
    return f"jalon_bench_{size}"


@contextmanager
def using(size: int) -> Iterator[None]:
    """Work for a while on the database of a size."""
    handler = typed(DatabaseWrapper, connections["default"])
    before = handler.settings_dict["NAME"]
    leave(handler, name_of(size))
    try:
        yield
    finally:
        leave(handler, before)


def leave(handler: DatabaseWrapper, name: str) -> None:
    """Let go of every connection, and open the next one to another database."""
    handler.close()
    handler.close_pool()
    handler.settings_dict["NAME"] = name


# ---------------------------------------------------------------- the server's own view


def server() -> psycopg.Connection:
    """Return a connection to the server's own database."""
    given = connections["default"].settings_dict
    return psycopg.connect(
        host=given["HOST"],
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def make(size: int, template: str) -> None:
    """Create a database from another."""
    with server() as connected:
        connected.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name_of(size)), sql.Identifier(template)
            )
        )


def drop(size: int) -> None:
    """Remove the database of a size, whoever still reads it."""
    with server() as connected:
        connected.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name_of(size)))
        )


def is_fresh(size: int) -> bool:
    """Tell whether the database of a size is there, whole, and of the present schema."""
    with server() as connected:
        found = connected.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name_of(size)],
        ).fetchone()
    return found is not None and found[0] == fingerprint()


def remember(size: int) -> None:
    """Write on a database of which schema it is: only a whole one says so."""
    with server() as connected:
        connected.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(name_of(size)), sql.Literal(fingerprint())
            )
        )


def fingerprint() -> str:
    """Return a name for the present migrations, catalogue and way of building."""
    digest = hashlib.sha256()
    ours = [Path(copying.__file__), Path(originals.__file__), SOURCES / "tables.py"]
    for path in [*sorted(SOURCES.glob("*/migrations/*.py")), *SOURCES.glob("*/data/*"), *ours]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
