"""What an agenda reads at a secret address: who meets whom when, under the names of the invitations."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.rights import Erasing
from jalon.law.vocabulary import MeetingMode, Territory
from jalon.mailbox import feeds
from jalon.mailbox.agenda import calendar_file
from jalon.mailbox.appointments import of_booking
from jalon.mailbox.models import CalendarFeed
from jalon.mailbox.rights import calendar_feed, erase_feed
from jalon.people.models import User
from jalon.people.policy import as_candidate
from jalon.support import planning
from jalon.support.models import Booking
from jalon.support.programme import call_off
from jalon.support.queries import offered
from jalon.support.workshops import enrol
from tests.support.agenda import opened, overseas
from tests.support.rooms import a_workshop


def book(scenario: Scenario) -> Booking:
    slot = offered(scenario.person, scenario.journey)[0]
    return planning.book(scenario.journey.pk, slot.key, scenario.person)


def events(person: User) -> dict[str, Any]:
    """Return the events of somebody's feed, as an agenda reads them, by name."""
    person = User.objects.get(pk=person.pk)
    feed = feeds.feed_of(feeds.make(person))
    assert feed
    calendar = Calendar.from_ical(feeds.read(feed).file())
    return {str(one["uid"]): one for one in calendar.walk("VEVENT")}


def invitation(booking: Booking) -> Any:
    [found] = Calendar.from_ical(calendar_file(of_booking(booking))).walk("VEVENT")
    return found


def test_a_meeting_has_the_name_and_the_number_of_its_invitation(met: Scenario) -> None:
    booked = book(met)
    for person in (met.person, met.architect):
        found = events(person)[str(invitation(booked)["uid"])]
        assert found["sequence"] == invitation(booked)["sequence"] == 0
        assert found.decoded("dtstart") == booked.starts_at
    moved = planning.move(booked, offered(met.person, met.journey, booked)[0].key, met.person)
    found = events(met.architect)[str(invitation(moved)["uid"])]
    assert found["sequence"] == invitation(moved)["sequence"] == 1
    assert found.decoded("dtstart") == moved.starts_at


def test_a_meeting_given_up_is_told_cancelled_for_thirty_days(met: Scenario) -> None:
    booked = book(met)
    name = str(invitation(booked)["uid"])
    gone = planning.give_up(booked, met.person)
    found = events(met.architect)[name]
    assert found["status"] == "CANCELLED" and found["sequence"] == gone.revision
    with timekeeper.at(timekeeper.now() + timedelta(days=31)):
        assert name not in events(met.architect)


def test_who_accompanies_reads_initials_and_no_name_and_a_link_that_asks_who_they_are(
    met: Scenario,
) -> None:
    booked = book(met)
    met.person.first_name, met.person.last_name = "Zoé", "Quignard"
    met.person.save()
    found = events(met.architect)[str(invitation(booked)["uid"])]
    assert found["summary"] == "Premier rendez-vous · Z. Q."
    assert f"/accompagnement/agenda/{booked.pk}/" in found["description"]
    feed = feeds.feed_of(feeds.make(met.architect))
    assert feed
    file = feeds.read(feed).file().decode()
    for told in ("Quignard", "Zoé", met.person.email, "ATTENDEE", "ORGANIZER"):
        assert told not in file


def test_hours_are_those_of_the_clocks_of_the_place_and_the_file_tells_of_these_clocks(
    met: Scenario,
) -> None:
    met.architect.opening_hours.all().delete()
    opened(met.architect, met.demo.accompanist, site=overseas(met.demo.accompanist))
    booked = book(met)
    found = events(met.person)[str(invitation(booked)["uid"])]
    assert booked.territory == Territory.REUNION
    assert found["dtstart"].params["TZID"] == "Indian/Reunion"
    assert found["dtstart"].dt.hour == 9 and found["dtstart"].dt.utcoffset() == timedelta(hours=4)
    feed = feeds.feed_of(feeds.make(met.person))
    assert feed
    zones = Calendar.from_ical(feeds.read(feed).file()).walk("VTIMEZONE")
    assert [str(one["tzid"]) for one in zones] == ["Indian/Reunion"]


