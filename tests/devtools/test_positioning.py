"""The sentences that self-positioning is measured with, and what the measure tells."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from jalon.catalogue.actions import load
from jalon.devtools.bench import encoder, positioning
from jalon.devtools.bench.positioning import Sentence, Share

CATALOGUE = files("jalon.catalogue") / "data" / "certifications.toml"


def in_force() -> set[str]:
    """Return the codes of the sheets that somebody may still be carried to."""
    sheets = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return {code for code, sheet in sheets.items() if sheet.get("active", True)}


def test_sixty_sentences_speak_of_every_certification_in_force_in_both_halves() -> None:
    told = [one for one in positioning.sentences() if one.expected and one.half != "told"]
    assert len(told) == 60
    for half in ("seen", "unseen"):
        counted = Counter(one.expected for one in told if one.half == half)
        assert set(counted) == in_force()
        assert min(counted.values()) >= 3


def test_thirty_more_were_told_by_people_of_every_trade() -> None:
    told = Counter(one.expected for one in positioning.sentences() if one.half == "told")
    assert told.total() == 30
    assert set(told) == in_force()


def test_no_sentence_stands_twice_and_each_fits_the_field() -> None:
    said = [one.says for one in positioning.sentences()]
    assert len(set(said)) == len(said)
    assert all(len(words) <= 600 for words in said)


def test_a_share_counts_what_came_first_and_what_came_among_three() -> None:
    asked = [Sentence(says, "A", "seen") for says in ("AB", "BCA", "BCD", "")]
    assert positioning.share(list, asked) == Share(first=1, shown=2, total=4)
    assert str(Share(1, 2, 4)) == "25% / 50%"
    assert positioning.silences(list, asked) == "1 sur 4"


@pytest.mark.django_db
def test_what_people_say_leads_to_their_certification_and_the_table_tells_how_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load()
    monkeypatch.setattr(encoder, "installed", lambda: False)
    every = positioning.sentences()
    kept = [one for one in every if one.half == "unseen" and one.expected]
    told = [one for one in every if one.half == "told"]
    for asked in (kept, told):
        found = positioning.share(positioning.by_words, asked)
        assert found.shown >= 0.85 * found.total
    lines = positioning.table().splitlines()
    assert [line.split("  ")[0] for line in lines[:5]] == ["moteur", *positioning.ENGINES]
    assert all(lines[place].endswith("non installé") for place in (3, 4))
