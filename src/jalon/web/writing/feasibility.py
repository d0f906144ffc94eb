"""Writing the feasibility file: one thing a page, a phone first, nothing lost.

The candidate fills it in, or the architect with them or for them.
"""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jalon.catalogue.models import Bloc
from jalon.documents import actions as papers
from jalon.documents import queries as documents
from jalon.documents.generated.request import request_paper
from jalon.documents.models import Document, Origin
from jalon.documents.pdf import render as render_paper
from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.law import writing
from jalon.law.admissibility import content_missing
from jalon.law.cerfa import OFFICIAL_FORM
from jalon.law.experience import Period, days_covered, duration_label, short_experience_notice
from jalon.law.vocabulary import DocumentKind, ExperienceKind, FeasibilityKind
from jalon.now import today
from jalon.people.models import CandidateProfile
from jalon.web import form_actions
from jalon.web.access import Visit
from jalon.web.writing import forms
from jalon.web.writing.owed import owed
from jalon.web.writing.pages import feasibility_of, fill, shared
from jalon.writing import drafts
from jalon.writing.homes import Place, own_drafts
from jalon.writing.models import AdmissibilityRequest


@login_required
@require_safe
def feasibility(request: Visit, id: uuid.UUID) -> HttpResponse:
    """List what the file asks for, and what is done."""
    journey = feasibility_of(request, id)
    case = queries.position(request.user, journey).case
    experiences = list(journey.experiences.all())
    periods = [
        Period(one.started_on, one.ended_on, one.hours_per_week, ExperienceKind(one.kind))
        for one in experiences
    ]
    return render(
        request,
        "writing/feasibility.html",
        shared(request, journey)
        | {
            "owed": owed(request.user, journey, case, fills=True),
            "content_missing": content_missing(case),
            "blocs": blocs_to_describe(journey),
            "experiences": experiences,
            "editable": journey.stage in writing.FEASIBILITY.stages,
            "total": duration_label(days_covered(periods, today())) if periods else "",
            "advice": short_experience_notice(periods, today()) if periods else "",
            "official_form": OFFICIAL_FORM,
            "request_done": case.feasibility.request_complete,
            "profile_done": case.feasibility.civil_status_complete,
            "goals_done": case.feasibility.prerequisites is not None,
            "documents": documents.documents(request.user, journey).filter(origin=Origin.UPLOADED),
            "identity_done": case.identity_document,
        },
    )


def blocs_to_describe(journey: Journey) -> list[tuple[Bloc, bool]]:
    """Return the blocs that a file describes, and which are done; an adapted one describes none."""
    if journey.feasibility.kind == FeasibilityKind.ADAPTED:
        return []
    done = {claim.bloc_id for claim in journey.feasibility.blocs.filter(done=True)}
    return [(bloc, bloc.pk in done) for bloc in journey.targeted.order_by("position")]


