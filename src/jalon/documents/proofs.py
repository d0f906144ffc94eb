"""What the room of documents checks again: what was sent, and the bytes of each file."""

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from django.core.files.storage import default_storage

from jalon.documents.models import Document
from jalon.documents.pdf import TRACE
from jalon.journeys.proofs import Fault, verifies
from jalon.writing.fingerprints import fingerprint
from jalon.writing.models import ValidationFile

AT_ONCE = 200


@verifies("dossiers envoyés")
def sent_files() -> Iterator[Fault]:
    """Yield each file whose texts or evidence are not those that were sent."""
    sent = (
        ValidationFile.objects.filter(
            sent_at__isnull=False, attempt__journey__purged_at__isnull=True
        )
        .exclude(fingerprint="")
        .select_related("attempt__journey")
        .prefetch_related("sections__competence", "attempt__blocs")
        .order_by("pk")
    )
    found = sent.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(found, AT_ONCE)):
        kept = evidence_kept(batch)
        for file in batch:
            journey = file.attempt.journey
            where = f"{journey.reference}, passage {file.attempt.number}"
            if file.fingerprint != fingerprint(file):
                told = "le dossier n’est plus celui qui a été envoyé"
                yield Fault("writing_validationfile", where, told)
            for _, sha256 in file.evidence_sent:
                if (journey.pk, sha256) not in kept:
                    told = f"une preuve envoyée n’est plus là ({sha256})"
                    yield Fault("documents_document", where, told)


def evidence_kept(files: list[ValidationFile]) -> set[tuple[Any, str]]:
    """Return the evidence that journeys still have, by its hash."""
    kept = Document.objects.kept().filter(
        journey__in=[file.attempt.journey_id for file in files], section__isnull=False
    )
    return set(kept.values_list("journey_id", "sha256"))


@verifies("fichiers")
def files() -> Iterator[Fault]:
    """Yield each file that is missing, whose bytes are others, or that says another line of the journal."""
    kept = Document.objects.kept().select_related("journey", "entry").order_by("pk")
    for document in kept.iterator(chunk_size=AT_ONCE):
        for told in wrong(document):
            where = f"{document.journey.reference}, {document.name}"
            yield Fault("documents_document", where, f"{told} ({document.file.name})")


def wrong(document: Document) -> Iterator[str]:
    """Yield what does not agree between a document and its bytes."""
    try:
        with default_storage.open(str(document.file.name)) as opened:
            size, sha256, trace = read(opened)
    except FileNotFoundError:
        yield "le fichier manque"
        return
    if (size, sha256) != (document.size, document.sha256):
        yield "le contenu du fichier n’est plus celui qui a été gardé"
    if trace and document.entry and trace != document.entry.hash:
        yield f"le papier porte l’empreinte d’une autre ligne que la ligne {document.entry.number}"


def read(opened: IO[bytes]) -> tuple[int, str, str]:
    """Return the size, the SHA-256 and the printed hash of the journal of a file, piece by piece."""
    digest, size, before, trace = hashlib.sha256(), 0, b"", ""
    while piece := opened.read(64 * 1024):
        digest.update(piece)
        size += len(piece)
        said = TRACE.search(before + piece)
        trace = trace or (said[1].decode() if said else "")
        before = piece[-200:]
    return size, digest.hexdigest(), trace
