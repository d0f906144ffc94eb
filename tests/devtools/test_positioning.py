"""The sentences that self-positioning is measured with, and what the measure tells."""

import tomllib
from collections import Counter
from importlib.resources import files

from jalon.devtools.bench import positioning

CATALOGUE = files("jalon.catalogue") / "data" / "certifications.toml"


def test_sixty_sentences_speak_of_every_certification_in_force_in_both_halves():
    sheets = tomllib.loads(CATALOGUE.read_text("utf-8"))
    in_force = {code for code, sheet in sheets.items() if sheet.get("active", True)}
    told = [one for one in positioning.sentences() if one.expected]
    assert len(told) == 60
    for half in ("seen", "unseen"):
        counted = Counter(one.expected for one in told if one.half == half)
        assert set(counted) == in_force
        assert min(counted.values()) >= 3


def test_no_sentence_stands_twice_and_each_fits_the_field():
    said = [one.says for one in positioning.sentences()]
    assert len(set(said)) == len(said)
    assert all(len(words) <= 600 for words in said)
