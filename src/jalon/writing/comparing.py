"""What changed between two texts, word by word."""

from dataclasses import dataclass
from enum import StrEnum

from jalon.writing.anchors import TOKEN
from jalon.writing.stretches import turns


class Change(StrEnum):
    """What became of some words from one text to the other."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words, and what became of them."""

    change: Change
    words: str


def pieces(old_text: str, new_text: str) -> list[Piece]:
    """Return both texts as one, in order: words kept, words removed, then those that took their place."""
    old, new = TOKEN.findall(old_text), TOKEN.findall(new_text)
    found: list[Piece] = []
    for what, old_from, old_to, new_from, new_to in turns(old, new):
        if what == "equal":
            found.append(Piece(Change.KEPT, "".join(old[old_from:old_to])))
            continue
        found += [
            Piece(change, words)
            for change, words in (
                (Change.REMOVED, "".join(old[old_from:old_to])),
                (Change.ADDED, "".join(new[new_from:new_to])),
            )
            if words
        ]
    return found
