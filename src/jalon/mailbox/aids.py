"""The personal link by which somebody helps to write: its e-mail leaves at once, and is kept no longer."""

from datetime import timedelta

from django.urls import reverse

from jalon.mailbox.links import mail_page
from jalon.writing.aids import token_of
from jalon.writing.models import WritingAid

#: For how long the e-mail is worth sending, were the mail server away.
USEFUL = timedelta(days=3)


def mail_link(aid: WritingAid) -> None:
    """Send to somebody the link by which they help to write."""
    page = reverse("public:aid", args=[token_of(aid)])
    said = {
        "aid": aid,
        "candidate": aid.journey.candidate.get_full_name(),
        "competences": aid.competences.order_by("bloc__position", "position", "pk"),
    }
    mail_page("aid_link", aid.email, page, USEFUL, **said)
