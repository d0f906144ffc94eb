"""How often a job that failed is tried again: soon at first, an hour apart at most, for three days."""

from datetime import timedelta
from itertools import accumulate, count, takewhile

from procrastinate import BaseRetryStrategy
from procrastinate.jobs import Job
from procrastinate.retry import RetryDecision

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)


def wait(attempts: int) -> timedelta:
    """Return how long to wait after a try, when so many came before it: twice as long each time."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts, 16))


def tries() -> int:
    """Return how many times a job is tried again before it is given up."""
    moments = accumulate(wait(attempts) for attempts in count())
    return sum(1 for _ in takewhile(lambda after: after <= GIVEN_UP_AFTER, moments))


class ThreeDays(BaseRetryStrategy):
    """A mail server or a disk may be away a whole week-end: nothing is given up before."""

    most = tries()

    def get_retry_decision(
        self, *, exception: BaseException | None, job: Job
    ) -> RetryDecision | None:
        """Return when to try again, or None once the three days are past."""
        if job.attempts >= self.most:
            return None
        return RetryDecision(retry_in={"seconds": int(wait(job.attempts).total_seconds())})


RETRIED = ThreeDays()
