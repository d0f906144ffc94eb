"""The certifier's space: the inbox by clock, the jury sessions, the summons."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import queries as journeys
from jalon.journeys.actions import act
from jalon.juries import actions, queries
from jalon.juries.models import Hearing, Session
from jalon.law.stages import CERTIFIER_FILTERS
from jalon.law.vocabulary import Act, Role
from jalon.now import today
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.acts.forms.jury import AbsenceForm, ConveneForm, PostponeForm
from jalon.web.certifier.forms import SessionForm
from jalon.web.listing import journeys_page


@needs(Role.CERTIFIER)
@require_safe
def inbox(request: Visit) -> HttpResponse:
    """Show what waits for the certifier, the longest waiting first."""
    return journeys_page(request, "À traiter", CERTIFIER_FILTERS)


@needs(Role.CERTIFIER)
@require_safe
def sessions(request: Visit) -> HttpResponse:
    """List the jury sessions."""
    page = Paginator(queries.sessions(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "certifier/sessions.html", {"page": page})


@needs(Role.CERTIFIER)
def new_session(request: Visit) -> HttpResponse:
    """Plan a session with its panel."""
    form = SessionForm(request.POST or None, pool=queries.jurors(request.user))
    created = form_actions.submit(
        request,
        form,
        lambda: actions.create_session(request.user, form.values(), form.panel()),
    )
    if created:
        messages.success(request, "La session est créée. Les membres sont convoqués aujourd’hui.")
        return redirect("certifier:session", created.value.pk)
    return form_actions.render_form(
        request,
        form,
        title="Nouvelle session de jury",
        back=reverse("certifier:sessions"),
        submit="Créer la session",
    )


@needs(Role.CERTIFIER)
@require_safe
def session(request: Visit, number: int) -> HttpResponse:
    """Show a session: who sits, who is heard."""
    try:
        shown = queries.session(request.user, number)
    except Session.DoesNotExist as unknown:
        raise Http404 from unknown
    return render(
        request,
        "certifier/session.html",
        {
            "session": shown,
            "warnings": queries.composition_warnings(shown),
        },
    )


@needs(Role.CERTIFIER)
def convene(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Call a candidate before a session; every rule on panel and date is asked."""
    journey = found(request, id, "convocation")
    to_come = queries.sessions(request.user).filter(
        certification=journey.certification, held_on__gte=today()
    )
    form = ConveneForm(request.POST or None, sessions=to_come)
    if form_actions.submit(
        request,
        form,
        lambda: act(journey.pk, Act.SCHEDULE_HEARING, by=request.user, facts=form.facts()),
    ):
        messages.success(request, "La convocation est envoyée.")
        return redirect("dossiers:journey", journey.pk)
    return form_actions.render_form(
        request,
        form,
        "certifier/convene.html",
        submit="Convoquer",
        title=f"Convoquer {journey.candidate.get_full_name()}",
        back=reverse("dossiers:journey", args=[journey.pk]),
        clocks=journeys.position(request.user, journey).deadlines,
    )


def own_hearing(request: Visit, number: int) -> Hearing:
    """Return a hearing of the viewer's certifier, or a 404."""
    return get_object_or_404(
        Hearing.objects.select_related("session", "attempt__journey__candidate"),
        pk=number,
        session__in=Session.objects.filter(pk__in=queries.sessions(request.user).values("pk")),
    )


@needs(Role.CERTIFIER)
def absence(request: Visit, number: int) -> HttpResponse:
    """Record that the candidate was not examined."""
    hearing = own_hearing(request, number)
    form = AbsenceForm(request.POST or None)

    return hearing_page(
        request,
        form,
        lambda: act(
            hearing.attempt.journey_id,
            Act.RECORD_ABSENCE,
            by=request.user,
            facts=form.facts(hearing),
        ),
        hearing,
        "Candidat non examiné",
    )


@needs(Role.CERTIFIER)
def postpone(request: Visit, number: int) -> HttpResponse:
    """Put a hearing off to another session."""
    hearing = own_hearing(request, number)
    form = PostponeForm(request.POST or None)
    return hearing_page(
        request,
        form,
        lambda: act(
            hearing.attempt.journey_id,
            Act.POSTPONE_HEARING,
            by=request.user,
            facts=form.facts(),
        ),
        hearing,
        "Reporter le passage",
    )


def hearing_page(
    request: Visit, form: Form, write: Callable[[], Any], hearing: Hearing, title: str
) -> HttpResponse:
    """Show a form about one hearing and do what it asks; a refusal is shown with its rule."""
    if form_actions.submit(request, form, write):
        messages.success(request, "C’est enregistré.")
        return redirect("certifier:session", hearing.session_id)
    return form_actions.render_form(
        request,
        form,
        title=f"{title} : {hearing.attempt.journey.candidate.get_full_name()}",
        back=reverse("certifier:session", args=[hearing.session_id]),
    )
