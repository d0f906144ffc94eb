"""Which sooner hours suit, what may be asked, and until when one is kept."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jalon.law.earlier import Wanted, kept_until, may_ask, may_keep_for, still_kept, suits
from jalon.law.vocabulary import MeetingMode, OfferState
from jalon.now import PARIS

MONDAY = date(2027, 3, 1)
WANTED = Wanted(date(2027, 3, 5), (0, 1, 3))
OWN = datetime(2027, 3, 9, 9, tzinfo=PARIS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=PARIS)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("starts", "mode", "wanted", "expected"),
    [
        (at(2, 9), MeetingMode.ON_SITE, WANTED, True),
        (at(3, 9), MeetingMode.ON_SITE, WANTED, False),  # a Wednesday, not ticked
        (at(8, 9), MeetingMode.ON_SITE, WANTED, False),  # after the last day
        (at(2, 14), MeetingMode.ON_SITE, replace(WANTED, afternoons=False), False),
        (at(2, 12), MeetingMode.ON_SITE, replace(WANTED, mornings=False), True),
        (at(2, 9), MeetingMode.ON_SITE, replace(WANTED, on_site=False), False),
        (at(2, 9), MeetingMode.PHONE, replace(WANTED, on_site=False), True),
        (at(2, 9), MeetingMode.REMOTE, replace(WANTED, from_afar=False), False),
        (at(9, 10), MeetingMode.PHONE, replace(WANTED, until=date(2027, 3, 9)), False),  # later
    ],
)
def test_an_hour_suits_by_day_half_and_way_and_is_sooner(
    starts: datetime, mode: MeetingMode, wanted: Wanted, expected: bool
) -> None:
    assert suits(wanted, starts, mode, OWN) is expected


@pytest.mark.parametrize(
    ("at_", "latest", "expected"),
    [
        (at(2, 10), at(4, 9), at(2, 14)),
        (at(2, 17), at(4, 9), at(3, 11)),  # two hours today, two tomorrow from nine
        (at(2, 23), at(4, 9), at(3, 13)),
        (at(5, 18), at(9, 9), at(8, 12)),  # over the weekend
        (at(2, 17), at(2, 23), at(2, 19)),  # no later than it may be booked, nor at night
        (at(2, 18, 30), at(2, 23), None),  # half an hour is too little
        (at(2, 20), at(3, 8), None),
    ],
)
def test_an_hour_is_kept_during_the_day_only(
    at_: datetime, latest: datetime, expected: datetime | None
) -> None:
    assert kept_until(at_, latest, 4, is_weekday) == expected


def test_waiting_needs_a_meeting_to_come_and_something_ticked() -> None:
    refusals = [
        may_ask(WANTED, MONDAY, None),
        may_ask(replace(WANTED, until=date(2027, 2, 28)), MONDAY, OWN.date()),
        may_ask(replace(WANTED, until=OWN.date() + timedelta(1)), MONDAY, OWN.date()),
        may_ask(replace(WANTED, weekdays=()), MONDAY, OWN.date()),
        may_ask(replace(WANTED, mornings=False, afternoons=False), MONDAY, OWN.date()),
        may_ask(replace(WANTED, on_site=False, from_afar=False), MONDAY, OWN.date()),
    ]
    begins = [refusal.why.split()[0] for refusal in refusals if refusal]
    assert begins == ["Vous", "Choisissez", "Choisissez", "Cochez", "Cochez", "Cochez"]
    assert may_ask(WANTED, MONDAY, OWN.date()) is None


def test_what_is_kept_no_more_is_refused_with_what_stands() -> None:
    assert still_kept(OfferState.HELD, at(2, 14), at(2, 13), stands=True) is None
    for state, moment in ((OfferState.HELD, at(2, 14)), (OfferState.PASSED, at(2, 13))):
        refusal = still_kept(state, at(2, 14), moment, stands=True)
        assert refusal and "tient toujours." in refusal.why
        gone = still_kept(state, at(2, 14), moment, stands=False)
        assert gone and "tient" not in gone.why


def test_an_organisation_keeps_an_hour_from_one_to_twenty_four_hours() -> None:
    assert [may_keep_for(hours) is None for hours in (0, 1, 4, 24, 25)] == [
        False,
        True,
        True,
        True,
        False,
    ]
