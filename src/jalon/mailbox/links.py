"""An e-mail that bears a link for its reader alone: it leaves at once, and is kept no longer than it serves."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from jalon.mailbox.accounts import leave_soon
from jalon.mailbox.messages import written
from jalon.people.contact import contact


def mail_page(name: str, to: str, page: str, useful_for: timedelta, **said: Any) -> None:
    """Send to an address the e-mail of a name, with the link to a page and what its text says."""
    context = said | {"link": settings.SITE_ADDRESS + page, "contact": contact()}
    subject = " ".join(written(f"mailbox/{name}_subject.txt", context).split())
    body = written(f"mailbox/{name}_body.txt", context)
    leave_soon(EmailMessage(subject, body, to=[to]), useful_for)
