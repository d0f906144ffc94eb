"""One act of the table: asks for its facts, does it, and says a refusal with its rule."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.journeys import queries
from jalon.journeys.actions import act
from jalon.journeys.models import JournalEntry, Journey
from jalon.law import lifecycle
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Act
from jalon.web import form_actions
from jalon.web.access import Visit, found
from jalon.web.acts.forms import ActForm, form_of


@login_required
def do_act(request: Visit, id: uuid.UUID, name: str) -> HttpResponse:
    """Show an act and do it; what was typed is never lost, even when the act came too late."""
    journey = found(request, id, "acte")
    wanted = act_or_404(name)
    transition = offered_transition(request, journey, wanted)
    if transition is None and request.method != "POST":
        raise Http404
    form = bound_form(request, journey, wanted, offered=transition is not None)
    if form_actions.submit(request, form, lambda: carry_out(request, journey, wanted, form)):
        messages.success(request, f"C’est fait : {wanted.label.lower()}.")
        return redirect(home_of(request, journey))
    return form_actions.render_form(
        request,
        form,
        "acts/act.html",
        journey=journey,
        act=wanted,
        transition=transition,
        seen=request.POST.get("seen", journey.version),
        mine=journey.candidate_id == request.user.pk,
        back=home_of(request, journey),
        danger=transition is not None and transition.danger,
    )


def act_or_404(name: str) -> Act:
    """Return the act that an address names, or a 404."""
    try:
        return Act(name.replace("-", "_"))
    except ValueError as unknown:
        raise Http404 from unknown


def offered_transition(request: Visit, journey: Journey, wanted: Act) -> Transition | None:
    """Return the row by which this person may do an act now, or None."""
    offered = queries.position(request.user, journey).acts
    return next((transition for transition in offered if transition.act == wanted), None)


def bound_form(request: Visit, journey: Journey, wanted: Act, *, offered: bool) -> ActForm:
    """Return the form of an act, with what was sent; a 404 when it is done elsewhere.

    When the act is not offered any more there is nothing to correct: a form that is not valid gives
    way to a bare one, and only the refusal is read.
    """
    form_class = form_of(wanted, lifecycle.rows_of(wanted)[0].asks)
    if form_class is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = form_class(data, journey=journey)
    return form if offered or form.is_valid() else ActForm(data, journey=journey)


def carry_out(request: Visit, journey: Journey, wanted: Act, form: ActForm) -> JournalEntry:
    """Do the act; raises `Refused`."""
    seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else None
    return act(journey.pk, wanted, by=request.user, facts=form.facts(), seen=seen)


def home_of(request: Visit, journey: Journey) -> str:
    """Return the page of the journey, as this person knows it."""
    if journey.candidate_id == request.user.pk:
        return reverse("candidate:home")
    return reverse("dossiers:journey", args=[journey.pk])
