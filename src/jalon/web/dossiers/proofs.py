"""The paper that proves what was done elsewhere, when it comes after the line that tells it."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from jalon.documents import queries
from jalon.documents.actions import store_proof
from jalon.web import form_actions
from jalon.web.access import Visit, found
from jalon.web.acts.views import home_of


class ProofForm(forms.Form):
    """The letter, the e-mail or the screen that proves a line of the journal."""

    file = forms.FileField(
        label="Preuve", help_text="Lettre, courriel ou copie d’écran : PDF, JPEG ou PNG."
    )


@login_required
def join(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Join what proves a line of the journal that has no proof yet; a 404 for any other line."""
    journey = found(request, id, "preuve")
    entry = queries.unproven(request.user, journey, number)
    if entry is None:
        raise Http404
    back = home_of(request, journey)
    form = ProofForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form_actions.submit(
        request, form, lambda: store_proof(entry, form.cleaned_data["file"], request.user)
    ):
        messages.success(request, f"La preuve est jointe : {entry.done}.")
        return redirect(back)
    return form_actions.render_form(
        request,
        form,
        title="Joindre la preuve",
        lead=f"{entry.done}.",
        about=journey.candidate.get_full_name(),
        back=back,
        submit="Joindre la preuve",
    )
