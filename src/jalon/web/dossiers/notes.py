"""The notes that a team takes for itself on a candidate, and what its own author puts right within the hour."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law.meetings import ACCOMPANISTS
from jalon.law.vocabulary import Role
from jalon.support import notes
from jalon.support.models import TeamNote
from jalon.web import form_actions
from jalon.web.access import Visit, followed, needs
from jalon.web.fields import LongText

LEAD = (
    "Seule votre équipe la lit : ni le candidat, ni le certificateur, ni le jury. Le candidat peut demander "
    "copie de ses données, et cette note en fait partie : restez à ce qui est utile et vérifié. "
    "Vous pouvez la corriger pendant une heure."
)


class NoteForm(forms.Form):
    """A note."""

    text = LongText(label="Votre note", max_length=4000)


def noting(request: Visit, id: uuid.UUID) -> Journey:
    """Return a journey on which this person takes notes, or a 404; the look is recorded."""
    journey = followed(request, id, "notes de l’équipe")
    if not capacity(request.user, journey) & ACCOMPANISTS:
        raise Http404
    return journey


@needs(Role.ARCHITECT, Role.HEAD)
def write(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Write a note."""
    journey = noting(request, id)
    form = NoteForm(request.POST or None)
    return sent(
        request,
        journey,
        form,
        lambda: notes.write(journey.pk, request.user, form.cleaned_data["text"]),
    )


@needs(Role.ARCHITECT, Role.HEAD)
def change(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Put a note of one's own right; a 404 for that of somebody else."""
    journey = noting(request, id)
    mine = notes.notes(request.user, journey).filter(author=request.user)
    note: TeamNote = get_object_or_404(mine, pk=number)
    form = NoteForm(request.POST or None, initial={"text": note.text})
    return sent(
        request,
        journey,
        form,
        lambda: notes.change(journey.pk, number, request.user, form.cleaned_data["text"]),
    )


def sent(
    request: Visit, journey: Journey, form: NoteForm, write: Callable[[], object]
) -> HttpResponse:
    """Do what the form asks, or show it."""
    back = reverse("dossiers:exchanges", args=[journey.pk])
    if form_actions.submit(request, form, write):
        messages.success(request, "Votre note est enregistrée.")
        return redirect(back)
    return form_actions.render_form(
        request,
        form,
        title="Note de l’équipe",
        about=journey.candidate.get_full_name(),
        lead=LEAD,
        back=back,
    )
