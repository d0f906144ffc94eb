"""What a person receives by e-mail, chosen by category; decisions and summons always come."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.mailbox import preferences
from jalon.mailbox.models import Category
from jalon.web import form_actions
from jalon.web.access import Visit

#: What each category brings, in a sentence.
EXPLAINED = {
    Category.PROGRESS: "ce que font les autres sur un parcours qui vous concerne",
    Category.REMINDERS: "la veille d’un jury, ou quand votre réponse est attendue",
}


class MailsForm(forms.Form):
    """The categories that a person may do without."""

    kept = forms.TypedMultipleChoiceField(
        label="Je reçois aussi par courriel",
        choices=[
            (one.value, f"{one.label} : {EXPLAINED[one]}") for one in Category if one.switchable
        ],
        coerce=Category,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@login_required
def choose(request: Visit) -> HttpResponse:
    """Let a person choose their e-mails."""
    wanted = preferences.wanted(request.user)
    form = MailsForm(request.POST or None, initial={"kept": wanted})

    def save() -> None:
        preferences.choose(request.user, form.cleaned_data["kept"])

    if form_actions.submit(request, form, save):
        messages.success(request, "Vos choix sont enregistrés.")
        return redirect("dossiers:mails")
    return form_actions.render_form(
        request,
        form,
        "dossiers/mails.html",
        title="Mes courriels",
        back=reverse("dossiers:notices"),
        always=Category.DECISIONS,
    )
