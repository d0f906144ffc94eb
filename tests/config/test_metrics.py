"""Prometheus reads how the work goes, with a token and not otherwise, and reads nothing about people."""

import socket
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from jalon.demo.scenario import Scenario
from jalon.mailbox.jobs import notify, remind
from jalon.queue.vitals import Late
from jalon.queue.worker import work
from tests.config.test_health import sql, well
from tests.queue.test_jobs import killed

__all__ = ["well"]

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "un-jeton-d-essai-que-personne-ne-devine"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture(autouse=True)
def with_token(settings: Any) -> None:
    """An installation that is watched."""
    settings.METRICS_TOKEN = TOKEN


def asked(client: Client, **headers: str) -> Any:
    """Return the answer to who brings the token, and these headers."""
    return client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"} | headers)


def samples(client: Client) -> Samples:
    """Return each measure with its labels, read as Prometheus reads them."""
    answer = asked(client)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain")
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(answer.content.decode())
        for one in family.samples
    }


def of(found: Samples, name: str, **labels: str) -> float | None:
    """Return one measure; None when it is not told."""
    return found.get((name, frozenset(labels.items())))


@pytest.mark.parametrize(
    "brought",
    ["", TOKEN, "Bearer ", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer é"],
)
def test_who_brings_no_token_or_a_wrong_one_finds_nothing(client: Client, brought: str) -> None:
    assert asked(client, Authorization=brought).status_code == 404


def test_without_a_token_in_the_settings_nobody_finds_anything(
    client: Client, settings: Any
) -> None:
    settings.METRICS_TOKEN = ""
    assert asked(client).status_code == 404
    assert asked(client, Authorization="Bearer ").status_code == 404


@pytest.mark.usefixtures("well")
def test_it_says_how_the_work_goes(client: Client) -> None:
    notify.defer(entry_id=1)
    killed("mailbox.notify")
    notify.defer(entry_id=2)
    remind.defer()
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = 'mailbox.remind'")
    found = samples(client)
    assert of(found, "jalon_database_up") == 1
    assert of(found, "jalon_jobs_waiting") == 1
    assert of(found, "jalon_jobs_failed") == 1
    assert 0 <= of(found, "jalon_oldest_job_seconds") < 60
    assert 0 <= of(found, "jalon_worker_seconds") < 60
    assert 0 <= of(found, "jalon_clocks_seconds") < 60
    assert of(found, "jalon_disk_free_bytes") > 0
    assert of(found, "jalon_late", what="failed") == 1
    assert of(found, "jalon_late", what="worker") == 0
    told = {dict(labels)["what"] for name, labels in found if name == "jalon_late"}
    assert told == {one.value for one in Late}


@pytest.mark.usefixtures("well")
def test_it_says_how_many_jobs_of_each_task_were_done_and_failed(client: Client) -> None:
    remind.defer()
    work()
    remind.defer()
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo'")
    found = samples(client)
    assert of(found, "jalon_jobs", task="mailbox.remind", state="succeeded") == 1
    assert of(found, "jalon_jobs", task="mailbox.remind", state="failed") == 1
    assert of(found, "jalon_jobs", task="journeys.tick", state="succeeded") == 1


@pytest.mark.usefixtures("well")
def test_what_was_never_seen_is_not_said_to_be_a_moment_ago(client: Client) -> None:
    found = samples(client)
    assert of(found, "jalon_backup_seconds") is None
    assert of(found, "jalon_oldest_job_seconds") is None


def test_pages_are_counted_by_name_and_class_of_answer_with_how_long_they_took(
    client: Client,
) -> None:
    def counted(name: str, **more: str) -> float:
        return of(samples(client), f"jalon_request_seconds_{name}", **labels, **more) or 0

    labels = {"view": "public:sheet", "status": "4xx"}
    before = counted("count")
    client.get("/certifications/RNCP00000/")
    assert counted("count") == before + 1
    assert counted("bucket", le="15.0") >= before
    assert counted("sum") > 0


def test_it_says_that_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        gone = silent.getsockname()[1]
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(gone))
    found = samples(client)
    assert of(found, "jalon_database_up") == 0
    assert of(found, "jalon_jobs_waiting") is None


@pytest.mark.usefixtures("well")
def test_no_label_says_anything_about_people(client: Client, scenario: Scenario) -> None:
    scenario.to_scheduled().run_pending_jobs()
    client.force_login(scenario.person)
    client.get("/", {"q": scenario.person.email})
    client.get(f"/candidat/{scenario.journey.pk}/")
    client.get(f"/{scenario.person.last_name}/")
    found = samples(client)
    assert of(found, "jalon_request_seconds_count", view="candidate:journey", status="2xx")
    allowed = {"view", "status", "le", "what", "task", "state"}
    assert {name for _, labels in found for name, _ in labels} <= allowed
    said = asked(client).content.decode()
    for one in (scenario.person.email, scenario.person.last_name, str(scenario.journey.pk)):
        assert one not in said
