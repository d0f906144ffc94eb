"""A load balancer asks whether this installation is well, and gets a true answer within a second."""

import socket
from time import monotonic

import pytest
from django.db import connection
from django.test import Client

from jalon.journeys.jobs import tick
from jalon.mailbox.jobs import notify, remind
from jalon.queue.worker import work
from tests.queue.test_jobs import killed

pytestmark = pytest.mark.django_db(transaction=True)


def sql(statement: str) -> None:
    """Change the queue as time or an accident would."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def well() -> None:
    """An installation that works: its worker lives, and the delays were looked at."""
    sql("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
    tick.defer()
    work()
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def late(client: Client) -> list[str]:
    """Return what is said to be late, and check what whoever watches over it gets."""
    answer = client.get("/healthz")
    assert answer.status_code == 200
    said = answer.json()["late"]
    assert client.get("/healthz?work").status_code == (503 if said else 200)
    return list(said)


@pytest.mark.usefixtures("well")
def test_it_says_that_all_is_well(client: Client) -> None:
    said = client.get("/healthz").json()
    assert late(client) == []
    assert (said["database"], said["jobs_waiting"], said["jobs_failed"]) == ("up", 0, 0)
    assert said["worker_seconds"] < 60
    assert said["clocks_seconds"] < 60
    assert said["disk_free_mb"] > 0


@pytest.mark.usefixtures("well")
def test_it_says_so_when_the_worker_is_dead(client: Client) -> None:
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '3 min'")
    assert late(client) == ["worker"]


@pytest.mark.usefixtures("well")
def test_it_says_so_when_a_job_was_cut_and_not_taken_up(client: Client) -> None:
    notify.defer(entry_id=1)
    killed("mailbox.notify")
    assert late(client) == []
    sql("UPDATE procrastinate_events SET at = at - interval '6 min'")
    assert late(client) == ["stalled"]


@pytest.mark.usefixtures("well")
def test_it_says_so_when_work_waits_for_too_long(client: Client) -> None:
    notify.defer(entry_id=1)
    assert late(client) == []
    sql("UPDATE procrastinate_events SET at = at - interval '11 min'")
    assert late(client) == ["jobs"]
    assert client.get("/healthz").json()["oldest_job_seconds"] >= 11 * 60


@pytest.mark.usefixtures("well")
def test_it_says_so_when_the_delays_are_not_looked_at(client: Client) -> None:
    sql("UPDATE procrastinate_events SET at = at - interval '4 hours'")
    assert late(client) == ["clocks"]


@pytest.mark.usefixtures("well")
def test_what_failed_is_said_until_a_later_turn_did_it(client: Client) -> None:
    remind.defer()
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo'")
    assert late(client) == ["failed"]
    remind.defer()
    work()
    assert late(client) == []


@pytest.mark.usefixtures("well")
def test_it_says_so_when_the_disk_is_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.queue.vitals.disk_free", lambda: 1024)
    assert late(client) == ["disk"]


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "gone"])
def test_it_says_within_a_second_that_the_database_is_down(
    client: Client, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        if not frozen:
            silent.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", str(port))
        began = monotonic()
        answer = client.get("/healthz")
        assert monotonic() - began < 1.5
        monkeypatch.undo()
    assert (answer.status_code, answer.json()) == (503, {"database": "down"})
