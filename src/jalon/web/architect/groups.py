"""Groups of companies as a team keeps them: the list, one of them with its people, its code."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.rights import record_list
from jalon.law.vocabulary import Role
from jalon.mailbox.employers import mail_link
from jalon.now import now, today
from jalon.people.models import User
from jalon.support import employers, group_lists, groups
from jalon.support.actions import workplace
from jalon.support.models import CompanyGroup, EmployerContact
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.architect.group_forms import GroupForm
from jalon.web.architect.group_sheets import taken_away
from jalon.web.listing import ROWS


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def listing(request: Visit) -> HttpResponse:
    """Show the groups of the team, the latest first, each with how many people it has."""
    every = group_lists.with_counts(group_lists.led_by_team(request.user))
    page = Paginator(every, ROWS).get_page(request.GET.get("page"))
    return render(request, "architect/groups.html", {"page": page, "today": today()})


@needs(Role.ARCHITECT, Role.HEAD)
def new(request: Visit) -> HttpResponse:
    """Set up a group; its page then shows the code to give."""
    form = GroupForm(
        request.POST or None,
        organisation=workplace(request.user),
        initial={"referent": request.user.pk},
    )
    if done := form_actions.submit(
        request, form, lambda: groups.create(request.user, form.cleaned_data)
    ):
        messages.success(request, "Le groupe est créé. Donnez son code à l’entreprise.")
        return redirect("architect:group", done.value.pk)
    return form_actions.render_form(
        request,
        form,
        back=reverse("architect:groups"),
        title="Nouveau groupe d’entreprise",
        lead="Les salariés d’une entreprise, accompagnés ensemble. Chacun y entre lui-même, par un code.",
        submit="Créer ce groupe",
    )


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def group(request: Visit, number: int) -> HttpResponse:
    """Show a group: its code, its people with their stage, next limit and hours, its workshops."""
    shown = of_the_team(request, number)
    every = group_lists.members(request.user, shown)
    if kind := request.GET.get("format"):
        return exported(request, shown, group_lists.lines(every), kind)
    page = Paginator(every, ROWS).get_page(request.GET.get("page"))
    people = group_lists.lines(page.object_list)
    record_list(request.user, f"Groupe : {shown}", len(people))
    context = {
        "group": shown,
        "certifications": list(shown.certifications.order_by("title", "code")),
        "page": page,
        "people": people,
        "contacts": list(shown.contacts.standing()),
        "now": now(),
        "workshops": group_lists.reserved_to(shown)[:ROWS],
        "over": shown.ends_on < today(),
        "mine": shown.referent_id == request.user.pk,
    }
    return render(request, "architect/group.html", context)


def exported(
    request: Visit, shown: CompanyGroup, people: list[group_lists.Line], kind: str
) -> HttpResponse:
    """Return the people of a group as a file, and keep that it was taken away."""
    file = taken_away(shown, people, kind)
    record_list(request.user, f"Groupe : {shown}", len(people), exported=True)
    return file


@needs(Role.ARCHITECT, Role.HEAD)
def change(request: Visit, number: int) -> HttpResponse:
    """Change what a group is; its code stays."""
    changed = of_the_team(request, number)
    form = GroupForm(request.POST or None, organisation=changed.organisation_id, changed=changed)
    if form_actions.submit(
        request, form, lambda: groups.change(changed.pk, request.user, form.cleaned_data)
    ):
        messages.success(request, "Le groupe est modifié.")
        return redirect("architect:group", changed.pk)
    return form_actions.render_form(
        request,
        form,
        back=reverse("architect:group", args=[changed.pk]),
        title="Modifier le groupe",
        about=str(changed),
        submit="Enregistrer",
    )


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def replace_code(request: Visit, number: int) -> HttpResponse:
    """Give a group another code."""
    shown = of_the_team(request, number)
    if done := form_actions.attempt(request, lambda: groups.replace_code(shown.pk, request.user)):
        messages.success(
            request, f"Le nouveau code est {done.value.code_said}. L’ancien n’ouvre plus rien."
        )
    return redirect("architect:group", shown.pk)


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def revoke_code(request: Visit, number: int) -> HttpResponse:
    """Leave a group without a code."""
    shown = of_the_team(request, number)
    if form_actions.attempt(request, lambda: groups.revoke_code(shown.pk, request.user)):
        messages.success(request, "Le code est retiré. Les personnes du groupe y restent.")
    return redirect("architect:group", shown.pk)


# ---------------------------------------------------------------- who reads in the company


class ContactForm(forms.Form):
    """Somebody of the company, to whom a link is sent."""

    name = forms.CharField(label="Prénom et nom", max_length=150)
    email = forms.EmailField(
        label="Adresse e-mail", help_text="Un lien personnel y part aussitôt. Il sert trois mois."
    )


@needs(Role.ARCHITECT, Role.HEAD)
def new_contact(request: Visit, number: int) -> HttpResponse:
    """Name somebody of the company, and send them a link of their own."""
    shown = of_the_team(request, number)
    form = ContactForm(request.POST or None)
    if done := form_actions.submit(
        request, form, lambda: contact_written_to(shown, request.user, form.cleaned_data)
    ):
        messages.success(request, f"Un lien personnel part vers {done.value.email}.")
        return redirect("architect:group", shown.pk)
    return form_actions.render_form(
        request,
        form,
        back=reverse("architect:group", args=[shown.pk]),
        about=str(shown),
        title="Ajouter un contact de l’entreprise",
        lead="Cette personne lit seulement ce que chaque candidat a accepté, sans compte ni mot de passe.",
        submit="Ajouter et envoyer le lien",
    )


@transaction.atomic
def contact_written_to(shown: CompanyGroup, by: User, said: dict[str, Any]) -> EmployerContact:
    """Name a contact and send their link, or neither; raises `Refused`."""
    contact = employers.add_contact(shown.pk, by, said["name"], said["email"])
    mail_link(contact)
    return contact


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def send_link(request: Visit, number: int, contact: int) -> HttpResponse:
    """Send a new link to a contact: the one before serves no more."""
    shown, named = contact_of_team(request, number, contact)
    if form_actions.attempt(request, lambda: sent_again(named, request.user)):
        messages.success(
            request, f"Un nouveau lien part vers {named.email}. L’ancien ne sert plus."
        )
    return redirect("architect:group", shown.pk)


@transaction.atomic
def sent_again(named: EmployerContact, by: User) -> EmployerContact:
    """Make a link anew and send it, or neither; raises `Refused`."""
    renewed = employers.renew(named, by)
    mail_link(renewed)
    return renewed


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def revoke_contact(request: Visit, number: int, contact: int) -> HttpResponse:
    """Take a contact away: their link serves no more."""
    shown, named = contact_of_team(request, number, contact)
    if form_actions.attempt(request, lambda: employers.revoke(named, request.user)):
        messages.success(request, f"Le lien de {named.name} ne sert plus.")
    return redirect("architect:group", shown.pk)


def contact_of_team(
    request: Visit, number: int, contact: int
) -> tuple[CompanyGroup, EmployerContact]:
    """Return a group of the team and one of its contacts, or a 404."""
    shown = of_the_team(request, number)
    return shown, get_object_or_404(shown.contacts, pk=contact)


def of_the_team(request: Visit, number: int) -> Any:
    """Return a group of the team, or a 404."""
    shown = group_lists.led_by_team(request.user).filter(pk=number).first()
    if shown is None:
        raise Http404
    return shown
