"""The pages and the worker as production runs them: what they log and count, in processes of their own."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from jalon.demo.scenario import Scenario
from tests.config.test_worker import environment
from tests.logs.people import found_in, told_apart
from tests.trials.outage.house import HOST, free_port, soon
from tests.trials.outage.post import MailServer, Mood

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

TOKEN = "un-jeton-d-essai-que-personne-ne-devine"


def production(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of an installation on the tests' database."""
    return environment() | {
        "JALON_MODE": "production",
        "JALON_SECRET_KEY": settings.SECRET_KEY,
        "JALON_HOSTS": HOST,
        "JALON_VAR": str(folder),
        "JALON_METRICS_TOKEN": TOKEN,
        "TMPDIR": str(folder),
        **more,
    }


class House:
    """The pages, in two processes, and what they wrote on stderr."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.written = folder / "web.log"
        with self.written.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jalon", "serve", "--port", str(self.port)],
                env=production(folder, JALON_WORKERS="2"),
                cwd=settings.ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Open an address by a connection of its own, as a proxy in front does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(
            "GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"} | headers
        )
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        return answer.status, said

    def answers(self) -> bool:
        """Say whether the pages answer."""
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def lines(self) -> list[dict[str, Any]]:
        """Return what was logged; each line must be an object."""
        return [json.loads(line) for line in self.written.read_text().splitlines()]

    def stop(self) -> int:
        """End the pages as systemd does; return their status."""
        self.process.terminate()
        return self.process.wait(timeout=30)


@contextmanager
def serving(folder: Path) -> Iterator[House]:
    """Serve the pages for a while."""
    house = House(folder)
    try:
        soon(house.answers, 60, "the pages do not answer")
        yield house
    finally:
        if house.process.poll() is None:
            os.killpg(house.process.pid, signal.SIGKILL)
            house.process.wait()


def pages_counted(said: str) -> float:
    """Return how many times the first page was answered, as measured."""
    return sum(
        one.value
        for family in text_string_to_metric_families(said)
        for one in family.samples
        if one.name == "jalon_request_seconds_count" and one.labels["view"] == "public:home"
    )


def test_pages_of_several_processes_are_counted_together_and_logged_by_number(
    scenario: Scenario, tmp_path: Path
) -> None:
    scenario.to_complete()
    client = Client()
    client.force_login(scenario.person)
    session = f"sessionid={client.cookies['sessionid'].value}"
    with serving(tmp_path) as house:
        for number in range(20):
            said = {"Cookie": session, "X-Request-ID": f"essai-{number:04}"}
            assert house.get(f"/?qui={scenario.person.email}", **said)[0] == 200
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        counted = [pages_counted(house.get("/metrics", **bearer)[1]) for _ in range(6)]
        assert house.get("/metrics")[0] == 404
        assert house.stop() == 0
    assert counted == [20] * 6
    answered = [line for line in house.lines() if line.get("view") == "public:home"]
    assert [line["request"] for line in answered] == [f"essai-{number:04}" for number in range(20)]
    assert {(line["person"], line["path"]) for line in answered} == {(scenario.person.pk, "/")}
    assert found_in(house.written.read_text()) == []
    assert list(tmp_path.glob("jalon-metrics-*")) == []


def test_a_worker_whose_mail_server_refuses_everybody_names_nobody(
    scenario: Scenario, tmp_path: Path
) -> None:
    scenario.to_complete()
    told_apart()
    post = MailServer()
    post.mood = Mood.KNOWS_NOBODY
    mail = {"JALON_SMTP_HOST": "127.0.0.1", "JALON_SMTP_PORT": str(post.port)}
    done = subprocess.run(
        [sys.executable, "-m", "jalon", "worker", "--one-shot"],
        env=production(tmp_path, **mail),
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    post.close()
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    refused = [line for line in lines if line["message"] == "job error retry"]
    assert refused
    assert {line["task"] for line in refused} == {"mailbox.notify"}
    assert refused[0]["exception"][0]["message"] == "refused, 550"
    assert {line["message"] for line in lines} == {"job error retry", "job success"}
    assert found_in(done.stdout + done.stderr) == []


def test_a_command_that_an_error_ends_says_so_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jalon", "manage", "shell", "--no-imports", "-c", "int('Ana')"],
        env=production(tmp_path),
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert json.loads(line)["exception"][0]["type"] == "ValueError"
    assert "Ana" not in done.stderr
