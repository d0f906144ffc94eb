"""The filters of lists: every journey is under way or finished, and is found again."""

from itertools import pairwise

from jalon.law.stages import (
    ARCHITECT_FILTERS,
    CERTIFIER_FILTERS,
    CERTIFIER_TASKS,
    ENDS,
    UNDER_WAY,
)
from jalon.law.vocabulary import Pending, Stage

ALL = frozenset(Stage)


def named(filters, slug):
    """Return the stages of one filter."""
    return next(one.stages for one in filters if one.slug == slug)


def test_a_journey_is_either_under_way_or_finished():
    assert named(ARCHITECT_FILTERS, "en-cours") == UNDER_WAY
    assert named(ARCHITECT_FILTERS, "finis") == ENDS
    assert UNDER_WAY | ENDS == ALL
    assert not UNDER_WAY & ENDS


def test_a_reserve_still_to_be_lifted_is_under_way():
    assert Stage.CONDITIONALLY_CERTIFIED in UNDER_WAY


def test_an_architect_finds_every_stage_under_one_filter_beside_those_of_all():
    parts = [one.stages for one in ARCHITECT_FILTERS[3:]]
    assert sum(map(len, parts)) == len(ALL)
    assert frozenset().union(*parts) == ALL


def test_what_waits_for_a_certifier_is_the_sum_of_what_there_is_to_do():
    parts = [one.stages for one in CERTIFIER_TASKS]
    assert CERTIFIER_FILTERS[0].stages == frozenset().union(*parts)
    assert sum(map(len, parts)) == len(CERTIFIER_FILTERS[0].stages)
    assert CERTIFIER_FILTERS[0].pending == frozenset(Pending) - {Pending.TEAM_ADJUSTMENT}


def test_no_two_filters_of_a_list_have_the_same_address():
    for filters in (ARCHITECT_FILTERS, CERTIFIER_FILTERS):
        slugs = sorted(one.slug for one in filters)
        assert all(one != after for one, after in pairwise(slugs))
