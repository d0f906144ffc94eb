"""Writing a file and reading it: one thing a page, a phone first, nothing lost.

The candidate writes; the architect fills in the feasibility file with them or for them. Those
who decide read the same words beside the certification's own.
"""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Q, Subquery
from django.forms import BaseForm
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.catalogue.models import Bloc
from jalon.documents import actions as papers
from jalon.documents import queries as documents
from jalon.documents import sound
from jalon.documents.generated.feasibility import sections_of
from jalon.documents.generated.request import request_paper
from jalon.documents.models import Document, Origin
from jalon.documents.pdf import render as render_paper
from jalon.journeys import queries
from jalon.journeys.models import Attempt, Journey
from jalon.journeys.policy import capacity, follows, reads_sensitive
from jalon.law import writing
from jalon.law.admissibility import content_missing
from jalon.law.cerfa import OFFICIAL_FORM
from jalon.law.experience import Period, days_covered, duration_label, short_experience_notice
from jalon.law.vocabulary import Act, DocumentKind, ExperienceKind, FeasibilityKind, RemarkState
from jalon.now import today
from jalon.people.models import CandidateProfile, User
from jalon.web import form_actions
from jalon.web.access import Visit, followed, found
from jalon.web.writing import advised, forms, helped, neighbours
from jalon.web.writing.owed import owed
from jalon.web.writing.remarks_told import told
from jalon.web.writing.returned import returned
from jalon.writing import aids, drafts
from jalon.writing.earlier_answers import Earlier, earlier, taken_up
from jalon.writing.homes import Place, own_drafts
from jalon.writing.models import AdmissibilityRequest, HelpedText, Section
from jalon.writing.policy import attempts_to_read, remarks_to_read


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


# ------------------------------------------------------ the feasibility file


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


