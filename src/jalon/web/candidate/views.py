"""The candidate's space: one thing a page, a phone first, nothing lost."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.catalogue import queries as catalogue
from jalon.catalogue.models import Bloc, Certification
from jalon.documents import queries as documents
from jalon.journeys import queries
from jalon.journeys.actions import register
from jalon.journeys.arrivals import arrivals
from jalon.journeys.models import Journey
from jalon.journeys.queries import Position
from jalon.journeys.snapshot import clock_view, snapshots
from jalon.juries.models import Hearing
from jalon.law import calendar, writing
from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.guidance import (
    BY_STAGE,
    Guidance,
    Place,
    after_absence,
    blocs_to_obtain,
    guidance,
    jury_delay_said,
    steps,
    told_of_clock,
)
from jalon.law.meetings import REPORTED_BY, kind_at, may_meet
from jalon.law.rehearsal import READ_AT
from jalon.law.routing import Routing, route_for
from jalon.law.rulebook import Refusal, Refused
from jalon.law.stages import AFTER_JURY, ENDS
from jalon.law.survey import ASKED_AT
from jalon.law.vocabulary import Act, ClockKind, Role, Scope, Stage
from jalon.now import today
from jalon.people.models import User
from jalon.support import groups
from jalon.support.attendance import hours_of
from jalon.support.models import Milestone, MockGrid, Survey
from jalon.support.plan import another_project
from jalon.support.queries import next_booking, receives
from jalon.support.rehearsals import shared_with
from jalon.support.thread import unread_by_candidate
from jalon.support.workshop_lists import awaited_by
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.acts.buttons import Button, Buttons, act_button, buttons, report_buttons
from jalon.web.acts.forms.registration import RegistrationForm
from jalon.web.dossiers.plan import by_bloc
from jalon.web.writing.returned import returned
from jalon.writing.queries import remarks_waiting, typed_waiting


@needs(Role.CANDIDATE)
@require_safe
def home(request: Visit) -> HttpResponse:
    """Show the journey a person is on; when several go on, which ones."""
    own = queries.own_journeys(request.user)
    going_on = [one for one in own if one.stage not in ENDS]
    if len(going_on) > 1:
        told = snapshots(own, Role.CANDIDATE)
        journeys = [(one, guidance(told[one.pk])) for one in own]
        return render(request, "candidate/journeys.html", {"journeys": journeys})
    current = next(iter(going_on or own), None)
    if current is None:
        return render(request, "candidate/welcome.html")
    return show(request, current, own)


@login_required
@require_safe
def journey(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show one of a person's own journeys, whichever they are on."""
    own = queries.own_journeys(request.user)
    chosen = next((one for one in own if one.pk == id), None)
    if chosen is None:
        raise Http404
    return show(request, chosen, own)


#: How many lines of their story a candidate reads before the rest.
LATEST = 8


def show(request: Visit, journey: Journey, own: list[Journey]) -> HttpResponse:
    """Answer: where am I, what is next, by when and why, who acts now."""
    position = queries.position(request.user, journey)
    lines = list(queries.journal(request.user, journey).filter(event=""))
    context: dict[str, Any] = {
        "journey": journey,
        "reports": report_buttons(journey, position),
        "mine": own,
        "others": len(own) > 1,
        "warnings": position.warnings,
        "documents": documents.documents(request.user, journey)[:20],
        "journal": lines[:LATEST],
        "earlier": lines[LATEST:],
        "returned": returned(journey, mends=True),
        "remarks": remarks_waiting(request.user, journey),
        "typed": typed_waiting(request.user, journey),
    }
    context["arrivals"] = arrivals(journey)
    context["unread"], context["messages_kept"] = unread_by_candidate(journey)
    context["seats"] = awaited_by(journey)
    context["survey"] = survey_waiting(journey)
    context["rehearsal"] = latest_grid(request.user, journey)
    context |= appointment(request.user, journey)
    context |= hours_given(journey)
    context |= what_is_next(journey, position)
    context |= what_is_known(request.user, journey, position, context["guidance"])
    return render(request, "candidate/home.html", context)


def appointment(viewer: User, journey: Journey) -> dict[str, Any]:
    """Return the meeting to come; without one, whether one may be chosen, and is what comes next."""
    booking = next_booking(viewer, journey)
    meets = may_meet(journey.stage, taken_on=journey.architect_id is not None) is None
    may_book = not booking and meets and receives(journey)
    return {
        "booking": booking,
        "may_book": may_book,
        "books_now": may_book and kind_at(journey.stage) in REPORTED_BY,
    }


