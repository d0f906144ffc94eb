"""Writing the validation file: a competence a page, a phone first, nothing lost."""

import uuid
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Q, Subquery
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.documents import actions as papers
from jalon.documents import sound
from jalon.documents.models import Document
from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.law import writing
from jalon.law.vocabulary import DocumentKind, RemarkState
from jalon.people.models import User
from jalon.web import form_actions
from jalon.web.access import Visit
from jalon.web.writing import advised, forms, helped, neighbours
from jalon.web.writing.pages import fill, shared, validation_of
from jalon.web.writing.remarks_told import told
from jalon.writing import drafts
from jalon.writing.earlier_answers import Earlier, earlier, taken_up
from jalon.writing.models import HelpedText, Section
from jalon.writing.policy import remarks_to_read


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
