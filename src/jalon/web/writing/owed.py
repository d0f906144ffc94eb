"""What a first file still lacks, by whose turn it is: each thing beside the page where it is done."""

from dataclasses import dataclass

from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.law.admissibility import (
    missing_from_accompanist,
    missing_from_candidate,
    signatures_missing,
)
from jalon.law.case import Case
from jalon.people.models import User
from jalon.web.writing.returned import feasibility_place


@dataclass(frozen=True)
class Owed:
    """What one person still has to do: each thing, and its page or nothing."""

    who: str
    things: tuple[tuple[str, str], ...]


def owed(viewer: User, journey: Journey, case: Case, *, fills: bool) -> list[Owed]:
    """Return who still has something to do on a file, the candidate first.

    The pages to fill are given to whoever `fills` the file; that to sign, to the candidate alone.
    """
    review = reverse("writing:review", args=[journey.pk])
    signs = review if viewer.pk == journey.candidate_id else ""
    candidate = [
        (what, feasibility_place(journey, what).href if fills else "")
        for what in missing_from_candidate(case)
    ]
    candidate += [(what, signs) for what in signatures_missing(case)]
    accompanist = [(what, "") for what in missing_from_accompanist(case)]
    turns = ((journey.candidate, candidate), (journey.architect, accompanist))
    return [Owed(turn_of(viewer, who), tuple(things)) for who, things in turns if things]


def turn_of(viewer: User, who: User | None) -> str:
    """Return whose turn it is, as the reader would say it."""
    if who is None:
        return "À votre architecte"
    return "À vous" if who.pk == viewer.pk else f"À {who.get_full_name()}"
