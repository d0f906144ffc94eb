"""An appointment as a calendar file (RFC 5545), for any agenda: a stable name, a number of its version.

Hours are written in UTC, so that no table of summer times goes along; what is cancelled carries the
same name and a higher number, and the agenda takes it out (RFC 5546).
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress

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

    @property
    def method(self) -> str:
        """Return what an agenda does of the file."""
        if self.cancelled:
            return "CANCEL"
        return "REQUEST" if self.attendee else "PUBLISH"


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
