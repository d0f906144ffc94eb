"""The hours of one journey: planned, given, signed; what is left to sign; the certificate."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jalon.journeys.policy import accompanies, capacity
from jalon.law.vocabulary import Role
from jalon.law.workshops import ACCOMPANISTS
from jalon.support.attendance import hours_of
from jalon.support.service import by_kind, certify
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
    context = {
        "journey": journey,
        "page": Paginator(first, 25).get_page(request.GET.get("page")),
        "waiting": sum(one.to_sign for one in every),
        "collects": bool(capacity(request.user, journey) & ACCOMPANISTS),
        "lines": by_kind(journey, every),
    }
    return render(request, "dossiers/hours.html", context)
