"""« Mon entreprise »: the group that a candidate joins by a code, and leaves."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.law.rulebook import Refused
from jalon.people.models import User
from jalon.support import groups
from jalon.support.models import CompanyGroup
from jalon.web import form_actions
from jalon.web.access import Visit
from jalon.web.candidate.booking import home, own

#: A code as people type it has no more signs, spaces and hyphens included.
LONGEST_CODE = 20


class CodeForm(forms.Form):
    """The code of a group."""

    code = forms.CharField(
        label="Code de votre entreprise",
        max_length=LONGEST_CODE,
        help_text="Six lettres ou chiffres, par exemple ABC-D34.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, person: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.person = person

    def clean_code(self) -> str:
        """Return the code as it was typed, once it opens a group."""
        code: str = self.cleaned_data["code"]
        group_of(code, self.person)
        return code


def group_of(code: str, person: User) -> CompanyGroup:
    """Return the group that a code opens; raises `ValidationError`."""
    try:
        return groups.opened_by(code, person)
    except Refused as refused:
        raise forms.ValidationError(refused.refusal.why) from refused


@login_required
def company(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the group that one is in, or ask for the code that opens one."""
    journey = own(request, id)
    if member := groups.member_of(journey):
        context = {"journey": journey, "back": home(journey), "group": member.group}
        return render(request, "candidate/company.html", context)
    form = CodeForm(request.POST or None, person=request.user)
    if form_actions.submit(
        request, form, lambda: groups.join(journey.pk, form.cleaned_data["code"], request.user)
    ):
        messages.success(request, "Vous êtes dans le groupe. Votre entreprise ne lit rien de vous.")
        return redirect("candidate:company", journey.pk)
    return form_actions.render_form(
        request,
        form,
        back=home(journey),
        title="Mon entreprise",
        lead="Votre entreprise vous a donné un code ? Il vous fait entrer dans son groupe, et rien de plus.",
        submit="Rejoindre le groupe",
    )


@login_required
def leave(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Say what leaving does; leave when that is confirmed."""
    journey = own(request, id)
    member = groups.member_of(journey)
    if request.method == "POST":
        if form_actions.attempt(request, lambda: groups.leave(journey.pk, request.user)):
            messages.success(request, "Vous avez quitté le groupe de votre entreprise.")
        return redirect("candidate:company", journey.pk)
    context = {
        "journey": journey,
        "group": member.group if member else None,
        "back": reverse("candidate:company", args=[journey.pk]),
    }
    return render(request, "candidate/company_leave.html", context)
