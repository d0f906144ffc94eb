"""Workshops as a team runs them: the list, one of them, its people, who was there."""

import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.models import Journey
from jalon.journeys.rights import record_list
from jalon.law.vocabulary import EnrolmentState, Role
from jalon.people.models import User
from jalon.support import programme, workshop_lists, workshops
from jalon.support.actions import workplace
from jalon.support.models import Enrolment, HalfDay, Workshop
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.architect.workshop_forms import Noted, PresenceForm, ReasonForm, WorkshopForm
from jalon.web.asked import typed
from jalon.web.listing import ROWS


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def listing(request: Visit) -> HttpResponse:
    """Show the workshops of the team: those to come, or those that are past or cancelled."""
    past = request.GET.get("passes", "") == "1"
    every = workshop_lists.run_by(request.user)
    kept = workshop_lists.over(every) if past else workshop_lists.to_come(every)
    page = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "past": past, "query": "passes=1&" if past else ""}
    return render(request, "architect/workshops.html", context)


@needs(Role.ARCHITECT, Role.HEAD)
def new(request: Visit) -> HttpResponse:
    """Set up a workshop."""
    form = WorkshopForm(
        request.POST or None,
        organisation=workplace(request.user),
        initial={"led_by": request.user.pk, "group": request.GET.get("groupe", "")},
    )
    if done := form_actions.submit(
        request, form, lambda: programme.create(request.user, form.values(), form.spans())
    ):
        messages.success(
            request, "L’atelier est créé. Les candidats de l’équipe peuvent s’y inscrire."
        )
        return redirect("architect:workshop", done.value.pk)
    return form_actions.render_form(
        request,
        form,
        back=reverse("architect:workshops"),
        title="Nouvel atelier",
        lead="Les candidats que l’équipe accompagne y prennent une place eux-mêmes.",
        submit="Créer cet atelier",
    )


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def workshop(request: Visit, number: int) -> HttpResponse:
    """Show a workshop: where, when, who has a seat, who waits, and how long each was there."""
    shown = of_the_team(request.user, number)
    people = workshop_lists.enrolled(shown)
    record_list(request.user, f"{shown}", len(people))
    half_days = list(shown.half_days.all())
    begun = bool(half_days) and half_days[0].begun
    waiting = sorted(
        with_state(people, EnrolmentState.WAITING), key=lambda one: (one.asked_at, one.pk)
    )
    return render(
        request,
        "architect/workshop.html",
        {
            "workshop": shown,
            "half_days": half_days,
            "seated": with_state(people, EnrolmentState.ENROLLED),
            "page": Paginator(waiting, ROWS).get_page(request.GET.get("page")),
            "begun": begun,
            "goes_on": any(not one.begun for one in half_days),
            "open": not begun and shown.cancelled_at is None,
        },
    )


def with_state(people: Iterable[Enrolment], state: EnrolmentState) -> list[Enrolment]:
    """Return those of some enrolments that stand so."""
    return [one for one in people if one.state == state]


@needs(Role.ARCHITECT, Role.HEAD)
def change(request: Visit, number: int) -> HttpResponse:
    """Change a workshop and its half-days to come."""
    changed = of_the_team(request.user, number)
    form = WorkshopForm(request.POST or None, organisation=changed.organisation_id, changed=changed)
    if form_actions.submit(
        request,
        form,
        lambda: programme.change(
            changed.pk, request.user, form.values(), form.spans(), form.cleaned_data["seen"]
        ),
    ):
        messages.success(
            request,
            "L’atelier est modifié. Les inscrits reçoivent un courriel s’il change pour eux.",
        )
        return redirect("architect:workshop", changed.pk)
    return form_actions.render_form(
        request,
        form,
        back=reverse("architect:workshop", args=[changed.pk]),
        title="Modifier l’atelier",
        about=str(changed),
        submit="Enregistrer",
    )


