"""Groups of companies as a team keeps them: the list, one of them with its people, its code."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.rights import record_list
from jalon.law.vocabulary import Role
from jalon.now import today
from jalon.support import group_lists, groups
from jalon.support.actions import workplace
from jalon.support.models import CompanyGroup
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
        return exported(request, shown, kind)
    page = Paginator(every, ROWS).get_page(request.GET.get("page"))
    people = group_lists.lines(page.object_list)
    record_list(request.user, f"Groupe : {shown}", len(people))
    context = {
        "group": shown,
        "certifications": list(shown.certifications.order_by("title", "code")),
        "page": page,
        "people": people,
        "workshops": group_lists.reserved_to(shown)[:ROWS],
        "over": shown.ends_on < today(),
        "mine": shown.referent_id == request.user.pk,
    }
    return render(request, "architect/group.html", context)


def exported(request: Visit, shown: CompanyGroup, kind: str) -> HttpResponse:
    """Return the people of a group as a file, and keep that it was taken away."""
    people = group_lists.lines(group_lists.members(request.user, shown))
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


def of_the_team(request: Visit, number: int) -> Any:
    """Return a group of the team, or a 404."""
    shown = group_lists.led_by_team(request.user).filter(pk=number).first()
    if shown is None:
        raise Http404
    return shown
