"""The files of a person, for the copy that they may ask for (R-122)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from jalon.documents.models import Document
from jalon.documents.queries import readable
from jalon.journeys.rights import StoredFile, brings, row, tells
from jalon.people.models import User


def own(person: User) -> Any:
    """Return the documents of a person that they may open: all but the minutes of a jury (R-079)."""
    found = readable(person).filter(journey__candidate=person)
    return found.select_related("journey").order_by("created_at", "pk")


@tells("documents")
def documents(person: User) -> Any:
    """Return what is known of each document, and where it stands in the copy."""
    return [row(one) | {"fichier": path(one)} for one in own(person)]


@brings
def files(person: User) -> Iterator[StoredFile]:
    """Yield each document that a person may open."""
    for one in own(person):
        yield StoredFile(path(one), partial(one.file.storage.open, one.file.name))


def path(document: Document) -> str:
    """Return where a document stands in a copy: no two have the same place."""
    name = document.name.replace("/", "-").replace("\\", "-")
    return f"documents/{document.journey.reference}/{str(document.pk)[:8]}-{name}"
