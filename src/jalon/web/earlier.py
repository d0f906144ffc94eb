"""Asking for an hour sooner than one's own, and taking the one that is kept: signed in, or by the link of a mail.

To open a page changes nothing: only its buttons do.
"""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.law.clocks import WEEKDAYS
from jalon.law.earlier import Wanted
from jalon.law.vocabulary import OfferState
from jalon.support import earlier
from jalon.support.links import offer_token
from jalon.support.models import Booking, EarlierOffer, EarlierWish
from jalon.web import form_actions
from jalon.web.booking import Door
from jalon.web.fields import DateField

#: The name of the button that waits no more, and of the one that leaves an hour to somebody else.
STOP, LEAVE = "arreter", "laisser"
MORNING, AFTERNOON = "matin", "apres-midi"
ON_SITE, FROM_AFAR = "sur-place", "a-distance"


class WishForm(forms.Form):
    """Which sooner hours would suit: every one unless something is unticked."""

    until = DateField(label="Jusqu’au", help_text="Le dernier jour qui vous arrange.")
    weekdays = forms.TypedMultipleChoiceField(
        label="Quels jours ?",
        choices=[(number, name.capitalize()) for number, name in enumerate(WEEKDAYS[:6])],
        coerce=int,
        error_messages={"required": "Cochez au moins un jour où vous pouvez venir."},
        widget=forms.CheckboxSelectMultiple,
    )
    halves = forms.MultipleChoiceField(
        label="À quel moment ?",
        choices=[(MORNING, "Le matin"), (AFTERNOON, "L’après-midi")],
        error_messages={"required": "Cochez le matin, l’après-midi, ou les deux."},
        widget=forms.CheckboxSelectMultiple,
    )
    ways = forms.MultipleChoiceField(
        label="Comment ?",
        choices=[(ON_SITE, "Sur place"), (FROM_AFAR, "Par téléphone ou en visioconférence")],
        error_messages={"required": "Cochez sur place, à distance, ou les deux."},
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def wanted(self) -> Wanted:
        """Return what was ticked, as the law knows it."""
        said = self.cleaned_data
        return Wanted(
            said["until"],
            tuple(said["weekdays"]),
            MORNING in said["halves"],
            AFTERNOON in said["halves"],
            ON_SITE in said["ways"],
            FROM_AFAR in said["ways"],
        )


def ticked(meeting_on: date, wish: EarlierWish | None) -> dict[str, Any]:
    """Return how the form is filled in: as it was asked, else with every day until that of the meeting."""
    if wish is None:
        return {
            "until": meeting_on,
            "weekdays": list(range(5)),
            "halves": [MORNING, AFTERNOON],
            "ways": [ON_SITE, FROM_AFAR],
        }
    halves = ((MORNING, wish.mornings), (AFTERNOON, wish.afternoons))
    ways = ((ON_SITE, wish.on_site), (FROM_AFAR, wish.from_afar))
    return {
        "until": wish.until,
        "weekdays": wish.weekdays,
        "halves": [name for name, wanted in halves if wanted],
        "ways": [name for name, wanted in ways if wanted],
    }


def wish(request: HttpRequest, door: Door, planned: Booking, here: str) -> HttpResponse:
    """Ask to be told of sooner hours, change what would suit, or wait no more."""
    if request.method == "POST" and STOP in request.POST:
        if form_actions.attempt(request, lambda: earlier.stop(door.journey.pk, door.by)):
            messages.success(request, "C’est arrêté. Votre rendez-vous ne change pas.")
        return redirect(door.done)
    asked = earlier.wish_of(door.journey)
    form = WishForm(request.POST or None, initial=ticked(planned.on, asked))
    if form_actions.submit(
        request, form, lambda: earlier.ask(door.journey.pk, form.wanted, door.by)
    ):
        messages.success(
            request, "C’est noté. Un courriel part dès qu’une heure plus tôt se libère pour vous."
        )
        return redirect(here)
    kept = earlier.kept_for(door.journey) if asked else None
    return form_actions.render_form(
        request,
        form,
        "booking/earlier.html",
        door=door,
        booking=planned,
        asked=asked,
        kept=kept,
        take=kept and reverse("public:earlier_offer", args=[offer_token(kept)]),
    )


def answer(request: HttpRequest, offer: EarlierOffer, here: str) -> HttpResponse:
    """Show the hour that is kept; take it, leave it to somebody else, or wait no more, once a button says so."""
    journey = offer.wish.journey
    candidate = journey.candidate
    if request.method == "POST":
        if STOP in request.POST:
            if form_actions.attempt(request, lambda: earlier.stop(journey.pk, candidate)):
                messages.success(
                    request,
                    "C’est arrêté\N{NO-BREAK SPACE}: vous ne recevrez plus d’heure plus tôt.",
                )
        elif LEAVE in request.POST:
            if form_actions.attempt(request, lambda: earlier.leave(offer, candidate)):
                messages.success(request, "L’heure est laissée à quelqu’un d’autre.")
        elif done := form_actions.attempt(request, lambda: earlier.take(offer, candidate)):
            moved = done.value.when
            messages.success(request, f"Votre rendez-vous est avancé\N{NO-BREAK SPACE}: {moved}.")
        return redirect(here)
    booking = earlier.booking_to_come(journey)
    return render(
        request,
        "booking/offered.html",
        {
            "offer": offer,
            "stands": booking is not None and booking.starts_at == offer.starts_at,
            "kept": offer in EarlierOffer.objects.in_force(),
            "taken": offer.state == OfferState.TAKEN,
            "booking": booking,
            "waits": earlier.wish_of(journey),
        },
    )
