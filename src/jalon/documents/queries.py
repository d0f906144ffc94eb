"""Reads of files: each takes the viewer first."""

import uuid

from django.db.models import Q, QuerySet

from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.law.vocabulary import DocumentKind, Role
from jalon.people.models import User
from jalon.people.policy import organisations, roles

#: What a juror reads of a candidate: the file written for the jury, and what is shown with it.
JURY_READS = (DocumentKind.VALIDATION, DocumentKind.EVIDENCE)


def readable(viewer: User) -> QuerySet[Document]:
    """Return every document that a person may open, in their capacity on that very journey.

    The identity document is for the candidate, the architect of the file and the certifier only; a
    juror reads what was written for the jury, whatever roles they hold elsewhere.
    """
    own = Q(journey__candidate=viewer)
    certifying = Q(journey__certifier__in=organisations(viewer, Role.CERTIFIER))
    accompanying = Q(journey__organisation__in=organisations(viewer, Role.ARCHITECT, Role.HEAD))
    leading = Q(
        Q(journey__architect=viewer) | Q(journey__architect__isnull=True),
        journey__organisation__in=organisations(viewer, Role.ARCHITECT),
    )
    identity = Q(kind=DocumentKind.IDENTITY)
    may = own | certifying | Q(leading & identity) | Q(accompanying & ~identity)
    if Role.JUROR in roles(viewer):
        may |= Q(kind__in=JURY_READS)
    if Role.ADMINISTRATOR in roles(viewer):
        may |= ~identity
    seen = Journey.objects.filter(visible(viewer))
    return Document.objects.kept().filter(may, journey__in=seen)


def documents(viewer: User, journey: Journey) -> QuerySet[Document]:
    """Return the documents of a journey that a person may open, the latest first."""
    return readable(viewer).filter(journey=journey).order_by("-created_at", "pk")


def document(viewer: User, id: uuid.UUID) -> Document:
    """Return one document; raises DoesNotExist when the person may not open it."""
    return readable(viewer).select_related("journey").get(pk=id)
