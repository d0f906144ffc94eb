"""Asking the certifier of a journey something, and answering: the same pages for an answer noted from outside."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.journeys import questions
from jalon.journeys.models import CertifierQuestion, Journey
from jalon.journeys.policy import capacity, may_note
from jalon.law.meetings import ACCOMPANISTS
from jalon.law.questions import CHANNELS
from jalon.law.vocabulary import Channel, Role
from jalon.now import today
from jalon.web import form_actions
from jalon.web.access import Visit, followed, needs
from jalon.web.fields import DateField, LongText


class QuestionForm(forms.Form):
    """A question to the certifier."""

    question = LongText(label="Votre question", max_length=4000)


class AnswerForm(forms.Form):
    """The answer to a question; that of a certifier outside says when it came, and how it is known."""

    answer = LongText(label="La réponse", max_length=4000)
    on = DateField(label="Le jour de la réponse", initial=today)
    channel = forms.TypedChoiceField(
        label="Comment le savez-vous ?",
        choices=[(one.value, one.label) for one in CHANNELS],
        coerce=Channel,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, outside: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not outside:
            del self.fields["on"], self.fields["channel"]


@needs(Role.ARCHITECT, Role.HEAD)
def ask(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Ask the certifier something; a 404 for who does not accompany."""
    journey = followed(request, id, "question au certificateur")
    if not capacity(request.user, journey) & ACCOMPANISTS:
        raise Http404
    form = QuestionForm(request.POST or None)
    back = reverse("dossiers:exchanges", args=[journey.pk])
    if form_actions.submit(
        request,
        form,
        lambda: questions.ask(journey.pk, request.user, form.cleaned_data["question"]),
    ):
        messages.success(request, "Votre question est enregistrée.")
        return redirect(back)
    here = journey.certifier.works_here
    told = "Il est prévenu et répond ici." if here else "Posez-la-lui, puis notez ici sa réponse."
    return form_actions.render_form(
        request,
        form,
        title="Poser une question au certificateur",
        about=journey.candidate.get_full_name(),
        lead=f"{journey.certifier.name}. {told}",
        submit="Envoyer la question" if here else "Noter la question",
        back=back,
    )


@login_required
def answer(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Answer a question, or note its answer; a 404 for whoever does neither, and once it is answered."""
    journey = followed(request, id, "question au certificateur")
    asked = answerable(request, journey, number)
    outside = not journey.certifier.works_here
    form = AnswerForm(*((request.POST,) if request.method == "POST" else ()), outside=outside)

    def write() -> None:
        said = form.cleaned_data
        questions.answer(
            asked, request.user, said["answer"], channel=said.get("channel"), on=said.get("on")
        )

    back = reverse("dossiers:exchanges", args=[journey.pk])
    if form_actions.submit(request, form, write):
        messages.success(request, "La réponse est enregistrée.")
        return redirect(back)
    return form_actions.render_form(
        request,
        form,
        "dossiers/answer_question.html",
        title="Noter la réponse du certificateur" if outside else "Répondre à la question",
        about=journey.candidate.get_full_name(),
        asked=asked,
        submit="Noter la réponse" if outside else "Envoyer la réponse",
        back=back,
    )


def answerable(request: Visit, journey: Journey, number: int) -> CertifierQuestion:
    """Return a question that this person answers, or whose answer they note; a 404 otherwise."""
    here = journey.certifier.works_here
    mine = Role.CERTIFIER in capacity(request.user, journey)
    if not (mine if here else may_note(request.user, journey)):
        raise Http404
    try:
        return questions.question(request.user, journey, number)
    except CertifierQuestion.DoesNotExist as unknown:
        raise Http404 from unknown
