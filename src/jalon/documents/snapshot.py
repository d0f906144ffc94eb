"""What the files of a journey say to the law."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import contributes
from jalon.law.vocabulary import DocumentKind


@contributes
def identity_documents(journeys: Sequence[Journey]) -> Mapping[UUID, Mapping[str, Any]]:
    """Say which journeys have an identity document (R-013)."""
    holding = Document.objects.kept().filter(
        journey__in=[journey.pk for journey in journeys], kind=DocumentKind.IDENTITY
    )
    return {pk: {"identity_document": True} for pk in holding.values_list("journey", flat=True)}
