"""What the files of a journey say to the law."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import contributes
from jalon.law.vocabulary import DocumentKind

#: What a request of the 2002 route is proved with.
BROUGHT = frozenset(
    {DocumentKind.EXPERIENCE_PROOF, DocumentKind.FIRST_REQUEST, DocumentKind.NOTIFICATION}
)


@contributes
def documents_held(journeys: Sequence[Journey]) -> Mapping[UUID, Mapping[str, Any]]:
    """Say which kinds of files each journey has, and whether an identity document is there (R-013)."""
    held: dict[UUID, set[str]] = defaultdict(set)
    rows = Document.objects.kept().filter(journey__in=[journey.pk for journey in journeys])
    for pk, kind in rows.order_by().values_list("journey", "kind").distinct():
        held[pk].add(kind)
    return {
        pk: {
            "identity_document": DocumentKind.IDENTITY in kinds,
            "document_kinds": frozenset(kinds & BROUGHT),
        }
        for pk, kinds in held.items()
    }
