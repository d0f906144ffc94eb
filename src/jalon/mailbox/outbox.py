"""An e-mail backend that keeps every message in the database instead of sending it (demo, tests)."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from jalon.mailbox.models import RecordedMail
from jalon.now import now


class RecordingBackend(BaseEmailBackend):
    """Keeps messages for the page that shows them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message and return how many."""
        kept = [
            RecordedMail(
                to=", ".join(message.to),
                subject=str(message.subject),
                body=str(message.body),
                at=now(),
            )
            for message in email_messages
        ]
        RecordedMail.objects.bulk_create(kept)
        return len(kept)
