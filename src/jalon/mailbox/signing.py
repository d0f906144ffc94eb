"""The code by which somebody signs their hours from afar: its e-mail leaves at once, and is kept no longer."""

from django.db import transaction
from django.urls import reverse

from jalon.law.rulebook import Refused
from jalon.law.signatures import CODE_SERVES
from jalon.mailbox.links import mail_page
from jalon.people.models import User
from jalon.support.attendance import Hours
from jalon.support.links import signing_token
from jalon.support.signatures import send_code


@transaction.atomic
def mail_code(hours: Hours, by: User) -> None:
    """Send a code to who was there, with the link to what it signs; raises `Refused`."""
    code = send_code(hours, by)
    page = reverse("public:sign", args=[signing_token(hours)])
    said = {"person": hours.person, "hours": hours, "code": code}
    mail_page("signing_code", hours.person.email, page, CODE_SERVES, **said)


def mail_codes(waiting: list[Hours], by: User) -> int:
    """Send a code to each person who may get one more today; return to how many.

    Raises `Refused` when nobody may.
    """
    sent, refused = 0, None
    for hours in waiting:
        try:
            mail_code(hours, by)
            sent += 1
        except Refused as refusal:
            refused = refusal
    if refused and not sent:
        raise refused
    return sent
