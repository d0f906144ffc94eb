"""The personal link by which a contact of a company reads: its e-mail leaves at once, and is kept no longer."""

from datetime import timedelta

from django.urls import reverse

from jalon.mailbox.links import mail_page
from jalon.support.employers import token_of
from jalon.support.models import EmployerContact

#: For how long the e-mail is worth sending, were the mail server away.
USEFUL = timedelta(days=3)


def mail_link(contact: EmployerContact) -> None:
    """Send the last link of a contact to their address."""
    page = reverse("public:employer", args=[token_of(contact)])
    said = {"employer": contact, "group": contact.group}
    mail_page("employer_link", contact.email, page, USEFUL, **said)
