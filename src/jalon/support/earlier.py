"""Who waits for a sooner meeting: asked, stopped, offered a freed hour in turn, and taken."""

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet

from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity, in_hand
from jalon.journeys.telling import tell
from jalon.law import earlier as law
from jalon.law.meetings import NOTICE, may_book
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Occasion, OfferState
from jalon.now import midnight, now, today
from jalon.people.models import CoverPeriod, User
from jalon.support.freed import end_wish, pass_on
from jalon.support.models import AgendaRule, Booking, EarlierOffer, EarlierWish, OpeningHours
from jalon.support.planning import hold_agenda, move
from jalon.support.queries import booking_to_come, offered_in
from jalon.support.slots import Slot
from jalon.support.territories import is_worked, local


@transaction.atomic
def ask(journey_id: uuid.UUID, wanted: law.Wanted, by: User) -> EarlierWish:
    """Wait for a sooner meeting, or change what is waited for, at the same place in the list; raises `Refused`."""
    journey = locked(journey_id)
    refuse(may_book(capacity(by, journey)))
    planned = booking_to_come(journey)
    refuse(law.may_ask(wanted, today(), planned.on if planned else None))
    wish = EarlierWish.objects.filter(journey=journey).first() or EarlierWish(journey=journey)
    if wish.ended_at is not None:
        wish.ended_at, wish.asked_at = None, now()
    for name in ("until", "mornings", "afternoons", "on_site", "from_afar"):
        setattr(wish, name, getattr(wanted, name))
    wish.weekdays = sorted(wanted.weekdays)
    wish.save()
    return wish


@transaction.atomic
def stop(journey_id: uuid.UUID, by: User) -> None:
    """Wait no more; raises `Refused`. A second time changes nothing."""
    journey = locked(journey_id)
    refuse(may_book(capacity(by, journey)))
    end_wish(journey)


@transaction.atomic
def take(offer: EarlierOffer, by: User) -> Booking:
    """Move the meeting to the hour that is kept for its candidate; raises `Refused`. Pressed twice, it moves once."""
    journey = locked(offer.wish.journey_id)
    offer = EarlierOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    planned = booking_to_come(journey)
    taken = offer.state == OfferState.TAKEN
    if planned and taken and planned.starts_at == offer.starts_at:
        return planned
    stands = planned is not None and not taken
    refuse(law.still_kept(offer.state, offer.held_until, now(), stands=stands))
    assert planned
    offer.state = OfferState.TAKEN
    offer.save(update_fields=["state"])
    moved = move(planned, offer.key, by)
    end_wish(journey)
    return moved


@transaction.atomic
def leave(offer: EarlierOffer, by: User) -> None:
    """Leave an hour to the next and keep one's own; raises `Refused`. The person still waits for another."""
    journey = locked(offer.wish.journey_id)
    refuse(may_book(capacity(by, journey)))
    offer = EarlierOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if offer.state == OfferState.HELD:
        pass_on(offer)


# ---------------------------------------------------------------- the turn of each


@transaction.atomic
def offer_what_is_free(architect: int, begins: datetime, ends: datetime) -> int:
    """Offer what is free of an agenda between two moments to those who wait, the first first; return how many.

    Each has one hour kept at a time, and is offered so many a day.
    """
    hold_agenda(architect)
    for lapsed in to_pass_on().filter(architect=architect):
        pass_on(lapsed)
    return sum(offer_to(wish, architect, begins, ends) for wish in waiting(architect))


def waiting(architect: int) -> QuerySet[EarlierWish]:
    """Return who may be offered an hour of an architect now, who asked first at the head."""
    replaced = CoverPeriod.objects.standing().filter(cover=architect, ends_on__gte=today())
    theirs = Q(journey__architect=architect) | Q(journey__architect__in=replaced.values("absent"))
    offered_today = Count("offers", filter=Q(offers__offered_at__gte=midnight(today())))
    return (
        EarlierWish.objects.standing()
        .filter(theirs, journey__candidate__is_active=True)
        .exclude(pk__in=EarlierOffer.objects.filter(state=OfferState.HELD).values("wish"))
        .annotate(today=offered_today)
        .filter(today__lt=law.OFFERS_A_DAY)
        .select_related("journey__candidate")
        .order_by("asked_at", "pk")
    )


