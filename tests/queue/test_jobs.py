"""A worker was killed amid its work: what it left is taken up again, and done once."""

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Act
from jalon.mailbox.jobs import notify, remind
from jalon.mailbox.models import Notice, NoticeState
from jalon.queue.jobs import take_up_stalled
from jalon.queue.retries import tries
from jalon.queue.worker import work

pytestmark = pytest.mark.django_db(transaction=True)


def killed(task: str, *, silent: str = "2 minutes", attempts: int = 0) -> int:
    """Leave a job as a worker that was killed amid it leaves it; return its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            f" VALUES (now() - interval '{silent}') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s"
            " WHERE id = (SELECT max(id) FROM procrastinate_jobs WHERE task_name = %s)"
            " RETURNING id",
            [worker, attempts, task],
        )
        (job,) = cursor.fetchone()
    return int(job)


def take_up() -> int:
    """Do what the queue does every two minutes."""
    return int(async_to_sync(take_up_stalled.func)())


def status(job: int) -> str:
    """Return where a job stands."""
    return str(ProcrastinateJob.objects.get(pk=job).status)


def due_now(job: int) -> None:
    """Let the pause before the next try be over."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = %s", [job])


def test_a_mail_that_a_killed_worker_left_unsent_leaves_once(scenario: Scenario) -> None:
    scenario.register()
    job = killed("mailbox.notify")
    assert take_up() == 1
    assert status(job) == "todo"
    due_now(job)
    work()
    assert status(job) == "succeeded"
    told = [address for message in mail.outbox for address in message.to]
    assert sorted(told) == sorted([scenario.person.email, scenario.demo.head.email])


def test_a_person_whose_mail_had_left_before_the_kill_gets_no_second_one(
    scenario: Scenario,
) -> None:
    entry = scenario.register().journey.journal.get(act=Act.REGISTER)
    notify(entry_id=entry.pk)
    Notice.objects.filter(person=scenario.person).update(state=NoticeState.WAITING, sent_at=None)
    mail.outbox.clear()
    job = killed("mailbox.notify")
    take_up()
    due_now(job)
    work()
    assert [one.to for one in mail.outbox] == [[scenario.person.email]]


def test_a_job_of_a_worker_that_lives_is_left_to_it(scenario: Scenario) -> None:
    scenario.register()
    job = killed("mailbox.notify", silent="20 seconds")
    assert take_up() == 0
    assert status(job) == "doing"


def test_reminders_go_on_after_a_worker_was_killed_amid_them() -> None:
    """Their lock is free again, even when the next turn waits already."""
    remind.defer()
    job = killed("mailbox.remind")
    remind.defer()
    work()
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1
    take_up()
    assert status(job) == "aborted"
    work()
    assert not ProcrastinateJob.objects.filter(status="todo").exists()


def test_a_job_that_kills_every_worker_is_given_up_and_seen_as_failed(scenario: Scenario) -> None:
    scenario.register()
    job = killed("mailbox.notify", attempts=tries())
    take_up()
    assert status(job) == "failed"
