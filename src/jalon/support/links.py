"""The links of mails by which a candidate does one thing without signing in.

One moves, cancels or asks sooner than a meeting: for that meeting alone, until the hour at which it was to begin; it is of
no use any more once the meeting is given up. One takes an hour that is kept for somebody. One leads to hours to be signed, with the code of its mail. One answers a
reminder: I go on, or I stop; it serves as long as its candidate has the address to which it went.
Each serves for nothing else (the salt). Nothing of them is kept: the signature is the proof.
"""

import uuid
from datetime import UTC, datetime

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from jalon.journeys.models import Journey
from jalon.law import news
from jalon.law.signatures import LINK_SERVES
from jalon.now import now
from jalon.people.models import User
from jalon.support.attendance import Hours, find
from jalon.support.models import Booking, EarlierOffer

CHANGES_A_MEETING = "jalon.support.links: changes a meeting"
TAKES_AN_HOUR = "jalon.support.links: takes an hour kept"
SIGNS_HOURS = "jalon.support.links: signs hours"
GIVES_NEWS = "jalon.support.links: gives news"


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


def offer_token(offer: EarlierOffer) -> str:
    """Return what the link to an hour kept for somebody is made of; it serves until that hour."""
    return signing.dumps([offer.pk, int(offer.starts_at.timestamp())], salt=TAKES_AN_HOUR)


def offer_of(token: str) -> EarlierOffer | None:
    """Return the hour that a link is for, kept or not any more; None when it never was one, or is past."""
    try:
        number, expires = signing.loads(token, salt=TAKES_AN_HOUR)
    except signing.BadSignature:
        return None
    if datetime.fromtimestamp(expires, UTC) <= now():
        return None
    found = EarlierOffer.objects.filter(pk=number, wish__journey__candidate__is_active=True)
    return found.select_related("wish__journey__candidate", "architect", "site").first()


def signing_token(hours: Hours) -> str:
    """Return what the link to hours that are to be signed is made of."""
    assert hours.journey
    expires = int((now() + LINK_SERVES).timestamp())
    said = [hours.journey.pk.hex, hours.kind, hours.number, expires]
    return signing.dumps(said, salt=SIGNS_HOURS)


def hours_to_sign(token: str) -> Hours | None:
    """Return the hours that a link is for; None when it never was one, or serves no more."""
    try:
        journey, kind, number, expires = signing.loads(token, salt=SIGNS_HOURS)
    except signing.BadSignature:
        return None
    if datetime.fromtimestamp(expires, UTC) <= now():
        return None
    known = Journey.objects.filter(
        pk=uuid.UUID(journey), candidate__is_active=True, purged_at__isnull=True
    )
    found = known.select_related("candidate").first()
    return find(found, kind, number) if found else None


def news_token(journey: Journey) -> str:
    """Return what the link by which a candidate answers a reminder is made of."""
    expires = int((now() + news.LINK_SERVES).timestamp())
    said = [journey.pk.hex, expires, mailbox_of(journey.candidate)]
    return signing.dumps(said, salt=GIVES_NEWS)


def journey_of(token: str) -> Journey | None:
    """Return the journey that a link gives news of; None when it never was one, or serves no more."""
    try:
        journey, expires, mailbox = signing.loads(token, salt=GIVES_NEWS)
    except (signing.BadSignature, ValueError):
        return None
    if datetime.fromtimestamp(expires, UTC) <= now():
        return None
    known = Journey.objects.filter(candidate__is_active=True, purged_at__isnull=True)
    related = known.select_related("candidate", "certification", "organisation")
    found = related.filter(pk=uuid.UUID(journey)).first()
    return found if found and constant_time_compare(mailbox, mailbox_of(found.candidate)) else None


def mailbox_of(person: User) -> str:
    """Return what tells the address of somebody from any other, without saying it."""
    return salted_hmac(GIVES_NEWS, person.email.lower()).hexdigest()[:16]
