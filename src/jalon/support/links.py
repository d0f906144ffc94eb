"""The link of a mail by which a candidate moves or cancels one meeting without signing in.

It serves for nothing else (the salt), for that meeting alone, until the hour at which it was to begin;
it is of no use any more once the meeting is given up. Nothing of it is kept: the signature is the proof.
"""

from datetime import UTC, datetime

from django.core import signing

from jalon.now import now
from jalon.support.models import Booking

CHANGES_A_MEETING = "jalon.support.links: changes a meeting"


def token_of(booking: Booking) -> str:
    """Return what the link to a meeting, as it is now, is made of."""
    expires = int(booking.starts_at.timestamp())
    return signing.dumps([booking.pk, expires], salt=CHANGES_A_MEETING)


def booking_of(token: str) -> Booking | None:
    """Return the meeting to come that a link is for; None when it never was one, or serves no more."""
    try:
        number, expires = signing.loads(token, salt=CHANGES_A_MEETING)
    except signing.BadSignature:
        return None
    if datetime.fromtimestamp(expires, UTC) <= now():
        return None
    found = Booking.objects.to_come().filter(pk=number, journey__candidate__is_active=True)
    return found.select_related(
        "journey__candidate", "journey__architect", "site", "architect"
    ).first()
