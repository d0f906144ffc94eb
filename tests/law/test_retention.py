"""What people may ask of their own data, and how long it is kept."""

from datetime import date, datetime, timedelta

import pytest

from jalon.law.retention import (
    FRESH,
    copy_available_until,
    no_copy_under_way,
    signed_in_lately,
    told_in_a_copy,
)
from jalon.law.vocabulary import Act
from jalon.now import PARIS

NOON = datetime(2027, 3, 1, 12, tzinfo=PARIS)


@pytest.mark.rule("R-122")
def test_a_second_copy_waits_for_the_first() -> None:
    refused = no_copy_under_way(NOON)
    assert no_copy_under_way(None) is None
    assert refused and refused.rule == "R-122" and "attendez" in refused.why


@pytest.mark.rule("R-122")
def test_a_copy_stays_a_week() -> None:
    assert copy_available_until(date(2027, 3, 1)) == date(2027, 3, 8)


@pytest.mark.rule("R-122")
@pytest.mark.parametrize(
    ("signed_in_at", "given"),
    [
        (NOON, True),
        (NOON - FRESH, True),
        (NOON - FRESH - timedelta(seconds=1), False),
        (NOON + timedelta(hours=1), False),
        (None, False),
    ],
)
def test_everything_is_given_only_to_who_has_just_signed_in(
    signed_in_at: datetime | None, given: bool
) -> None:
    assert (signed_in_lately(signed_in_at, NOON) is None) is given


@pytest.mark.rule("R-079")
def test_the_votes_of_a_jury_stay_out_of_a_copy() -> None:
    assert not told_in_a_copy(Act.RECORD_DELIBERATION)
    assert told_in_a_copy(Act.RECORD_STEP) and told_in_a_copy(None)
