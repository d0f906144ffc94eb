"""The rules as data, and the mark that says where each is enforced."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon.law import lifecycle, rulebook
from jalon.law.dates import Anchors, Period
from jalon.law.rulebook import (
    Confidence,
    Refusal,
    Refused,
    enforces,
    ratio,
    rules,
    value,
)


def test_the_rules_are_numbered_without_a_hole():
    assert list(rules()) == [f"R-{number:03}" for number in range(1, 135)]


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_tells_its_source_and_its_certainty(rule):
    assert rule.area and rule.versions
    for version in rule.versions:
        assert version.article and version.read_on
        assert version.text.endswith(".") and version.text[0].isupper()
        assert version.confidence in Confidence


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_on_each_day_one_version_of_a_rule_is_in_force_and_no_other(rule):
    for day in days(date(2024, 1, 1), date(2030, 12, 31)):
        assert sum(version.period.holds(day) for version in rule.versions) == 1, day


def days(first, last):
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def test_a_version_is_named_by_its_rule_and_its_first_day():
    names = [version.id for rule in rules().values() for version in rule.versions]
    assert len(names) == len(set(names))
    assert rules()["R-060"].at(date(2026, 1, 1)).id == "R-060@2024-04-13"
    assert rules()["R-060"].at(date(2024, 4, 12)).id == "R-060"


def test_a_journey_begun_before_the_first_known_text_is_under_that_text():
    assert rules()["R-028"].at(date(2019, 5, 1)) == rules()["R-028"].versions[0]


def test_a_rule_that_is_over_says_nothing():
    over = replace(rules()["R-028"].versions[0], period=Period(date(2024, 1, 1), date(2024, 6, 30)))
    with pytest.raises(LookupError):
        replace(rules()["R-028"], versions=(over,)).at(date(2024, 7, 1))


@pytest.mark.rule("R-103")
@pytest.mark.parametrize(
    ("on", "cents"),
    [(date(2024, 5, 1), 0), (date(2024, 12, 31), 10000), (date(2025, 1, 1), 10223)],
)
def test_the_share_paid_by_the_holder_of_a_cpf_is_that_of_its_year(on, cents):
    assert value("R-103", "amount_cents", on) == cents


def test_a_figure_is_looked_up_by_the_day_its_rule_is_anchored_to():
    late = Anchors(act=date(2027, 3, 1), begun=date(2024, 4, 12))
    assert value("R-060", "qualified", late) == 0
    assert value("R-060", "qualified", replace(late, begun=date(2024, 4, 13))) == 1
    assert value("R-060", "qualified", Anchors(act=date(2027, 3, 1))) == 1


def test_a_ratio_is_not_taken_for_a_whole_figure():
    assert ratio("R-087", "ratio", date(2027, 1, 1)) == 2.0
    with pytest.raises(TypeError):
        value("R-087", "ratio", date(2027, 1, 1))
    with pytest.raises(KeyError):
        value("R-028", "fortnights", date(2027, 1, 1))


def test_a_refusal_under_an_unsure_rule_says_that_it_is_to_be_confirmed():
    assert Refusal("R-070", "Non.").cited.endswith("règle à confirmer auprès du certificateur)")
    assert "confirmer" not in Refusal("R-018", "Non.").cited


def test_an_unknown_rule_cannot_be_claimed():
    with pytest.raises(KeyError):
        enforces("R-999")


def test_a_mark_leaves_the_function_as_it_was(monkeypatch):
    def guard():
        """Return nothing."""

    monkeypatch.setattr(rulebook, "_enforcers", defaultdict(set))
    assert enforces("R-104")(guard) is guard
    (place,) = rulebook.enforcers()["R-104"]
    assert place.endswith("guard")


def test_the_law_itself_enforces_at_least_eighty_rules():
    assert lifecycle.TABLE
    in_law = {
        rule
        for rule, places in rulebook.enforcers().items()
        if any(place.startswith("jalon.law.") for place in places)
    }
    assert len(in_law) >= 80


def test_a_refusal_carries_its_rule_its_article_and_its_sentence():
    refused = Refused(Refusal("R-018", "Attendez le 1er janvier."))
    assert (refused.rule, refused.why) == ("R-018", "Attendez le 1er janvier.")
    assert refused.refusal.article == "Code du travail, R6412-3 al. 2"
    assert Refusal("TABLE", "Pas ici.").article == ""