@login_required
@require_safe
def review(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Read the whole file, each answer beside what the certification asks."""
    journey = followed(request, id, "lecture du dossier de faisabilité")
    writes = bool(capacity(request.user, journey) & writing.FEASIBILITY.writers)
    position = queries.position(request.user, journey)
    return render(
        request,
        "writing/review.html",
        shared(request, journey)
        | {
            "file": journey.feasibility,
            "sections": sections_of(journey, whole=reads_sensitive(request.user, journey)),
            "blocs": journey.targeted.prefetch_related("competences__criteria").order_by(
                "position"
            ),
            "claims": {one.competence_id: one for one in journey.feasibility.competences.all()},
            "texts": {one.bloc_id: one.text for one in journey.feasibility.blocs.all()},
            "documents": documents.documents(request.user, journey).filter(origin=Origin.UPLOADED),
            "missing": content_missing(position.case),
            "signs": any(transition.act == Act.CONFIRM_FEASIBILITY for transition in position.acts),
            "writes": writes,
            "editable": writes and journey.stage in writing.FEASIBILITY.stages,
        },
    )


# ------------------------------------------------------- the validation file


@login_required
@require_safe
def validation(request: Visit, id: uuid.UUID) -> HttpResponse:
    """List the competences to write, and what is written."""
    journey = validation_of(request, id)
    file = journey.attempt.validation
    sections = list(
        file.sections.asked()
        .select_related("competence__bloc")
        .prefetch_related("evidence")
        .annotate(
            waiting=Count("remarks", filter=Q(remarks__state=RemarkState.OPEN), distinct=True),
            # One waits at most.
            typed=Subquery(
                HelpedText.objects.waiting().filter(section=OuterRef("pk")).values("pk")
            ),
        )
    )
    written = sum(section.written for section in sections)
    return render(
        request,
        "writing/validation.html",
        shared(request, journey)
        | {
            "file": file,
            "sections": sections,
            "glances": {one.pk: glance(one) for one in sections if one.begun},
            "grounds": queries.grounds(journey),
            "written": written,
            "editable": journey.stage in writing.VALIDATION.stages,
            "all_written": written == len(sections),
        },
    )


def glance(section: Section) -> list[tuple[str, bool]]:
    """Return what a jury looks for in a text, each with whether it is there."""
    proven = any(one.removed_at is None for one in section.evidence.all())
    return [
        ("Situation", bool(section.context.strip())),
        ("Actions", bool(section.actions.strip())),
        ("Preuve", proven),
    ]


@login_required
def presentation(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Write the few lines that present the person."""
    journey = validation_of(request, id)
    initial = {"presentation": journey.attempt.validation.presentation}
    form = forms.PresentationForm(request.POST or None, initial=initial)
    helped.attach(form, [])

    def save(valid: BaseForm) -> None:
        drafts.save_presentation(journey.pk, request.user, valid.cleaned_data["presentation"])

    return fill(
        request,
        journey,
        form,
        save,
        "Me présenter",
        back="writing:validation",
        typed_as="presentation",
    )


@login_required
def section(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Write one competence; on a conflict both texts are shown, nothing is overwritten."""
    journey = validation_of(request, id)
    kept = get_object_or_404(
        journey.attempt.validation.sections.asked()
        .select_related("competence__bloc", "file")
        .prefetch_related("competence__criteria", "helped"),
        competence_id=number,
    )
    offered = earlier(journey, kept)
    around = neighbours.around(kept)
    form = forms.SectionForm(
        request.POST or None, request.FILES or None, instance=kept, initial={"seen": kept.version}
    )
    saved = form_actions.submit(
        request,
        form,
        lambda: save_section(request.user, journey, kept, taken(request, form, offered), form),
    )
    if saved:
        form.data = with_version(request, saved.value.version)
    if saved and not saved.value.conflict and add_proofs(request, journey, kept, form):
        advised.attach(form, f"section/{number}")
        messages.success(request, f"C’est enregistré. {advised.waiting(form)}".strip())
        return redirect(after_saving(request, journey, kept, around))
    advised.attach(form, f"section/{number}")
    helped.attach(form, offered)
    return form_actions.render_form(
        request,
        form,
        "writing/section.html",
        **shared(request, journey),
        section=kept,
        typed_as=f"section/{number}",
        title=kept.competence.title,
        ground=queries.grounds(journey).get(kept.competence.bloc.code, ""),
        conflict=saved.value if saved and saved.value.conflict else None,
        evidence=kept.evidence.filter(removed_at__isnull=True),
        remarks=told(remarks_to_read(request.user, journey).filter(section=kept)),
        around=around,
        helping=next((one for one in kept.helped.all() if one.waits), None),
        editable=journey.stage in writing.VALIDATION.stages,
        longest_recording=sound.LONGEST,
        longest_recording_said=sound.LONGEST_SAID,
    )


def taken(request: Visit, form: forms.SectionForm, offered: list[Earlier]) -> dict[str, str]:
    """Return the answers of a form, with the text written before that a button takes up, if any."""
    answers = {name: form.cleaned_data[name] for name in Section.QUESTIONS}
    return taken_up(offered, request.POST.get("take", ""), answers)


def after_saving(
    request: Visit, journey: Journey, kept: Section, around: neighbours.Neighbours
) -> str:
    """Return where the button that was pressed leads once a text is saved."""
    own = {str(one): one for one in (around.before, around.after) if one}
    if request.POST.get("take"):
        return reverse("writing:section", args=[journey.pk, kept.competence_id])
    if other := own.get(request.POST.get("go", "")):
        return reverse("writing:section", args=[journey.pk, other])
    return reverse("writing:validation", args=[journey.pk])


def save_section(
    person: User,
    journey: Journey,
    kept: Section,
    answers: dict[str, str],
    form: forms.SectionForm,
) -> drafts.Saved:
    """Write the text of a section; raises `Refused`."""
    seen = form.cleaned_data["seen"]
    return drafts.save_section(journey.pk, person, kept.competence_id, answers, seen=seen)


def with_version(request: Visit, version: int) -> QueryDict:
    """Return what was typed, now against the version that the page shows.

    A proof that is refused after its text was saved makes no false conflict; a conflict that was read
    is no conflict any more.
    """
    typed = request.POST.copy()
    typed["seen"] = str(version)
    return typed


def add_proofs(request: Visit, journey: Journey, kept: Section, form: forms.SectionForm) -> bool:
    """Store the proofs that a section brings, if any; False when one is refused, which its field says."""
    return all(
        form_actions.submit(
            request, form, partial(add_proof, request.user, journey, kept, form, name), file=name
        )
        for name in form.PROOFS
    )


def add_proof(
    person: User, journey: Journey, kept: Section, form: forms.SectionForm, name: str
) -> Document | None:
    """Store the proof that a field brings, if any; raises `UploadRefused`."""
    proof = form.cleaned_data[name]
    if not proof:
        return None
    return papers.store_upload(journey, DocumentKind.EVIDENCE, proof, person, kept)


@login_required
@require_safe
def reading(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Read a validation file, each text beside the competence and its criteria."""
    journey = found(request, id, "lecture du dossier de validation")
    attempt = attempts_to_read(request.user, journey).last()
    if attempt is None:
        raise Http404
    return render(
        request,
        "writing/reading.html",
        shared(request, journey)
        | {
            "attempt": attempt,
            "file": attempt.validation,
            "sections": sections_to_read(attempt),
            "remarks": remarks_open(request.user, journey),
            "helped_by": aids.helped_by(journey),
            "adjustments": aids.as_adjustments(request.user, journey),
            "helps": writing.may_help(journey.stage, capacity(request.user, journey)) is None,
        },
    )


def remarks_open(person: User, journey: Journey) -> bool:
    """Say whether a person has remarks to say on the texts of a journey, or to read again."""
    return bool(capacity(person, journey) & writing.REMARKERS) and (
        journey.stage in writing.VALIDATION.stages or remarks_to_read(person, journey).exists()
    )


def sections_to_read(attempt: Attempt) -> list[Section]:
    """Return the texts of an attempt, with what the certification asks of each."""
    return list(
        attempt.validation.sections.asked()
        .select_related("competence__bloc")
        .prefetch_related("competence__criteria", "evidence", "helped")
    )