@login_required
def profile(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Fill in the civil status."""
    journey = feasibility_of(request, id)
    kept = CandidateProfile.objects.filter(user=journey.candidate).first()
    form = forms.ProfileForm(request.POST or None, instance=kept)

    def save(valid: forms.ProfileForm) -> None:
        saved = drafts.save_profile(journey.pk, request.user, valid.cleaned_data)
        if saved.lacking:
            labels = (valid[name].label.lower() for name in saved.lacking)
            messages.info(request, f"Il reste à remplir\N{NO-BREAK SPACE}: {', '.join(labels)}.")

    return fill(request, journey, form, save, "État civil")


@login_required
def goals(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Fill in prerequisites, expectations and trainings."""
    journey = feasibility_of(request, id)
    form = forms.GoalsForm(request.POST or None, instance=journey.feasibility)
    return fill(
        request,
        journey,
        form,
        lambda valid: drafts.save_feasibility(journey.pk, request.user, valid.cleaned_data),
        "Prérequis et attentes",
        typed_as="goals",
    )


@login_required
def admissibility_request(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Fill in what the form of the 2002 route asks of the person's situation and studies."""
    journey = request_of(request, id)
    kept = AdmissibilityRequest.objects.filter(feasibility=journey.feasibility).first()
    form = forms.RequestForm(request.POST or None, instance=kept)
    return fill(
        request,
        journey,
        form,
        lambda valid: drafts.save_request(journey.pk, request.user, valid.cleaned_data),
        "Ma demande",
        typed_as="request",
        lead="Ce sont les rubriques 1, 3 et 4 du Cerfa 12818. Vous pouvez enregistrer et revenir.",
    )


def request_of(request: Visit, id: uuid.UUID) -> Journey:
    """Return a journey of the 2002 route whose request this person writes, or a 404."""
    journey = feasibility_of(request, id)
    if journey.on_portal:
        raise Http404
    return journey


@login_required
@require_safe
def request_pdf(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Send the request filled in with what is known today, to sign and to post."""
    journey = request_of(request, id)
    response = HttpResponse(
        render_paper(request_paper(journey, today())), content_type="application/pdf"
    )
    name = f"Demande de recevabilite {journey.reference}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
def experience(request: Visit, id: uuid.UUID, number: int | None = None) -> HttpResponse:
    """Add an experience, or change one."""
    journey = feasibility_of(request, id)
    kept = get_object_or_404(journey.experiences, pk=number) if number else None
    asked = forms.ExperienceForm if journey.on_portal else forms.ActivityForm
    typed = f"experience/{number}" if number else "experience"
    unsent = {} if number else own_drafts(Place(journey, request.user, typed, ""))
    form = asked(request.POST or None, instance=kept, initial=unsent)
    return fill(
        request,
        journey,
        form,
        lambda valid: drafts.save_experience(journey.pk, request.user, valid.cleaned_data, number),
        "Une expérience",
        typed_as=typed,
        saves_on_leaving=number is not None,
        lead="Emploi, intérim, bénévolat, stage : tout compte.",
    )


@login_required
@require_POST
def remove_experience(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Take an experience out."""
    journey = feasibility_of(request, id)
    kept = get_object_or_404(journey.experiences, pk=number)
    if form_actions.attempt(
        request, lambda: drafts.remove_experience(journey.pk, request.user, number)
    ):
        messages.success(request, f"« {kept.title} » est retirée.")
    return redirect("writing:feasibility", journey.pk)


@login_required
def bloc(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Say which competences of a bloc are held, with examples."""
    journey = feasibility_of(request, id)
    shown = get_object_or_404(journey.targeted.prefetch_related("competences"), pk=number)
    claims = {one.competence_id: one for one in journey.feasibility.competences.all()}
    kept = journey.feasibility.blocs.filter(bloc=shown).first()
    typed = f"bloc/{shown.pk}"
    form = forms.BlocForm(
        request.POST or None,
        bloc=shown,
        claims=claims,
        text=kept.text if kept else "",
        initial=own_drafts(Place(journey, request.user, typed, "")),
    )

    def save(valid: forms.BlocForm) -> None:
        drafts.save_bloc(
            journey.pk, request.user, shown, text=valid.cleaned_data["text"], claims=valid.claims()
        )

    return fill(
        request,
        journey,
        form,
        save,
        shown.title,
        typed_as=typed,
        lead="Pour chaque compétence, dites si vous savez le faire.",
    )


@login_required
def upload(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Add a file or a photo."""
    journey = feasibility_of(request, id)
    form = forms.UploadForm(request.POST or None, request.FILES or None, journey=journey)

    def save(valid: BaseForm) -> None:
        kind = DocumentKind(valid.cleaned_data["kind"])
        drafts.open_feasibility_for(journey.pk, request.user)
        papers.store_upload(journey, kind, valid.cleaned_data["file"], request.user)

    return fill(request, journey, form, save, "Ajouter un document", saves_on_leaving=False)


@login_required
@require_POST
def withdraw(request: Visit, id: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Take back a file before sending: a paper of the feasibility file, or a proof of the other."""
    journey = feasibility_of(request, id)
    try:
        kept = documents.documents(request.user, journey).get(pk=document)
    except Document.DoesNotExist as unknown:
        raise Http404 from unknown
    proof = kept.kind == DocumentKind.EVIDENCE
    reopen = drafts.open_validation_for if proof else drafts.open_feasibility_for

    def take_back() -> None:
        reopen(journey.pk, request.user)
        papers.withdraw(kept, request.user)

    if form_actions.attempt(request, take_back):
        messages.success(request, f"« {kept.name} » est retiré.")
    if proof and kept.section:
        return redirect("writing:section", journey.pk, kept.section.competence_id)
    return redirect("writing:feasibility", journey.pk)
