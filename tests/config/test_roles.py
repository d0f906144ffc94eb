"""The pages run under a role that owns nothing: it does all that Jalon does, and cannot touch what was kept."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction

from jalon import cli
from jalon.config import embedded
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import Scenario
from jalon.journeys import chain, guards
from jalon.journeys.jobs import tick
from jalon.journeys.models import AccessLog
from jalon.journeys.proofs import faults
from jalon.journeys.rights import through_the_door
from tests.journeys.test_retention import a_year_passes, stopped

__all__ = ["stopped"]
pytestmark = pytest.mark.django_db


@contextmanager
def served() -> Iterator[None]:
    """Work as the pages do, under the role that owns nothing."""
    guards.make_role(embedded.RUNTIME)
    guards.grant(embedded.RUNTIME)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {embedded.RUNTIME}")
        yield
        cursor.execute("RESET ROLE")


@pytest.fixture
def under_the_role(demo: DemoPeople) -> Iterator[None]:
    """Serve a whole test under the role that owns nothing."""
    with served():
        yield


def test_a_whole_journey_is_walked_printed_and_sealed_by_a_role_that_owns_nothing(
    under_the_role: None, scenario: Scenario
) -> None:
    scenario.to_result().run_pending_jobs()
    AccessLog.objects.create(journey=scenario.journey, reader=scenario.architect, what="dossier")
    tick()
    assert chain.seal()
    assert list(faults()) == []


@pytest.mark.rule("R-122")
def test_what_is_due_is_erased_by_a_role_that_may_only_add_to_the_journal(
    stopped: Scenario,
) -> None:
    with served():
        a_year_passes(stopped)
        stopped.journey.refresh_from_db()
        assert stopped.journey.purged_at
        assert list(faults()) == []


FORBIDDEN = (
    "ALTER TABLE journeys_journalentry DISABLE TRIGGER ALL",
    "DROP TRIGGER journal_rows_stay ON journeys_journalentry",
    "CREATE OR REPLACE FUNCTION jalon_is_erased(journey uuid) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "UPDATE journeys_journalentry SET article = 'x'",
    "DELETE FROM journeys_journalentry",
    "TRUNCATE journeys_journalentry CASCADE",
    "TRUNCATE people_user CASCADE",
    "UPDATE journeys_accesslog SET what = 'x'",
    "DELETE FROM journeys_accesslog",
    "DELETE FROM journeys_blocaward",
    "UPDATE journeys_blocaward SET bloc_id = 1",
    "DELETE FROM juries_hearing",
    "UPDATE juries_declaration SET related = false",
    "UPDATE journeys_journalseal SET hash = 'x'",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE journeys_journey (id int)",
    "SET session_replication_role = replica",
    "DELETE FROM django_migrations",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_role_that_serves_touches_neither_what_was_kept_nor_its_guards(
    under_the_role: None, statement: str
) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner|only superusers"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_doors_of_erasure_let_nothing_out_of_a_journey_that_is_not_erased(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    AccessLog.objects.create(journey=scenario.journey, reader=scenario.architect, what="dossier")
    with served():
        for door, more in (("jalon_erase_facts", [[]]), ("jalon_erase_looks", [])):
            with pytest.raises(Exception, match="refused"), transaction.atomic():
                through_the_door(door, scenario.journey.pk, *more)


@pytest.mark.parametrize("role", ["nobody_of_this_name", ""])
def test_a_role_that_is_not_there_is_refused_in_words(demo: DemoPeople, role: str) -> None:
    with pytest.raises(ValueError, match="n’existe pas"):
        guards.grant(role)


def test_the_owner_itself_is_refused_as_the_role_that_serves(demo: DemoPeople) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
    with pytest.raises(ValueError, match="un autre"):
        guards.grant(owner)


@pytest.mark.parametrize(
    ("owner", "served", "status", "says"),
    [
        ("", "", 0, "le rôle qui possède les tables"),
        ("postgresql:///jalon", f"postgresql://{embedded.RUNTIME}@/jalon", 0, "rien de plus"),
        ("postgresql:///jalon", "postgresql://nobody_of_this_name@/jalon", 1, "n’existe pas"),
    ],
)
def test_the_grants_are_given_to_the_role_of_the_pages_and_say_so(
    demo: DemoPeople,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    owner: str,
    served: str,
    status: int,
    says: str,
) -> None:
    guards.make_role(embedded.RUNTIME)
    monkeypatch.setenv("JALON_OWNER_DATABASE_URL", owner)
    monkeypatch.setenv("DATABASE_URL", served)
    monkeypatch.setenv("JALON_AS_OWNER", "")
    assert cli.grants([]) == status
    said = capsys.readouterr()
    assert says in said.out + said.err
