"""The files of a person, for a copy or to be erased (R-122)."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from jalon.documents.models import Document
from jalon.documents.queries import readable
from jalon.journeys.rights import Erasing, StoredFile, brings, erases, row, tells
from jalon.law.retention import EVIDENCE, document_kept, evidence_over
from jalon.now import paris_day
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


@erases("documents")
def erase_documents(erasing: Erasing) -> int:
    """Rows and bytes of everything but what proves an award, a jury, or the service given."""
    found = Document.objects.filter(journey=erasing.journey)
    return forget(one for one in found if not document_kept(one.kind, awarded=erasing.awarded))


def forget(documents: Iterable[Document]) -> int:
    """Delete documents for good, their bytes once the transaction is in; return how many."""
    gone = list(documents)
    for one in gone:
        name = str(one.file.name)
        transaction.on_commit(partial(default_storage.delete, name), robust=True)
    Document.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return len(gone)


def forget_evidence(on: date) -> int:
    """Delete what proved that a service was given, once nobody may ask for it; return how many."""
    found = Document.objects.filter(kind__in=EVIDENCE, journey__purged_at__isnull=False)
    return forget(
        one
        for one in found.select_related("journey")
        if one.journey.purged_at and evidence_over(paris_day(one.journey.purged_at), on)
    )