def test_a_workshop_is_read_by_who_leads_it_and_who_has_a_seat_then_cancelled(
    met: Scenario,
) -> None:
    made = a_workshop(met)
    seat = enrol(made.pk, met.journey.pk, met.architect)
    half_day = made.half_days.get()
    led, sat = f"atelier-{half_day.pk}@", f"atelier-{half_day.pk}-{seat.pk}@"

    def of(person: User, name: str) -> Any:
        [found] = [one for uid, one in events(person).items() if uid.startswith(name)]
        return found

    before = of(met.architect, led)["sequence"], of(met.person, sat)["sequence"]
    assert of(met.architect, led)["status"] == of(met.person, sat)["status"] == "CONFIRMED"
    call_off(made.pk, met.architect)
    for person, name, number in zip((met.architect, met.person), (led, sat), before, strict=True):
        assert of(person, name)["status"] == "CANCELLED"
        assert of(person, name)["sequence"] > number


def test_juries_and_limits_are_read_by_the_candidate_and_who_accompanies(
    scenario: Scenario,
) -> None:
    convened = scenario.to_scheduled()
    timekeeper.travel(convened.at)
    hearing = convened.current_hearing()
    for person in (convened.person, convened.architect):
        found = events(person)
        [heard] = [one for uid, one in found.items() if uid.startswith(f"passage-{hearing.pk}@")]
        assert heard.decoded("dtstart") == hearing.moment
        limits = [one for uid, one in found.items() if uid.startswith("delai-")]
        running = convened.journey.clocks.running().statutory()
        assert {one.decoded("dtstart") for one in limits if one["status"] == "CONFIRMED"} == set(
            running.values_list("limit_on", flat=True)
        )
        assert running and all(type(one.decoded("dtstart")) is date for one in limits)


def test_nothing_of_work_is_read_by_who_came_in_as_a_candidate_or_left(
    met: Scenario, demo: DemoPeople
) -> None:
    name = str(invitation(book(met))["uid"])
    alone = User.objects.get(pk=met.architect.pk)
    as_candidate(alone)
    feed = feeds.feed_of(feeds.make(alone))
    assert feed and not feeds.read(feed).appointments
    assert name in events(met.architect)
    met.architect.memberships.update(ended_at=timekeeper.now())
    assert name not in events(met.architect)
    assert name not in events(demo.stranger)


def test_a_feed_has_changed_since_its_content_did(met: Scenario) -> None:
    feed = feeds.feed_of(feeds.make(met.architect))
    assert feed
    first = feeds.read(feed)
    later = timekeeper.now() + timedelta(hours=2)
    with timekeeper.at(later):
        again = feeds.read(feed)
        assert (again.content, again.changed_at, again.file()) == (
            first.content,
            first.changed_at,
            first.file(),
        )
        book(met)
        assert feeds.read(feed).changed_at == later
        assert CalendarFeed.objects.get().read_at == later


def test_the_address_is_kept_nowhere_and_the_one_before_serves_no_more(met: Scenario) -> None:
    first = feeds.make(met.person)
    assert first not in str(CalendarFeed.objects.values().get())
    second = feeds.make(met.person)
    assert feeds.feed_of(first) is None and feeds.feed_of(second) is not None
    met.person.is_active = False
    met.person.save()
    assert feeds.feed_of(second) is None


def test_a_copy_tells_of_the_address_and_the_last_journey_erased_takes_it_away(
    met: Scenario,
) -> None:
    secret = feeds.make(met.person)
    [told] = calendar_feed(met.person)
    assert told["made_at"] and secret not in str(told)
    assert erase_feed(Erasing(met.journey, awarded=False)) == 1
    assert feeds.feed_of(secret) is None


@pytest.mark.parametrize(
    ("day", "offset"),
    [(date(2027, 3, 23), 1), (date(2027, 3, 30), 2), (date(2027, 4, 6), 2)],
)
def test_nine_o_clock_stays_nine_o_clock_when_clocks_change(
    met: Scenario, day: date, offset: int
) -> None:
    slot = next(
        one
        for one in offered(met.person, met.journey)
        if one.starts_at.astimezone(timekeeper.PARIS).date() == day
    )
    booked = planning.book(met.journey.pk, slot.key, met.person)
    found = events(met.person)[str(invitation(booked)["uid"])]["dtstart"].dt
    assert found.replace(tzinfo=None) == datetime(day.year, day.month, day.day, 9)
    assert found.utcoffset() == timedelta(hours=offset)
    assert booked.mode == MeetingMode.ON_SITE
