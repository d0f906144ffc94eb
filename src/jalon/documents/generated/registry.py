"""Which act prints which papers: each builder registers itself with `@prints`."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from jalon.documents.pdf import Paper
from jalon.journeys.models import JournalEntry
from jalon.law.vocabulary import Act, DocumentKind


class Printed(NamedTuple):
    """A paper, what it is, and the name of its file."""

    kind: DocumentKind
    name: str
    paper: Paper


Builder = Callable[[JournalEntry], Iterable[Printed]]

BUILDERS: dict[str, Builder] = {}


def prints(*acts: Act) -> Callable[[Builder], Builder]:
    """Register what draws the papers of some acts, from the file and the journal."""

    def register(build: Builder) -> Builder:
        for act in acts:
            if act in BUILDERS:
                raise ValueError(f"{act} already prints its papers")
            BUILDERS[act] = build
        return build

    return register


def prints_something(act: str) -> bool:
    """Say whether an act may print papers; most acts print none."""
    return act in BUILDERS


def papers(entry: JournalEntry) -> list[Printed]:
    """Return the papers of an act that was done; nothing for most acts."""
    build = BUILDERS.get(entry.act)
    return list(build(entry)) if build else []
