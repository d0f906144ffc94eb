"""Two texts written at once become one in which each finds all that they typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.writing import stretches
from jalon.writing.merging import merge

BASE = "Je règle le tour. Je mesure la pièce."


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        ("Je règle seul le tour. Je mesure la pièce.", BASE + " Je note.", "Je règle seul le tour. Je mesure la pièce. Je note."),
        (BASE, "Autre.", "Autre."),
        ("Autre.", BASE, "Autre."),
        ("Je mesure la pièce.", BASE + " Bien.", "Je mesure la pièce. Bien."),
        (BASE + " Je note", BASE + " Je note tout", BASE + " Je note tout"),
    ],
)  # fmt: skip
def test_what_does_not_meet_is_put_together(mine: str, theirs: str, together: str) -> None:
    merged = merge(BASE, mine, theirs)
    assert (merged.text, merged.apart) == (together, False)


def test_a_passage_written_in_two_ways_holds_both_and_says_so() -> None:
    merged = merge(BASE, BASE + " Je range.", BASE + " Je nettoie.")
    assert merged.apart
    assert merged.text == BASE + " Je nettoie. Je range."


@pytest.mark.parametrize(("mine", "theirs"), [("15", "5"), ("5", "15"), ("atelier", "tel")])
def test_a_word_that_is_a_part_of_another_is_not_taken_for_it(mine: str, theirs: str) -> None:
    merged = merge(
        "J’ai fait 3 pièces.", f"J’ai fait {mine} pièces.", f"J’ai fait {theirs} pièces."
    )
    assert (merged.text, merged.apart) == (f"J’ai fait {theirs} {mine} pièces.", True)


def test_words_that_one_side_removed_and_the_other_changed_stay() -> None:
    merged = merge(BASE, "Je règle le tour. Je mesure chaque pièce.", "Je règle le tour.")
    assert "chaque" in merged.text


def numbered(prefix: str, count: int) -> list[str]:
    """Return words that stand nowhere else."""
    return [f"{prefix}{number}" for number in range(count)]


@st.composite
def two_hands(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    """Draw a text, and what two people made of it: words removed, words of their own added anywhere."""
    base = numbered("b", draw(st.integers(0, 12)))
    hands = []
    for hand in "mt":
        kept = [one for one in base if draw(st.booleans())]
        for word in numbered(hand, draw(st.integers(0, 6))):
            kept.insert(draw(st.integers(0, len(kept))), word)
        hands.append(kept)
    return base, *hands


@given(two_hands(), st.sampled_from([" ", "\n", ", "]))
def test_every_word_that_either_typed_is_there_once(
    texts: tuple[list[str], list[str], list[str]], between: str
) -> None:
    base, mine, theirs = texts
    merged = merge(*(between.join(one) for one in texts))
    words = re.findall(r"\w+", merged.text)
    for typed in (mine, theirs):
        own = [one for one in typed if one not in base]
        assert all(words.count(one) == 1 for one in own)
    assert set(mine) & set(theirs) <= set(words), "what both kept stays"


@given(st.text(), st.text(), st.text())
def test_any_letters_are_put_together(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs).text
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs
    assert merge(base, mine, mine).text == mine
    assert merge(merged, merged, merged).text == merged
    if base == "":
        assert mine in merged and theirs in merged


def test_a_text_too_long_to_compare_word_by_word_loses_nothing_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stretches, "EFFORT", 0)
    merged = merge("un deux trois", "un 2 trois quatre cinq", "1 deux trois six")
    assert all(word in merged.text for word in ("2", "quatre", "cinq", "1", "six"))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "together"),
    [
        ("Je règle avec la fiche. Je range.", "Je règle avec le chef. Je range.", "Je règle avec ma notice. Je range.", "Je règle avec ma notice le chef. Je range."),
        ("Avec la bonne fiche.", "Avec le bon chef.", "Avec ma bonne notice.", "Avec ma bonne notice le bon chef."),
        ("Je lis le plan. Je range.", "Je lis ce plan. Je trie.", "Je lis mon plan. Je range.", "Je lis mon ce plan. Je trie."),
    ],
)  # fmt: skip
def test_two_ways_of_a_sentence_follow_one_another_and_are_not_mixed_word_by_word(
    base: str, mine: str, theirs: str, together: str
) -> None:
    merged = merge(base, mine, theirs)
    assert (merged.text, merged.apart) == (together, True)
