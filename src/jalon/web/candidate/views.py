"""The candidate's space: one thing a page, a phone first, nothing lost."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from jalon.catalogue import queries as catalogue
from jalon.catalogue.models import Bloc, Certification
from jalon.documents import queries as documents
from jalon.journeys import queries
from jalon.journeys.actions import register
from jalon.journeys.models import Journey
from jalon.journeys.queries import Position
from jalon.juries.models import Hearing
from jalon.law import writing
from jalon.law.case import Case
from jalon.law.guidance import STEPS, blocs_to_obtain, guidance, jury_delay_said
from jalon.law.routing import Routing, route_for
from jalon.law.rulebook import Refusal, Refused
from jalon.law.stages import ENDS
from jalon.law.transitions import Offer
from jalon.law.vocabulary import Role
from jalon.now import today
from jalon.people.models import User
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.acts.forms.registration import RegistrationForm


@needs(Role.CANDIDATE)
@require_safe
def home(request: Visit) -> HttpResponse:
    """Answer: where am I, what is next, by when and why, who acts now."""
    journey = queries.current(request.user)
    if journey is None:
        return render(request, "candidate/welcome.html")
    position = queries.position(request.user, journey)
    context = {
        "journey": journey,
        "reports": position.reports,
        "warnings": position.warnings,
        "clocks": position.deadlines,
        "documents": documents.documents(request.user, journey)[:20],
        "journal": queries.journal(request.user, journey)[:8],
    }
    context |= what_is_next(position)
    context |= what_is_known(request.user, journey, position.case)
    return render(request, "candidate/home.html", context)


def what_is_next(position: Position) -> dict[str, Any]:
    """Return the step, who acts now, what there is to write, and the acts to do."""
    case = position.case
    guide = guidance(case)
    acts = [row for row in position.acts if row.offer != Offer.WITHIN]
    return {
        "guidance": guide,
        "steps": step_states(guide.step),
        "ended": case.stage in ENDS,
        "acts": [row for row in acts if row.offer != Offer.QUIET],
        "quiet": [row for row in acts if row.offer == Offer.QUIET],
        "may_fill": case.stage in writing.FEASIBILITY.stages,
        "may_write": case.stage in writing.VALIDATION.stages,
    }


def what_is_known(viewer: User, journey: Journey, case: Case) -> dict[str, Any]:
    """Return the hearing, the decision, the awards, what is left to obtain, and the calendar."""
    living = Hearing.objects.filter(cancelled_at__isnull=True, locked_at__isnull=True)
    decisions = journey.decisions.filter(revoked_at__isnull=True)
    return {
        "hearing": living.filter(attempt__journey=journey).select_related("session").last(),
        "decision": decisions.prefetch_related("gaps").first(),
        "awards": queries.awards(viewer, journey),
        "missing_blocs": missing_blocs(journey, case),
        "settings": case.settings,
        "jury_delay": jury_delay_said(case),
        "plan": journey.plan.all(),
        "milestones": journey.milestones.all(),
    }


def step_states(here: int) -> list[tuple[str, str]]:
    """Return the five steps, each with its state: past, here, or still to come."""
    return [
        (title, "past" if number < here else "here" if number == here else "")
        for number, title in enumerate(STEPS, 1)
    ]


def missing_blocs(journey: Journey, case: Case) -> list[Bloc]:
    """Return the blocs that a known result leaves to obtain."""
    codes = blocs_to_obtain(case)
    return list(journey.targeted.filter(code__in=codes).order_by("position")) if codes else []


@login_required
def start(request: Visit, code: str) -> HttpResponse:
    """Register for a certification; an open journey on it is resumed, never doubled."""
    certification = get_object_or_404(
        Certification.objects.prefetch_related("blocs", "openings"), code=code
    )
    if queries.under_way(request.user).filter(certification=certification).exists():
        return redirect("candidate:home")
    routing = route_for(catalogue.sheet(certification), today())
    form = RegistrationForm(request.POST or None, certification=certification, route=routing.route)
    if form_actions.submit(
        request, form, lambda: apply(request.user, certification, routing, form)
    ):
        messages.success(request, "Votre candidature est déposée.")
        return redirect("candidate:home")
    return form_actions.render_form(
        request, form, "candidate/start.html", certification=certification, routing=routing
    )


def apply(
    person: User, certification: Certification, routing: Routing, form: RegistrationForm
) -> Journey:
    """Register a person as their form asks; raises `Refused`."""
    if routing.refusal or routing.route is None:
        raise Refused(routing.refusal or no_route())
    return register(
        person,
        certification,
        form.facts(routing.route),
        certifier=form.chosen_certifier(),
        organisation=form.cleaned_data.get("organisation"),
    )


def no_route() -> Refusal:
    """Return the refusal of a certification that opens no route."""
    return Refusal("R-003", "Aucune procédure n’est ouverte pour cette certification.")
