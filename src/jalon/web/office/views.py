"""The office: who works here, in which role, until when, and for which organisation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.law.vocabulary import OrganisationKind, Role
from jalon.people import actions, queries
from jalon.people.contact import Contact, change_contact, contact
from jalon.people.models import Membership
from jalon.people.policy import roles
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.invitations import invite
from jalon.web.office.forms import CertifyingForm, ContactForm, MemberForm, OrganisationForm


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


@needs(Role.ADMINISTRATOR, Role.HEAD)
def add(request: Visit) -> HttpResponse:
    """Give a role to a person; they receive a link to choose their password."""
    form = MemberForm(request.POST or None, viewer=request.user)
    added = form_actions.submit(
        request, form, lambda: actions.grant(request.user, **form.cleaned_data)
    )
    if added:
        invited = invite(request, added.value.user)
        link = " Elle reçoit un lien pour choisir son mot de passe." if invited else ""
        messages.success(request, f"La personne est ajoutée.{link}")
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


@needs(Role.ADMINISTRATOR)
def certifying(request: Visit, number: int) -> HttpResponse:
    """Say which certifications a certifier delivers."""
    certifiers = queries.organisations_of(request.user).filter(kind=OrganisationKind.CERTIFIER)
    certifier = get_object_or_404(certifiers, pk=number)
    named = certifier.certifying.first()
    known = {
        "certifications": certifier.certifications.all(),
        "territory": named.territory if named else "",
    }
    form = CertifyingForm(request.POST or None, initial=known)
    if form_actions.submit(
        request,
        form,
        lambda: actions.keep_certifying(request.user, certifier, **form.cleaned_data),
    ):
        messages.success(request, "C’est enregistré.")
        return redirect("office:organisations")
    back = reverse("office:organisations")
    return form_actions.render_form(request, form, title=certifier.name, back=back)


@needs(Role.ADMINISTRATOR)
def contact_details(request: Visit) -> HttpResponse:
    """Change whom people are told to call or to write to, on every page and e-mail."""
    form = ContactForm(request.POST or None, initial=vars(contact()))
    if form_actions.submit(
        request, form, lambda: change_contact(request.user, Contact(**form.cleaned_data))
    ):
        messages.success(
            request, "C’est enregistré. Les pages et les courriels suivent dans la minute."
        )
        return redirect("office:people")
    back = reverse("office:people")
    return form_actions.render_form(request, form, title="Coordonnées affichées", back=back)
