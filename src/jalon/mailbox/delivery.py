"""Writes the notices of messages, then sends their e-mails: each person once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage

from jalon.mailbox.messages import Message, message_of
from jalon.mailbox.models import Notice, NoticeQuerySet, NoticeState
from jalon.mailbox.preferences import switched_off
from jalon.now import now

#: After how long an e-mail that could not leave is of no use any more.
TOO_LATE = timedelta(days=3)


def write_notices(messages: Iterable[Message[Any]]) -> None:
    """Write whom each message is for, and when; what is written already stays.

    Of what is told at once, a person gets the first message that names them, and no other.
    """
    told: set[int] = set()
    written = []
    for message in messages:
        due_at = message.when()
        if due_at is None:
            continue
        at_once = due_at <= now()
        for person in message.recipients():
            if not at_once or person.pk not in told:
                written.append(message.notice(person, due_at))
            if at_once:
                told.add(person.pk)
    Notice.objects.bulk_create(written, ignore_conflicts=True)


def send(notices: NoticeQuerySet) -> int:
    """E-mail those of these notices that are due, and return how many left.

    Nothing leaves about what is no longer true, nor what its reader does without. An address that
    the mail server refuses keeps nobody else waiting: it stays due. Raises OSError when one could
    not be told.
    """
    due = list(notices.due().select_related("person").order_by("pk"))
    off = switched_off(notice.person_id for notice in due)
    messages: dict[tuple[str, str], Message[Any] | None] = {}
    kept_back: dict[NoticeState, list[int]] = defaultdict(list)
    sent, failures = 0, []
    for notice in due:
        one = (notice.message, notice.key)
        if one not in messages:
            messages[one] = living_message(notice)
        message = messages[one]
        if message is None or not notice.person.is_active:
            kept_back[NoticeState.DROPPED].append(notice.pk)
        elif (notice.person_id, message.category) in off:
            kept_back[NoticeState.UNWANTED].append(notice.pk)
        else:
            mail = message.mail(notice.person)
            try:
                mail.send()
            except OSError as failure:
                failures.append(failure)
            else:
                keep_sent(notice, mail)
                sent += 1
    for state, keys in kept_back.items():
        Notice.objects.filter(pk__in=keys).update(state=state)
    if failures:
        raise failures[0]
    return sent


def keep_sent(notice: Notice, mail: EmailMessage) -> None:
    """Keep when an e-mail left and what it said: its reader may ask for it, word for word (R-122)."""
    Notice.objects.filter(pk=notice.pk).update(
        state=NoticeState.SENT, sent_at=now(), subject=mail.subject, text=mail.body
    )


def living_message(notice: Notice) -> Message[Any] | None:
    """Return the message of a notice, or None when it is too old or no longer true."""
    if notice.due_at < now() - TOO_LATE:
        return None
    message = message_of(notice)
    return message if message and message.still_true() else None
