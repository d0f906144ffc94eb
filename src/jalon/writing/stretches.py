"""What two texts share, word by word, found within an effort that no text exceeds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate, takewhile

#: How many pairs of words alike are looked at: beyond, what is left is taken as changed in whole. About a second.
EFFORT = 6_000_000

#: What became of some words ("equal" or another), from where to where in the old text, then in the new one.
Turn = tuple[str, int, int, int, int]


class Bounded(SequenceMatcher[str]):
    """Compares words, and stops comparing once it cost too much: texts of few words again and again take minutes."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        times = Counter(new)
        pairs = (1 + times[word] for word in old)
        self.up_to = [0, *accumulate(pairs)]
        self.left = EFFORT

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Return the longest stretch that two passages share; an empty one when looking for it costs too much."""
        cost = self.up_to[-1 if ahi is None else ahi] - self.up_to[alo]
        if cost > self.left:
            return Match(alo, blo, 0)
        self.left -= cost
        return super().find_longest_match(alo, ahi, blo, bhi)


def turns(old: Sequence[str], new: Sequence[str]) -> Iterator[Turn]:
    """Yield what became of the words of a text, in order; what both begin and end with costs nothing."""
    head = alike(old, new)
    tail = alike(old[head:][::-1], new[head:][::-1])
    if head:
        yield "equal", 0, head, 0, head
    middle = Bounded(old[head : len(old) - tail], new[head : len(new) - tail])
    for what, *places in middle.get_opcodes():
        old_from, old_to, new_from, new_to = (head + place for place in places)
        yield what, old_from, old_to, new_from, new_to
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts share from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
