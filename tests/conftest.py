"""What every test stands on: a real PostgreSQL, migrated once and cloned for each worker."""

import gc
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from psycopg._preparing import PrepareManager

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.mailbox import accounts
from jalon.mailbox.models import AccountMail
from jalon.now import PARIS
from jalon.people import contact
from tests.people import demo_people
from tests.support.agenda import opened
from tests.walks import WAYS, remember_walks

# What is tried is what comes out, not how fast on a machine that does something else.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

#: The day on which tests live, unless they say otherwise.
TODAY = datetime(2027, 3, 1, 10, 0, tzinfo=PARIS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that both workers end together."""
    items.sort(
        key=lambda item: not (item.get_closest_marker("browser") or item.get_closest_marker("long"))
    )


def pytest_collection_finish() -> None:
    """Look less often for what nothing holds any more, as the pages do: it takes a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Give this process its own clone of one migrated template: cloning takes a second."""
    from tests.databases import clone

    with django_db_blocker.unblock(), clone() as name:  # type: ignore[attr-defined]
        connections["default"].close()
        settings.DATABASES["default"]["NAME"] = name
        connections["default"].settings_dict["NAME"] = name
        let_tests_empty_the_journal()
        let_plans_outlive_rollbacks()
        remember_walks()
        yield
        connections.close_all()


#: Switches on and off what keeps tables from being emptied (bit 5 of their type), as their owner may.
EMPTYING = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tgrelid::regclass AS "table", tgname AS name FROM pg_trigger
        WHERE NOT tgisinternal AND tgtype & 32 <> 0 LOOP
        EXECUTE format('ALTER TABLE %s {} TRIGGER %I', one."table", one.name);
    END LOOP;
END $$
"""


def let_tests_empty_the_journal() -> None:
    """Let the emptying between transactional tests pass the guards, and empty the queue.

    The queue's tables are not Django's to empty; a job left there would be seen by the next test.
    """
    empty = DatabaseOperations.execute_sql_flush

    def without_guards(operations: DatabaseOperations, statements: list[str]) -> None:
        off, on = EMPTYING.format("DISABLE"), EMPTYING.format("ENABLE ALWAYS")
        queue = "TRUNCATE procrastinate_jobs CASCADE"
        empty(operations, [off, *statements, queue, on])

    DatabaseOperations.execute_sql_flush = without_guards  # type: ignore[method-assign]


#: What makes a connection forget the statements it prepared: what psycopg says, rolling back apart.
FORGETTING = re.compile(rb"^(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")


def let_plans_outlive_rollbacks() -> None:
    """Keep what was prepared when a test is rolled back, and room for all that a test reads.

    psycopg forgets then, in case a table was made and undone; PostgreSQL would not, and no test
    makes a table. Without this, each act of each test is planned anew: a third of the server's work.
    """
    PrepareManager._should_discard.__defaults__ = (FORGETTING.match,)
    connection_created.connect(make_room_for_plans)


def make_room_for_plans(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Let a new connection keep as many statements as a long run reads, beyond psycopg's hundred."""
    connection.connection.prepared_max = 500


@pytest.fixture(scope="session", autouse=True)
def files_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what the tests upload in a folder of their own, that pytest removes in time."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def account_mail_leaves_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do the worker's part of signing in: what is about the waiting itself puts `leave_soon` back."""

    def leave_at_once(mail: EmailMessage, useful_for: timedelta) -> None:
        accounts.leave_soon(mail, useful_for)
        accounts.send_account_mail(AccountMail.objects.latest("pk").pk)

    monkeypatch.setattr("jalon.web.accounts.leave_soon", leave_at_once)


@pytest.fixture(autouse=True)
def contact_as_settings_say() -> Iterator[None]:
    """Begin knowing whom to call, and keep nothing of what a test changed."""
    contact.memory.keep(contact.first_said())
    yield
    contact.memory.forget()


@pytest.fixture
def nothing_counted() -> Iterator[None]:
    """Begin with nothing counted that people try too often, and leave nothing."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def at_work() -> Iterator[datetime]:
    """Live on a fixed day, so that every date in a test is a date one can read."""
    with timekeeper.at(TODAY):
        yield TODAY


@pytest.fixture
def demo(db: None, at_work: datetime) -> DemoPeople:
    """The demonstration's organisations and people."""
    people = demo_people()
    WAYS.begin(people)
    return people


@pytest.fixture
def machining(demo: DemoPeople) -> Certification:
    """A certification open on the portal, in force for years."""
    return Certification.objects.get(code="RNCP38901")


@pytest.fixture
def scenario(demo: DemoPeople, machining: Certification) -> Scenario:
    """A journey about to be walked: accompanied, on the portal, whole certification."""
    return Scenario(demo, machining, TODAY)


@pytest.fixture
def raw() -> Iterator[psycopg.Connection]:
    """A second connection of its own to the test's database."""
    with psycopg.connect(**connections["default"].get_connection_params()) as connection:
        yield connection


@pytest.fixture
def met(scenario: Scenario) -> Scenario:
    """A journey that an architect follows, who receives on Tuesday mornings."""
    scenario.register().take_charge()
    timekeeper.travel(scenario.at)
    opened(scenario.architect, scenario.demo.accompanist)
    return scenario
