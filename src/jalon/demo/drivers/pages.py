"""The addresses of the pages where a person acts: the same for every driver that goes through pages."""

from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.juries.models import Hearing
from jalon.law import facts
from jalon.law.vocabulary import Act


def act_page(journey: Journey, act: Act, asked: facts.Facts) -> str:
    """Return the page of an act: its own where it has one, in the jury's room, or that of all acts."""
    match asked:
        case facts.HearingRequest():
            return reverse("certifier:convene", args=[journey.pk])
        case facts.MinutesRequest():
            return reverse("juror:sign", args=[asked.hearing])
        case facts.AbsenceRequest():
            return reverse("certifier:absence", args=[asked.hearing])
    return reverse("dossiers:act", args=[journey.pk, act.value])


def file_page(name: str, journey: Journey, *which: int) -> str:
    """Return a page of the files that are written on a journey."""
    return reverse(f"writing:{name}", args=[journey.pk, *which])


def jury_page(name: str, hearing: Hearing) -> str:
    """Return a page of a hearing, in the jurors' space."""
    return reverse(f"juror:{name}", args=[hearing.pk])
