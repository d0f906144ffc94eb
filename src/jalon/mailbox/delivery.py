"""Writes the notices of messages, then sends their e-mails: each person once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from socket import gaierror
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from jalon.mailbox.messages import MESSAGES, Message, message_of
from jalon.mailbox.models import Notice, NoticeQuerySet, NoticeState
from jalon.mailbox.preferences import switched_off
from jalon.now import midnight, now, today

#: After how long an e-mail that could not leave is of no use any more.
TOO_LATE = timedelta(days=3)


@transaction.atomic
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

    Nothing leaves about what is no longer true, nor what its reader does without; what became somebody else's
    to read waits for them. An address that the mail server refuses keeps nobody else waiting: it stays due. Raises
    OSError when one could not be told; at once when the mail server itself is away.
    """
    due = list(notices.due().select_related("person").order_by("pk"))
    off = switched_off(notice.person_id for notice in due)
    told = sent_today(notice.person_id for notice in due)
    messages: dict[tuple[str, str], Message[Any] | None] = {}
    kept_back: dict[NoticeState, list[int]] = defaultdict(list)
    ready = []
    for notice in due:
        one = (notice.message, notice.key)
        if one not in messages:
            messages[one] = living_message(notice)
        message = messages[one]
        if message and not message.is_for(notice.person):
            hand_on(notice, message)
            message = None
        if message is None or not notice.person.is_active:
            kept_back[NoticeState.DROPPED].append(notice.pk)
        elif (notice.person_id, message.category) in off:
            kept_back[NoticeState.UNWANTED].append(notice.pk)
        elif message.most_a_day and told[notice.person_id] >= message.most_a_day:
            kept_back[NoticeState.ENOUGH].append(notice.pk)
        else:
            told[notice.person_id] += bool(message.most_a_day)
            ready.append((notice, message))
    for state, keys in kept_back.items():
        Notice.objects.filter(pk__in=keys, state=NoticeState.WAITING).update(state=state)
    return send_each(ready) if ready else 0


def hand_on(notice: Notice, message: Message[Any]) -> None:
    """Have whom a message is for by now told of it, in the place of somebody whom it is for no more."""
    made = [message.notice(person, now()) for person in message.recipients()]
    for one in made:
        one.created_at = notice.created_at
    Notice.objects.bulk_create(made, ignore_conflicts=True)


def sent_today(people: Iterable[int]) -> Counter[int]:
    """Return how many e-mails of the kinds that have a limit left today for each of these people."""
    limited = [name for name, kind in MESSAGES.items() if kind.most_a_day]
    left = Notice.objects.filter(
        message__in=limited,
        person__in=set(people),
        state=NoticeState.SENT,
        sent_at__gte=midnight(today()),
    )
    return Counter(left.values_list("person_id", flat=True))


def send_each(ready: Iterable[tuple[Notice, Message[Any]]]) -> int:
    """E-mail each of these notices over one connection, and return how many left; raises OSError.

    The connection outlives each sending: nothing is waited for between what the server takes and the
    keeping of it.
    """
    sent, failures = 0, []
    with get_connection() as post:
        for notice, message in ready:
            try:
                sent += send_one(notice, message, post)
            except OSError as failure:
                if server_is_away(failure):
                    raise
                failures.append(failure)
    if failures:
        raise failures[0]
    return sent


@transaction.atomic
def send_one(notice: Notice, message: Message[Any], post: BaseEmailBackend) -> bool:
    """E-mail one notice; False when that was done meanwhile. Raises OSError.

    No two workers send it: whoever comes second tries later. A worker killed between the two last
    lines sends it again under the same `Message-ID`, by which mailboxes know it.
    """
    hold(notice)
    if not Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING).exists():
        return False
    mail = message.mail(notice.person)
    mail.extra_headers["Message-ID"] = (
        f"<avis-{notice.pk}@{urlsplit(settings.SITE_ADDRESS).hostname}>"
    )
    mail.connection = post
    mail.send()
    keep_sent(notice, mail)
    return True


def hold(notice: Notice) -> None:
    """Keep other workers from a notice until the transaction ends, and nobody from reading it.

    Raises BlockingIOError when one sends it now.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('notice', %s))", [notice.pk]
        )
        (held,) = cursor.fetchone()
    if not held:
        raise BlockingIOError(f"another worker sends notice {notice.pk}")


def server_is_away(failure: OSError) -> bool:
    """Say whether a mail server answered nothing: then nobody can be told for now.

    What it answers, were it a refusal, is about one e-mail.
    """
    away = (ConnectionError, TimeoutError, gaierror, SMTPServerDisconnected)
    return isinstance(failure, away)


def keep_sent(notice: Notice, mail: EmailMessage) -> None:
    """Keep when an e-mail left and what it said: its reader may ask for it, word for word (R-122)."""
    Notice.objects.filter(pk=notice.pk).update(
        state=NoticeState.SENT, sent_at=now(), subject=mail.subject, text=mail.body
    )


def living_message(notice: Notice) -> Message[Any] | None:
    """Return the message of a notice, or None when it is too old or no longer true.

    A decision or a summons is never too old: rights and delays hang on it.
    """
    message = message_of(notice)
    if message is None or not message.still_true():
        return None
    late = notice.due_at < now() - TOO_LATE
    return None if late and message.category.switchable else message
