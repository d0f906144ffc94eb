"""Whoever keeps an installation sees what failed, what was left and what waits, and has it done again."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon.cli import main
from jalon.journeys.jobs import tick
from jalon.mailbox.jobs import notify, remind
from jalon.queue.retries import tries
from jalon.queue.state import lines, retry
from tests.queue.test_jobs import killed

pytestmark = pytest.mark.django_db(transaction=True)


def failed(task: str) -> None:
    """Leave the waiting job of a kind as three days of failures leave it, an hour ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed', attempts = %s"
            " WHERE task_name = %s AND status = 'todo'",
            [tries(), task],
        )
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '3 hours'")


def test_it_says_what_failed_what_was_left_and_what_waits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notify.defer(entry_id=1)
    failed("mailbox.notify")
    remind.defer()
    killed("mailbox.remind")
    tick.defer()
    notify.configure(schedule_in={"hours": 1}).defer(entry_id=2)
    assert [(one.task, one.state, one.jobs) for one in lines()] == [
        ("mailbox.notify", "failed", 1),
        ("mailbox.remind", "stalled", 1),
        ("journeys.tick", "waiting", 1),
        ("mailbox.notify", "later", 1),
    ]
    assert main(["jobs"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == ["1", "échoué", "mailbox.notify", "depuis", "3", "h"]


def test_a_quiet_queue_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    main(["jobs"])
    assert capsys.readouterr().out == "Rien n’attend, rien n’a échoué.\n"


def test_what_failed_is_tried_again_for_three_days_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notify.defer(entry_id=1)
    failed("mailbox.notify")
    assert main(["jobs", "retry"]) == 0
    assert "Travaux remis en file : 1" in capsys.readouterr().out
    job = ProcrastinateJob.objects.get()
    assert (job.status, job.attempts) == ("todo", 0)


def test_what_is_done_every_hour_and_failed_many_times_is_tried_again_once() -> None:
    for _ in range(3):
        tick.defer()
        failed("journeys.tick")
    assert retry() == 1
    states = ProcrastinateJob.objects.values_list("status", flat=True)
    assert sorted(states) == ["aborted", "aborted", "todo"]
