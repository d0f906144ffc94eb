"""Typing a text for a candidate from their recording, and, for the candidate, reading it again to approve it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import SafeString

from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law import writing
from jalon.web import form_actions
from jalon.web.access import Visit, found
from jalon.web.fields import field
from jalon.web.writing.pages import shared, validation_of
from jalon.web.writing.remarks_told import label_of
from jalon.web.writing.versions import marked
from jalon.writing import helping
from jalon.writing.comparing import pieces
from jalon.writing.helping import Heard, Typed
from jalon.writing.homes import Place, own_drafts
from jalon.writing.models import HelpedText, Section

#: What is typed while the candidate speaks, with nothing recorded.
SPOKEN = "dicte"


class AnswersForm(forms.ModelForm):
    """The answers of a competence, as somebody types them for its candidate, or as the candidate corrects them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Section
        fields = Section.QUESTIONS

    @property
    def answers(self) -> dict[str, str]:
        """Return what was answered to each question."""
        return {name: self.cleaned_data[name] for name in Section.QUESTIONS}


class HelpForm(AnswersForm):
    """The same, with what was listened to, where something was said aloud."""

    heard = forms.ChoiceField(label="D’après", widget=forms.RadioSelect)

    def __init__(self, *args: Any, recordings: list[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recordings = {str(one.pk): one for one in recordings}
        heard = [(key, f"{stem(one)} ({one.recorded})") for key, one in self.recordings.items()]
        if not heard:
            del self.fields["heard"]
            return
        field(self, "heard").choices = [*heard, (SPOKEN, "Ce que le candidat me dicte")]
        field(self, "heard").initial = heard[0][0]
        self.order_fields(["seen", "heard"])

    @property
    def typed(self) -> Typed:
        """Return what was typed."""
        one = self.recordings.get(self.cleaned_data.get("heard", SPOKEN))
        heard = Heard(one.pk, f"{stem(one)}, {one.lasts}") if one else None
        return Typed(self.answers, self.cleaned_data["seen"], heard)


def recordings_of(section: Section) -> list[Document]:
    """Return what a candidate said aloud of a competence."""
    return list(section.evidence.kept().filter(seconds__isnull=False))


def stem(document: Document) -> str:
    """Return the name of a document without its ending."""
    return document.name.rsplit(".", 1)[0]


def text_of(request: Visit, id: uuid.UUID, number: int) -> tuple[Journey, Section]:
    """Return a journey and a text of it that this person may type for its candidate, or a 404."""
    journey = found(request, id, "texte écrit pour le candidat")
    if not capacity(request.user, journey) & writing.HELPING.writers:
        raise Http404
    if not journey.attempts.exists():
        raise Http404
    asked = journey.attempt.validation.sections.asked().select_related("competence__bloc")
    return journey, get_object_or_404(asked, competence_id=number)


@login_required
def write(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Type the text of a competence for its candidate, who will read it again."""
    journey, section = text_of(request, id, number)
    typed_as = f"help/{number}"
    recordings = recordings_of(section)
    form = HelpForm(
        request.POST or None,
        instance=section,
        recordings=recordings,
        initial={"seen": section.version} | own_drafts(Place(journey, request.user, typed_as, "")),
    )
    given = form_actions.submit(
        request, form, lambda: helping.propose(journey.pk, request.user, number, form.typed)
    )
    if given:
        messages.success(
            request, f"{journey.candidate.get_full_name()} est prévenu et relira ce texte."
        )
        return redirect("writing:reading", journey.pk)
    return form_actions.render_form(
        request,
        form,
        "writing/help.html",
        **shared(request, journey),
        section=section,
        recordings=recordings,
        typed_as=typed_as,
        waits=section.helped.waiting().first(),
    )


@login_required
def helped(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Read again a text that somebody typed for oneself, correct it, approve it or leave it out."""
    journey = validation_of(request, id)
    kept = get_object_or_404(
        HelpedText.objects.select_related("section__competence__bloc"),
        pk=number,
        section__file=journey.attempt.validation,
    )
    back = redirect("writing:section", journey.pk, kept.section.competence_id)
    if "decline" in request.POST:
        if form_actions.attempt(request, lambda: helping.decline(journey.pk, request.user, number)):
            messages.success(request, "Ce texte est écarté. Le vôtre n’a pas changé.")
        return back
    current, typed_as = kept.section.texts, f"helped/{number}"
    form = AnswersForm(
        request.POST or None,
        instance=kept.section,
        initial=helping.together(kept)
        | {"seen": kept.section.version}
        | own_drafts(Place(journey, request.user, typed_as, "")),
    )
    if form_actions.submit(request, form, lambda: approve(journey, request, number, form)):
        messages.success(request, "Ce texte est le vôtre maintenant.")
        return back
    return form_actions.render_form(
        request,
        form,
        "writing/helped.html",
        **shared(request, journey),
        helped=kept,
        section=kept.section,
        recordings=[one for one in recordings_of(kept.section) if one.pk == kept.recording],
        typed_as=typed_as,
        changes=changes(current, shown(form)),
    )


def approve(journey: Journey, request: Visit, number: int, form: AnswersForm) -> HelpedText:
    """Make a text one's own as it was corrected; raises `Refused`."""
    seen = form.cleaned_data["seen"]
    return helping.approve(journey.pk, request.user, number, form.answers, seen=seen)


def shown(form: AnswersForm) -> dict[str, str]:
    """Return the answers that a form shows, which are those that its button keeps."""
    values = {name: form[name].value() or "" for name in Section.QUESTIONS}
    return {name: text.replace("\r\n", "\n") for name, text in values.items()}


def changes(old: dict[str, str], new: dict[str, str]) -> list[tuple[str, SafeString]]:
    """Return what an approval would change, question by question."""
    return [
        (label_of(name), marked(pieces(old[name], new[name])))
        for name in Section.QUESTIONS
        if old[name] != new[name]
    ]
