"""What each page of a file that is written shares: whose it is, whether they write there, and its form."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity, follows
from jalon.law import writing
from jalon.web import form_actions
from jalon.web.access import Visit, found
from jalon.web.writing import advised
from jalon.web.writing.returned import returned


def writable_journey(
    request: Visit, id: uuid.UUID, kind: writing.WritingWindow, what: str
) -> Journey:
    """Return a journey whose file this person writes, when it is time or not, or a 404."""
    journey = found(request, id, what)
    if not capacity(request.user, journey) & kind.writers:
        raise Http404
    return journey


def feasibility_of(request: Visit, id: uuid.UUID) -> Journey:
    """Return a journey whose feasibility file this person writes, or a 404."""
    return writable_journey(request, id, writing.FEASIBILITY, "dossier de faisabilité")


def validation_of(request: Visit, id: uuid.UUID) -> Journey:
    """Return a journey whose validation file this person writes, or a 404."""
    journey = writable_journey(request, id, writing.VALIDATION, "dossier de validation")
    if not journey.attempts.exists():
        raise Http404
    return journey


def shared(request: Visit, journey: Journey) -> dict[str, Any]:
    """Return what each of these pages says: whose file it is, and where it is reached from."""
    mine = journey.candidate_id == request.user.pk
    name = journey.candidate.get_full_name()
    if mine:
        home, home_name = reverse("candidate:journey", args=[journey.pk]), "Mon parcours"
    elif follows(request.user, journey):
        home, home_name = reverse("dossiers:journey", args=[journey.pk]), name
    else:
        home, home_name = reverse("juror:home"), "Mes sessions"
    able = capacity(request.user, journey)
    return {
        "journey": journey,
        "returned": returned(journey, mends=bool(able & writing.FEASIBILITY.writers)),
        "mine": mine,
        "person": "" if mine else name,
        "home": home,
        "home_name": home_name,
    }


def fill(
    request: Visit,
    journey: Journey,
    form: Any,
    save: Callable[[Any], Any],
    title: str,
    back: str = "writing:feasibility",
    *,
    typed_as: str = "",
    saves_on_leaving: bool = True,
    **more: Any,
) -> HttpResponse:
    """Show a form; save what is valid, keep what was typed, show a refusal with its rule.

    Leaving a page that may be left half-written saves it; one that has a subject is saved as it is typed.
    """
    advised.attach(form, typed_as)
    if form_actions.submit(request, form, lambda: save(form)):
        messages.success(request, f"C’est enregistré. {advised.waiting(form)}".strip())
        return redirect(back, journey.pk)
    context = shared(request, journey) | {
        "title": title,
        "back": reverse(back, args=[journey.pk]),
        "saves_on_leaving": saves_on_leaving,
        "typed_as": typed_as,
    }
    return form_actions.render_form(request, form, "writing/form.html", **context, **more)
