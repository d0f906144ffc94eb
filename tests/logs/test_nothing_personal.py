"""People go through their pages, things go wrong in every way: the log says nothing of who they are."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jalon import now as timekeeper
from jalon.demo.drivers.browsing import TestBrowser
from jalon.demo.drivers.http import HttpDrivers
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.demo.stories import TOLD, Story
from jalon.people.models import User
from jalon.queue.worker import work
from tests.conftest import TODAY
from tests.logs.failing import WAYS
from tests.logs.people import found_in, told_apart
from tests.logs.production import Log
from tests.trials.measure import WHOLE
from tests.trials.outage.post import MailServer, Mood
from tests.web.test_reach import Walker


@pytest.fixture
def nobody_known(settings: Any) -> Iterator[MailServer]:
    """A mail server that knows nobody, and repeats the address that it refuses."""
    server = MailServer()
    server.mood = Mood.KNOWS_NOBODY
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.close()


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("story", TOLD if WHOLE else TOLD[1:2], ids=lambda story: story.name)
def test_a_story_played_through_pages_leaves_nobody_in_the_log(
    story: Story, demo: DemoPeople, log: Log
) -> None:
    drivers = HttpDrivers(TestBrowser)
    scenario = story.scenario(demo, TODAY, runs_clocks=True, runs_jobs=True, drivers=drivers)
    story.play(scenario)
    timekeeper.travel(scenario.at)
    for person in (scenario.person, scenario.architect, demo.officer, demo.head):
        Walker(person).scenario("/", "/ensuite/")
    answered = log.of("jalon.requests")
    assert len(answered) > 100
    assert {line["person"] for line in answered} >= {scenario.person.pk, demo.officer.pk}
    assert found_in(log.text) == []


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_a_failure_that_holds_a_name_leaves_nobody_in_the_log(
    way: str, scenario: Scenario, log: Log, settings: Any, nobody_known: MailServer
) -> None:
    scenario.to_complete()
    told_apart()
    settings.ROOT_URLCONF = "tests.logs.failing"
    client = Client(raise_request_exception=False)
    client.force_login(scenario.person)
    with pytest.raises(Exception) as failure:
        WAYS[way](User.objects.get(pk=scenario.person.pk))
    assert found_in(
        str(failure.value) + str(failure.value.__cause__)
    )  # there was something to tell
    answer = client.get(f"/essai/{way}/?qui={scenario.person.email}")
    assert answer.status_code == 500
    (told,) = [
        line for line in log.of("django.request") if line["request"] == answer["X-Request-ID"]
    ]
    assert told["exception"][0]["type"].endswith(type(failure.value).__name__)
    assert any(at.startswith("logs/failing.py:") for at in told["exception"][0]["at"])
    assert found_in(log.text) == []


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_leaves_nobody_in_the_log(
    scenario: Scenario,
    log: Log,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    nobody_known: MailServer,
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise ValueError(f"no paper for {scenario.person}, {scenario.person.email}")

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr("jalon.documents.jobs.render", fails)
    scenario.to_complete()
    told_apart()
    work()
    told = log.of("procrastinate.worker")
    kinds = {(line["task"], line["exception"][0]["type"]) for line in told if "exception" in line}
    assert ("mailbox.notify", "smtplib.SMTPRecipientsRefused") in kinds
    assert ("documents.issue", "ValueError") in kinds
    assert found_in(log.text) == []


@pytest.mark.django_db
def test_somebody_who_stands_in_a_log_is_noticed(scenario: Scenario) -> None:
    scenario.to_complete()
    told_apart()
    person = User.objects.get(pk=scenario.person.pk)
    profile = person.candidate_profile
    born = profile.born_on
    for written in (
        str(person),
        f"{person.last_name.upper()}, {person.first_name}",
        f"Mme {person.last_name}",
        person.email.upper(),
        person.phone.replace(" ", "."),
        born.isoformat(),
        f"{born:%d/%m/%Y}",
        profile.street,
    ):
        assert found_in(f'{{"message": "pour {written}."}}'), written
    assert found_in("answered in 12 ms") == []


#: What is somebody's, as an attribute or a method is called.
SOMEBODYS = {
    "email",
    "to",
    "subject",
    "first_name",
    "last_name",
    "get_full_name",
    "phone",
    "born_on",
}
SOURCES = Path(__file__).parents[2] / "src" / "jalon"


def named_in_logs(source: str) -> set[str]:
    """Return what a source hands to a logger that is somebody's."""
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "logger"
    ]
    handed = {node for call in calls for node in ast.walk(call) if isinstance(node, ast.Attribute)}
    return {node.attr for node in handed} & SOMEBODYS


def test_no_line_of_the_code_hands_to_the_log_what_is_somebodys() -> None:
    found = {path.name: named_in_logs(path.read_text()) for path in SOURCES.rglob("*.py")}
    assert {name: handed for name, handed in found.items() if handed} == {}
    assert named_in_logs("logger.error('%s is away', entry.author.email)") == {"email"}
