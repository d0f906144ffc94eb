"""Keeps files: with their hash, never half-written, and gone for good when they must be."""

import hashlib
import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jalon.documents.models import Document, Origin
from jalon.documents.uploads import Checked, UploadRefused, check, told_to_its_owner
from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import capacity
from jalon.law.facts import DocumentTouched
from jalon.law.rulebook import Refusal, Refused, enforces
from jalon.law.stages import ENDS
from jalon.law.vocabulary import DocumentKind, Event
from jalon.now import now
from jalon.people.models import User
from jalon.writing.drafts import open_validation_for
from jalon.writing.models import Section, ValidationFile

MOST_FILES = 60
#: For how long the identity document of a journey that stopped is kept: whoever comes back needs it.
IDENTITY_KEPT = timedelta(days=30)
#: A stored file younger than this may belong to a transaction that is still under way.
GRACE = timedelta(hours=1)
JOURNEY_FOLDER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@transaction.atomic
def store_upload(
    journey: Journey,
    kind: DocumentKind,
    upload: UploadedFile,
    by: User,
    section: Section | None = None,
) -> Document:
    """Check and keep a file that a person brings; raises `UploadRefused` or `Refused`.

    What proves a competence is refused once the file of the jury left, as its texts are.
    """
    if not capacity(by, journey):
        raise Refused(Refusal.permission("Vous ne pouvez pas ajouter de document à ce dossier."))
    checked = check(upload, heard=kind == DocumentKind.EVIDENCE)
    locked(journey.pk)
    if kind == DocumentKind.EVIDENCE:
        open_validation_for(journey.pk, by)
    return add_upload(journey, kind, checked, by, section)


def add_upload(
    journey: Journey, kind: DocumentKind, checked: Checked, by: User, section: Section | None
) -> Document:
    """Add a file that was checked to a journey that is locked; raises `Refused`."""
    if journey.documents.kept().exclude(kind=DocumentKind.JOINED).count() >= MOST_FILES:
        raise Refused(Refusal("R-126", f"Le dossier a déjà {MOST_FILES} fichiers : retirez-en un."))
    document = write_brought(journey, kind, checked, by, section=section)
    events.record(journey, Event.DOCUMENT_ADDED, by=by, facts=DocumentTouched(kind))
    return document


@transaction.atomic
def store_voice(journey: Journey, upload: UploadedFile, by: User, section: Section) -> Document:
    """Keep a recording that proves a competence, once, however often a bad network brings it.

    Raises `UploadRefused` or `Refused`. One that was taken back since does not come back.
    """
    checked = check(upload, heard=True)
    if not checked.seconds:
        raise UploadRefused("Ce n’est pas un enregistrement : recommencez.")
    locked(journey.pk)
    sha256 = hashlib.sha256(checked.content).hexdigest()
    known = section.evidence.filter(sha256=sha256, created_by=by).first()
    if known:
        return known
    open_validation_for(journey.pk, by)
    return add_upload(journey, DocumentKind.EVIDENCE, checked, by, section)


def store_proof(
    entry: JournalEntry,
    upload: UploadedFile,
    by: User,
    kind: DocumentKind = DocumentKind.PROOF,
) -> Document:
    """Check and keep what proves an act, or a need that it tells; raises `UploadRefused`."""
    return write_brought(entry.journey, kind, check(upload), by, entry=entry)


def write_brought(
    journey: Journey, kind: DocumentKind, checked: Checked, by: User, **tied: Any
) -> Document:
    """Write a file that a person brought, tied to what it is about; raises `UploadRefused`."""
    with told_to_its_owner():
        return write_document(
            journey,
            kind,
            checked.name,
            checked.content,
            checked.media_type,
            Origin.UPLOADED,
            created_by=by,
            seconds=checked.seconds,
            **tied,
        )


