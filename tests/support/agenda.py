"""An agenda to book in: mornings of an architect, at two sites."""

from datetime import date, time, timedelta
from typing import Any

from jalon.law.earlier import Wanted
from jalon.law.vocabulary import MeetingMode, Territory
from jalon.now import now
from jalon.people.models import Organisation, User
from jalon.support import earlier
from jalon.support.models import Booking, EarlierOffer, OpeningHours, Site


def site(organisation: Organisation, name: str = "Caen", **more: Any) -> Site:
    """Return a site of an organisation, made on first use."""
    found, _ = Site.objects.get_or_create(
        organisation=organisation, name=name, defaults={"address": "1 rue de l’Exemple"} | more
    )
    return found


def opened(architect: User, organisation: Organisation, **changes: Any) -> OpeningHours:
    """Return hours of an architect: on Tuesdays from nine to twelve, an hour each, unless said otherwise."""
    usual = {
        "weekday": 1,
        "starts_at": time(9),
        "ends_at": time(12),
        "minutes": 60,
        "mode": MeetingMode.ON_SITE,
        "site": None,
        "valid_from": date(2027, 1, 1),
    }
    said = usual | changes
    if said["mode"] == MeetingMode.ON_SITE and said["site"] is None:
        said["site"] = site(organisation)
    return OpeningHours.objects.create(architect=architect, organisation=organisation, **said)


def overseas(organisation: Organisation) -> Site:
    """Return a site in La Réunion."""
    return site(organisation, "Saint-Denis", territory=Territory.REUNION)


def any_hour(booking: Booking) -> Wanted:
    """Return that every hour sooner than a meeting would suit."""
    return Wanted(booking.on, tuple(range(6)))


def kept_for_somebody(booking: Booking) -> EarlierOffer:
    """Return an hour that is kept for the candidate of a meeting, who waits for a sooner one."""
    wish = earlier.ask(booking.journey_id, any_hour(booking), booking.journey.candidate)
    sooner = now() + (booking.starts_at - now()) / 2
    return EarlierOffer.objects.create(
        wish=wish,
        architect=booking.architect,
        key="0-0",
        mode=booking.mode,
        site=booking.site,
        territory=booking.territory,
        starts_at=sooner,
        ends_at=sooner + timedelta(hours=1),
        held_until=now() + timedelta(hours=1),
    )
