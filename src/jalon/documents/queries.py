"""Reads of files: each takes the viewer first."""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.documents.models import Document
from jalon.journeys import queries
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import in_hand, may_note, visible
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import TELLING, DocumentKind, Role
from jalon.people.models import User
from jalon.people.policy import organisations, roles
from jalon.writing.policy import attempts_given_to_read

#: What a juror reads of a candidate: the file written for the jury, and what is shown with it.
JURY_READS = (DocumentKind.VALIDATION, DocumentKind.EVIDENCE)


#: What is no business of the certifier: a proof that it did not ask for, a letter to an employer, what
#: is shown to who pays.
NOT_THE_CERTIFIERS = (
    DocumentKind.ADJUSTMENT_PROOF,
    DocumentKind.LEAVE,
    DocumentKind.SERVICE,
    DocumentKind.JOINED,
)


@enforces("R-079", "R-123")
def readable(viewer: User) -> QuerySet[Document]:
    """Return every document that a person may open, in their capacity on that very journey.

    The identity document is for the candidate, the architect of the file and the certifier only. The
    minutes are the certifier's and the jury's: the result is told by its notice (R-078, R-079). What
    may tell of somebody's health is for who acts on that very file, and the proof of an adjustment for
    who answers it (R-123). A juror reads what was written for the jury, whatever roles they hold
    elsewhere. What a person asks of their employer is no business of the certifier, who opens what
    proves a competence once its file was sent. What is joined to a
    message is opened from its thread: here, its candidate alone has it.
    """
    own = Q(journey__candidate=viewer) & ~Q(kind=DocumentKind.MINUTES)
    if not roles(viewer):
        return Document.objects.kept().filter(
            own, journey__in=Journey.objects.filter(visible(viewer))
        )
    certifying = Q(journey__certifier__in=organisations(viewer, Role.CERTIFIER))
    accompanying = Q(journey__organisation__in=organisations(viewer, Role.ARCHITECT, Role.HEAD))
    leading = Q(
        in_hand(viewer, "journey__") | Q(journey__architect__isnull=True),
        journey__organisation__in=organisations(viewer, Role.ARCHITECT),
    )
    identity, minutes = Q(kind=DocumentKind.IDENTITY), Q(kind=DocumentKind.MINUTES)
    proof, file = Q(kind=DocumentKind.ADJUSTMENT_PROOF), telling_files()
    joined = Q(kind=DocumentKind.JOINED)
    unsent = Q(kind=DocumentKind.EVIDENCE, section__file__sent_at__isnull=True)
    followed = Journey.objects.filter(queries.holds_adjustments_of(viewer), pk=OuterRef("journey"))
    asked = queries.adjustments(viewer).filter(entry=OuterRef("entry"))
    may = (
        own
        | Q(certifying & ~Q(kind__in=NOT_THE_CERTIFIERS) & ~unsent)
        | Q(leading & identity)
        | Q(file, Exists(followed))
        | Q(accompanying & ~identity & ~minutes & ~proof & ~file & ~joined)
        | Q(proof, Exists(asked))
    )
    if Role.JUROR in roles(viewer):
        may |= given_to_the_jury(viewer)
    if Role.ADMINISTRATOR in roles(viewer):
        may |= ~identity & ~proof & ~file & ~joined
    seen = Journey.objects.filter(visible(viewer), pk=OuterRef("journey"))
    return Document.objects.kept().filter(may, Exists(seen))


@enforces("R-123")
def telling_files() -> Q:
    """Return the condition that keeps the files that tell of somebody's health, union or politics.

    The request of 2002 asks whether one is recognised as a disabled worker; a feasibility file tells
    of it when it holds a union or a political activity.
    """
    told = Journey.objects.filter(experiences__kind__in=TELLING, pk=OuterRef("journey"))
    return Q(kind=DocumentKind.REQUEST) | Q(Exists(told), kind=DocumentKind.FEASIBILITY)


@enforces("R-123")
def given_to_the_jury(viewer: User) -> Q:
    """Return the condition that keeps what was sent for the attempts that a person hears (R-123).

    Neither the proofs of another attempt, nor a version that was sent back and sent anew.
    """
    heard = attempts_given_to_read(viewer)
    sent = heard.filter(journey=OuterRef("journey"), validation__sent_at=OuterRef("entry__at"))
    return Q(Exists(sent), kind=DocumentKind.VALIDATION) | Q(
        kind=DocumentKind.EVIDENCE, section__file__attempt__in=heard
    )


def documents(viewer: User, journey: Journey) -> QuerySet[Document]:
    """Return the documents of a journey that a person may open, the latest first."""
    return readable(viewer).filter(journey=journey).order_by("-created_at", "pk")


def document(viewer: User, id: uuid.UUID) -> Document:
    """Return one document; raises DoesNotExist when the person may not open it."""
    return readable(viewer).select_related("journey").get(pk=id)


def unproven(viewer: User, journey: Journey, number: int) -> JournalEntry | None:
    """Return a line of a journal that this person may still prove, or None.

    Whoever writes down what is done elsewhere joins what proves it: who accompanies, or a candidate
    on their own.
    """
    entry = journey.journal.filter(number=number).first()
    if entry is None or not entry.wants_proof or not may_note(viewer, journey):
        return None
    return None if proven([entry]) else entry


def proven(entries: Iterable[JournalEntry]) -> set[int]:
    """Return which lines of a journal, done elsewhere, have a paper that proves them; by their ids."""
    wanted = [entry.pk for entry in entries if entry.wants_proof]
    if not wanted:
        return set()
    found = Document.objects.kept().filter(entry__in=wanted, kind=DocumentKind.PROOF)
    return set(found.values_list("entry", flat=True))
