"""What changed between two texts: every word of both is told, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from jalon.writing.comparing import Change, Piece, pieces

TEXTS = st.text(alphabet="ab é’.\n", max_size=40)


def test_words_removed_come_before_those_that_took_their_place() -> None:
    assert pieces("On a réglé la machine.", "J’ai réglé la machine.") == [
        Piece(Change.REMOVED, "On a"),
        Piece(Change.ADDED, "J’ai"),
        Piece(Change.KEPT, " réglé la machine."),
    ]


@given(TEXTS, TEXTS)
def test_each_text_is_found_again_whole_in_what_is_told(old: str, new: str) -> None:
    told = pieces(old, new)
    assert "".join(one.words for one in told if one.change != Change.ADDED) == old
    assert "".join(one.words for one in told if one.change != Change.REMOVED) == new
    assert all(one.words for one in told)


@given(TEXTS)
def test_a_text_that_did_not_change_says_so(text: str) -> None:
    assert pieces(text, text) == ([Piece(Change.KEPT, text)] if text else [])
