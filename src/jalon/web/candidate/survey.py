"""The candidate's opinion at the end of an accompaniment: five questions on one page, and the certificate of hours."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from jalon.documents import queries as documents
from jalon.law.survey import QUESTIONS
from jalon.law.vocabulary import DocumentKind, Satisfaction
from jalon.support import surveys
from jalon.support.models import Survey
from jalon.web import form_actions
from jalon.web.access import Visit
from jalon.web.candidate.booking import home, own


class SurveyForm(forms.Form):
    """Each question, that anybody may leave aside."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=Satisfaction.choices(),
                widget=forms.RadioSelect,
                required=False,
            )


@login_required
def survey(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Ask what a candidate thinks of their accompaniment; a 404 for who was not asked."""
    journey = own(request, id)
    asked = Survey.objects.select_related("organisation").filter(journey=journey).first()
    if asked is None:
        raise Http404
    form = SurveyForm(request.POST or None)
    if form_actions.submit(request, form, lambda: surveys.answer(id, form.cleaned_data)):
        messages.success(request, "Merci. Votre avis est enregistré, sans votre nom.")
        return redirect("candidate:survey", journey.pk)
    certificates = documents.documents(request.user, journey).filter(kind=DocumentKind.SERVICE)
    return form_actions.render_form(
        request,
        form,
        "candidate/survey.html",
        title="Votre avis sur votre accompagnement",
        lead=f"{asked.organisation.name}. Cinq questions, aucune n’est obligatoire.",
        asked=asked,
        journey=journey,
        certificate=certificates.first(),
        submit="Donner mon avis",
        back=home(journey),
    )