def offer_to(wish: EarlierWish, architect: int, begins: datetime, ends: datetime) -> bool:
    """Keep for somebody the first hour that suits them, and tell them; False when there is none."""
    planned = booking_to_come(wish.journey)
    assert planned
    known = set(wish.offers.values_list("starts_at", flat=True))
    free = [
        (slot, opening)
        for slot, opening in offered_in(wish.journey.candidate, wish.journey, planned)
        if begins <= slot.starts_at < ends and slot.starts_at not in known
    ]
    for slot, opening in free:
        suits = law.suits(wish.wanted, here(slot), opening.mode, planned.starts)
        if suits and opening.architect_id == architect:
            return keep_for(wish, slot, opening)
    return False


def keep_for(wish: EarlierWish, slot: Slot, opening: OpeningHours) -> bool:
    """Keep an hour for somebody and have them told; False when too little time is left to answer."""
    until = law.kept_until(
        local(now(), slot.territory),
        here(slot) - NOTICE,
        hold_hours(wish.journey.organisation_id),
        partial(is_worked, slot.territory),
    )
    if until is None:
        return False
    kept = EarlierOffer.objects.create(
        wish=wish,
        architect_id=opening.architect_id,
        key=slot.key,
        mode=opening.mode,
        site=opening.site if slot.place else None,
        territory=slot.territory,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        held_until=until,
    )
    tell(Occasion.EARLIER_OFFERED, str(kept.pk))
    return True


def here(slot: Slot) -> datetime:
    """Return when a slot begins, as the clocks of its place show it."""
    return local(slot.starts_at, slot.territory)


@transaction.atomic
def next_in_turn(offer: EarlierOffer) -> bool:
    """Offer to the next an hour that was kept long enough; False when it was taken or left meanwhile."""
    found = to_pass_on().filter(pk=offer.pk).first()
    if found:
        pass_on(found)
    return found is not None


def to_pass_on() -> QuerySet[EarlierOffer]:
    """Return the hours that were kept long enough, locked: neither taken nor left at this very moment."""
    return EarlierOffer.objects.lapsed().select_for_update(of=("self",), skip_locked=True)


# ---------------------------------------------------------------- reads


def hold_hours(organisation: int | None) -> int:
    """Return for how many hours an organisation keeps a sooner hour for somebody."""
    settled = AgendaRule.objects.filter(organisation=organisation).first()
    return settled.hold_hours if settled else law.USUAL_HOLD


def settle_hold(organisation: int, hours: int) -> None:
    """Say for how many hours an organisation keeps a sooner hour for somebody; raises `Refused`."""
    refuse(law.may_keep_for(hours))
    AgendaRule.objects.update_or_create(
        organisation_id=organisation, defaults={"hold_hours": hours}
    )


def wish_of(journey: Journey) -> EarlierWish | None:
    """Return what a candidate waits for, or None."""
    return EarlierWish.objects.standing().filter(journey=journey).first()


def in_list(viewer: User) -> QuerySet[EarlierWish]:
    """Return who waits for a sooner meeting among the candidates whom somebody accompanies, first asked first."""
    mine = EarlierWish.objects.standing().filter(in_hand(viewer, "journey__"))
    kept = Prefetch("offers", EarlierOffer.objects.in_force())
    planned = Prefetch("journey__bookings", Booking.objects.to_come())
    return mine.select_related("journey__candidate").prefetch_related(kept, planned)


def kept_for(journey: Journey) -> EarlierOffer | None:
    """Return the hour that is kept for a candidate now, or None."""
    kept = EarlierOffer.objects.in_force().filter(wish__journey=journey)
    return kept.select_related("site", "wish").first()
