"""The personal link by which somebody helps to write: its e-mail leaves at once, and is kept no longer."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from jalon.mailbox.accounts import leave_soon
from jalon.mailbox.messages import written
from jalon.people.contact import contact as reach
from jalon.writing.aids import token_of
from jalon.writing.models import WritingAid

#: For how long the e-mail is worth sending, were the mail server away.
USEFUL = timedelta(days=3)


def mail_link(aid: WritingAid) -> None:
    """Send to somebody the link by which they help to write."""
    page = reverse("public:aid", args=[token_of(aid)])
    context = {
        "aid": aid,
        "candidate": aid.journey.candidate.get_full_name(),
        "link": settings.SITE_ADDRESS + page,
        "contact": reach(),
    }
    subject = " ".join(written("mailbox/aid_link_subject.txt", context).split())
    leave_soon(
        EmailMessage(subject, written("mailbox/aid_link_body.txt", context), to=[aid.email]), USEFUL
    )
