"""Says that a time of an agenda is free again: the worker offers it to who waits for a sooner meeting."""

from datetime import datetime

from procrastinate.contrib.django import app as jobs

from jalon.journeys.models import Journey
from jalon.law.vocabulary import OfferState
from jalon.now import now
from jalon.support.models import EarlierOffer, EarlierWish


def freed(architect: int, begins: datetime, ends: datetime) -> None:
    """Queue the offer of what is free between two moments, in the same transaction; nothing when nobody waits."""
    if EarlierWish.objects.standing().exists():
        jobs.configure_task("support.offer_earlier", queue="acts").defer(
            architect=architect, begins=begins.isoformat(), ends=ends.isoformat()
        )


def end_wish(journey: Journey) -> None:
    """Ask for nothing sooner any more on a journey: the hour kept for it goes to the next."""
    wish = EarlierWish.objects.filter(journey=journey, ended_at__isnull=True).first()
    if wish is None:
        return
    wish.ended_at = now()
    wish.save(update_fields=["ended_at"])
    for offer in wish.offers.filter(state=OfferState.HELD).select_for_update(of=("self",)):
        pass_on(offer)


def pass_on(offer: EarlierOffer) -> None:
    """Keep an hour for somebody no more, and offer it to the next."""
    offer.state = OfferState.PASSED
    offer.save(update_fields=["state"])
    freed(offer.architect_id, offer.starts_at, offer.ends_at)
