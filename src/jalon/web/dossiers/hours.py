"""The hours of one journey: planned, given, signed; what is left to sign; the certificate."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jalon.journeys.policy import accompanies, capacity
from jalon.law import signatures as law
from jalon.law.vocabulary import Role
from jalon.law.workshops import ACCOMPANISTS
from jalon.support.attendance import Hours, hours_of
from jalon.support.service import certify
from jalon.support.workshops import delivered
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs


@needs(Role.ARCHITECT, Role.HEAD)
def hours(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the hours that one's organisation gave on a journey; have their certificate printed."""
    journey = found(request, id, "heures")
    if not accompanies(request.user, journey):
        raise Http404
    if request.method == "POST":
        if form_actions.attempt(request, lambda: certify(journey, request.user)):
            messages.success(
                request,
                "Le certificat de réalisation est établi : il rejoint les documents du dossier.",
            )
        return redirect("dossiers:hours", journey.pk)
    every = hours_of(journey, journey.organisation_id)
    first = sorted(every, key=lambda one: (not one.to_sign, -one.on.toordinal()))
    planned = delivered(journey)
    context = {
        "journey": journey,
        "page": Paginator(first, 25).get_page(request.GET.get("page")),
        "waiting": sum(one.to_sign for one in every),
        "collects": bool(capacity(request.user, journey) & ACCOMPANISTS),
        "lines": [
            line("Individuel", planned.individual.planned, [one for one in every if one.meeting]),
            line("Collectif", planned.group.planned, [one for one in every if one.half_day]),
        ],
    }
    return render(request, "dossiers/hours.html", context)


def line(label: str, planned: int, pieces: list[Hours]) -> tuple[str, ...]:
    """Return a kind of accompaniment with what is planned, given and signed, in decimal hours."""
    given = sum(one.minutes for one in pieces)
    signed = law.signed_minutes(one.counted for one in pieces)
    return (label, *map(law.in_hours, (planned, given, signed)))
