"""The places where a team receives: renamed, put right, closed from a day, with what is still to come there."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from jalon.journeys import signs
from jalon.journeys.actions import locked
from jalon.journeys.policy import capacity
from jalon.journeys.telling import tell
from jalon.law import sites as law
from jalon.law.meetings import HORIZON, may_book
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import MeetingMode, Occasion, Role
from jalon.now import midnight, now, today
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support import programme
from jalon.support.freed import freed
from jalon.support.models import Booking, OpeningHours, Site, Workshop
from jalon.support.planning import awaited, own_link
from jalon.support.programme import tell_changed


@transaction.atomic
def change_site(number: int, by: User, values: Mapping[str, Any]) -> Site:
    """Give a site another name or address; raises `Refused`. Whoever is to come is told of another address."""
    site = held(number, by, values["name"])
    moved = values["address"] != site.address
    site.name, site.address = values["name"], values["address"]
    site.save(update_fields=["name", "address"])
    if moved:
        tell_address(site, by)
    return site


@transaction.atomic
def close_site(number: int, by: User, closes_on: date | None) -> Site:
    """Receive nobody at a site from a day on, or open it again without one; raises `Refused`.

    What is to come there stays until somebody moves it: `meetings_at` and `workshops_at` say what.
    """
    site = held(number, by)
    before = site.closes_on
    if closes_on is not None:
        refuse(law.may_close(today(), closes_on))
    site.closes_on = closes_on
    site.save(update_fields=["closes_on"])
    if closes_on is not None:
        tell(Occasion.SITE_CLOSED, f"{site.pk}.{closes_on.isoformat()}.{by.pk}")
    if before is not None and (closes_on is None or closes_on > before):
        offer_again(site, max(now(), midnight(before)), closes_on)
    return site


def offer_again(site: Site, begins: datetime, closes_on: date | None) -> None:
    """Offer to who waits for a sooner meeting the hours of a site that receives again until some day, if one is said."""
    ends = midnight(closes_on) if closes_on else now() + HORIZON
    receiving = OpeningHours.objects.filter(site=site).order_by().values_list("architect")
    for (architect,) in receiving.distinct():
        freed(architect, begins, ends)


@transaction.atomic
def keep_from_afar(booking: Booking, by: User) -> Booking:
    """Keep a meeting at its hour, by the link of who receives or else by telephone; raises `Refused`."""
    journey = locked(booking.journey_id)
    refuse(may_book(capacity(by, journey) - {Role.CANDIDATE}))
    booking = awaited(booking)
    if booking.mode != MeetingMode.ON_SITE:
        return booking
    booking.link = own_link(booking.architect_id, journey.organisation_id)
    booking.mode = MeetingMode.REMOTE if booking.link else MeetingMode.PHONE
    elsewhere(booking, by)
    signs.seen(journey, signs.side_of(journey, by))
    return booking


@transaction.atomic
def keep_workshop_from_afar(number: int, by: User) -> Workshop:
    """Hold a workshop by the link of who leads it, at its hours; raises `Refused`. Its people are told."""
    workshop = programme.held(number, by)
    if workshop.on_site:
        link = workshop.link or own_link(workshop.led_by_id, workshop.organisation_id)
        refuse(law.by_video(workshop.led_by.get_full_name(), link))
        workshop.mode, workshop.link = MeetingMode.REMOTE, link
        workshop.revision += 1
        workshop.save(update_fields=["mode", "link", "revision"])
        tell_changed(workshop, without=[])
    return workshop


def held(number: int, by: User, name: str = "") -> Site:
    """Return a site, locked; raises `Refused` to whoever does not accompany there, or for a name that is taken."""
    site = Site.objects.select_for_update().get(pk=number)
    same = Site.objects.filter(organisation=site.organisation_id, name=name).exclude(pk=site.pk)
    here = organisations(by, Role.ARCHITECT, Role.HEAD)
    refuse(law.may_keep(in_the_team=site.organisation_id in here, named_elsewhere=same.exists()))
    return site


def tell_address(site: Site, by: User) -> None:
    """Have everybody told who is to come to a site whose address is another."""
    for booking in meetings_at(site).select_for_update(of=("self",)):
        booking.site = site
        elsewhere(booking, by)
    for workshop in workshops_at(site):
        Workshop.objects.filter(pk=workshop.pk).update(revision=workshop.revision + 1)
        tell_changed(workshop, without=[])


def elsewhere(booking: Booking, by: User) -> None:
    """Write that a meeting keeps its hour in another place, and have its candidate told."""
    booking.revision += 1
    booking.changed_by, booking.changed_at = by, now()
    booking.save()
    tell(Occasion.BOOKING_PLACED, booking.told_as)


def meetings_at(site: Site, since: date | None = None) -> QuerySet[Booking]:
    """Return the meetings to come at a site, from a day on if one is said."""
    found = Booking.objects.to_come().filter(site=site, mode=MeetingMode.ON_SITE)
    if since:
        found = found.filter(starts_at__gte=midnight(since))
    return found.select_related("journey__candidate", "architect", "site")


def workshops_at(site: Site, since: date | None = None) -> QuerySet[Workshop]:
    """Return the workshops that still have half-days at a site, from a day on if one is said."""
    coming = Q(half_days__starts_at__gte=midnight(since) if since else now())
    found = Workshop.objects.filter(
        coming, site=site, mode=MeetingMode.ON_SITE, cancelled_at__isnull=True
    )
    return (
        found.annotate(begins_at=Min("half_days__starts_at", filter=coming))
        .select_related("led_by", "site")
        .order_by("begins_at", "pk")
    )
