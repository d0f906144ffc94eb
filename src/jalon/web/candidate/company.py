"""« Mon entreprise »: the group that a candidate joins by a code, what it reads, and who read it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.models import Journey
from jalon.law import employer as law
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Role, Shared
from jalon.people.models import User
from jalon.support import employers, groups
from jalon.support.models import CompanyGroup, GroupMember
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.candidate.booking import home, own
from jalon.web.listing import ROWS

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


class AgreementForm(forms.Form):
    """What one lets one's company read: a tick for each thing, none of them ticked before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in Shared:
            self.fields[item.value] = forms.BooleanField(
                label=item.label, required=False, help_text=law.EXPLAINED[item]
            )

    @property
    def items(self) -> list[Shared]:
        """Return what was ticked, once the form is valid."""
        return [item for item in Shared if self.cleaned_data[item.value]]


@login_required
def company(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the group that one is in and what it reads, or ask for the code that opens one."""
    journey = own(request, id)
    member = groups.member_of(journey)
    return agreement(request, member) if member else joining(request, journey)


def agreement(request: Visit, member: GroupMember) -> HttpResponse:
    """Show what one's company reads, each thing with its day; change it as the form asks."""
    agreed = employers.agreed_by(member)
    form = AgreementForm(request.POST or None, initial={item.value: True for item in agreed})
    if form_actions.submit(
        request, form, lambda: employers.agree(member.journey_id, form.items, request.user)
    ):
        messages.success(
            request,
            "C’est noté, à la date d’aujourd’hui. Vous pouvez changer d’avis à tout moment.",
        )
        return redirect("candidate:company", member.journey_id)
    shown = employers.preview(member)
    told = {cell.item for cell in shown.cells if cell.agreed_on}
    context = {
        "journey": member.journey,
        "back": home(member.journey),
        "group": member.group,
        "agreed": bool(agreed),
        "waiting": [(item, agreed[item]) for item in Shared if item in agreed.keys() - told],
        "shown": shown,
    }
    return form_actions.render_form(request, form, "candidate/company.html", **context)


def joining(request: Visit, journey: Journey) -> HttpResponse:
    """Ask for a code, and enter its group."""
    form = CodeForm(request.POST or None, person=request.user)
    if form_actions.submit(
        request, form, lambda: groups.join(journey.pk, form.cleaned_data["code"], request.user)
    ):
        messages.success(
            request,
            "Vous êtes dans le groupe. Votre entreprise ne lit rien de vous tant que vous n’avez rien accepté.",
        )
        return redirect("candidate:company", journey.pk)
    return form_actions.render_form(
        request,
        form,
        back=home(journey),
        title="Mon entreprise",
        lead="Votre entreprise vous a donné un code ? Il vous fait entrer dans son groupe, et ne lui montre rien.",
        submit="Rejoindre le groupe",
    )


@login_required
@require_POST
def withdraw(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Withdraw everything that one had agreed to, in one click."""
    journey = own(request, id)
    if form_actions.attempt(request, lambda: employers.agree(journey.pk, (), request.user)):
        messages.success(
            request, "Votre accord est retiré. Votre entreprise ne lit plus rien de vous."
        )
    return redirect("candidate:company", journey.pk)


@needs(Role.CANDIDATE)
@require_safe
def reads(request: Visit) -> HttpResponse:
    """Show when one's company read, who there, and what was shown."""
    page = Paginator(employers.reads_of(request.user), ROWS).get_page(request.GET.get("page"))
    return render(request, "candidate/employer_reads.html", {"page": page})


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
