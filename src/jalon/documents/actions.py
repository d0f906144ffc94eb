"""Keeps files: with their hash, never half-written, and gone for good when they must be."""

import hashlib
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jalon.documents.models import Document, Origin
from jalon.documents.uploads import check
from jalon.journeys.models import JournalEntry, Journey, Section
from jalon.law.rulebook import Refusal, Refused, enforces
from jalon.law.vocabulary import DocumentKind
from jalon.now import now
from jalon.people.models import User
from jalon.people.policy import capacity

MOST_FILES = 60


def store_upload(
    journey: Journey,
    kind: DocumentKind,
    upload: UploadedFile,
    by: User,
    section: Section | None = None,
) -> Document:
    """Check and keep a file that a person brings; raises `UploadRefused` or `Refused`."""
    if not capacity(by, journey):
        raise Refused(Refusal("R-124", "Vous ne pouvez pas ajouter de document à ce dossier."))
    if journey.documents.filter(removed_at__isnull=True).count() >= MOST_FILES:
        raise Refused(Refusal("R-126", f"Le dossier a déjà {MOST_FILES} fichiers : retirez-en un."))
    checked = check(upload)
    return keep(
        journey, kind, checked.name, checked.content, checked.media_type, Origin.UPLOADED,
        created_by=by, section=section,
    )  # fmt: skip


def store_generated(
    journey: Journey, kind: DocumentKind, name: str, pdf: bytes, entry: JournalEntry | None = None
) -> Document:
    """Keep a paper that Jalon printed."""
    return keep(journey, kind, name, pdf, "application/pdf", Origin.GENERATED, entry=entry)


def keep(
    journey: Journey,
    kind: DocumentKind,
    name: str,
    content: bytes,
    media_type: str,
    origin: Origin,
    **more: Any,
) -> Document:
    """Write the bytes, then the row; if the row does not stay, the bytes go."""
    ending = "." + name.rsplit(".", 1)[-1]
    path = default_storage.save(f"{journey.pk}/{uuid.uuid4()}{ending}", ContentFile(content))
    try:
        with transaction.atomic():
            return Document.objects.create(
                journey=journey,
                kind=kind,
                name=name,
                origin=origin,
                file=path,
                media_type=media_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                created_at=now(),
                **more,
            )
    except BaseException:
        default_storage.delete(path)
        raise


def remove(document: Document) -> None:
    """Mark a document as removed; its bytes go when the transaction is in."""
    path = str(document.file.name)
    Document.objects.filter(pk=document.pk).update(removed_at=now())
    transaction.on_commit(lambda: default_storage.delete(path))


@transaction.atomic
def withdraw(document: Document, by: User) -> None:
    """Let a person take back a file they brought; raises `Refused`."""
    if document.origin != Origin.UPLOADED or not capacity(by, document.journey):
        raise Refused(Refusal("R-124", "Vous ne pouvez pas retirer ce document."))
    remove(document)


@enforces("R-036")
def remove_identity(journey: Journey) -> int:
    """Delete the identity documents of a journey once it is decided; return how many."""
    kept = journey.documents.filter(kind=DocumentKind.IDENTITY, removed_at__isnull=True)
    removed = list(kept)
    for document in removed:
        remove(document)
    return len(removed)
