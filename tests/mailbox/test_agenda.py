"""An appointment that any agenda reads, changes and takes out."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from jalon.mailbox.agenda import Appointment, calendar_file
from jalon.now import PARIS

HEARD = Appointment(
    uid="passage-7@jalon.exemple",
    sequence=0,
    starts_at=datetime(2027, 7, 5, 9, 30, tzinfo=PARIS),
    ends_at=datetime(2027, 7, 5, 10, 30, tzinfo=PARIS),
    title="Jury ; CQPM, tournage",
    place="Atelier, 1 rue de l’Exemple",
    text="À apporter : une pièce d’identité.\nSoyez là un quart d’heure avant.",
    organiser="contact@exemple.fr",
    stamped_at=datetime(2027, 6, 1, 8, 0, tzinfo=PARIS),
)
#: Octets of a line, at most.
LINE = 75


def unfolded(file: str) -> list[str]:
    return file.replace("\r\n ", "").split("\r\n")


def event_of(file: str) -> Any:
    [event] = Calendar.from_ical(file).walk("VEVENT")
    return event


def test_an_agenda_reads_the_hour_in_utc_whatever_the_season() -> None:
    summer = unfolded(calendar_file(HEARD))
    assert "DTSTART:20270705T073000Z" in summer and "DTEND:20270705T083000Z" in summer
    winter = replace(HEARD, starts_at=datetime(2027, 12, 6, 9, 30, tzinfo=PARIS))
    assert "DTSTART:20271206T083000Z" in unfolded(calendar_file(winter))


def test_a_text_is_escaped_so_that_it_stays_one_value() -> None:
    lines = unfolded(calendar_file(HEARD))
    assert "SUMMARY:Jury \\; CQPM\\, tournage" in lines
    assert (
        "DESCRIPTION:À apporter : une pièce d’identité.\\nSoyez là un quart d’heure avant." in lines
    )
    assert "LOCATION:a\\\\b" in unfolded(calendar_file(replace(HEARD, place="a\\b")))


def test_what_is_cancelled_keeps_its_name_and_takes_a_higher_number() -> None:
    gone = calendar_file(replace(HEARD, sequence=3, cancelled=True))
    lines = unfolded(gone)
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", f"UID:{HEARD.uid}"} <= set(lines)
    assert {"METHOD:PUBLISH", "STATUS:CONFIRMED"} <= set(unfolded(calendar_file(HEARD)))


def test_an_invitation_names_its_guest_and_asks_for_no_answer() -> None:
    invited = calendar_file(replace(HEARD, attendee="zoe@exemple.fr"))
    assert "METHOD:REQUEST" in unfolded(invited)
    guest = event_of(invited)["attendee"]
    assert str(guest) == "mailto:zoe@exemple.fr"
    assert (guest.params["PARTSTAT"], guest.params["RSVP"]) == ("ACCEPTED", "FALSE")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300))
def test_a_long_text_is_folded_and_read_back_as_it_was(text: str) -> None:
    file = calendar_file(replace(HEARD, text=text, place=text))
    assert all(len(line.encode()) <= LINE for line in file.split("\r\n"))
    read = event_of(file)
    assert str(read["description"]) == text and str(read["location"]) == text


def test_every_line_ends_as_calendars_want() -> None:
    file = calendar_file(HEARD)
    assert file.endswith("END:VCALENDAR\r\n") and "\n" not in file.replace("\r\n", "")