def store_generated(
    journey: Journey, kind: DocumentKind, name: str, pdf: bytes, entry: JournalEntry | None = None
) -> Document:
    """Keep a paper that Jalon printed."""
    return write_document(
        journey, kind, name, pdf, "application/pdf", Origin.GENERATED, entry=entry
    )


def write_document(
    journey: Journey,
    kind: DocumentKind,
    name: str,
    content: bytes,
    media_type: str,
    origin: Origin,
    **more: Any,
) -> Document:
    """Write the bytes, then the row; if either does not stay whole, the bytes go."""
    path = f"{journey.pk}/{uuid.uuid4()}.{name.rsplit('.', 1)[-1]}"
    try:
        path = default_storage.save(path, ContentFile(content))
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


def remove(document: Document, by: User | None, why: str) -> None:
    """Mark a document as removed, by whom and why; its bytes go when the transaction is in."""
    path = str(document.file.name)
    Document.objects.filter(pk=document.pk).update(removed_at=now(), removed_by=by, removed_why=why)
    transaction.on_commit(lambda: default_storage.delete(path), robust=True)


def was_sent(document: Document) -> bool:
    """Say whether a file left with a validation file that did not come back."""
    sent = ValidationFile.objects.filter(
        attempt__journey=document.journey_id, sent_at__isnull=False
    )
    hashes = sent.values_list("evidence_sent", flat=True)
    return document.section_id is not None and any(
        one == document.sha256 for evidence in hashes for _, one in evidence
    )


@transaction.atomic
def withdraw(document: Document, by: User) -> None:
    """Let a person take back a file they brought, or a candidate one of theirs; raises `Refused`."""
    owners = (document.created_by_id, document.journey.candidate_id)
    if document.origin != Origin.UPLOADED or by.pk not in owners:
        raise Refused(Refusal.permission("Vous ne pouvez pas retirer ce document."))
    journey = locked(document.journey_id)
    if was_sent(document):
        raise Refused(
            Refusal(
                "R-051", "Cette preuve a été envoyée au jury : elle reste avec le dossier envoyé."
            )
        )
    remove(document, by, "Retiré avant l’envoi")
    touched = DocumentTouched(document.kind)
    events.record(journey, Event.DOCUMENT_WITHDRAWN, by=by, facts=touched)


@transaction.atomic
def remove_identity(journey: Journey) -> int:
    """Delete the identity documents once the admissibility is decided; return how many."""
    removed = list(journey.documents.kept().filter(kind=DocumentKind.IDENTITY))
    for document in removed:
        remove(document, None, "Décision de recevabilité prise (R-036)")
    return len(removed)


@transaction.atomic
@enforces("R-036")
def forget_identities() -> int:
    """Delete the identity documents of journeys that ended without a decision; return how many.

    They serve to decide: once a journey has stopped for a month, nothing will be decided on it.
    """
    ended = now() - IDENTITY_KEPT
    useless = (
        Document.objects.kept()
        .filter(kind=DocumentKind.IDENTITY)
        .filter(journey__stage__in=ENDS, journey__stage_since__lt=ended)
    )
    removed = list(useless.select_for_update(of=("self",)))
    for document in removed:
        remove(document, None, "Parcours terminé sans décision (R-036)")
    return len(removed)


def sweep(older_than: timedelta = GRACE) -> int:
    """Delete stored files that no living document names; return how many.

    Such files are left by a transaction that did not stay, or by a process that died between the
    end of its transaction and the deletion of the bytes. Younger ones may still get their row.
    """
    forgotten = 0
    for folder in default_storage.listdir("")[0]:
        if not JOURNEY_FOLDER.fullmatch(folder):
            continue
        paths = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
        living = Document.objects.kept().filter(journey=uuid.UUID(folder))
        for path in paths - set(living.values_list("file", flat=True)):
            # The storage dates its files by the machine's clock, whatever day Jalon lives in.
            age = datetime.now(UTC) - default_storage.get_modified_time(path)
            if age >= older_than:
                default_storage.delete(path)
                forgotten += 1
    return forgotten
