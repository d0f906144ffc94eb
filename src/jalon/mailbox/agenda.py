"""An appointment as a calendar file (RFC 5545), for any agenda: a stable name, a number of its version.

Hours are written in UTC, so that no table of summer times goes along; what is cancelled carries the
same name and a higher number, and the agenda takes it out (RFC 5546).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

PRODUCT = "-//Jalon//Jury//FR"
#: A line holds so many octets at most; what follows goes on the next one, after a space.
LINE = 75


@dataclass(frozen=True)
class Appointment:
    """Something at an hour, in a place; `uid` never changes, `sequence` goes up with each change."""

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

    @property
    def method(self) -> str:
        """Return what an agenda does of the file."""
        return "CANCEL" if self.cancelled else "PUBLISH"


def calendar_file(one: Appointment) -> str:
    """Return an appointment as the text of an .ics file."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"METHOD:{one.method}",
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTAMP:{utc(one.stamped_at)}",
        f"DTSTART:{utc(one.starts_at)}",
        f"DTEND:{utc(one.ends_at)}",
        f"SUMMARY:{escaped(one.title)}",
        f"LOCATION:{escaped(one.place)}",
        f"DESCRIPTION:{escaped(one.text)}",
        f"ORGANIZER:mailto:{one.organiser}",
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def utc(moment: datetime) -> str:
    """Return an aware moment as calendars write it."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text with what would end a value, or a line, escaped."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of 75 octets at most, no letter cut in two; all but the first are indented."""
    part, size = "", 0
    for letter in line:
        length = len(letter.encode())
        if size + length > LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + length
    yield part
