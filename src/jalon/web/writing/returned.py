"""A file that came back: what the certifier asks for, each thing beside the page where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.law.vocabulary import Stage


@dataclass(frozen=True)
class Place:
    """A page to open, and what its button says."""

    label: str
    href: str


@dataclass(frozen=True)
class Returned:
    """What came back: each thing asked with its page, if any, and the certifier's comment."""

    items: tuple[tuple[str, Place | None], ...]
    comment: str


#: The words by which a certifier names what is to be mended, and the page that mends it.
FEASIBILITY_PLACES = (
    (
        ("justificatif", "pièce", "document", "attestation", "copie", "scan", "lisible", "contrat"),
        ("Ajouter un document", "writing:upload"),
    ),
    (
        ("état civil", "naissance", "adresse", "identité", "nationalité"),
        ("Corriger mon état civil", "writing:profile"),
    ),
    (("prérequis", "attente", "formation"), ("Corriger cette page", "writing:goals")),
)
FEASIBILITY_OTHERWISE = ("Ouvrir mon dossier", "writing:feasibility")
VALIDATION_OTHERWISE = ("Ouvrir mon dossier", "writing:validation")


def returned(journey: Journey, *, mends: bool) -> Returned | None:
    """Return why a file stands returned, or None; pages are given to whoever `mends` it."""
    if journey.stage == Stage.FEASIBILITY_INCOMPLETE:
        file = journey.feasibility
        places = (feasibility_place(journey, item) for item in file.missing)
        return answer(file.missing, places, file.missing_comment, mends=mends)
    if journey.stage == Stage.VALIDATION_RETURNED:
        written = journey.attempt.validation
        places = (validation_place(journey, item) for item in written.return_items)
        return answer(written.return_items, places, written.return_comment, mends=mends)
    return None


def answer(
    items: Iterable[str], places: Iterable[Place], comment: str, *, mends: bool
) -> Returned | None:
    """Return what came back, or None when nothing was said."""
    asked = tuple(
        (item, place if mends else None) for item, place in zip(items, places, strict=True)
    )
    return Returned(asked, comment) if asked or comment else None


def feasibility_place(journey: Journey, item: str) -> Place:
    """Return the page of the first file that an item speaks of."""
    said = item.lower()
    named = (page for words, page in FEASIBILITY_PLACES if any(word in said for word in words))
    label, name = next(named, FEASIBILITY_OTHERWISE)
    return Place(label, reverse(name, args=[journey.pk]))


def validation_place(journey: Journey, item: str) -> Place:
    """Return the page of the competence that an item names, or that of all of them."""
    said = item.lower()
    sections = journey.attempt.validation.sections.select_related("competence")
    named = next((one for one in sections if one.competence.title.lower() in said), None)
    if named:
        address = reverse("writing:section", args=[journey.pk, named.competence_id])
        return Place("Reprendre ce texte", address)
    label, name = VALIDATION_OTHERWISE
    return Place(label, reverse(name, args=[journey.pk]))
