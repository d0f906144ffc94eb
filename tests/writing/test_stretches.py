"""Two texts are compared word by word within a second or so, whatever they say."""

from time import process_time

import pytest

from jalon.writing.anchors import Rewriting, anchored, relocate
from jalon.writing.comparing import pieces
from jalon.writing.merging import merge
from jalon.writing.stretches import turns

#: A request that computes for longer than this holds up everybody who writes in the file.
SECONDS = 8


@pytest.fixture
def tiring() -> tuple[str, str]:
    """Two texts of the same few signs, which take minutes to compare to the end."""
    return "x" + "!?" * 1490 + "y", "z" + "?a!b" * 740 + "w"


def test_no_text_keeps_the_server_comparing(tiring: tuple[str, str]) -> None:
    old, new = tiring
    begun = process_time()
    merged = merge("une base", old, new)
    shown = pieces(old, new)
    relocate(anchored(old, 100, old[100:120]), Rewriting(old, new))
    assert process_time() - begun < SECONDS
    assert old in merged.text and new in merged.text
    assert "".join(one.words for one in shown if one.change != "added") == old
    assert "".join(one.words for one in shown if one.change != "removed") == new


def test_what_two_texts_begin_and_end_with_is_kept_however_long() -> None:
    long = ["!"] * 20_000
    found = list(turns([*long, "a", *long], [*long, "b", "c", *long]))
    assert found == [
        ("equal", 0, 20_000, 0, 20_000),
        ("replace", 20_000, 20_001, 20_000, 20_002),
        ("equal", 20_001, 40_001, 20_002, 40_002),
    ]
