"""Reads of files: each takes the viewer first."""

import uuid

from django.db.models import Q, QuerySet

from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.law.vocabulary import DocumentKind, Role
from jalon.people.models import User
from jalon.people.policy import roles, visible

#: What a juror reads of a candidate: the file written for the jury, and what is shown with it.
JURY_READS = (DocumentKind.VALIDATION, DocumentKind.EVIDENCE)


def readable(viewer: User) -> QuerySet[Document]:
    """Return every document that a person may open."""
    found = Document.objects.filter(
        removed_at__isnull=True, journey__in=Journey.objects.filter(visible(viewer))
    )
    if roles(viewer) == frozenset({Role.JUROR}):
        found = found.filter(Q(kind__in=JURY_READS) | Q(journey__candidate=viewer))
    return found


def documents(viewer: User, journey: Journey) -> QuerySet[Document]:
    """Return the documents of a journey that a person may open, the latest first."""
    return readable(viewer).filter(journey=journey).order_by("-created_at", "pk")


def document(viewer: User, id: uuid.UUID) -> Document:
    """Return one document; raises DoesNotExist when the person may not open it."""
    return readable(viewer).select_related("journey").get(pk=id)
