"""The office: who works here, in which role, until when, and for which organisation."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.law.vocabulary import Role
from jalon.people import actions, queries
from jalon.people.models import Membership, Organisation
from jalon.people.policy import roles
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.forms import SIRET, DateInput, field, law_asks
from jalon.web.invitations import invite


@needs(Role.ADMINISTRATOR, Role.HEAD)
@require_safe
def people(request: Visit) -> HttpResponse:
    """List the people and their roles."""
    page = Paginator(queries.memberships_of(request.user), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "office/people.html",
        {
            "page": page,
            "administers": Role.ADMINISTRATOR in roles(request.user),
        },
    )


class MemberForm(forms.Form):
    """A person and a role."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    email = forms.EmailField(label="Adresse e-mail professionnelle")
    role = forms.TypedChoiceField(label="Rôle", choices=(), widget=forms.RadioSelect, coerce=Role)
    organisation = forms.ModelChoiceField(
        label="Organisme",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Choisissez",
        help_text="Un administrateur n’en a pas.",
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "role").choices = [
            (role.value, role.label) for role in queries.grantable(viewer)
        ]
        field(self, "organisation").queryset = queries.organisations_of(viewer)
        law_asks(self, "organisation")


@needs(Role.ADMINISTRATOR, Role.HEAD)
def add(request: Visit) -> HttpResponse:
    """Give a role to a person; they receive a link to choose their password."""
    form = MemberForm(request.POST or None, viewer=request.user)

    def grant() -> None:
        added = actions.grant(request.user, **form.cleaned_data)
        link = " Elle reçoit un lien pour choisir son mot de passe."
        said = link if invite(request, added.user) else ""
        messages.success(request, f"La personne est ajoutée.{said}")

    if form_actions.submit(request, form, grant):
        return redirect("office:people")
    back = reverse("office:people")
    return form_actions.render_form(request, form, title="Ajouter une personne", back=back)


@needs(Role.ADMINISTRATOR, Role.HEAD)
@require_POST
def end_access(request: Visit, number: int) -> HttpResponse:
    """End a role at once."""
    membership = get_object_or_404(Membership, pk=number)
    if not queries.memberships_of(request.user).filter(pk=number).exists():
        raise Http404
    if form_actions.attempt(request, lambda: actions.end_membership(request.user, membership)):
        messages.success(request, "L’accès est fermé.")
    return redirect("office:people")


@needs(Role.ADMINISTRATOR)
@require_safe
def organisations(request: Visit) -> HttpResponse:
    """List the organisations."""
    page = Paginator(queries.organisations_of(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "office/organisations.html", {"page": page})


class OrganisationForm(forms.ModelForm):
    """An accompanying organisation or a certifier (R-007)."""

    class Meta:
        model = Organisation
        fields: ClassVar = [
            "kind",
            "name",
            "siret",
            "qualiopi_until",
            "address",
            "phone",
            "email",
            "disability_contact",
        ]
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "qualiopi_until": DateInput(),
            "address": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "siret": "Quatorze chiffres, sans espace.",
            "qualiopi_until": "Sans certification valable, l’organisme ne prend personne en charge.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "kind").choices = [one for one in field(self, "kind").choices if one[0]]
        field(self, "siret").validators.append(SIRET)


@needs(Role.ADMINISTRATOR)
def organisation(request: Visit, number: int | None = None) -> HttpResponse:
    """Open an organisation, or change what is known of one."""
    kept = get_object_or_404(queries.organisations_of(request.user), pk=number) if number else None
    form = OrganisationForm(request.POST or None, instance=kept)
    if form_actions.submit(
        request, form, lambda: actions.keep_organisation(request.user, form.cleaned_data, kept)
    ):
        messages.success(request, "C’est enregistré.")
        return redirect("office:organisations")
    title = kept.name if kept else "Nouvel organisme"
    return form_actions.render_form(
        request, form, title=title, back=reverse("office:organisations")
    )
