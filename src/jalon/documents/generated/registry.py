"""Which act, or event, prints which papers: each builder registers itself with `@prints`."""

from collections.abc import Callable, Iterable
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
    return list(build(entry)) if build else []