@needs(Role.ARCHITECT, Role.HEAD)
def cancel(request: Visit, number: int) -> HttpResponse:
    """Say what cancelling a workshop does; do it when that is confirmed."""
    cancelled = of_the_team(request.user, number)
    form = ReasonForm(request.POST or None)
    if form_actions.submit(
        request,
        form,
        lambda: programme.call_off(cancelled.pk, request.user, form.cleaned_data["reason"]),
    ):
        messages.success(request, "L’atelier est annulé. Chaque inscrit reçoit un courriel.")
        return redirect("architect:workshop", cancelled.pk)
    return form_actions.render_form(
        request, form, "architect/workshop_cancel.html", workshop=cancelled
    )


# ---------------------------------------------------------------- its people


@needs(Role.ARCHITECT, Role.HEAD)
def enrol(request: Visit, number: int) -> HttpResponse:
    """Look for a candidate of the team by name; give the one who is chosen a seat, or a place on the list."""
    joined = of_the_team(request.user, number)
    text = typed(request.GET)
    if request.method == "POST":
        return enrolled(request, joined)
    named = (
        workshop_lists.enrollable(request.user, joined, text) if text else Journey.objects.none()
    )
    page = Paginator(named, ROWS).get_page(request.GET.get("page"))
    record_list(request.user, f"Inscrire à : {joined}", len(page.object_list))
    query = f"{urlencode({'q': text})}&"
    context = {"workshop": joined, "q": text, "page": page, "query": query}
    return render(request, "architect/workshop_enrol.html", context)


def enrolled(request: Visit, joined: Workshop) -> HttpResponse:
    """Enrol the candidate whose journey a button names, or answer by a 404."""
    try:
        wanted = uuid.UUID(request.POST.get("parcours", ""))
    except ValueError as unknown:
        raise Http404 from unknown
    journey = found(request, wanted, "atelier")
    done = form_actions.attempt(
        request, lambda: workshops.enrol(joined.pk, journey.pk, request.user)
    )
    if done:
        name = journey.candidate.get_full_name()
        messages.success(request, f"{name} : {done.value.state.label.lower()}. Un courriel part.")
    return redirect("architect:workshop", joined.pk)


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def take_off(request: Visit, number: int, enrolment: int) -> HttpResponse:
    """Take somebody off a workshop or its waiting list."""
    left = of_the_team(request.user, number)
    taken = get_object_or_404(left.enrolments.select_related("journey__candidate"), pk=enrolment)
    done = form_actions.attempt(request, lambda: workshops.cancel(taken, request.user))
    if done:
        name = taken.journey.candidate.get_full_name()
        moved = ", ".join(one.journey.candidate.get_full_name() for one in done.value)
        up = f" La place va à {moved}, qui attendait." if moved else ""
        messages.success(
            request, f"{name} n’est plus inscrit à cet atelier, et reçoit un courriel.{up}"
        )
    return redirect("architect:workshop", left.pk)


@needs(Role.ARCHITECT, Role.HEAD)
def presence(request: Visit, number: int, half_day: int) -> HttpResponse:
    """Note who was there for a half-day, everybody at once."""
    held = of_the_team(request.user, number)
    noted = get_object_or_404(held.half_days.select_related("workshop__site"), pk=half_day)
    people = with_state(workshop_lists.enrolled(held), EnrolmentState.ENROLLED)
    record_list(request.user, f"Présences : {held}", len(people))
    form = PresenceForm(request.POST or None, half_day=noted, people=people)
    if form_actions.submit(
        request, form, lambda: note_all(request.user, noted, form.noted(form.cleaned_data))
    ):
        messages.success(request, "Les présences sont notées.")
        return redirect("architect:workshop", held.pk)
    return form_actions.render_form(
        request, form, "architect/workshop_presence.html", workshop=held, half_day=noted
    )


@transaction.atomic
def note_all(by: User, half_day: HalfDay, people: Iterable[Noted]) -> None:
    """Note everybody, or nobody when one is refused; raises `Refused`."""
    for one in sorted(people, key=lambda noted: noted.enrolment.journey_id):
        workshops.note(
            half_day,
            one.enrolment,
            one.presence,
            by,
            arrived_at=one.arrived_at,
            left_at=one.left_at,
        )


def of_the_team(viewer: User, number: int) -> Any:
    """Return a workshop of the team, with its dates and its counts, or a 404."""
    shown = workshop_lists.run_by(viewer).filter(pk=number).first()
    if shown is None:
        raise Http404
    return shown
