"""Remarking on the words of a text, and settling what was remarked."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as render_page
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law import writing
from jalon.law.vocabulary import RemarkKind
from jalon.web import form_actions
from jalon.web.access import Visit, found
from jalon.web.once import not_done
from jalon.web.writing import forms
from jalon.web.writing.helping import recordings_of
from jalon.web.writing.remarks_told import label_of, told
from jalon.writing import remarks
from jalon.writing.anchors import sentences
from jalon.writing.models import Section
from jalon.writing.policy import remarks_to_read


def text_of(request: Visit, id: uuid.UUID, number: int) -> tuple[Journey, Section]:
    """Return a journey and a text of it on which this person remarks, or a 404; the look is recorded."""
    journey = found(request, id, "relecture d’un texte du dossier de validation")
    if not capacity(request.user, journey) & writing.REMARKERS or not journey.attempts.exists():
        raise Http404
    asked = journey.attempt.validation.sections.asked().select_related("competence__bloc")
    return journey, get_object_or_404(asked, competence_id=number)


@login_required
@require_safe
def on_text(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Show a text cut into sentences, each with a way to remark on it, what was said aloud and remarked."""
    journey, section = text_of(request, id, number)
    answers = [
        (name, label_of(name), sentences(getattr(section, name)))
        for name in Section.QUESTIONS
        if getattr(section, name).strip()
    ]
    return render_page(
        request,
        "writing/remarks.html",
        {
            "journey": journey,
            "person": journey.candidate.get_full_name(),
            "section": section,
            "texts": answers,
            "recordings": recordings_of(section),
            "remarks": told(remarks_to_read(request.user, journey).filter(section=section)),
            "editable": journey.stage in writing.VALIDATION.stages,
        },
    )


@login_required
def remark(request: Visit, id: uuid.UUID, number: int, question: str, start: int) -> HttpResponse:
    """Say something of a sentence, or of some words of it."""
    journey, section = text_of(request, id, number)
    if question not in Section.QUESTIONS:
        raise Http404
    chosen = next(
        (one.words for one in sentences(getattr(section, question)) if one.start == start), ""
    )
    if request.method != "POST" and not chosen:
        messages.error(request, remarks.CHANGED)
        return redirect("writing:remarks", journey.pk, number)
    form = forms.RemarkForm(request.POST or None, initial={"sentence": chosen})

    def say() -> None:
        remarks.say(journey.pk, request.user, number, said_in(form, question, start))

    if form_actions.submit(request, form, say):
        messages.success(request, "Votre remarque est enregistrée.")
        return redirect("writing:remarks", journey.pk, number)
    return form_actions.render_form(
        request,
        form,
        "writing/remark.html",
        journey=journey,
        person=journey.candidate.get_full_name(),
        section=section,
        label=label_of(question),
        sentence=form["sentence"].value(),
    )


def said_in(form: forms.RemarkForm, question: str, start: int) -> remarks.Said:
    """Return what a valid form remarks; without a quotation, the whole sentence is meant."""
    said = form.cleaned_data
    kind = RemarkKind(said["kind"])
    return remarks.Said(
        question=question,
        start=start,
        sentence=said["sentence"],
        words=said["words"] or said["sentence"],
        kind=kind,
        body=said["body"],
        replacement=said["replacement"] if kind == RemarkKind.SUGGESTION else "",
    )


@login_required
@require_POST
def reply(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Answer a remark, mark it as done, or take the words it proposes."""
    journey = found(request, id, "dossier de validation")
    if not capacity(request.user, journey) & writing.VALIDATION.writers:
        raise Http404
    kept = get_object_or_404(
        remarks_to_read(request.user, journey).select_related("section"), pk=number
    )
    form = forms.ReplyForm(request.POST)
    if not form_actions.accepted(form):
        for problems in form.errors.values():
            messages.error(request, str(problems[0]))
        not_done(request)
    elif form_actions.attempt(
        request, lambda: do_reply(request, journey, kept.pk, form.cleaned_data)
    ):
        messages.success(request, "C’est enregistré.")
    return redirect("writing:section", journey.pk, kept.section.competence_id)


def do_reply(request: Visit, journey: Journey, number: int, said: dict[str, object]) -> None:
    """Do what the button pressed asks; raises `Refused`."""
    if said["act"] == "accept":
        remarks.accept(journey.pk, request.user, number, seen=int(str(said["seen"])))
    elif said["act"] == "done":
        remarks.settle(journey.pk, request.user, number)
    else:
        remarks.answer(journey.pk, request.user, number, str(said["answer"]))
