"""Which slots are free, whatever is opened, taken, away or closed; and at both changes of hour."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jalon.law.vocabulary import Territory
from jalon.support.slots import DAY, Away, Hours, Slot, Taken, cut, free_slots
from jalon.support.territories import holiday, local

MONDAY = date(2027, 3, 1)
BEGINNING = datetime(2027, 3, 1, tzinfo=UTC)
TRAVEL = timedelta(minutes=40)

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
days = st.dates(date(2027, 2, 1), date(2027, 12, 31))


@st.composite
def openings(draw: st.DrawFn) -> Hours:
    starts_at, ends_at = sorted(draw(st.lists(times, min_size=2, max_size=2, unique=True)))
    return Hours(
        key=draw(st.integers(1, 9)),
        weekday=draw(st.integers(0, 6)),
        starts_at=starts_at,
        ends_at=ends_at,
        minutes=draw(st.sampled_from([30, 45, 60, 90])),
        territory=draw(st.sampled_from(list(Territory))),
        place=draw(st.sampled_from([None, 1, 2])),
        since=draw(days),
        until=draw(st.none() | days),
    )


@st.composite
def absences(draw: st.DrawFn) -> Away:
    first = draw(days)
    if draw(st.booleans()):
        starts_at, ends_at = sorted(draw(st.lists(times, min_size=2, max_size=2, unique=True)))
        return Away(first, first, starts_at, ends_at)
    return Away(first, first + timedelta(days=draw(st.integers(0, 20))))


@st.composite
def meetings(draw: st.DrawFn) -> Taken:
    minutes = draw(st.integers(0, 300 * 24 * 4))
    starts_at = BEGINNING + timedelta(minutes=15 * minutes)
    length = timedelta(minutes=draw(st.sampled_from([30, 45, 60, 90])))
    return Taken(starts_at, starts_at + length, draw(st.sampled_from([None, 1, 2])))


@given(
    st.lists(openings(), max_size=5),
    st.lists(absences(), max_size=4),
    st.lists(meetings(), max_size=8),
    st.integers(0, 300),
)
def test_a_free_slot_is_within_its_opening_and_nothing_takes_it(
    hours: list[Hours], away: list[Away], taken: list[Taken], begins: int
) -> None:
    after = BEGINNING + timedelta(days=begins)
    before = after + timedelta(weeks=3)
    for slot in free_slots(
        hours, away, taken, travel=TRAVEL, holiday=holiday, after=after, before=before
    ):
        starts, ends = local(slot.starts_at, slot.territory), local(slot.ends_at, slot.territory)
        assert after <= slot.starts_at < before
        assert not holiday(slot.territory, starts.date())
        assert any(
            one.key == slot.opening
            and starts.weekday() == one.weekday
            and one.since <= starts.date() <= (one.until or starts.date())
            and one.starts_at <= starts.time()
            and slot.ends_at - slot.starts_at == timedelta(minutes=one.minutes)
            for one in hours
        )
        for one in away:
            within = one.since <= starts.date() <= one.until
            assert not (within and one.starts_at is None)
            if within and one.starts_at and one.ends_at:
                assert ends.time() <= one.starts_at or starts.time() >= one.ends_at
        for met in taken:
            far = TRAVEL if {slot.place, met.place} == {1, 2} else timedelta()
            assert slot.ends_at + far <= met.starts_at or slot.starts_at >= met.ends_at + far


@given(openings(), days)
def test_the_slots_of_one_opening_never_overlap_even_when_clocks_change(
    hours: Hours, day: date
) -> None:
    slots = list(cut(hours, day))
    for one, following in pairwise(slots):
        assert one.ends_at <= following.starts_at


@given(openings(), st.integers(0, 300))
def test_a_slot_that_is_taken_is_the_only_one_of_its_opening_to_go(
    hours: Hours, begins: int
) -> None:
    after = BEGINNING + timedelta(days=begins)
    span = {"holiday": holiday, "after": after, "before": after + timedelta(weeks=2)}
    whole = free_slots([hours], [], [], travel=TRAVEL, **span)
    for slot in whole[:3]:
        taken = Taken(slot.starts_at, slot.ends_at, slot.place)
        left = free_slots([hours], [], [taken], travel=TRAVEL, **span)
        assert left == [one for one in whole if one != slot]


def morning(**changes: object) -> Hours:
    return Hours(
        **{
            "key": 7,
            "weekday": 0,
            "starts_at": time(9),
            "ends_at": time(12),
            "minutes": 60,
            "territory": Territory.METROPOLE,
            "place": 1,
            "since": date(2027, 1, 1),
        }
        | changes  # type: ignore[arg-type]
    )


def free_on(day: date, *hours: Hours, taken: tuple[Taken, ...] = ()) -> list[Slot]:
    begins = datetime.combine(day, time(), UTC) - timedelta(hours=12)
    return [
        slot
        for slot in free_slots(
            hours,
            [],
            taken,
            travel=TRAVEL,
            holiday=holiday,
            after=begins,
            before=begins + 2 * DAY,
        )
        if local(slot.starts_at, slot.territory).date() == day
    ]


def hours_of(slots: list[Slot]) -> list[str]:
    return [f"{local(one.starts_at, one.territory):%H:%M}" for one in slots]


def test_two_ways_to_meet_at_the_same_hour_are_both_offered() -> None:
    found = free_on(
        date(2027, 3, 1), morning(ends_at=time(10)), morning(ends_at=time(10), place=None)
    )
    assert {one.place for one in found} == {1, None} and hours_of(found) == ["09:00", "09:00"]


def test_nine_o_clock_stays_nine_o_clock_before_and_after_both_changes_of_hour() -> None:
    # Clocks go forward on 28 March 2027 and back on 31 October 2027, both Sundays.
    for before, after in (
        (date(2027, 3, 22), date(2027, 4, 5)),
        (date(2027, 10, 25), date(2027, 11, 8)),
    ):
        shown = [free_on(day, morning())[0] for day in (before, after)]
        assert hours_of(shown) == ["09:00", "09:00"]
        assert {one.starts_at.hour for one in shown} == {7, 8}


def test_an_hour_that_no_clock_shows_is_not_offered() -> None:
    night = morning(weekday=6, starts_at=time(1), ends_at=time(5))
    assert hours_of(free_on(date(2027, 3, 28), night)) == ["01:00", "03:00", "04:00"]


def test_an_hour_that_clocks_show_twice_is_offered_once() -> None:
    night = morning(weekday=6, starts_at=time(1), ends_at=time(5))
    assert hours_of(free_on(date(2027, 10, 31), night)) == ["01:00", "02:00", "03:00", "04:00"]


def test_an_overseas_site_lives_at_its_own_hour() -> None:
    there = morning(territory=Territory.REUNION)
    assert [one.starts_at.hour for one in free_on(MONDAY, there)] == [5, 6, 7]


def test_public_holidays_are_those_of_the_place() -> None:
    easter_monday, good_friday = date(2027, 3, 29), date(2027, 3, 26)
    assert free_on(easter_monday, morning()) == []
    assert free_on(good_friday, morning(weekday=4))
    assert free_on(good_friday, morning(weekday=4, territory=Territory.ALSACE_MOSELLE)) == []
    abolition = date(2027, 12, 20)
    assert free_on(abolition, morning())
    assert free_on(abolition, morning(territory=Territory.REUNION)) == []


def test_the_way_from_one_site_to_another_is_left_free() -> None:
    nine, ten = free_on(MONDAY, morning())[:2]
    taken = Taken(nine.starts_at, nine.ends_at, 1)
    assert hours_of(free_on(MONDAY, morning(), taken=(taken,))) == ["10:00", "11:00"]
    assert hours_of(free_on(MONDAY, morning(place=2), taken=(taken,))) == ["11:00"]
    assert hours_of(free_on(MONDAY, morning(place=None), taken=(taken,))) == ["10:00", "11:00"]
    assert ten.key.startswith("7-")
