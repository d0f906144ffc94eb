"""Who looked at a file, in plain words: for its candidate, and for who leads the team (R-124)."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import queries
from jalon.journeys.models import AccessLog
from jalon.journeys.rights import reader_said
from jalon.law.vocabulary import Role
from jalon.people.policy import roles
from jalon.web.access import Visit, found, needs

ROWS = 30
#: What was looked at, as its candidate reads it.
SAID = {
    "dossier": "a ouvert le dossier",
    "acte": "a ouvert une page pour agir sur le dossier",
    "agenda": "a pris l’heure du jury pour son agenda",
    "calendrier": "a noté une date du calendrier",
    "convocation": "a préparé la convocation devant le jury",
    "passage devant le jury": "a ouvert le passage devant le jury",
    "lecture du dossier de faisabilité": "a lu le dossier de faisabilité",
    "lecture du dossier de validation": "a lu le dossier de validation",
    "échanges": "a lu les échanges du dossier",
    "messages": "a lu les messages",
    "écrits": "a ouvert la liste des écrits",
    "documents du dossier": "a ouvert la liste des documents",
    "journal": "a lu le journal du dossier",
    "compte rendu": "a ouvert un compte rendu pour le corriger",
    "notes de l’équipe": "a ouvert une page pour écrire une note",
    "question au certificateur": "a ouvert une question au certificateur",
    "lectures": "a regardé qui avait lu le dossier",
}


@dataclass(frozen=True)
class Look:
    """One look at a file: who, what in words, when, and at which journey."""

    who: str
    what: str
    at: datetime
    certification: str


def look(one: AccessLog) -> Look:
    """Return a look as people read it."""
    said = SAID.get(one.what) or f"a ouvert : {one.what.removeprefix('document : ').lower()}"
    return Look(reader_said(one), said, one.at, one.journey.certification.title)


@needs(Role.CANDIDATE)
@require_safe
def mine(request: Visit) -> HttpResponse:
    """Show a candidate who looked at any of their files."""
    back = (reverse("candidate:data"), "Mes données")
    return shown(request, queries.reads(request.user), "Qui a lu mon dossier", back)


@login_required
@require_safe
def of_journey(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show who looked at a file to its candidate, to who leads the team, or to an administrator."""
    journey = found(request, id, "lectures")
    leads = roles(request.user) & {Role.HEAD, Role.ADMINISTRATOR}
    if not leads and journey.candidate_id != request.user.pk:
        raise Http404
    title = f"Qui a lu le dossier de {journey.candidate.get_full_name()}"
    back = (reverse("dossiers:journey", args=[journey.pk]), "Le dossier")
    return shown(request, queries.reads(request.user, journey), title, back)


def shown(
    request: Visit, reads: QuerySet[AccessLog], title: str, back: tuple[str, str]
) -> HttpResponse:
    """Return a page of looks."""
    page = Paginator(reads, ROWS).get_page(request.GET.get("page"))
    looks = [look(one) for one in page.object_list]
    address, where = back
    context = {"page": page, "looks": looks, "title": title, "back": address, "where": where}
    return render(request, "dossiers/reads.html", context)
