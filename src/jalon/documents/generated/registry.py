"""Which act, or event, prints which papers: each builder registers itself with `@prints`."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from jalon.documents.pdf import Paper
from jalon.journeys.models import JournalEntry
from jalon.law.vocabulary import Act, DocumentKind, Event


class Printed(NamedTuple):
    """A paper, what it is, and the name of its file."""

    kind: DocumentKind
    name: str
    paper: Paper


Builder = Callable[[JournalEntry], Iterable[Printed]]

BUILDERS: dict[str, Builder] = {}


def prints(*causes: Act | Event) -> Callable[[Builder], Builder]:
    """Register what draws the papers of some acts or events, from the file and the journal."""

    def register(build: Builder) -> Builder:
        for cause in causes:
            if cause in BUILDERS:
                raise ValueError(f"{cause} already prints its papers")
            BUILDERS[cause] = build
        return build

    return register


def prints_something(word: str) -> bool:
    """Say whether an act or an event may print papers; most print none."""
    return word in BUILDERS


def papers(entry: JournalEntry) -> list[Printed]:
    """Return the papers of an act that was done, or of an event; nothing for most."""
    build = BUILDERS.get(entry.act or entry.event)
    return [traced(one, entry) for one in build(entry)] if build else []


def traced(printed: Printed, entry: JournalEntry) -> Printed:
    """Return a paper that says which line of the journal printed it, and its hash.

    Whoever holds the paper holds the proof of every line up to that one.
    """
    paper = replace(printed.paper, line=entry.number, hash=entry.hash)
    return printed._replace(paper=paper)
