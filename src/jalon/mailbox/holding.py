"""E-mails held once the database went back to a backup or a moment: they may have left already."""

from datetime import datetime
from typing import cast

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.types import JSONValue

from jalon.mailbox.jobs import WRITERS
from jalon.mailbox.models import Notice, NoticeState

#: The states of a job that will be done, or done again.
TO_COME = ("todo", "doing", "failed")


@transaction.atomic
def hold() -> int:
    """Hold every e-mail that should have left by now, and return how many are held.

    What is queued writes its notices first, as it will find them held.
    """
    for job in ProcrastinateJob.objects.filter(task_name__in=WRITERS, status__in=TO_COME):
        WRITERS[job.task_name](**job.args)
    Notice.objects.due().update(state=NoticeState.HELD)
    return Notice.objects.held().count()


@transaction.atomic
def release(since: datetime | None = None) -> int:
    """Let what is held leave, or only what was due since a moment; return how many.

    The worker still drops what is no longer true, or is too late to be of use.
    """
    found = Notice.objects.held()
    if since:
        found = found.filter(due_at__gte=since)
    keys = list(found.values_list("pk", flat=True))
    if keys:
        Notice.objects.filter(pk__in=keys).update(state=NoticeState.WAITING)
        jobs.configure_task("mailbox.let_go", queue="acts").defer(notices=cast("JSONValue", keys))
    return len(keys)
