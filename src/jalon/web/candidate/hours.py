"""The candidate's hours: what is signed, what is left to sign, signing from afar."""

import uuid

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.law import signatures as law
from jalon.support.attendance import find, hours_of
from jalon.support.service import by_kind
from jalon.web.access import Visit
from jalon.web.candidate.booking import home, own
from jalon.web.signing import Door
from jalon.web.signing import sign as signing


@login_required
@require_safe
def hours(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the hours of one of a person's own journeys: what is left to sign first."""
    journey = own(request, id)
    every = hours_of(journey)
    first = sorted(every, key=lambda one: (not one.to_sign, -one.on.toordinal()))
    lines = by_kind(journey, every)
    context = {
        "journey": journey,
        "lines": lines,
        "planned": any(one.planned or one.given for one in lines),
        "back": home(journey),
        "page": Paginator(first, 25).get_page(request.GET.get("page")),
        "signed": law.signed_minutes(one.counted for one in every),
    }
    return render(request, "candidate/hours.html", context)


@login_required
def sign(request: Visit, id: uuid.UUID, kind: str, number: int) -> HttpResponse:
    """Sign some hours by the code of a mail; a 404 for hours that are not the person's."""
    found = find(own(request, id), kind, number)
    if found is None:
        raise Http404
    here = reverse("candidate:sign", args=[id, kind, number])
    back = reverse("candidate:hours", args=[id])
    return signing(request, Door(found, request.user, here, back=back, done=back))
