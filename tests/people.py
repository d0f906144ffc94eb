"""The demonstration's people, made once in each process and put back for each test that needs them."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import connection

from jalon.demo.people import DemoPeople, build_demo_people
from jalon.now import today

COLUMNS = """
    SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""


@dataclass(frozen=True)
class Kept:
    """What the building left: rows of each table as PostgreSQL copies them, and the people themselves."""

    rows: tuple[tuple[str, bytes], ...]
    people: bytes


KEPT: dict[date, Kept] = {}


def demo_people() -> DemoPeople:
    """Return the organisations and people of the demonstration, as built on an empty database today."""
    before = filled()
    if before & touched():
        return build_demo_people()
    if (kept := KEPT.get(today())) is None:
        people = build_demo_people()
        KEPT[today()] = keep(people, filled() - before)
        return people
    put_back(kept.rows)
    people = pickle.loads(kept.people)
    assert isinstance(people, DemoPeople)
    return people


def tables() -> list[str]:
    """Return the name of every table of ours and of the libraries', each after those it belongs to."""
    models = apps.get_models(include_auto_created=True)
    return list(dict.fromkeys(one._meta.db_table for one in models if one._meta.managed))


def filled() -> set[str]:
    """Return the tables that hold something."""
    asked = [f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in tables()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {name for (name,) in cursor.fetchall()}


def touched() -> set[str]:
    """Return the tables that the building fills, as far as is known yet."""
    return {place.split(" (")[0] for kept in KEPT.values() for place, _ in kept.rows}


def keep(people: DemoPeople, names: set[str]) -> Kept:
    """Keep what the building wrote in these tables."""
    return Kept(copied(sorted(names, key=tables().index)), pickle.dumps(people))


def copied(names: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
    """Return what each table holds, oldest first, beside the words that PostgreSQL writes it back by."""
    rows = []
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(COLUMNS, [name])
            columns = cursor.fetchone()[0]
            place = f"{name} ({columns})"
            in_order = f"SELECT {columns} FROM {name} ORDER BY 1"
            with cursor.copy(f"COPY ({in_order}) TO STDOUT") as copy:
                rows.append((place, b"".join(bytes(part) for part in copy)))
    return tuple(rows)


def put_back(rows: Iterable[tuple[str, bytes]]) -> None:
    """Write rows again: their own checks are behind them, all but our guards, which always stand."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for place, content in rows:
            with cursor.copy(f"COPY {place} FROM STDIN") as copy:
                copy.write(content)
        cursor.execute("RESET session_replication_role")
