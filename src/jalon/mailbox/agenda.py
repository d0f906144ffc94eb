"""An appointment as a calendar file (RFC 5545), for any agenda: a stable name, a number of its version.

An invitation writes its hours in UTC, so that no table of summer times goes along; a feed, which is
read again for months, writes them as the clocks of their place show them, with those clocks. What is
cancelled carries the same name and a higher number, and the agenda takes it out (RFC 5546).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from jalon.mailbox.zones import zones
from jalon.now import PARIS

PRODUCT = "-//Jalon//Agenda//FR"


@dataclass(frozen=True)
class Appointment:
    """Something at an hour, in a place; `uid` never changes, `sequence` goes up with each change.

    With an `attendee`, it is sent as an invitation to them; without, as something to note. `name` is
    that of the file.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    organiser: str
    stamped_at: datetime
    cancelled: bool = False
    attendee: str = ""
    name: str = "jury.ics"
    zone: ZoneInfo = PARIS

    @property
    def method(self) -> str:
        """Return what an agenda does of the file."""
        if self.cancelled:
            return "CANCEL"
        return "REQUEST" if self.attendee else "PUBLISH"


@dataclass(frozen=True)
class Deadline:
    """A day by which something is to be done: it takes no hour of it."""

    uid: str
    on: date
    title: str
    text: str
    cancelled: bool = False


#: How often an agenda is asked to read a feed again, at most.
READ_EVERY = timedelta(hours=1)


def feed_file(
    name: str, appointments: Sequence[Appointment], deadlines: Sequence[Deadline], at: datetime
) -> bytes:
    """Return the calendar that an agenda subscribes to, as it has been since a moment."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for zone in zones(one.zone for one in appointments):
        calendar.add_component(zone)
    for one in appointments:
        calendar.add_component(placed(one))
    for day in deadlines:
        calendar.add_component(whole_day(day, at))
    return calendar.to_ical()


def placed(one: Appointment) -> Event:
    """Return an appointment as an event at the hours that the clocks of its place show."""
    made = event(one)
    for name, moment in (("dtstart", one.starts_at), ("dtend", one.ends_at)):
        del made[name]
        made.add(name, moment.astimezone(one.zone))
    return made


def whole_day(one: Deadline, at: datetime) -> Event:
    """Return a deadline as an event of a whole day, during which its person stays free."""
    made = Event()
    made.add("uid", one.uid)
    made.add("sequence", int(one.cancelled))
    made.add("dtstamp", at.astimezone(UTC))
    made.add("dtstart", one.on)
    made.add("dtend", one.on + timedelta(days=1))
    made.add("summary", one.title)
    made.add("description", one.text)
    made.add("transp", "TRANSPARENT")
    made.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    return made


def calendar_file(one: Appointment) -> str:
    """Return an appointment as the text of an .ics file."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", one.method)
    calendar.add_component(event(one))
    return calendar.to_ical().decode()


def event(one: Appointment) -> Event:
    """Return an appointment as the one event of its file."""
    made = Event()
    made.add("uid", one.uid)
    made.add("sequence", one.sequence)
    made.add("dtstamp", one.stamped_at.astimezone(UTC))
    made.add("dtstart", one.starts_at.astimezone(UTC))
    made.add("dtend", one.ends_at.astimezone(UTC))
    made.add("summary", one.title)
    made.add("location", one.place)
    made.add("description", one.text)
    if one.organiser:
        made.add("organizer", vCalAddress(f"mailto:{one.organiser}"))
    if one.attendee:
        made.add("attendee", guest(one.attendee))
    made.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    return made


def guest(email: str) -> vCalAddress:
    """Return somebody who is expected, and of whom no answer is: they chose the hour."""
    address = vCalAddress(f"mailto:{email}")
    address.params["PARTSTAT"] = "ACCEPTED"
    address.params["RSVP"] = "FALSE"
    return address
