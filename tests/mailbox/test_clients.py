"""Invitations and feeds as programs that are not ours take them: a calendar server, two readers of files."""

import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from jalon.law.vocabulary import Territory
from jalon.mailbox.agenda import Appointment, Deadline, calendar_file, feed_file
from jalon.support.territories import zone

MADE_AT = datetime(2027, 3, 1, 8, tzinfo=UTC)
CALENDAR = "/zoe/agenda/"
HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Authorization": f"Basic {b64encode(b'zoe:zoe').decode()}",
}
#: How long the server may take to start, in seconds.
PATIENCE = 30


def meeting(moment: datetime, territory: Territory = Territory.METROPOLE) -> Appointment:
    return Appointment(
        uid="rendez-vous-7@jalon.exemple",
        sequence=0,
        starts_at=moment,
        ends_at=moment + timedelta(hours=1),
        title="Premier rendez-vous (VAE)",
        place="Caen, 1 rue de l’Exemple",
        text="Avec Claire Exemple",
        organiser="contact@exemple.fr",
        stamped_at=MADE_AT,
        attendee="zoe@exemple.fr",
        zone=zone(territory),
    )


# ---------------------------------------------------------------- a calendar server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Run Radicale on a free port, on a folder of its own."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        free: int = asked.getsockname()[1]
    settings = tmp_path / "radicale.ini"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{free}\n[auth]\ntype = none\n"
        f"[storage]\nfilesystem_folder = {tmp_path / 'kept'}\n"
    )
    log = (tmp_path / "radicale.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", str(settings)], stdout=log, stderr=log
    )
    try:
        wait_for(free, server)
        yield free
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)
        log.close()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the calendar server did not start")


def ask(port: int, method: str, path: str, body: str = "") -> tuple[int, str]:
    """Return what the server answers to a client."""
    to = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    to.request(method, path, body.encode(), HEADERS)
    answer = to.getresponse()
    said = answer.status, answer.read().decode()
    to.close()
    return said


def put(port: int, one: Appointment) -> None:
    """Keep an invitation as a client does: under its name, without what the mail was for."""
    calendar = Calendar.from_ical(calendar_file(one))
    del calendar["method"]
    status, said = ask(port, "PUT", f"{CALENDAR}{one.uid}.ics", calendar.to_ical().decode())
    assert status in {201, 204}, said


def events(port: int) -> list[Any]:
    """Return every event of the whole calendar."""
    status, said = ask(port, "GET", CALENDAR)
    assert status == 200, said
    found: list[Any] = Calendar.from_ical(said).walk("VEVENT")
    return found


def test_an_invitation_its_change_and_its_end_are_one_event_of_a_calendar_server(
    port: int,
) -> None:
    first = meeting(datetime(2027, 3, 2, 9, tzinfo=zone(Territory.METROPOLE)))
    moved = replace(
        first,
        sequence=1,
        starts_at=first.starts_at + timedelta(days=7),
        ends_at=first.ends_at + timedelta(days=7),
    )
    assert ask(port, "MKCALENDAR", CALENDAR)[0] == 201
    for one in (first, moved, replace(moved, sequence=2, cancelled=True)):
        put(port, one)
        [kept] = events(port)
        assert str(kept["uid"]) == one.uid and kept["sequence"] == one.sequence
        assert kept.decoded("dtstart") == one.starts_at
        assert kept["status"] == ("CANCELLED" if one.cancelled else "CONFIRMED")
        assert str(kept["location"]) == one.place


# ---------------------------------------------------------------- two readers of files


def read_by_both(file: str) -> tuple[Any, Any]:
    """Return the one meeting of a file, as icalendar and as vobject read it."""
    [ours] = [one for one in Calendar.from_ical(file).walk("VEVENT") if "ORGANIZER" in one]
    [theirs] = [one for one in vobject.readOne(file).vevent_list if hasattr(one, "organizer")]
    return ours, theirs


#: The days around the last Sundays of March and of October.
AROUND = [date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)]
AROUND += [date(2027, 10, 30), date(2027, 10, 31), date(2027, 11, 1)]
PLACES = [
    Territory.METROPOLE,
    Territory.REUNION,
    Territory.GUADELOUPE,
    Territory.POLYNESIE,
    Territory.SAINT_PIERRE,
]


@pytest.mark.parametrize("territory", PLACES)
@pytest.mark.parametrize("day", AROUND, ids=str)
def test_two_readers_find_the_hour_that_the_clocks_of_the_place_show(
    territory: Territory, day: date
) -> None:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=zone(territory))
    one = meeting(moment, territory)
    invitation = calendar_file(one)
    feed = feed_file("Jalon", [one], [], MADE_AT).decode()
    for file in (invitation, feed):
        ours, theirs = read_by_both(file)
        assert ours.decoded("dtstart").astimezone(UTC) == moment.astimezone(UTC)
        assert theirs.dtstart.value.astimezone(UTC) == moment.astimezone(UTC)
        assert theirs.dtend.value.astimezone(UTC) == one.ends_at.astimezone(UTC)
        assert theirs.uid.value == str(ours["uid"]) == one.uid
        assert theirs.location.value == one.place
    shown = vobject.readOne(feed).vevent.dtstart.value
    assert (shown.hour, shown.date()) == (9, day)


def test_a_limit_is_a_whole_day_for_two_readers() -> None:
    limit = Deadline("delai-3@jalon.exemple", date(2027, 10, 31), "Date limite", "")
    file = feed_file("Jalon", [], [limit], MADE_AT).decode()
    [ours] = Calendar.from_ical(file).walk("VEVENT")
    theirs = vobject.readOne(file).vevent
    assert ours.decoded("dtstart") == theirs.dtstart.value == limit.on
    assert ours.decoded("dtend") == theirs.dtend.value == limit.on + timedelta(days=1)
