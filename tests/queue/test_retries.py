"""A job that failed is tried again soon, then every hour, for three days."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some
from procrastinate.jobs import Job

from jalon.queue.retries import GIVEN_UP_AFTER, LONGEST_WAIT, RETRIED, tries, wait


def a_job(attempts: int) -> Job:
    """Return a job that was tried so many times."""
    return Job(
        id=1,
        queue="acts",
        lock=None,
        queueing_lock=None,
        task_name="mailbox.notify",
        attempts=attempts,
    )


def test_the_first_tries_come_soon() -> None:
    assert [wait(attempts).seconds for attempts in range(4)] == [10, 20, 40, 80]


@given(some.integers(0, 10_000))
def test_a_try_never_comes_more_than_an_hour_after_the_one_before(attempts: int) -> None:
    assert timedelta() < wait(attempts) <= LONGEST_WAIT


def test_a_mail_server_may_be_away_three_days_and_not_much_more() -> None:
    tried_for = sum((wait(attempts) for attempts in range(tries())), timedelta())
    assert GIVEN_UP_AFTER - LONGEST_WAIT < tried_for <= GIVEN_UP_AFTER
    refused = OSError("451")
    assert RETRIED.get_retry_decision(exception=refused, job=a_job(tries() - 1))
    assert RETRIED.get_retry_decision(exception=refused, job=a_job(tries())) is None
