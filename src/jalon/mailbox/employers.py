"""The personal link by which a contact of a company reads: its e-mail leaves at once, and is kept no longer."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from jalon.mailbox.accounts import leave_soon
from jalon.mailbox.messages import written
from jalon.people.contact import contact as reach
from jalon.support.employers import token_of
from jalon.support.models import EmployerContact

#: For how long the e-mail is worth sending, were the mail server away.
USEFUL = timedelta(days=3)


def mail_link(contact: EmployerContact) -> None:
    """Send the last link of a contact to their address."""
    page = reverse("public:employer", args=[token_of(contact)])
    context = {
        "employer": contact,
        "group": contact.group,
        "link": settings.SITE_ADDRESS + page,
        "contact": reach(),
    }
    subject = " ".join(written("mailbox/employer_link_subject.txt", context).split())
    body = written("mailbox/employer_link_body.txt", context)
    leave_soon(EmailMessage(subject, body, to=[contact.email]), USEFUL)
