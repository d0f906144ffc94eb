"""What is to be read again: after six months, the unsure rules first, each figure in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon.law import reading
from jalon.law.reading import CHOICES, FIGURES, figure, readings
from jalon.law.rulebook import Confidence, rules

ON = date(2026, 11, 25)


def test_every_rule_is_listed_once_the_unsure_first_then_those_to_read_again():
    listed = readings(ON)
    assert {one.rule.id for one in listed} == set(rules())
    assert len(listed) == len(rules())
    order = [(not one.unsure, not one.stale) for one in listed]
    assert order == sorted(order)
    assert (listed[0].unsure and listed[0].stale) or not any(
        one.unsure and one.stale for one in listed
    )


def test_a_rule_is_to_be_read_again_six_months_after_it_was():
    rule = rules()["R-028"]
    read = replace(rule.versions[0], read_on=date(2026, 5, 25))
    rule = replace(rule, versions=(read,))
    assert reading.reading(rule, ON).stale
    assert not reading.reading(rule, ON - timedelta(days=1)).stale
    assert reading.reading(rule, ON).due_on == ON


def test_a_rule_shows_the_version_of_the_day_and_keeps_the_others_beside():
    shown = next(one for one in readings(ON) if one.rule.id == "R-060")
    assert shown.version.id == "R-060@2024-04-13"
    assert [one.id for one in shown.others] == ["R-060"]


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.slug)
def test_each_way_to_look_keeps_something(choice):
    assert [one for one in readings(ON) if choice.keeps(one)]


def test_each_figure_of_the_law_is_said_in_words():
    for rule in rules().values():
        for version in rule.versions:
            for name, value in version.values.items():
                assert name == "amount_cents" or name in FIGURES, rule.id
                assert figure(name, value)


@pytest.mark.rule("R-103")
def test_an_amount_is_said_in_euros():
    assert figure("amount_cents", 10320) == "103,20\N{NO-BREAK SPACE}€"


def test_each_certainty_has_its_words():
    assert set(reading.CERTAINTY) == set(Confidence)
