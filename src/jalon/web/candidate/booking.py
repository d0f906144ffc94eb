"""The candidate's appointments: take one, move it, cancel it, read where it is."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.law.meetings import may_meet
from jalon.mailbox import appointments
from jalon.support.models import Booking
from jalon.support.queries import booking_to_come
from jalon.web.access import Visit
from jalon.web.agenda import calendar_response
from jalon.web.booking import Door, cancel, choose
from jalon.web.earlier import wish


@login_required
def booking(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the appointment to come, else the hours from which to choose one."""
    journey = own(request, id)
    planned = booking_to_come(journey)
    if planned and request.method != "POST":
        return shown(request, planned)
    refusal = may_meet(journey.stage, taken_on=journey.architect_id is not None)
    if refusal:
        context = {"refusal": refusal, "back": home(journey)}
        return render(request, "booking/none.html", context)
    return choose(request, Door(journey, request.user, home(journey), here(journey)))


@require_safe
def shown(request: Visit, planned: Booking) -> HttpResponse:
    """Show an appointment, with what may be done of it."""
    return render(
        request,
        "booking/shown.html",
        {
            "booking": planned,
            "back": home(planned.journey),
            "move": reverse("candidate:move_booking", args=[planned.journey_id]),
            "cancel": reverse("candidate:cancel_booking", args=[planned.journey_id]),
            "earlier": reverse("candidate:earlier", args=[planned.journey_id]),
            "file": reverse("candidate:booking_file", args=[planned.journey_id]),
        },
    )


@login_required
def move_booking(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Choose another hour for the appointment to come."""
    journey = own(request, id)
    planned = booking_to_come(journey)
    if planned is None:
        return redirect("candidate:booking", journey.pk)
    return choose(request, Door(journey, request.user, here(journey), here(journey), planned))


@login_required
def earlier(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Ask to be told of hours sooner than the appointment to come."""
    journey = own(request, id)
    planned = booking_to_come(journey)
    if planned is None:
        return redirect("candidate:booking", journey.pk)
    door = Door(journey, request.user, here(journey), here(journey), planned)
    return wish(request, door, planned, reverse("candidate:earlier", args=[journey.pk]))


@login_required
def cancel_booking(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Cancel the appointment to come."""
    journey = own(request, id)
    planned = booking_to_come(journey)
    if planned is None:
        return redirect("candidate:booking", journey.pk)
    door = Door(journey, request.user, here(journey), home(journey))
    said = "Votre rendez-vous est annulé. Vous pouvez en prendre un autre quand vous voulez."
    return cancel(request, planned, door, said)


@login_required
@require_safe
def calendar(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Give the appointment to come as a file for one's agenda, or a 404."""
    planned = booking_to_come(own(request, id))
    if planned is None:
        raise Http404
    return calendar_response(appointments.of_booking(planned))


def own(request: Visit, id: uuid.UUID) -> Journey:
    """Return one of a person's own journeys, or a 404."""
    found = next((one for one in queries.own_journeys(request.user) if one.pk == id), None)
    if found is None:
        raise Http404
    return found


def home(journey: Journey) -> str:
    """Return the page of a journey."""
    return reverse("candidate:journey", args=[journey.pk])


def here(journey: Journey) -> str:
    """Return the page of its appointment."""
    return reverse("candidate:booking", args=[journey.pk])
