"""An appointment by the link of its mail, without signing in: read it, move it, cancel it.

To open the link changes nothing, whoever opens it: programs that look at mails do.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.support.links import booking_of
from jalon.support.models import Booking
from jalon.web.booking import Door, cancel, choose

Page = Callable[[HttpRequest, Booking, str], HttpResponse]


def by_link(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a page to whoever holds a link that still serves; nothing keeps it, no search finds it."""

    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        booking = booking_of(token)
        answer = page(request, booking, token) if booking else over(request)
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return opened


def over(request: HttpRequest) -> HttpResponse:
    """Say that a link serves no more, and what to do."""
    return render(request, "booking/over.html", status=410)


@by_link
@require_safe
def booking(request: HttpRequest, shown: Booking, token: str) -> HttpResponse:
    """Show the appointment, with what may be done of it."""
    context = {
        "booking": shown,
        "move": reverse("public:move_booking", args=[token]),
        "cancel": reverse("public:cancel_booking", args=[token]),
    }
    return render(request, "booking/shown.html", context)


@by_link
def move_booking(request: HttpRequest, moved: Booking, token: str) -> HttpResponse:
    """Choose another hour."""
    return choose(request, door(moved, token))


@by_link
def cancel_booking(request: HttpRequest, given_up: Booking, token: str) -> HttpResponse:
    """Cancel the appointment; its link then serves no more."""
    said = "Votre rendez-vous est annulé. L’heure est rendue à quelqu’un d’autre."
    return cancel(request, given_up, door(given_up, token), said)


def door(booking: Booking, token: str) -> Door:
    """Return the door of the candidate of a meeting, on the pages of its link."""
    here = reverse("public:booking", args=[token])
    return Door(booking.journey, booking.journey.candidate, here, here, booking)
