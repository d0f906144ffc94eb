"""An appointment by the link of its mail, without signing in: read it, move it, cancel it, have it sooner.

To open the link changes nothing, whoever opens it: programs that look at mails do.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.support.links import booking_of, offer_of
from jalon.support.models import Booking
from jalon.web.booking import Door, cancel, choose
from jalon.web.earlier import answer, wish

Page = Callable[[HttpRequest, Booking, str], HttpResponse]


def unkept(answer: HttpResponse) -> HttpResponse:
    """Return a page that nothing keeps, and that no search finds."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def by_link(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a page to whoever holds a link that still serves; nothing keeps it, no search finds it."""

    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        booking = booking_of(token)
        return unkept(page(request, booking, token) if booking else over(request))

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
        "earlier": reverse("public:earlier", args=[token]),
    }
    return render(request, "booking/shown.html", context)


@by_link
def move_booking(request: HttpRequest, moved: Booking, token: str) -> HttpResponse:
    """Choose another hour."""
    return choose(request, door(moved, token))


@by_link
def cancel_booking(request: HttpRequest, given_up: Booking, token: str) -> HttpResponse:
    """Cancel the appointment; its link then serves no more."""
    said = "Votre rendez-vous est annulé. L’heure est de nouveau libre pour quelqu’un d’autre."
    return cancel(request, given_up, door(given_up, token), said)


@by_link
def earlier(request: HttpRequest, planned: Booking, token: str) -> HttpResponse:
    """Ask to be told of sooner hours, or wait no more."""
    page = reverse("public:earlier", args=[token])
    return wish(request, door(planned, token), planned, page)


def earlier_offer(request: HttpRequest, token: str) -> HttpResponse:
    """Take the hour that is kept for somebody, or leave it to another."""
    offer = offer_of(token)
    page = reverse("public:earlier_offer", args=[token])
    return unkept(answer(request, offer, page) if offer else over(request))


def door(booking: Booking, token: str) -> Door:
    """Return the door of the candidate of a meeting, on the pages of its link."""
    here = reverse("public:booking", args=[token])
    return Door(booking.journey, booking.journey.candidate, here, here, booking)
