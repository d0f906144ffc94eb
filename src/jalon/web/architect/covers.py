"""Replacements of a team: who acts for whom between two days, and the meetings of those days."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as page_of
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys import covers as replacements
from jalon.journeys.rights import record_list
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Role
from jalon.now import today
from jalon.people.models import CoverPeriod, User
from jalon.people.policy import organisations
from jalon.support import planning, queries
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.booking import day_named
from jalon.web.fields import DateField, field

#: How many lines a page shows.
SHOWN = 25


class CoverForm(forms.Form):
    """Who is absent, who replaces them, between which days."""

    absent = forms.ModelChoiceField(
        label="Qui s’absente ?", queryset=User.objects.none(), empty_label=None
    )
    cover = forms.ModelChoiceField(
        label="Qui remplace ?", queryset=User.objects.none(), empty_label="Choisissez"
    )
    starts_on = DateField(label="Du", initial=today)
    ends_on = DateField(
        label="Au", help_text="Ce jour compris : le remplacement s’arrête tout seul le soir."
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        absent: QuerySet[User] = replacements.may_be_absent(viewer)
        field(self, "absent").queryset = absent
        field(self, "absent").initial = viewer.pk
        colleagues = replacements.may_cover(viewer)
        if not leads(viewer):
            colleagues = colleagues.exclude(pk=viewer.pk)
        field(self, "cover").queryset = colleagues
        for name in ("absent", "cover"):
            field(self, name).label_from_instance = User.get_full_name


def leads(viewer: User) -> bool:
    """Say whether somebody leads a team."""
    return bool(organisations(viewer, Role.HEAD))


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def listing(request: Visit) -> HttpResponse:
    """List the replacements of today and to come."""
    found = Paginator(replacements.standing_covers(request.user), SHOWN)
    context = {
        "page": found.get_page(request.GET.get("page")),
        "today": today(),
        "leads": leads(request.user),
    }
    return page_of(request, "architect/covers.html", context)


@needs(Role.ARCHITECT, Role.HEAD)
def new(request: Visit) -> HttpResponse:
    """Name who replaces somebody; the page of the replacement then shows the meetings of those days."""
    form = CoverForm(request.POST or None, viewer=request.user, initial=days_asked(request))
    made = form_actions.submit(
        request, form, lambda: replacements.name_cover(request.user, form.cleaned_data)
    )
    if made:
        messages.success(request, "Le remplacement est prévu. Vous êtes tous deux prévenus.")
        return redirect("architect:cover", made.value.pk)
    return form_actions.render_form(
        request,
        form,
        title="Prévoir un remplacement",
        lead=(
            "Entre ces deux jours, votre collègue agit sur ces dossiers et reçoit aussi les courriels. "
            "Chacun retrouve ensuite les siens, sans rien à faire."
        ),
        submit="Prévoir ce remplacement",
        back=reverse("architect:covers"),
    )


def days_asked(request: Visit) -> dict[str, date]:
    """Return the days that an address asks for, as when it comes from an absence."""
    asked = {"starts_on": request.GET.get("du", ""), "ends_on": request.GET.get("au", "")}
    return {name: on for name, said in asked.items() if (on := day_named(said))}


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def cover(request: Visit, number: int) -> HttpResponse:
    """Show a replacement, and the meetings that are still with who is absent."""
    shown = cover_or_404(request, number)
    kept = Paginator(queries.of_absence(shown), SHOWN).get_page(request.GET.get("page"))
    record_list(request.user, f"Rendez-vous de {shown.absent}", len(kept.object_list))
    context = {
        "cover": shown,
        "page": kept,
        "standing": shown.ended_at is None and shown.ends_on >= today(),
        "begun": shown.starts_on <= today(),
        "decides": decides(request.user, shown),
        "acts": acts(request.user, shown),
        "mine": shown.absent_id == request.user.pk,
    }
    return page_of(request, "architect/cover.html", context)


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def end(request: Visit, number: int) -> HttpResponse:
    """Take a replacement back."""
    shown = cover_or_404(request, number)
    done = form_actions.attempt(request, lambda: replacements.end_cover(request.user, shown.pk))
    if done:
        messages.success(request, "Le remplacement est retiré. Vous êtes tous deux prévenus.")
    return redirect("architect:covers")


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def entrust(request: Visit, number: int) -> HttpResponse:
    """Give one meeting of the absence, or all those of hours that are free, to who replaces."""
    shown = cover_or_404(request, number)
    if not acts(request.user, shown) or shown.ended_at is not None:
        raise Http404
    of_absence = queries.of_absence(shown)
    if one := request.POST.get("rendez_vous", ""):
        met = get_object_or_404(of_absence, pk=int(one) if one.isdecimal() and len(one) < 10 else 0)
        done = form_actions.attempt(
            request, lambda: planning.entrust(met, shown.cover, request.user)
        )
        if done:
            messages.success(
                request, f"{shown.cover} reçoit le rendez-vous. Le candidat est prévenu."
            )
    else:
        told_of_all(request, shown)
    return redirect("architect:cover", shown.pk)


def told_of_all(request: Visit, shown: CoverPeriod) -> None:
    """Give every meeting of the absence that can be, and say how many were, and which stay."""
    given, kept = 0, []
    for met in queries.of_absence(shown):
        try:
            planning.entrust(met, shown.cover, request.user)
            given += 1
        except Refused as refused:
            kept.append(refused.refusal.why)
    if given:
        several = given > 1
        said = "rendez-vous confiés" if several else "rendez-vous confié"
        told = "Les candidats sont prévenus." if several else "Le candidat est prévenu."
        messages.success(request, f"{given} {said} à {shown.cover}. {told}")
    for why in kept[:5]:
        messages.warning(request, why)


def decides(viewer: User, shown: CoverPeriod) -> bool:
    """Say whether somebody takes a replacement back: who is absent, and who leads the team."""
    return shown.absent_id == viewer.pk or shown.organisation_id in organisations(viewer, Role.HEAD)


def acts(viewer: User, shown: CoverPeriod) -> bool:
    """Say whether somebody gives the meetings of an absence: who decides, and who replaces once it began."""
    replacing = shown.cover_id == viewer.pk and shown.starts_on <= today()
    return decides(viewer, shown) or replacing


def cover_or_404(request: Visit, number: int) -> CoverPeriod:
    """Return a replacement that the person reads, or a 404."""
    return get_object_or_404(replacements.covers(request.user), pk=number)
