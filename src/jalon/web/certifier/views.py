"""The certifier's space: the inbox by clock, the jury sessions, the summons."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import BaseForm, Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import queries as journeys
from jalon.journeys import questions
from jalon.journeys.actions import act
from jalon.journeys.models import Journey
from jalon.journeys.rights import record_list
from jalon.juries import actions, planning, queries
from jalon.juries.models import Declaration, Hearing, Session
from jalon.law.clocks import french
from jalon.law.jury import Check, day_come
from jalon.law.rulebook import Refused
from jalon.law.stages import CERTIFIER_FILTERS
from jalon.law.vocabulary import Act, Role
from jalon.now import today
from jalon.people.models import User
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.acts.forms.jury import AbsenceForm, ConveneForm, PostponeForm
from jalon.web.asked import Space
from jalon.web.certifier.forms import (
    BatchForm,
    CancelForm,
    LiftForm,
    PanelForm,
    SessionChangeForm,
    SessionForm,
)
from jalon.web.listing import journeys_page

INBOX = Space(
    "À traiter",
    CERTIFIER_FILTERS,
    ("candidat", "qui", "echeance", "etape", "certification", "architecte"),
)
#: How many questions stand above the list: the oldest, which wait most.
ASKED = 12


@needs(Role.CERTIFIER)
@require_safe
def inbox(request: Visit) -> HttpResponseBase:
    """Show what waits for the certifier, the longest waiting first."""
    asked = questions.waiting(request.user)[:ASKED]
    return journeys_page(request, INBOX, questions=asked)


@needs(Role.CERTIFIER)
@require_safe
def sessions(request: Visit) -> HttpResponse:
    """List the jury sessions to come, or those that were held or cancelled."""
    past = request.GET.get("passees", "") == "1"
    kept = queries.sessions_over(request.user) if past else queries.sessions_to_come(request.user)
    page = Paginator(kept, 25).get_page(request.GET.get("page"))
    context = {"page": page, "past": past, "query": "passees=1&" if past else ""}
    return render(request, "certifier/sessions.html", context)


@needs(Role.CERTIFIER)
def new_session(request: Visit) -> HttpResponse:
    """Plan a session with its panel."""
    form = SessionForm(request.POST or None, pool=queries.jurors(request.user))
    checks = checks_before_saving(request.user, form)
    created = None
    if "check" not in request.POST and (all_kept(checks) or "anyway" in request.POST):
        created = form_actions.submit(
            request,
            form,
            lambda: planning.create_session(request.user, form.values(), form.panel()),
        )
    if created:
        messages.success(
            request,
            "La session est créée. Chaque membre reçoit sa convocation et dit s’il vient.",
        )
        return redirect("certifier:session", created.value.pk)
    return form_actions.render_form(
        request,
        form,
        "certifier/new_session.html",
        title="Nouvelle session de jury",
        back=reverse("certifier:sessions"),
        submit="Créer la session",
        checks=checks,
        doubtful=not all_kept(checks),
    )


def checks_before_saving(viewer: User, form: SessionForm) -> tuple[Check, ...]:
    """Return what the law says of the panel that was chosen; nothing until the form is filled in."""
    if not form.is_bound or not form.is_valid():
        return ()
    said = form.cleaned_data
    return queries.checks_of(viewer, form.panel(), said["certification"], said["held_on"])


def all_kept(checks: Iterable[Check]) -> bool:
    """Say whether no rule of the panel is in doubt."""
    return all(check.kept for check in checks)


@needs(Role.CERTIFIER)
@require_safe
def session(request: Visit, number: int) -> HttpResponse:
    """Show a session: its state, its day hour by hour, who sits, what the law says, what to do."""
    shown = own_session(request, number)
    record_list(request.user, f"Session de jury {shown.reference}", len(shown.hearings.all()))
    to_come = shown.over is None
    return render(
        request,
        "certifier/session.html",
        {
            "session": shown,
            "to_come": to_come,
            "day_come": day_come(shown.held_on, today()) is None,
            "slots": slots(shown) if to_come else slots(shown, free=False),
            "checks": queries.checks(shown),
            "warnings": queries.composition_warnings(shown) if to_come else (),
            "links": queries.links_declared(shown),
            "adjustments": queries.adjustments_of(request.user, shown),
            "waiting": queries.waiting_for(shown).count() if to_come else 0,
            "signed": any(hearing.locked_at for hearing in shown.hearings.all()),
        },
    )


def own_session(request: Visit, number: int) -> Session:
    """Return a session that the viewer may see, with its panel and hearings, or a 404."""
    try:
        return queries.session(request.user, number)
    except Session.DoesNotExist as unknown:
        raise Http404 from unknown


def slots(shown: Session, *, free: bool = True) -> list[tuple[time, Hearing | None]]:
    """Return the hours of a session in order: each passage, and what is free when one asks for it."""
    taken: list[tuple[time, Hearing | None]] = [
        (one.starts_at, one) for one in shown.hearings.all()
    ]
    if free:
        taken += [(hour, None) for hour in queries.free_hours_of(shown)]
    return sorted(taken, key=lambda slot: slot[0])


@needs(Role.CERTIFIER)
def change_session(request: Visit, number: int) -> HttpResponse:
    """Change what a session says: everybody who was told is told again."""
    shown = own_session(request, number)
    form = SessionChangeForm(request.POST or None, instance=shown)
    return session_page(
        request,
        form,
        lambda: planning.change_session(request.user, shown, form.values()),
        shown,
        f"Modifier la session du {french(shown.held_on)}",
        done="C’est modifié. Les membres et les candidats convoqués sont prévenus.",
        lead="Chaque candidat convoqué et chaque membre du jury apprend ce qui change par courriel, avec un fichier pour son agenda.",
    )


@needs(Role.CERTIFIER)
def panel(request: Visit, number: int) -> HttpResponse:
    """Replace a member, or who presides; the law judges the panel for each candidate called."""
    shown = own_session(request, number)
    form = PanelForm(request.POST or None, session=shown, pool=queries.jurors(request.user))
    return session_page(
        request,
        form,
        lambda: planning.change_panel(
            request.user,
            shown,
            form.panel(),
            form.cleaned_data["reason"],
            form.reasons(),
        ),
        shown,
        f"Changer le jury du {french(shown.held_on)}",
        done="Le jury est changé. Les membres qui partent et ceux qui arrivent sont prévenus.",
        lead="Les règles du jury sont vérifiées pour chaque candidat convoqué. Un nouveau membre "
        "signe sa déclaration d’indépendance.",
    )


@needs(Role.CERTIFIER)
def cancel_session(request: Visit, number: int) -> HttpResponse:
    """Cancel a session to come."""
    shown = own_session(request, number)
    form = CancelForm(request.POST or None)
    return session_page(
        request,
        form,
        lambda: planning.cancel_session(request.user, shown, form.cleaned_data["reason"]),
        shown,
        f"Annuler la session du {french(shown.held_on)}",
        done="La session est annulée. Les candidats et les membres sont prévenus.",
        lead="Chaque candidat convoqué attendra une nouvelle date. Vous ne pourrez pas revenir en arrière.",
        submit="Annuler la session",
        grave=True,
    )


@needs(Role.CERTIFIER)
def convene_several(request: Visit, number: int) -> HttpResponse:
    """Call several candidates before one session, all of them or none."""
    shown = own_session(request, number)
    waiting = list(queries.waiting_for(shown)[:CALLED_AT_ONCE])
    form = BatchForm(request.POST or None, session=shown, waiting=waiting)

    def call() -> None:
        with transaction.atomic():
            for journey, asked in form.called():
                with naming(journey):
                    act(journey.pk, Act.SCHEDULE_HEARING, by=request.user, facts=asked)

    return session_page(
        request,
        form,
        call,
        shown,
        f"Convoquer des candidats le {french(shown.held_on)}",
        done="Les convocations sont envoyées.",
        lead="Choisissez une heure pour chaque candidat.",
        submit="Convoquer",
        page="certifier/convene_several.html",
    )


#: How many candidates a page calls at once.
CALLED_AT_ONCE = 30


@contextmanager
def naming(journey: Journey) -> Iterator[None]:
    """Say of whom a refusal speaks."""
    try:
        yield
    except Refused as refused:
        name = journey.candidate.get_full_name()
        why = f"{name} : {refused.why}"
        raise Refused(replace(refused.refusal, why=why)) from refused


def session_page(
    request: Visit,
    form: BaseForm,
    write: Callable[[], Any],
    shown: Session,
    title: str,
    done: str,
    page: str = "form_page.html",
    **more: Any,
) -> HttpResponse:
    """Show a form about a session to come and do what it asks; a refusal is shown with its rule."""
    if shown.over and request.method != "POST":
        messages.error(request, shown.over.cited)
        return redirect("certifier:session", shown.pk)
    if form_actions.submit(request, form, write):
        messages.success(request, done)
        return redirect("certifier:session", shown.pk)
    back = reverse("certifier:session", args=[shown.pk])
    return form_actions.render_form(
        request, form, page, title=title, back=back, session=shown, **more
    )


@needs(Role.CERTIFIER)
def convene(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Call a candidate before a session; every rule on panel and date is asked."""
    journey = found(request, id, "convocation")
    to_come = (
        queries.sessions(request.user)
        .living()
        .filter(certification=journey.certification, held_on__gte=today())
        .prefetch_related("hearings")
        .order_by("held_on", "pk")
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
        "Absence du candidat",
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


@needs(Role.CERTIFIER)
def lift_link(request: Visit, number: int) -> HttpResponse:
    """Lift a link that a member of a jury declared, saying why."""
    try:
        link = queries.link(request.user, number)
    except Declaration.DoesNotExist as unknown:
        raise Http404 from unknown
    form = LiftForm(request.POST or None)
    return hearing_page(
        request,
        form,
        lambda: actions.lift(link, request.user, form.cleaned_data["reason"]),
        link.hearing,
        f"Lever le lien déclaré par {link.juror}",
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
