"""The clocks of a place as a calendar file tells them (VTIMEZONE), for agendas that know no other.

Those that icalendar draws from a zone go forward an hour late: ours are few, and say their rule.
"""

from calendar import SUNDAY, monthrange
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

Season = TimezoneStandard | TimezoneDaylight

#: When clocks go forward, then back: the month, the Sunday, the hour that they show as they change.
CHANGES = {
    "Europe/Paris": ((3, "-1SU", 2), (10, "-1SU", 3)),
    "America/Miquelon": ((3, "2SU", 2), (11, "1SU", 2)),
}
#: A year since which each of these rules has held.
SINCE = 2020
WINTER, SUMMER = datetime(SINCE, 1, 15), datetime(SINCE, 7, 15)


def zones(named: Iterable[ZoneInfo]) -> list[Timezone]:
    """Return each of these zones once, by name."""
    return [told(zone) for zone in sorted(set(named), key=str)]


@cache
def told(zone: ZoneInfo) -> Timezone:
    """Return a zone with its changes of hour, if it has any."""
    made = Timezone()
    made.add("tzid", zone.key)
    winter, summer = offset(zone, WINTER), offset(zone, SUMMER)
    if winter == summer:
        made.add_component(hours(TimezoneStandard(), datetime(SINCE, 1, 1), winter, winter))
        return made
    forward, back = CHANGES[zone.key]
    made.add_component(recurring(TimezoneDaylight(), forward, winter, summer))
    made.add_component(recurring(TimezoneStandard(), back, summer, winter))
    return made


def offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    """Return how far the clocks of a zone are from UTC at a moment that they show."""
    found = moment.replace(tzinfo=zone).utcoffset()
    assert found is not None
    return found


def recurring(
    kind: Season, change: tuple[int, str, int], before: timedelta, after: timedelta
) -> Season:
    """Return what clocks do each year from a Sunday on."""
    month, sunday, hour = change
    made = hours(kind, first(month, sunday, hour), before, after)
    made.add("rrule", {"freq": "yearly", "bymonth": month, "byday": sunday})
    return made


def first(month: int, sunday: str, hour: int) -> datetime:
    """Return the first moment at which a rule applies: the last Sunday of a month, or its first or second."""
    _, last = monthrange(SINCE, month)
    days = [datetime(SINCE, month, day, hour) for day in range(1, last + 1)]
    sundays = [day for day in days if day.weekday() == SUNDAY]
    number = int(sunday.removesuffix("SU"))
    return sundays[number - 1 if number > 0 else number]


def hours(kind: Season, since: datetime, before: timedelta, after: timedelta) -> Season:
    """Return a part of the year of a zone, from when it was so first."""
    kind.add("dtstart", since)
    kind.add("tzoffsetfrom", before)
    kind.add("tzoffsetto", after)
    return kind
