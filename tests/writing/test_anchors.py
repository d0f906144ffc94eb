"""A remark stays with its words while the text is written: found where they went, or said to be gone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.writing.anchors import Anchor, Rewriting, anchored, relocate, sentences

TEXT = "J’ai réglé la machine. Puis j’ai contrôlé la pièce. J’ai noté la cote."

#: Few words, so that the same ones come back often; spaces, commas and lines between them.
words = st.sampled_from(["je", "règle", "la", "machine", "pièce", "J’ai", "a", "aa"])
between = st.sampled_from([" ", ", ", ". ", "\n", "  "])
texts = st.lists(st.tuples(words, between), max_size=25).map(
    lambda said: "".join(word + space for word, space in said)
)


@st.composite
def chosen(draw: st.DrawFn) -> tuple[str, Anchor]:
    """Draw a text, and words chosen anywhere in it."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, anchored(text, start, text[start:end])


def on(words: str, text: str = TEXT) -> Anchor:
    """Return the anchor of words that a text has once."""
    assert text.count(words) == 1
    return anchored(text, text.index(words), words)


@settings(max_examples=1000, deadline=None)
@given(chosen(), st.lists(texts, min_size=1, max_size=3))
def test_after_any_rewriting_a_remark_is_where_its_words_are_or_says_that_they_changed(
    drawn: tuple[str, Anchor], later: list[str]
) -> None:
    text, anchor = drawn
    for new in later:
        found = relocate(anchor, Rewriting(text, new))
        if found is None:
            assert not anchor.stands_in(text) or text != new
        else:
            assert found.words == anchor.words and found.stands_in(new)
        anchor, text = found or anchor, new


@settings(max_examples=1000, deadline=None)
@given(chosen(), texts, st.data())
def test_an_edit_elsewhere_never_loses_a_remark(
    drawn: tuple[str, Anchor], typed: str, data: st.DataObject
) -> None:
    text, anchor = drawn
    before = data.draw(st.booleans())
    low, high = (0, anchor.start) if before else (anchor.end, len(text))
    start = data.draw(st.integers(low, high))
    end = data.draw(st.integers(start, high))
    new = text[:start] + typed + text[end:]
    found = relocate(anchor, Rewriting(text, new))
    assert found is not None and found.stands_in(new)
    if new.count(anchor.words) == 1:
        moved = len(typed) - (end - start) if before else 0
        assert found.start == anchor.start + moved


def test_words_moved_to_another_sentence_are_found_there() -> None:
    moved = "J’ai noté la cote. J’ai réglé la machine. Puis j’ai contrôlé la pièce."
    found = relocate(on("Puis j’ai contrôlé"), Rewriting(TEXT, moved))
    assert found is not None and found.start == moved.index("Puis")
    found = relocate(on("noté la cote"), Rewriting(TEXT, moved))
    assert found is not None and found.start == moved.index("noté")


def test_the_same_words_elsewhere_are_not_taken_for_those_that_were_taken_out() -> None:
    text = "Je règle la machine. Je mesure. Je règle la machine."
    first = anchored(text, 0, "Je règle la machine.")
    assert (
        relocate(first, Rewriting(text, "Nous travaillons. Je mesure. Je règle la machine."))
        is None
    )


def test_words_taken_out_then_typed_again_are_found_again() -> None:
    without = TEXT.replace("la pièce", "tout")
    anchor = on("la pièce")
    assert relocate(anchor, Rewriting(TEXT, without)) is None
    found = relocate(anchor, Rewriting(without, TEXT))
    assert found is not None and found == anchor


def test_several_edits_at_once_leave_a_remark_between_them_in_its_place() -> None:
    text = TEXT.replace("réglé", "démarré").replace("noté", "écrit")
    found = relocate(on("contrôlé la pièce"), Rewriting(TEXT, text))
    assert found is not None and found.start == text.index("contrôlé la pièce")


def test_a_text_is_cut_into_the_sentences_that_one_reads() -> None:
    text = "J’ai coupé 2.5 mm. Est-ce droit ?\r\nOui !  Sans point"
    found = sentences(text)
    assert [one.words for one in found] == [
        "J’ai coupé 2.5 mm.",
        "Est-ce droit ?",
        "Oui !",
        "Sans point",
    ]
    assert all(one.stands_in(text) for one in found)
