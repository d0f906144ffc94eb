"""The jurors' space: declare one's independence, read, score, vote, sign."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.catalogue.models import Competence
from jalon.documents import queries as documents
from jalon.journeys.actions import act
from jalon.juries import actions, queries
from jalon.juries.models import Hearing
from jalon.law.vocabulary import Act, PanelRole, Role
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.acts.forms.jury import MinutesForm
from jalon.web.juror.forms import (
    AddendumForm,
    AssessmentsForm,
    DeclarationForm,
    PresenceForm,
    VotesForm,
)
from jalon.web.juror.hearings import hearing_or_404, present_seats


@needs(Role.JUROR)
@require_safe
def home(request: Visit) -> HttpResponse:
    """List the sessions the person sits in, with the candidates to hear."""
    page = Paginator(queries.sessions_of_juror(request.user), 15).get_page(request.GET.get("page"))
    return render(request, "juror/home.html", {"page": page})


@needs(Role.JUROR)
@require_safe
def hearing(request: Visit, number: int) -> HttpResponse:
    """Show what there is to do for one candidate, in order."""
    shown = hearing_or_404(request, number)
    journey = shown.attempt.journey
    declarations = list(shown.declarations.select_related("juror__user"))
    panel = list(shown.session.panel.select_related("juror__user"))
    return render(
        request,
        "juror/hearing.html",
        {
            "hearing": shown,
            "journey": journey,
            "panel": panel,
            "empty": (empty := set(shown.vacancies.values_list("seat_id", flat=True))),
            "sitting": len(panel) - len(empty),
            "declared": {one.juror_id: one for one in declarations},
            "mine": next(
                (one for one in declarations if one.juror.user_id == request.user.pk), None
            ),
            "president": any(
                seat.juror.user_id == request.user.pk and seat.role == PanelRole.PRESIDENT
                for seat in panel
            ),
            "documents": documents.documents(request.user, journey).filter(
                kind__in=documents.JURY_READS
            ),
            "competences": Competence.objects.filter(bloc__attempts=shown.attempt).count(),
            "found": shown.assessments.count(),
            "votes": shown.votes.select_related("bloc").order_by("bloc__position"),
            "blocs": shown.attempt.blocs.count(),
            "addenda": shown.addenda.all(),
        },
    )


def step(
    request: Visit,
    shown: Hearing,
    form: Form,
    write: Callable[[], Any],
    title: str,
    page: str = "form_page.html",
    **more: Any,
) -> HttpResponse:
    """Show one step's form and do it; a refusal is shown with its rule."""
    if form_actions.submit(request, form, write):
        messages.success(request, "C’est enregistré.")
        return redirect("juror:hearing", shown.pk)
    back = reverse("juror:hearing", args=[shown.pk])
    return form_actions.render_form(request, form, page, title=title, back=back, **more)


@needs(Role.JUROR)
def declare(request: Visit, number: int) -> HttpResponse:
    """Sign the declaration of independence."""
    shown = hearing_or_404(request, number)
    form = DeclarationForm(request.POST or None)
    name = shown.attempt.journey.candidate.get_full_name()
    return step(
        request,
        shown,
        form,
        lambda: actions.declare(shown, request.user, **form.cleaned_data),
        f"Mon indépendance envers {name}",
        submit="Signer ma déclaration",
        lead="Un lien, même ancien, empêche de juger ce candidat.",
    )


@needs(Role.JUROR)
def presence(request: Visit, number: int) -> HttpResponse:
    """Record who sits, by the president."""
    shown = hearing_or_404(request, number)
    form = PresenceForm(request.POST or None, shown=shown)
    return step(
        request,
        shown,
        form,
        lambda: actions.mark_presence(shown, request.user, form.seats()),
        "Noter les présences",
    )


@needs(Role.JUROR)
def assessments(request: Visit, number: int) -> HttpResponse:
    """Score each competence with its criteria."""
    shown = hearing_or_404(request, number)
    form = AssessmentsForm(request.POST or None, shown=shown)
    return step(
        request,
        shown,
        form,
        lambda: actions.record_assessments(shown, request.user, form.assessments()),
        "Évaluer les compétences",
    )


@needs(Role.JUROR)
def votes(request: Visit, number: int) -> HttpResponse:
    """Write the votes of the panel."""
    shown = hearing_or_404(request, number)
    form = VotesForm(request.POST or None, shown=shown)
    sitting = present_seats(shown).count()
    return step(
        request,
        shown,
        form,
        lambda: actions.vote(shown, request.user, form.votes()),
        "Délibérer, bloc par bloc",
        lead=f"Siègent : {sitting}. Le total des voix d’un bloc ne dépasse pas ce nombre.",
    )


@needs(Role.JUROR)
def sign(request: Visit, number: int) -> HttpResponse:
    """Sign the minutes: every jury rule is asked here."""
    shown = hearing_or_404(request, number)
    form = MinutesForm(request.POST or None)
    return step(
        request,
        shown,
        form,
        lambda: act(
            shown.attempt.journey_id,
            Act.RECORD_DELIBERATION,
            by=request.user,
            facts=form.facts(shown),
        ),
        "Signer le procès-verbal",
        page="juror/sign.html",
        submit="Signer",
        sitting=present_seats(shown),
        votes=shown.votes.select_related("bloc").order_by("bloc__position"),
    )


@needs(Role.JUROR)
def addendum(request: Visit, number: int) -> HttpResponse:
    """Correct signed minutes by an addendum."""
    shown = hearing_or_404(request, number)
    form = AddendumForm(request.POST or None)
    return step(
        request,
        shown,
        form,
        lambda: actions.add_addendum(shown, request.user, form.cleaned_data["text"]),
        "Ajouter un additif",
    )
