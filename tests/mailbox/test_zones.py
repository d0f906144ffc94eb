"""The clocks of each territory, as agendas are told of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from jalon.law.vocabulary import Territory
from jalon.mailbox.zones import told
from jalon.support.territories import zone

YEARS = range(2026, 2035)


def moments_of_change(territory: Territory) -> list[datetime]:
    """Return the hours around each change of the clocks of a place, in UTC."""
    place = zone(territory)
    found = []
    for year in YEARS:
        begins = datetime(year, 1, 1, tzinfo=UTC)
        for hour in range(366 * 24):
            one = begins + timedelta(hours=hour)
            if (
                one.astimezone(place).utcoffset()
                != (one + timedelta(hours=1)).astimezone(place).utcoffset()
            ):
                found.append(one)
    return found


def offset_told(territory: Territory, moment: datetime) -> timedelta:
    """Return how far from UTC clocks are at a moment, to who knows only what the file says of the zone."""
    calendar: Any = Calendar.from_ical(
        b"BEGIN:VCALENDAR\r\n" + told(zone(territory)).to_ical() + b"END:VCALENDAR\r\n"
    )
    [known] = calendar.walk("VTIMEZONE")
    offset: timedelta = moment.astimezone(known.to_tz(lookup_tzid=False)).utcoffset()
    return offset


@pytest.mark.parametrize("territory", [Territory.METROPOLE, Territory.SAINT_PIERRE])
def test_clocks_change_on_the_night_and_at_the_hour_at_which_they_do(territory: Territory) -> None:
    changes = moments_of_change(territory)
    assert len(changes) == 2 * len(YEARS)
    for change in changes:
        for moment in (change, change + timedelta(hours=1)):
            real = moment.astimezone(zone(territory)).utcoffset()
            assert offset_told(territory, moment) == real, moment


@pytest.mark.parametrize("territory", list(Territory))
def test_the_clocks_of_each_territory_are_told_in_both_seasons(territory: Territory) -> None:
    for moment in (datetime(2027, 1, 5, 12, tzinfo=UTC), datetime(2027, 7, 5, 12, tzinfo=UTC)):
        assert offset_told(territory, moment) == moment.astimezone(zone(territory)).utcoffset()
