"""The candidate's workshops: those chosen, those to choose from, one of them; take a seat, leave."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.models import Journey
from jalon.law.stages import ENDS
from jalon.law.vocabulary import EnrolmentState
from jalon.now import now
from jalon.support import workshop_lists, workshops
from jalon.support.models import Enrolment
from jalon.web import form_actions
from jalon.web.access import Visit
from jalon.web.candidate.booking import home, own
from jalon.web.listing import ROWS


@login_required
@require_safe
def listing(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the workshops that a candidate chose, with the hours of each, and those still to choose."""
    journey = own(request, id)
    chosen = workshop_lists.chosen_by(journey)
    page = Paginator(workshop_lists.open_to(journey), ROWS).get_page(request.GET.get("page"))
    context = {
        "journey": journey,
        "back": home(journey),
        "chosen": chosen,
        "minutes": sum(one.minutes for one in chosen),
        "page": page,
        "ended": journey.stage in ENDS,
    }
    return render(request, "candidate/workshops.html", context)


@login_required
@require_safe
def workshop(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Show one workshop: when, where, and the button that takes a seat, or leads to leaving it."""
    journey = own(request, id)
    shown = of_the_journey(journey, number)
    return render(request, "candidate/workshop.html", told(journey, shown))


@login_required
@require_POST
def join(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Take a seat, or a place on the waiting list."""
    journey = own(request, id)
    shown = of_the_journey(journey, number)
    done = form_actions.attempt(
        request, lambda: workshops.enrol(shown.pk, journey.pk, request.user)
    )
    if done and done.value.state == EnrolmentState.ENROLLED:
        messages.success(request, "Votre place est prise. Un courriel vous le confirme.")
    elif done:
        place = workshop_lists.rank(done.value)
        messages.success(request, f"L’atelier est complet : vous attendez au rang {place}.")
    return redirect("candidate:workshop", journey.pk, shown.pk)


@login_required
def leave(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Say what leaving does; leave when that is confirmed."""
    journey = own(request, id)
    shown = of_the_journey(journey, number)
    context = told(journey, shown)
    if request.method != "POST":
        return render(request, "candidate/workshop_leave.html", context)
    seat = context["seat"]
    if seat and form_actions.attempt(request, lambda: workshops.cancel(seat, request.user)):
        messages.success(request, "Vous n’avez plus de place dans cet atelier.")
    return redirect("candidate:workshop", journey.pk, shown.pk)


def of_the_journey(journey: Journey, number: int) -> Any:
    """Return a workshop that a candidate may choose, or once chose, or a 404."""
    shown = workshop_lists.seen_from(journey).filter(pk=number).first()
    if shown is None:
        raise Http404
    return shown


def told(journey: Journey, shown: Any) -> dict[str, Any]:
    """Return what the page of a workshop says to a candidate."""
    seat: Enrolment | None = (
        journey.enrolments.standing().filter(workshop=shown).select_related("workshop").first()
    )
    waits = seat is not None and seat.state == EnrolmentState.WAITING
    begun = shown.begins_at is None or shown.begins_at <= now()
    return {
        "journey": journey,
        "workshop": shown,
        "half_days": list(shown.half_days.all()),
        "seat": seat,
        "waits": waits,
        "rank": workshop_lists.rank(seat) if seat and waits else 0,
        "full": shown.seated >= shown.capacity,
        "open": not begun and shown.cancelled_at is None and journey.stage not in ENDS,
    }
