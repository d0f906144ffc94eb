"""Which slots of an agenda are free: openings, less absences, holidays and what is taken. No database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jalon.law.vocabulary import Territory
from jalon.support.territories import local, zone

DAY = timedelta(days=1)

#: Says the name of the public holiday that a day is in a place, or nothing.
Holiday = Callable[[Territory, date], str]


@dataclass(frozen=True)
class Hours:
    """A weekly opening, cut into meetings of so many minutes, in the hours of its own place.

    `place` is the site where the architect stands; None by telephone or video.
    """

    key: int
    weekday: int
    starts_at: time
    ends_at: time
    minutes: int
    territory: Territory
    place: int | None
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the opening holds on a day of its place."""
        ended = self.until is not None and day > self.until
        return day.weekday() == self.weekday and day >= self.since and not ended


@dataclass(frozen=True)
class Away:
    """Days without the architect, both included; a single day may have hours, in those of the slot's place."""

    since: date
    until: date
    starts_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True)
class Taken:
    """What is booked already, and at which site, if any."""

    starts_at: datetime
    ends_at: datetime
    place: int | None


@dataclass(frozen=True, order=True)
class Slot:
    """When a meeting may be booked, in UTC, and the opening that it is cut from."""

    starts_at: datetime
    ends_at: datetime
    opening: int
    territory: Territory
    place: int | None

    @property
    def key(self) -> str:
        """Return what an address or a button names the slot by."""
        return f"{self.opening}-{minute(self.starts_at)}"


def minute(moment: datetime) -> int:
    """Return a moment as the number by which slots are named."""
    return int(moment.timestamp()) // 60


def free_slots(
    hours: Iterable[Hours],
    away: Iterable[Away],
    taken: Iterable[Taken],
    *,
    travel: timedelta,
    holiday: Holiday,
    after: datetime,
    before: datetime,
) -> list[Slot]:
    """Return the slots that begin between two moments and that nothing takes, the earliest first.

    Slots of openings that overlap may overlap: taking one takes the other away.
    """
    absences, meetings = tuple(away), tuple(taken)
    found = (
        slot
        for opening in hours
        for slot in slots_of(opening, holiday, after, before)
        if not any(takes(one, slot.starts_at, slot.ends_at, slot.territory) for one in absences)
        and not any(too_near(slot, meeting, travel) for meeting in meetings)
    )
    return sorted(found, key=lambda slot: (slot.starts_at, slot.ends_at, slot.opening))


def slots_of(hours: Hours, holiday: Holiday, after: datetime, before: datetime) -> Iterator[Slot]:
    """Yield the slots of an opening that begin between two moments, whoever holds them."""
    place = zone(hours.territory)
    day, last = after.astimezone(place).date(), before.astimezone(place).date()
    while day <= last:
        if hours.holds_on(day) and not holiday(hours.territory, day):
            yield from (slot for slot in cut(hours, day) if after <= slot.starts_at < before)
        day += DAY


def cut(hours: Hours, day: date) -> Iterator[Slot]:
    """Yield the slots of an opening on a day, one after the other.

    On the night when clocks go forward, an hour that no clock shows begins no slot.
    """
    place, length = zone(hours.territory), timedelta(minutes=hours.minutes)
    opens, closes = datetime.combine(day, hours.starts_at), datetime.combine(day, hours.ends_at)
    shown, free_from = opens, None
    while shown + length <= closes:
        starts_at = in_utc(shown, place)
        if starts_at and (free_from is None or starts_at >= free_from):
            free_from = starts_at + length
            yield Slot(starts_at, free_from, hours.key, hours.territory, hours.place)
        shown += length


def in_utc(shown: datetime, place: ZoneInfo) -> datetime | None:
    """Return the moment at which clocks of a place show an hour, the first time; None when none does."""
    moment = shown.replace(tzinfo=place).astimezone(UTC)
    return moment if moment.astimezone(place).replace(tzinfo=None) == shown else None


def takes(away: Away, starts_at: datetime, ends_at: datetime, territory: Territory) -> bool:
    """Say whether an absence takes a time, by the days and hours of a place."""
    begins, ends = local(starts_at, territory), local(ends_at, territory)
    if not away.since <= begins.date() <= away.until:
        return False
    if away.starts_at is None or away.ends_at is None:
        return True
    return begins.time() < away.ends_at and ends.time() > away.starts_at


def too_near(slot: Slot, meeting: Taken, travel: timedelta) -> bool:
    """Say whether a meeting takes a slot, with the way from one site to the other where they differ."""
    elsewhere = None not in (slot.place, meeting.place) and slot.place != meeting.place
    way = travel if elsewhere else timedelta()
    return slot.starts_at < meeting.ends_at + way and meeting.starts_at < slot.ends_at + way