def survey_waiting(journey: Journey) -> bool:
    """Say whether the person was asked for an opinion, and gave none yet."""
    if journey.organisation_id and journey.stage not in ASKED_AT:
        return False
    return Survey.objects.filter(journey=journey, answered=False).exists()


def latest_grid(viewer: User, journey: Journey) -> MockGrid | None:
    """Return the last grid of a rehearsal that was shared with the candidate, from the jury's time on."""
    return shared_with(viewer, journey).first() if journey.stage in READ_AT else None


def hours_given(journey: Journey) -> dict[str, Any]:
    """Return whether hours were given, and how many times the person has to sign."""
    every = hours_of(journey)
    return {"hours": bool(every), "to_sign": sum(one.to_sign for one in every)}


def what_is_next(journey: Journey, position: Position) -> dict[str, Any]:
    """Return the step, who acts now, and the buttons: the one that goes on first."""
    case = position.case
    guide = guidance(case)
    return {
        "guidance": guide,
        "absence": after_absence(case) if case.stage == Stage.VALIDATION_ACCEPTED else (),
        "steps": step_states(case, guide.step or step_left(journey)),
        "ended": case.stage in ENDS,
        "buttons": in_order(journey, position, guide),
    }


#: What the button of each file says, and the page that it opens.
FILES = {
    Place.FEASIBILITY: ("Mon dossier de faisabilité", "writing:feasibility"),
    Place.REVIEW: ("Relire et signer mon dossier", "writing:review"),
    Place.VALIDATION: ("Écrire mon dossier de validation", "writing:validation"),
}


def in_order(journey: Journey, position: Position, guide: Guidance) -> Buttons:
    """Return the buttons of a candidate: what comes next, then the file being written, then the rest."""
    offered = buttons(journey, position)
    stage = position.case.stage
    files = [Place.FEASIBILITY] if stage in writing.FEASIBILITY.stages else []
    files += [Place.VALIDATION] if stage in writing.VALIDATION.stages else []
    first: list[Button] = []
    if isinstance(guide.go, Place):
        first.append(file_button(journey, guide.go))
    elif row := next((row for row in position.acts if row.act == guide.go), None):
        first.append(act_button(journey, row, position))
    written = [file_button(journey, place) for place in files if place != guide.go]
    others = [one for one in offered.main if one not in first]
    return replace(
        offered, main=tuple(first), aside=(*others, *offered.aside, *written), blocked=()
    )


def file_button(journey: Journey, place: Place) -> Button:
    """Return the button that opens a file."""
    label, name = FILES[place]
    return Button(label, reverse(name, args=[journey.pk]))


def what_is_known(
    viewer: User, journey: Journey, position: Position, guide: Guidance
) -> dict[str, Any]:
    """Return the dates, the hearing, the decision, the awards, what is left to obtain, the calendar."""
    planned = Hearing.objects.filter(cancelled_at__isnull=True, locked_at__isnull=True)
    to_come = planned.filter(attempt__journey=journey, session__held_on__gte=today())
    decisions = journey.decisions.filter(revoked_at__isnull=True)
    hearing = to_come.select_related("session").last()
    limits = [clock for clock in position.clocks if clock.kind == ClockKind.HEARING]
    milestones = list(journey.milestones.all())
    return {
        "hearing": hearing,
        "by_when": "" if hearing else by_when(guide, position, milestones),
        "jury_limit": next(iter(limits), None) if hearing else None,
        "clocks": [
            (clock, told_of_clock(clock_view(clock), today()))
            for clock in position.open_clocks
            if clock.statutory and not (hearing and clock.kind == ClockKind.HEARING)
        ],
        "decision": decisions.prefetch_related("gaps").first(),
        "awards": queries.awards(viewer, journey),
        **what_is_left(journey, position.case),
        "settings": position.case.settings,
        "jury_delay": jury_delay_said(position.case),
        "adjustments": queries.adjustments(viewer, journey),
        "complaints": queries.complaints(viewer, journey),
        "prior_blocs": journey.prior_blocs.select_related("bloc"),
        "immersions": journey.immersions.filter(ends_on__gte=today()),
        "milestones": [
            one for one in milestones if one.kept_on or not hearing or one.title != calendar.JURY
        ],
    }


