"""An installation whose tables belong to one role and whose pages run under another, from its first day to a restoration."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.config.test_backup import ANSWERS, jalon
from tests.databases import new_database, server

pytestmark = pytest.mark.long

WRITES = """
import django
django.setup()
from jalon.catalogue.models import Certification
from jalon.demo.people import build_demo_people
from jalon.demo.scenario import Scenario, moment_before
sheet = Certification.objects.get(code="RNCP38901")
Scenario(build_demo_people(), sheet, moment_before(80)).to_path_accepted()
"""
#: What nobody who reaches the pages may do to what was written.
PAST = (
    "UPDATE journeys_journalentry SET facts = '{}'",
    "DELETE FROM journeys_journalentry",
    "ALTER TABLE journeys_journalentry DISABLE TRIGGER journal_rows_stay",
    "DROP TABLE journeys_journalentry CASCADE",
)


@dataclass(frozen=True)
class Roles:
    """The role that owns the tables and the one that serves, on the server of the tests."""

    owner: str
    served: str

    def run(self, database: str, folder: Path, *command: str, as_owner: bool = True) -> str:
        """Run a command to its end on a database, knowing the owner or not, and return what it said."""
        owner = named(database, self.owner) if as_owner else ""
        done = jalon(named(database, self.served), folder, *command, owner=owner)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def named(database: str, role: str) -> str:
    """Return the address of a database in the name of a role."""
    return psycopg.conninfo.make_conninfo(database, user=role, password=role)


@pytest.fixture
def roles() -> Iterator[Roles]:
    """Two roles that may sign in and nothing more."""
    names = [f"jalon_test_{os.getpid()}_{one}" for one in ("owner", "served")]
    with server() as own:
        for name in names:
            own.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(name), sql.Literal(name)
                )
            )
    yield Roles(*names)
    with server() as own:
        for name in names:
            own.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


@pytest.fixture
def places(roles: Roles) -> Iterator[tuple[str, str]]:
    """Two databases of the owner: where Jalon is, and where it is restored."""
    with new_database("here") as here, new_database("there") as there:
        for one in (here, there):
            name = psycopg.conninfo.conninfo_to_dict(one)["dbname"]
            with server() as own:
                own.execute(
                    sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
                        sql.Identifier(str(name)), sql.Identifier(roles.owner)
                    )
                )
        yield here, there


def test_the_owner_migrates_backs_up_and_restores_and_the_pages_serve_without_touching_the_past(
    roles: Roles, places: tuple[str, str], tmp_path: Path
) -> None:
    here, there = places
    first, second = tmp_path / "first", tmp_path / "second"
    assert "et rien de plus" in roles.run(here, first, "-m", "jalon", "migrate")
    roles.run(here, first, "-c", ANSWERS, as_owner=False)
    roles.run(here, first, "-c", WRITES, as_owner=False)
    refuses_the_past(named(here, roles.served))
    roles.run(here, first, "-m", "jalon", "verify", as_owner=False)

    said = roles.run(here, first, "-m", "jalon", "backup", "--to", str(tmp_path / "kept"))
    archive = said.split()[-1]
    said = roles.run(there, second, "-m", "jalon", "restore", archive)
    assert "et rien de plus" in said and "NON" not in said
    assert owners(named(there, roles.owner)) == {roles.owner}
    roles.run(there, second, "-c", ANSWERS, as_owner=False)
    refuses_the_past(named(there, roles.served))
    roles.run(there, second, "-m", "jalon", "verify", as_owner=False)
    opened = ("administrator", "ada@exemple.fr", "Ada", "Byron")
    assert "administre Jalon" in roles.run(there, second, "-m", "jalon", *opened, as_owner=False)


def refuses_the_past(address: str) -> None:
    """See that the role that serves reads the journal, and is refused all that would alter it."""
    with psycopg.connect(address, autocommit=True) as own:
        found = own.execute("SELECT count(*) FROM journeys_journalentry").fetchone()
        assert found and found[0] > 0
        for statement in PAST:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(statement.encode())


def owners(address: str) -> set[str]:
    """Return whose the tables of a database are."""
    with psycopg.connect(address) as own:
        found = own.execute("SELECT tableowner FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in found}


def test_the_role_that_serves_is_refused_a_migration_in_words(
    roles: Roles, places: tuple[str, str], tmp_path: Path
) -> None:
    told = jalon(named(places[0], roles.served), tmp_path, "-m", "jalon", "migrate")
    assert told.returncode == 1
    assert "Donnez par JALON_OWNER_DATABASE_URL celui qui possède les tables" in told.stderr
