"""Three workshops of the demonstration: one that was held, one full with people who wait, one to come."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from jalon import now as timekeeper
from jalon.demo.agendas import followed_by, site
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.journeys.models import Journey
from jalon.law import calendar
from jalon.law.vocabulary import MeetingMode, Presence, WorkshopTheme
from jalon.people.models import User
from jalon.support import programme, workshops
from jalon.support.models import Workshop

#: How many people take part, all together; how many seats the full workshop has, and how many want one.
PEOPLE, SEATS, WANTED = 12, 5, 8
#: How many days ago the first was set up, and ago or ahead each begins.
SET_UP_AGO, HELD_AGO, FULL_IN, TO_COME_IN = 30, 14, 9, 23
AFTERNOON, LASTING = time(14), timedelta(hours=3)


def hold_workshops(demo: DemoPeople) -> None:
    """Hold one workshop, fill another beyond its seats, and open a third."""
    architect = demo.architects[0]
    people = [one for one in followed_by(architect) if registered_then(one)][:PEOPLE]
    held(demo, architect, people)
    with timekeeper.at(moment_before(0)):
        fill_up(demo, architect, people[-WANTED:])
        open_remote(architect, people[:2])


def registered_then(journey: Journey) -> bool:
    """Say whether a journey had begun when the first workshop was set up."""
    return journey.registered_at <= moment_before(SET_UP_AGO)


def held(demo: DemoPeople, leader: User, people: Sequence[Journey]) -> None:
    """Hold a workshop of two afternoons: somebody was late, somebody absent, somebody excused."""
    begins = working_day(moment_before(HELD_AGO))
    values = {"theme": WorkshopTheme.METHOD, "capacity": PEOPLE, **at_caen(demo)}
    with timekeeper.at(moment_before(SET_UP_AGO)):
        made = afternoons(leader, values, begins, working_day(begins + timedelta(days=1)))
        enrol_all(made, people, leader)
    with timekeeper.at(moment_before(3)):
        for half_day in made.half_days.all():
            for number, one in enumerate(made.enrolments.seated()):
                late = half_day.starts_at + timedelta(minutes=20) if number == 1 else None
                presence = {2: Presence.ABSENT, 3: Presence.EXCUSED}.get(number, Presence.PRESENT)
                workshops.note(half_day, one, presence, leader, arrived_at=late)


def fill_up(demo: DemoPeople, leader: User, people: Sequence[Journey]) -> None:
    """Give every seat of a workshop, and have the others wait."""
    values = {"theme": WorkshopTheme.JURY, "capacity": SEATS, **at_caen(demo)}
    first = working_day(timekeeper.now() + timedelta(days=FULL_IN))
    enrol_all(
        afternoons(leader, values, first, working_day(first + timedelta(days=1))), people, leader
    )


def open_remote(leader: User, people: Sequence[Journey]) -> None:
    """Open a workshop from afar in which seats are left."""
    values = {
        "theme": WorkshopTheme.WRITING,
        "capacity": PEOPLE,
        "mode": MeetingMode.REMOTE,
        "link": "https://visio.exemple.fr/atelier",
    }
    day = working_day(timekeeper.now() + timedelta(days=TO_COME_IN))
    enrol_all(afternoons(leader, values, day), people, leader)


def at_caen(demo: DemoPeople) -> dict[str, Any]:
    """Return what says that a workshop is held in Caen."""
    return {
        "mode": MeetingMode.ON_SITE,
        "site": site(demo, "Caen", "1 rue de l’Exemple, Caen"),
    }


def afternoons(leader: User, values: dict[str, Any], *days: datetime) -> Workshop:
    """Set up a workshop on the afternoons of some days."""
    starts = [datetime.combine(day.date(), AFTERNOON, day.tzinfo) for day in days]
    spans = [programme.Span(one, one + LASTING) for one in starts]
    return programme.create(leader, {**values, "led_by": leader}, spans)


def enrol_all(workshop: Workshop, people: Sequence[Journey], by: User) -> None:
    """Have people take a seat each, or wait for one, in their order."""
    for one in people:
        workshops.enrol(workshop.pk, one.pk, by)


def working_day(day: datetime) -> datetime:
    """Return a day, or the first one after it that is neither in a week-end nor a holiday."""
    return day + (calendar.working_day(day.date()) - day.date())
