"""Two texts written at once from the same one, put together word by word: nothing that was typed is lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jalon.writing.anchors import TOKEN, starts_of
from jalon.writing.stretches import turns

#: What ends a sentence.
ENDS = frozenset(".!?…")


@dataclass(frozen=True)
class Merged:
    """Both texts in one; `apart` says that a passage was written in two ways, which follow one another."""

    text: str
    apart: bool


@dataclass(frozen=True)
class Edit:
    """Tokens of the first text, from one place to another, that give way to others."""

    start: int
    end: int
    words: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Return two texts that were both written from one, as a single text."""
    if mine in (base, theirs):
        return Merged(theirs, apart=False)
    if theirs == base:
        return Merged(mine, apart=False)
    first = TOKEN.findall(base)
    groups = sentences(first, together(edits(base, mine), edits(base, theirs)))
    pieces: list[str] = []
    at, apart = 0, False
    for start, end, ours, others in groups:
        passage, differs = written(first, start, end, ours, others)
        pieces += [*first[at:start], passage]
        at, apart = end, apart or differs
    return Merged("".join([*pieces, *first[at:]]), apart)


def edits(old_text: str, new_text: str) -> list[Edit]:
    """Return what changed from one text to another, in the tokens of the first."""
    old, new = TOKEN.findall(old_text), TOKEN.findall(new_text)
    return [
        Edit(start, end, tuple(new[new_start:new_end]))
        for what, start, end, new_start, new_end in turns(old, new)
        if what != "equal"
    ]


Group = tuple[int, int, list[Edit], list[Edit]]


def together(mine: list[Edit], theirs: list[Edit]) -> Iterator[Group]:
    """Yield the passages that changed, each with the edits of either side that bear on it."""
    waiting = sorted(
        [(one, 0) for one in mine] + [(one, 1) for one in theirs],
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    while waiting:
        edit, side = waiting.pop(0)
        sides: tuple[list[Edit], list[Edit]] = ([], [])
        sides[side].append(edit)
        start, end = edit.start, edit.end
        while waiting and meets(start, end, waiting[0][0]):
            edit, side = waiting.pop(0)
            sides[side].append(edit)
            end = max(end, edit.end)
        yield start, end, *sides


def sentences(first: Sequence[str], groups: Iterable[Group]) -> Iterator[Group]:
    """Yield the passages that changed, where a sentence was written in two ways as one from its first change to its last.

    Each of both ways is then read in one go: word by word, they would stand mixed up in one another.
    """
    run: list[Group] = []
    for group in groups:
        if run and ends_a_sentence(first[run[-1][1] : group[0]]):
            yield from joined(first, run)
            run = []
        run.append(group)
    yield from joined(first, run)


def ends_a_sentence(tokens: Sequence[str]) -> bool:
    """Say whether a sentence or a line ends among some tokens."""
    return any("\n" in one or one in ENDS for one in tokens)


def joined(first: Sequence[str], run: list[Group]) -> list[Group]:
    """Return the passages of one sentence, as a single one where it was written in two ways."""
    if not any(written(first, *one)[1] for one in run):
        return run
    mine = [edit for one in run for edit in one[2]]
    theirs = [edit for one in run for edit in one[3]]
    return [(run[0][0], run[-1][1], mine, theirs)]


def meets(start: int, end: int, edit: Edit) -> bool:
    """Say whether an edit bears on a passage, or adds words at the very place where it adds some."""
    return edit.start < end or start == end == edit.start == edit.end


def written(
    first: Sequence[str], start: int, end: int, mine: list[Edit], theirs: list[Edit]
) -> tuple[str, bool]:
    """Return a passage as it is now, and whether it was written in two ways that follow one another."""
    own, other = (rewritten(first, start, end, one) for one in (mine, theirs))
    if not theirs or holds(own, other):
        return own, False
    if not mine or holds(other, own):
        return other, False
    return beside(other, own), True


def holds(passage: str, other: str) -> bool:
    """Say whether a passage goes on from another, or holds its words in a row: 15 does not hold 5."""
    if passage.startswith(other):
        return True
    ends = set(starts_of(TOKEN.findall(passage)))
    at = passage.find(other)
    while at >= 0 and not {at, at + len(other)} <= ends:
        at = passage.find(other, at + 1)
    return at >= 0


def rewritten(first: Sequence[str], start: int, end: int, changes: list[Edit]) -> str:
    """Return a passage of a text once one side changed it."""
    pieces: list[str] = []
    at = start
    for one in changes:
        pieces += [*first[at : one.start], *one.words]
        at = one.end
    return "".join([*pieces, *first[at:end]])


def beside(one: str, other: str) -> str:
    """Return two passages one after the other, as separate words."""
    apart = one[-1:].isspace() or other[:1].isspace()
    return f"{one}{'' if apart else ' '}{other}"
