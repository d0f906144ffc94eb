"""Where a remark stands in a text that goes on being written: the words it bears on, and their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jalon.writing.stretches import turns

#: How many characters are kept on each side of the words.
AROUND = 40

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]+[»\"”)]*(?=\s|$)|(?=\n)|$)")

#: A stretch that two texts share: where it begins in each, and its length.
Stretch = tuple[int, int, int]


@dataclass(frozen=True)
class Anchor:
    """Some words of a text, where they begin, and what stands on each side."""

    words: str
    start: int
    before: str
    after: str

    @property
    def end(self) -> int:
        """Return where the words end."""
        return self.start + len(self.words)

    def stands_in(self, text: str) -> bool:
        """Say whether the words are where the anchor says."""
        return bool(self.words) and text[self.start : self.end] == self.words


def anchored(text: str, start: int, words: str) -> Anchor:
    """Return the anchor of words that begin at a place of a text."""
    end = start + len(words)
    return Anchor(words, start, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def sentences(text: str) -> list[Anchor]:
    """Return each sentence of a text, in order; a new line ends one."""
    found = []
    for match in SENTENCE.finditer(text):
        words = match.group().strip()
        if words:
            start = match.start() + match.group().index(words)
            found.append(anchored(text, start, words))
    return found


@dataclass(frozen=True)
class Rewriting:
    """A text that became another: what both share is looked for once, whatever stands in it."""

    old: str
    new: str

    @cached_property
    def kept(self) -> list[Stretch]:
        """Return the stretches that both share, word by word, in order."""
        return list(shared(self.old, self.new))


def relocate(anchor: Anchor, rewriting: Rewriting) -> Anchor | None:
    """Return where the words of an old text are in a new one, or None when they are gone.

    They are where what stands around them went; or else where they were typed anew. Words alike that
    stood elsewhere already are others.
    """
    starts = kept_start(anchor, rewriting)
    if starts is None:
        starts = typed_anew(anchor, rewriting)
    return None if starts is None else anchored(rewriting.new, starts, anchor.words)


def kept_start(anchor: Anchor, rewriting: Rewriting) -> int | None:
    """Return where words that an edit left alone now begin; None when it touched them."""
    old_text, new_text = rewriting.old, rewriting.new
    if not anchor.stands_in(old_text):
        return None
    if anchor.end <= shared_start(old_text, new_text):
        return anchor.start
    if len(old_text) - anchor.start <= shared_start(old_text[::-1], new_text[::-1]):
        return anchor.start + len(new_text) - len(old_text)
    for old, new, length in rewriting.kept:
        if old <= anchor.start and anchor.end <= old + length:
            return new + anchor.start - old
    return None


def typed_anew(anchor: Anchor, rewriting: Rewriting) -> int | None:
    """Return where words stand that the old text had nowhere, nearest to what stood around; None if nowhere."""
    stood = places(anchor.words, rewriting.old)
    known = {
        new + place - old
        for old, new, length in rewriting.kept
        for place in stood
        if old <= place and place + len(anchor.words) <= old + length
    }
    new_ones = [place for place in places(anchor.words, rewriting.new) if place not in known]
    return max(new_ones, key=lambda place: likeness(anchor, rewriting.new, place), default=None)


def likeness(anchor: Anchor, text: str, start: int) -> tuple[int, int]:
    """Return how much of what stood around is around a place, then how near it is: more is better."""
    here = anchored(text, start, anchor.words)
    same = shared_start(anchor.before[::-1], here.before[::-1])
    return same + shared_start(anchor.after, here.after), -abs(start - anchor.start)


def places(words: str, text: str) -> list[int]:
    """Return everywhere that words begin in a text, overlapping ones too."""
    return [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]


def shared_start(one: str, other: str) -> int:
    """Return how many characters two texts share from their beginning."""
    length = min(len(one), len(other))
    return next((place for place in range(length) if one[place] != other[place]), length)


def shared(old_text: str, new_text: str) -> Iterator[Stretch]:
    """Yield the stretches that two texts share, word by word, in order."""
    old, new = TOKEN.findall(old_text), TOKEN.findall(new_text)
    old_at, new_at = starts_of(old), starts_of(new)
    for what, old_from, old_to, new_from, _ in turns(old, new):
        if what == "equal":
            yield old_at[old_from], new_at[new_from], old_at[old_to] - old_at[old_from]


def starts_of(tokens: list[str]) -> list[int]:
    """Return where each token begins, and where the last one ends."""
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts
