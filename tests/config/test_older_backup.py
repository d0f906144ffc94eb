"""A backup made by an older version comes back under this one: brought up to date, guarded and served."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from jalon.config import backup, history
from jalon.demo.scenario import Scenario
from jalon.documents.actions import store_generated
from jalon.journeys.guards import BY_HAND, absent
from jalon.journeys.models import JournalEntry
from jalon.law.vocabulary import DocumentKind
from tests.config.test_backup import ANSWERS, elsewhere, jalon
from tests.databases import new_database, working_on

__all__ = ["elsewhere"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

TABLES = ("0001_models", "0002_models")
COLUMNS = """
    SELECT table_name, jsonb_object_agg(column_name, udt_name) FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER'
        AND table_name <> 'django_migrations' AND table_name NOT LIKE 'procrastinate%'
    GROUP BY table_name
"""


@pytest.fixture
def older() -> Iterator[str]:
    """The address of a database where rooms have their tables, and nothing that is kept is guarded; empty."""
    with new_database("older") as address:
        with working_on(address):
            executor = MigrationExecutor(connection)
            tables = [one for one in history.on_disk() if one[1] in TABLES]
            rooms = {room for room, _ in tables}
            theirs = [one for one in executor.loader.graph.leaf_nodes() if one[0] not in rooms]
            executor.migrate([*theirs, *tables])
        yield address


def fill(older: str) -> None:
    """Put into an older database what this test made, as far as it knows the tables and their columns."""
    with (
        psycopg.connect(backup.address(), password=backup.password()) as ours,
        psycopg.connect(older, password=backup.password()) as theirs,
    ):
        known = dict(theirs.execute(COLUMNS).fetchall())
        tables = [(table, columns) for table, columns in ours.execute(COLUMNS) if table in known]
        guards(theirs, known, "DISABLE")
        for table, columns in tables:
            kinds = {one: kind for one, kind in known[table].items() if one in columns}
            copy(ours, theirs, table, kinds)
        theirs.execute("SET CONSTRAINTS ALL IMMEDIATE")
        guards(theirs, known, "ENABLE")


def guards(database: psycopg.Connection, tables: dict[str, dict[str, str]], what: str) -> None:
    """Switch the triggers of tables on or off."""
    for table in tables:
        statement = sql.SQL(f"ALTER TABLE {{}} {what} TRIGGER USER")
        database.execute(statement.format(sql.Identifier(table)))


def copy(
    source: psycopg.Connection, target: psycopg.Connection, table: str, kinds: dict[str, str]
) -> None:
    """Copy some columns of a table from a database to another, as the other one's types have them."""
    names = sql.SQL(", ").join(map(sql.Identifier, kinds))
    as_older = sql.SQL(", ").join(
        sql.SQL("{}::{}").format(sql.Identifier(name), sql.Identifier(kind))
        for name, kind in kinds.items()
    )
    read = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(as_older, sql.Identifier(table))
    written = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with source.cursor().copy(read) as rows, target.cursor().copy(written) as into:
        for piece in rows:
            into.write(piece)


def test_a_backup_of_an_older_version_is_restored_brought_up_to_date_and_served(
    scenario: Scenario, tmp_path: Path, older: str, elsewhere: str
) -> None:
    journey = scenario.to_result().journey
    proof = store_generated(journey, DocumentKind.PROOF, "a.pdf", b"%PDF-1.7")
    fill(older)
    with working_on(older):
        assert {*BY_HAND} <= {*absent()}
        made = backup.backup(tmp_path / "backups", None)
    heads = backup.check(made, None)["heads"]
    assert heads["journeys"] == "0001_models"

    done = jalon(elsewhere, tmp_path / "there", "-m", "jalon", "restore", str(made))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NON" not in done.stdout and "ok  journal" in done.stdout
    with psycopg.connect(elsewhere, password=backup.password()) as own:
        assert backup.one(own, "SELECT count(*) FROM journeys_journalentry WHERE hash = ''") == 0
        lines = backup.counted(own)["journeys_journalentry"]
    assert lines == JournalEntry.objects.count()
    assert (tmp_path / "there" / "files" / str(proof.file.name)).is_file()
    answered = jalon(elsewhere, tmp_path / "there", "-c", ANSWERS)
    assert answered.returncode == 0, answered.stderr
