"""Each request has a reference: in the answer, on the page of an error, in every line of the log."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.web import requests
from tests.logs.production import Log, logged_as_in_production
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

GIVEN = "8f14e45f-ceea-467f-a0e6"


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged meanwhile, as production writes it."""
    with logged_as_in_production() as log:
        yield log


def test_an_answer_says_a_reference_that_is_never_the_same(client: Client) -> None:
    said = [client.get("/")["X-Request-ID"] for _ in range(2)]
    assert all(re.fullmatch("[0-9A-F]{12}", one) for one in said)
    assert said[0] != said[1]


def test_the_reference_that_a_proxy_gave_is_kept(client: Client) -> None:
    assert client.get("/", headers={"X-Request-ID": GIVEN})["X-Request-ID"] == GIVEN


@pytest.mark.parametrize(
    "wrong", ["", "court", "x" * 65, "Ana Ajusteur", "ana@exemple.fr", "12345678\n", "éééééééé"]
)
def test_what_is_no_reference_is_not_taken_for_one(client: Client, wrong: str) -> None:
    said = client.get("/", headers={"X-Request-ID": wrong})["X-Request-ID"]
    assert re.fullmatch("[0-9A-F]{12}", said)


def test_a_request_is_one_line_without_what_was_searched(demo: DemoPeople, log: Log) -> None:
    answer = browser(demo.head).get(reverse("architect:caseload"), {"q": "Ajusteur"})
    (line,) = log.of("jalon.requests")
    assert answer.status_code == 200
    assert line.pop("ms") >= 0 and line.pop("time")
    assert line == {
        "level": "INFO",
        "logger": "jalon.requests",
        "message": "answered",
        "request": answer["X-Request-ID"],
        "person": demo.head.pk,
        "method": "GET",
        "path": reverse("architect:caseload"),
        "view": "architect:caseload",
        "status": 200,
    }
    assert "Ajusteur" not in log.text


@pytest.mark.parametrize("quiet", ["/static/jalon.css", "/healthz", "/metrics"])
def test_what_programs_ask_all_day_is_no_line(client: Client, log: Log, quiet: str) -> None:
    assert client.get(quiet)["X-Request-ID"]
    assert log.of("jalon.requests") == []


def test_an_address_that_leads_nowhere_is_one_line(client: Client, log: Log) -> None:
    client.get("/nulle-part/?nom=Ajusteur")
    (line,) = log.lines
    assert (line["path"], line["status"], line["view"]) == ("/nulle-part/", 404, "")


def test_the_key_that_opens_an_account_is_not_in_the_log(client: Client, log: Log) -> None:
    client.get("/compte/password/reset/key/1a-abc123-def456/")
    (line,) = log.of("jalon.requests")
    assert line["path"] == "/compte/password/reset/key/[…]/"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of a house whose first page fails."""

    def fails(*_: Any, **__: Any) -> Any:
        raise ValueError("pas de dossier pour Ana Ajusteur")

    monkeypatch.setattr("jalon.web.public.views.render", fails)
    return Client(raise_request_exception=False)


def test_the_page_of_an_error_shows_the_reference_that_the_log_and_the_answer_know(
    broken: Client, log: Log
) -> None:
    answer = broken.get("/", headers={"X-Request-ID": GIVEN})
    assert answer.status_code == 500
    assert answer["X-Request-ID"] == GIVEN
    assert f"<strong>{GIVEN}</strong>" in answer.content.decode()
    assert {line["request"] for line in log.lines} == {GIVEN}
    (told,) = [line for line in log.lines if "exception" in line]
    assert told["exception"][0]["type"] == "ValueError"
    assert any(at.startswith("jalon/web/public/views.py:") for at in told["exception"][0]["at"])
    assert "Ajusteur" not in log.text


def test_a_file_that_is_lost_shows_the_reference_of_its_request(scenario: Scenario) -> None:
    scenario.to_scheduled().run_pending_jobs()
    paper = scenario.journey.documents.get(kind="validation")
    paper.file.storage.delete(paper.file.name)
    answer = browser(scenario.person).get(reverse("dossiers:download", args=[paper.pk]))
    assert answer.status_code == 404
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_page_is_counted_by_its_name_and_the_class_of_its_answer(client: Client) -> None:
    def counted() -> float:
        labels = {"view": "public:home", "status": "2xx"}
        return requests.COUNTED.get_sample_value("jalon_request_seconds_count", labels) or 0

    before = counted()
    client.get("/")
    assert counted() == before + 1
