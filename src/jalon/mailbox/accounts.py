"""E-mails by which people come in: they leave after the page, before any other, and are kept no longer."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from jalon.mailbox.models import AccountMail
from jalon.now import now
from jalon.queue.worker import ACCOUNTS

#: After how long a mail that waits is late, and people are told so.
LATE = timedelta(minutes=1)


@transaction.atomic
def leave_soon(mail: EmailMessage, useful_for: timedelta) -> None:
    """Keep an e-mail about an account for the worker, that sends it within seconds.

    Those that are of no use any more are forgotten: no code is kept for longer than it opens.
    """
    written = now()
    AccountMail.objects.filter(useful_until__lt=written).delete()
    waiting = AccountMail.objects.create(
        to=mail.to[0],
        subject=str(mail.subject),
        text=str(mail.body),
        written_at=written,
        useful_until=written + useful_for,
    )
    jobs.configure_task("mailbox.post", queue=ACCOUNTS, priority=100).defer(mail=waiting.pk)


@transaction.atomic
def send_account_mail(key: int) -> bool:
    """Send an e-mail that waits, then forget it; False when it left already or is of no use any more.

    Raises OSError when the mail server does not take it: it then waits on.
    """
    waiting = AccountMail.objects.select_for_update().filter(pk=key).first()
    if waiting is None:
        return False
    useful = now() < waiting.useful_until
    if useful:
        EmailMessage(waiting.subject, waiting.text, to=[waiting.to]).send()
    waiting.delete()
    return useful


def mail_is_late() -> bool:
    """Say whether an e-mail about an account waits for longer than it should."""
    return AccountMail.objects.filter(written_at__lt=now() - LATE).exists()
