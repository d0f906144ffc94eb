"""The table with its days: one row in force on each day, and a journey keeps the law it began under."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from jalon.law import lifecycle
from jalon.law.dates import Anchor, Anchors, Period
from jalon.law.lifecycle import TABLE
from jalon.law.rulebook import rules
from jalon.law.vocabulary import Accompaniment, Act, Route, Stage

from .cases import TODAY, a_convening, a_member, rule_against, waiting_for_a_date
from .simulated import good_facts
from .test_table import SHAPES

EVE, DAY = date(2024, 4, 12), date(2024, 4, 13)
COMPOSITION = {f"R-{number:03}" for number in range(59, 68)}
YEARS = [
    date(2024, 1, 1) + timedelta(days=n) for n in range((date(2031, 1, 1) - date(2024, 1, 1)).days)
]


def overlapping(rows):
    """Return the days on which several of these rows are in force at once."""
    return [day for day in YEARS if sum(row.governs(day) for row in rows) > 1]


def rows_at_one_place(table):
    """Yield the rows that one act has at one stage of one kind of journey, when it has several."""
    for act, stage in product(Act, [None, *Stage]):
        for route, accompaniment in product(Route, Accompaniment):
            rows = [
                row for row in table if row.act == act and row.serves(stage, route, accompaniment)
            ]
            if len(rows) > 1:
                yield rows


def test_on_each_day_an_act_has_at_most_one_row_on_a_journey():
    assert not [rows for rows in rows_at_one_place(TABLE) if overlapping(rows)]


def test_two_rows_in_force_at_once_would_be_seen():
    row = lifecycle.rows_of(Act.SCHEDULE_HEARING)[0]
    old, new = replace(row, in_force=Period(None, EVE)), replace(row, in_force=Period(DAY, None))
    assert overlapping([row, new])
    assert not overlapping([old, new])


def dated(monkeypatch, anchor):
    """Put in the table, in place of the summons, one row until a day and another from the next."""
    row = lifecycle.rows_of(Act.SCHEDULE_HEARING)[0]
    old = replace(row, done="ancien", in_force=Period(None, EVE), anchor=anchor)
    new = replace(row, done="nouveau", in_force=Period(DAY, None), anchor=anchor)
    monkeypatch.setattr(lifecycle, "_serving", lambda *_: (old, new))


def done_on(when):
    row = lifecycle.transition_for(
        Act.SCHEDULE_HEARING,
        Stage.VALIDATION_ACCEPTED,
        Route.FRANCE_VAE,
        Accompaniment.ALONE,
        when,
    )
    return row.done


def test_a_row_that_takes_journeys_by_their_first_day_leaves_the_others_alone(monkeypatch):
    dated(monkeypatch, Anchor.BEGUN)
    assert done_on(Anchors(act=TODAY, begun=EVE)) == "ancien"
    assert done_on(Anchors(act=TODAY, begun=DAY)) == "nouveau"


def test_a_row_that_takes_acts_by_their_day_takes_them_all(monkeypatch):
    dated(monkeypatch, Anchor.ACT)
    assert done_on(Anchors(act=EVE, begun=EVE)) == "ancien"
    assert done_on(Anchors(act=DAY, begun=EVE)) == "nouveau"


@pytest.mark.rule("R-067")
def test_two_journeys_begun_on_either_side_of_the_decree_differ_by_the_jury_alone():
    eve, day = Anchors(TODAY, begun=EVE), Anchors(TODAY, begun=DAY)
    assert {rule.id for rule in rules().values() if rule.at(eve) != rule.at(day)} == COMPOSITION
    for act, stage in product(Act, [None, *Stage]):
        for shape in SHAPES:
            assert lifecycle.transition_for(act, stage, *shape, eve) == lifecycle.transition_for(
                act, stage, *shape, day
            )


@pytest.mark.rule("R-060", "R-067")
def test_the_jury_of_a_journey_begun_before_the_decree_may_lack_a_qualified_member():
    summons = a_convening(panel=(a_member("p", qualified=False), a_member("m", qualified=False)))
    refused = {
        begun: rule_against(Act.SCHEDULE_HEARING, waiting_for_a_date(registered_on=begun), summons)
        for begun in (EVE, DAY)
    }
    assert refused[DAY] == "R-060"
    assert refused[EVE] != "R-060"


@pytest.mark.rule("R-067")
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.act)
def test_an_act_is_judged_alike_on_either_side_of_the_decree(row):
    cases = [waiting_for_a_date(registered_on=begun) for begun in (EVE, DAY)]
    facts = good_facts(row, cases[0], frozenset())
    one, other = (lifecycle.refused_by(row, case, facts) for case in cases)
    assert one == other


def test_the_law_of_an_act_names_the_versions_of_its_rules():
    row = lifecycle.rows_of(Act.DECLARE_COMPLETE)[0]
    applied = lifecycle.law_applied(row, Anchors(TODAY, begun=DAY))
    assert {"R-026@2023-12-29", "R-028@2023-12-29"} <= set(applied)
    assert applied == sorted(applied)


def test_the_law_of_a_summons_is_that_of_the_day_the_journey_began():
    row = lifecycle.rows_of(Act.SCHEDULE_HEARING)[0]
    assert "R-060@2024-04-13" in lifecycle.law_applied(row, Anchors(TODAY, begun=DAY))
    assert "R-060" in lifecycle.law_applied(row, Anchors(TODAY, begun=EVE))


@pytest.mark.rule("R-067")
def test_a_refusal_cites_the_text_of_the_day_the_journey_began():
    alone = a_convening(panel=(a_member("p"),))
    texts = {}
    for begun in (EVE, DAY):
        case = waiting_for_a_date(registered_on=begun)
        row = lifecycle.rows_of(Act.SCHEDULE_HEARING)[0]
        texts[begun] = lifecycle.refused_by(row, case, alone).cited
    assert "D6412-6" in texts[DAY]
    assert "à confirmer" in texts[EVE]
