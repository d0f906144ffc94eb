"""How long a person worked, without counting the same days twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import experience
from jalon.law.experience import Period
from jalon.law.vocabulary import Act, ExperienceKind

from .cases import a_file, ready_to_send, rule_against

ON = date(2027, 3, 15)
STARTS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
PERIODS = st.lists(
    st.builds(
        lambda start, days, kind: Period(start, start + timedelta(days=days), kind=kind),
        STARTS,
        st.integers(0, 900),
        st.sampled_from(list(ExperienceKind)),
    ),
    max_size=6,
)


def every_day(periods):
    """Return the set of days covered, counted one by one."""
    return {
        period.start + timedelta(days=offset)
        for period in periods
        for offset in range((min(period.end, ON) - period.start).days + 1)
    }


@pytest.mark.rule("R-009")
@pytest.mark.parametrize("kind", list(ExperienceKind))
def test_every_kind_of_activity_counts(kind):
    year = Period(date(2026, 1, 1), date(2026, 12, 31), kind=kind)
    assert experience.days_covered([year], ON) == 365


@pytest.mark.rule("R-009")
def test_the_kinds_are_those_of_the_law():
    assert {kind.value for kind in ExperienceKind} >= {
        "employed",
        "unpaid",
        "volunteer",
        "union",
        "elected",
        "work_training",
        "internship",
        "pmsmp",
    }


@given(PERIODS)
def test_overlapping_activities_count_each_day_once(periods):
    assert experience.days_covered(periods, ON) == len(every_day(periods))


@given(PERIODS)
def test_merged_stretches_are_in_order_and_apart(periods):
    stretches = experience.merged(periods, ON)
    for (_, end), (start, _) in pairwise(stretches):
        assert start > end + timedelta(days=1)


@given(PERIODS, PERIODS)
def test_one_more_activity_never_shortens_experience(some, more):
    assert experience.days_covered(some + more, ON) >= experience.days_covered(some, ON)


def test_an_activity_still_going_on_counts_up_to_today():
    assert experience.days_covered([Period(date(2027, 3, 1), None)], ON) == 15
    assert experience.days_covered([Period(date(2027, 4, 1), None)], ON) == 0


@pytest.mark.rule("R-008")
def test_less_than_a_year_is_only_a_notice():
    short = [Period(date(2026, 6, 1), date(2026, 12, 31))]
    assert experience.short_experience_notice(short, ON)
    assert not experience.short_experience_notice([Period(date(2026, 1, 1), None)], ON)
    assert (
        rule_against(Act.SEND_FEASIBILITY, ready_to_send(feasibility=a_file(experiences=1))) is None
    )


@pytest.mark.rule("R-008")
@given(PERIODS)
def test_the_notice_appears_exactly_below_a_year(periods):
    shown = bool(experience.short_experience_notice(periods, ON))
    assert shown == (len(every_day(periods)) < 365)


@pytest.mark.parametrize(
    ("days", "label"),
    [(10, "moins d’un mois"), (61, "2 mois"), (365, "1 an"), (823, "2 ans et 3 mois")],
)
def test_durations_are_said_as_people_say_them(days, label):
    assert experience.duration_label(days) == label
