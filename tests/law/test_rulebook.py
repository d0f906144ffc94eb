"""The rules as data, and the mark that says where each is enforced."""

from collections import defaultdict

import pytest

from jalon.law import lifecycle, rulebook
from jalon.law.rulebook import Refusal, Refused, enforces, rules


def test_the_rules_are_numbered_without_a_hole():
    assert list(rules()) == [f"R-{number:03}" for number in range(1, 135)]


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_tells_its_source_and_its_certainty(rule):
    assert rule.area and rule.article
    assert rule.text.endswith(".") and rule.text[0].isupper()
    assert rule.confidence in {"certain", "probable", "unsure"}


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
