"""The agendas of the demonstration: hours, an absence, meetings past and to come."""

from datetime import date, datetime, time, timedelta
from typing import Any

from jalon import now as timekeeper
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.journeys.covers import name_cover
from jalon.journeys.models import Journey
from jalon.law.calendar import working_day
from jalon.law.earlier import Wanted
from jalon.law.meetings import may_meet
from jalon.law.vocabulary import MeetingMode
from jalon.now import today
from jalon.people.models import User
from jalon.support import earlier, planning
from jalon.support.actions import note_absence
from jalon.support.models import OpeningHours, Site
from jalon.support.queries import offered
from jalon.support.sites import close_site

#: The site that closes in some weeks.
ALENCON = ("Alençon", "2 rue de l’Exemple, Alençon")
#: How many days ago the meetings that wait for their presence were taken, and how many of each.
TAKEN_AGO, PAST, TO_COME = 7, 2, 6
#: In how many days each architect is away: between the workshops to come.
AWAY_IN = 16


def fill_agendas(demo: DemoPeople) -> None:
    """Open the hours of each architect, and book some meetings with the candidates whom they follow."""
    for number, architect in enumerate(demo.architects):
        open_week(demo, architect, moment_before(TAKEN_AGO).date(), number)
        followed = [one for one in followed_by(architect) if met(one)]
        with timekeeper.at(moment_before(TAKEN_AGO)):
            book_some(architect, followed[:PAST])
        with timekeeper.at(moment_before(0)):
            book_some(architect, followed[PAST : PAST + TO_COME])
            away = working_day(today() + timedelta(days=AWAY_IN))
            note_absence(architect, {"starts_on": away, "ends_on": away, "reason": "Formation"})
    with timekeeper.at(moment_before(0)):
        somebody_waits(demo.architects[0])
        close_site(site(demo, *ALENCON).pk, demo.architects[0], today() + timedelta(days=45))
        somebody_is_replaced(demo)


def somebody_waits(architect: User) -> None:
    """Let the two last who meet an architect ask for a sooner hour, and who comes before them give theirs up."""
    planned = list(architect.bookings.to_come())
    for booking in planned[-2:]:
        anything = Wanted(booking.on, tuple(range(5)))
        earlier.ask(booking.journey_id, anything, booking.journey.candidate)
    for gone in planned[-3:-2]:
        planning.give_up(gone, gone.journey.candidate)
        earlier.offer_what_is_free(architect.pk, gone.starts_at, gone.ends_at)


def somebody_is_replaced(demo: DemoPeople) -> None:
    """Let one architect be away for ten days from today, with a colleague on their files."""
    absent, cover = demo.architects[-1], demo.architects[0]
    last = today() + timedelta(days=9)
    name_cover(absent, {"absent": absent, "cover": cover, "starts_on": today(), "ends_on": last})


def open_week(demo: DemoPeople, architect: User, since: date, number: int) -> None:
    """Open three mornings and an afternoon: two sites, the telephone, a video link."""
    caen = site(demo, "Caen", "1 rue de l’Exemple, Caen")
    alencon = site(demo, *ALENCON)
    link = f"https://visio.exemple.fr/{architect.pk}"
    week: tuple[tuple[int, dict[str, Any]], ...] = (
        (number % 5, {"mode": MeetingMode.ON_SITE, "site": caen}),
        ((number + 1) % 5, {"mode": MeetingMode.PHONE}),
        ((number + 2) % 5, {"mode": MeetingMode.REMOTE, "link": link}),
        ((number + 3) % 5, {"mode": MeetingMode.ON_SITE, "site": alencon}),
    )
    for weekday, how in week:
        OpeningHours.objects.create(
            architect=architect,
            organisation=demo.accompanist,
            weekday=weekday,
            starts_at=time(9),
            ends_at=time(12),
            minutes=60,
            valid_from=since,
            **how,
        )


def site(demo: DemoPeople, name: str, address: str) -> Site:
    """Return a site of the organisation, made on first use."""
    found, _ = Site.objects.get_or_create(
        organisation=demo.accompanist, name=name, defaults={"address": address}
    )
    return found


def followed_by(architect: User) -> list[Journey]:
    """Return the journeys that an architect follows, in the order of their references."""
    return list(Journey.objects.under_way().filter(architect=architect).order_by("reference"))


def still_since(journey: Journey, moment: datetime) -> bool:
    """Say whether nothing was told of a journey since a moment."""
    return not journey.journal.filter(at__gte=moment).exists()


def met(journey: Journey) -> bool:
    """Say whether a meeting may be booked on a journey."""
    return may_meet(journey.stage, taken_on=journey.architect_id is not None) is None


def book_some(architect: User, journeys: list[Journey]) -> None:
    """Book for each journey a free hour, every other one."""
    for journey in journeys:
        slots = offered(architect, journey)
        planning.book(journey.pk, slots[min(1, len(slots) - 1)].key, architect)
