"""A line of the log: one object in JSON, that says when, what, for which request and in which job."""

import json
import logging
import sys

import pytest

from jalon.journeys.jobs import tick
from jalon.logs import config, situation
from jalon.logs.lines import JsonLine
from jalon.logs.situation import Asked, answering
from jalon.people.models import User
from jalon.queue.worker import work
from tests.logs.production import Log

logger = logging.getLogger("jalon.essai")


def test_a_line_says_when_how_grave_and_what(log: Log) -> None:
    logger.warning("%s jobs wait", 3)
    (line,) = log.lines
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "WARNING", "logger": "jalon.essai", "message": "3 jobs wait"}


def test_a_line_of_a_request_says_its_reference_and_who_asked_by_their_number(log: Log) -> None:
    with answering(Asked("0123456789AB", 42)):
        logger.info("during")
    logger.info("after")
    during, after = log.lines
    assert (during["request"], during["person"]) == ("0123456789AB", 42)
    assert not {"request", "person"} & set(after)


def test_a_person_in_a_message_is_their_number(log: Log) -> None:
    logger.info("%s left", User(pk=7, first_name="Ana", last_name="Ajusteur"))
    assert log.lines[0]["message"] == "User 7 left"


ANA = User(pk=7, first_name="Ana", last_name="Ajusteur")


class Talkative:
    """Something that says a name as it tells of itself, or as it fails to."""

    def __init__(self, *, fails: bool) -> None:
        self.fails = fails

    def __str__(self) -> str:
        if self.fails:
            raise LookupError("Ana Ajusteur")
        return "Ana Ajusteur"


@pytest.mark.parametrize(
    ("handed", "told"),
    [
        ([ANA, 2], "['User 7', 2]"),
        ((ANA, ValueError("Ana Ajusteur")), "['User 7', 'ValueError']"),
        (User.objects.filter(first_name="Ana"), "QuerySet"),
        (Talkative(fails=False), "Talkative"),
        (Talkative(fails=True), "Talkative"),
        (Talkative, "Talkative"),
    ],
)
def test_people_within_what_a_message_holds_are_not_named(handed: object, told: str) -> None:
    record = logging.makeLogRecord({"name": "jalon", "msg": "%s: %s", "args": ("lost", handed)})
    assert json.loads(JsonLine().format(record))["message"] == f"lost: {told}"


def test_people_within_what_is_logged_without_words_are_not_named(log: Log) -> None:
    logger.error({"who": ANA, "why": [ValueError("Ana Ajusteur")]})
    assert log.lines[0]["message"] == "{'who': 'User 7', 'why': ['ValueError']}"


def test_an_error_in_a_message_is_told_without_what_it_says(log: Log) -> None:
    logger.error("lost: %s", ValueError("Ana Ajusteur"))
    logger.error(ValueError("Ana Ajusteur"))
    logger.error("lost: %(why)s", {"why": ValueError("Ana Ajusteur")})
    told = [line["message"] for line in log.lines]
    assert told == ["lost: ValueError", "ValueError", "lost: ValueError"]


def test_words_and_values_that_do_not_fit_are_no_reason_to_write_the_values() -> None:
    wrong = {"name": "jalon", "msg": "%d files of %s", "args": ("Ana Ajusteur", "une autre")}
    line = json.loads(JsonLine().format(logging.makeLogRecord(wrong)))
    assert line["message"] == "%d files of %s"


def test_a_text_of_several_lines_stays_on_one(log: Log) -> None:
    logger.error("one\ntwo")
    assert len(log.text.splitlines()) == 1
    assert log.lines[0]["message"] == "one\ntwo"


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_done_is_told_with_its_number_and_time_and_no_argument(log: Log) -> None:
    number = tick.defer()
    work()
    (line,) = log.of("procrastinate.worker")
    assert (line["level"], line["message"]) == ("INFO", "job success")
    assert (line["task"], line["job"]) == ("journeys.tick", number)
    assert line["ms"] >= 0


@pytest.mark.django_db(transaction=True)
def test_what_is_logged_within_a_job_says_which(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.journeys.jobs.one_batch", lambda *_: logger.warning("within") or 0)
    number = tick.defer()
    work()
    (line,) = log.of("jalon.essai")
    assert (line["task"], line["job"]) == ("journeys.tick", number)
    assert situation.job.get() is None


def test_who_types_a_command_at_a_terminal_reads_the_whole_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "excepthook", None)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    config.log_what_nobody_caught()
    assert sys.excepthook is None


def test_what_nobody_caught_is_a_line_too(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", None)
    monkeypatch.setattr(config.threading, "excepthook", None)
    config.log_what_nobody_caught()
    failure = ValueError("Ana Ajusteur")
    sys.excepthook(ValueError, failure, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    (line,) = log.lines
    assert (line["level"], line["message"]) == ("CRITICAL", "ended by an error")
    assert line["exception"] == [{"type": "ValueError", "at": []}]