def by_when(guide: Guidance, position: Position, milestones: list[Milestone]) -> str:
    """Say by when what comes next is to be done, as it was planned, else as the law wants it; "" when neither says.

    Once the day of a step is over, that of a later one says nothing of it.
    """
    if Role.CANDIDATE not in guide.by:
        return ""
    left = [one for one in milestones if not one.kept_on]
    steps = (one.due_on for one in left if one.due_on >= today() or one.title in calendar.KNOWN)
    planned = min(steps, default=None)
    if planned and planned >= today():
        return f"prévu pour le {french(planned)}"
    valid = (one.limit_on for one in position.open_clocks if one.kind == ClockKind.VALIDITY)
    limit = min((day for day in valid if day >= today()), default=None)
    return f"au plus tard le {french(limit)}" if limit else ""


def what_is_left(journey: Journey, case: Case) -> dict[str, Any]:
    """Return the blocs left to obtain, each with what is planned for it, and what else was planned."""
    actions = list(journey.plan.all())
    missing = missing_blocs(journey, case)
    codes = {bloc.code for bloc, _ in missing}
    return {
        "missing_blocs": [(bloc, ground, by_bloc(actions, bloc.code)) for bloc, ground in missing],
        "plan": [one for one in actions if one.bloc not in codes],
        "another_project": another_project(journey) if journey.stage in AFTER_JURY else "",
        "follows_plan": journey.stage not in ENDS,
        "on_this_day": today(),
    }


def step_left(journey: Journey) -> int:
    """Return the step at which a journey stopped, 0 when it never went on."""
    left = journey.journal.acts().exclude(stage_before__in=[*ENDS, ""]).order_by("number").last()
    stage = Stage.or_none(left.stage_before) if left else None
    return BY_STAGE[stage].step if stage else 0


def step_states(case: Case, here: int) -> list[tuple[str, str]]:
    """Return the steps of a journey, each with its state: past, here, or still to come.

    What was done before a stop stays done, and nothing is under way.
    """
    stopped = guidance(case).step == 0
    return [
        (title, "past" if number < here else "here" if number == here and not stopped else "")
        for title, number in steps(case)
    ]


def missing_blocs(journey: Journey, case: Case) -> list[tuple[Bloc, str]]:
    """Return the blocs that a known result leaves to obtain, each with why the jury refused it."""
    codes = blocs_to_obtain(case)
    if not codes:
        return []
    grounds = queries.grounds(journey)
    blocs = journey.targeted.filter(code__in=codes).order_by("position")
    return [(bloc, grounds.get(bloc.code, "")) for bloc in blocs]


@login_required
def start(request: Visit, code: str) -> HttpResponse:
    """Register for a certification; an open journey on it is resumed, never doubled."""
    certification = get_object_or_404(Certification.objects.prefetch_related("openings"), code=code)
    if going_on := queries.under_way(request.user).filter(certification=certification).first():
        return redirect("candidate:journey", going_on.pk)
    routing = route_for(catalogue.sheet(certification), today())
    form = RegistrationForm(
        request.POST or None,
        certification=certification,
        route=routing.route,
        person=request.user,
        initial=aimed_at(request.GET.getlist("bloc")),
    )
    opened = form_actions.submit(
        request, form, lambda: apply(request.user, certification, routing, form)
    )
    if opened:
        messages.success(request, "Votre candidature est déposée.")
        if form.cleaned_data["adjustment"]:
            return redirect("dossiers:act", opened.value.pk, Act.ASK_ADJUSTMENT.value)
        return redirect("candidate:journey", opened.value.pk)
    return form_actions.render_form(
        request, form, "candidate/start.html", certification=certification, routing=routing
    )


def aimed_at(blocs: list[str]) -> dict[str, Any]:
    """Return what the form says at first to whoever comes with blocs in mind: they may change it."""
    return {"scope": Scope.BLOCS, "blocs": blocs} if blocs else {}


@transaction.atomic
def apply(
    person: User, certification: Certification, routing: Routing, form: RegistrationForm
) -> Journey:
    """Register a person as their form asks, in the group of their company's code; raises `Refused`."""
    if routing.refusal or routing.route is None:
        raise Refused(routing.refusal or no_route())
    journey = register(
        person,
        certification,
        form.facts(routing.route),
        certifier=form.chosen_certifier(),
        organisation=form.cleaned_data.get("organisation"),
    )
    if code := form.cleaned_data["company_code"]:
        groups.join(journey.pk, code, person)
    return journey


def no_route() -> Refusal:
    """Return the refusal of a certification that opens no route."""
    return Refusal("R-003", "Aucune procédure n’est ouverte pour cette certification.")
