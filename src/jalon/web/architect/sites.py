"""The places where a team receives: put right, closed from a day, and what is still to come there."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from jalon.journeys.policy import capacity
from jalon.journeys.rights import record_list
from jalon.law.clocks import french
from jalon.law.meetings import ACCOMPANISTS
from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.support import queries, sites
from jalon.support.models import Booking, Site
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.architect.agenda_forms import ClosingForm, SiteChangeForm
from jalon.web.leaves import Leaf, leaf

#: How many meetings or workshops are shown at once.
SHOWN = 25


@needs(Role.ARCHITECT, Role.HEAD)
def change(request: Visit, number: int) -> HttpResponse:
    """Show a site and what is still to come there; give it another name or address."""
    site = own_site(request, number)
    form = SiteChangeForm(
        request.POST or None, initial={"name": site.name, "address": site.address}
    )
    if form_actions.submit(
        request, form, lambda: sites.change_site(site.pk, request.user, form.cleaned_data)
    ):
        messages.success(
            request,
            "Le site est modifié. Si son adresse a changé, les personnes attendues le lisent par courriel.",
        )
        return redirect("architect:site", site.pk)
    return form_actions.render_form(
        request, form, "architect/site.html", site=site, **to_come(request, site, site.closes_on)
    )


@needs(Role.ARCHITECT, Role.HEAD)
def close(request: Visit, number: int) -> HttpResponse:
    """List what is to come at a site, then close it from a day."""
    site = own_site(request, number)
    form = ClosingForm(request.POST or None, initial={"closes_on": site.closes_on})
    if done := form_actions.submit(
        request,
        form,
        lambda: sites.close_site(site.pk, request.user, form.cleaned_data["closes_on"]),
    ):
        messages.success(request, closed_said(done.value))
        return redirect("architect:site", site.pk)
    return form_actions.render_form(
        request, form, "architect/site_close.html", site=site, **to_come(request, site, None)
    )


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def reopen(request: Visit, number: int) -> HttpResponse:
    """Receive at a site again."""
    site = own_site(request, number)
    if form_actions.attempt(request, lambda: sites.close_site(site.pk, request.user, None)):
        messages.success(
            request, "Le site reste ouvert\N{NO-BREAK SPACE}: ses heures sont de nouveau proposées."
        )
    return redirect("architect:site", site.pk)


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def keep_from_afar(request: Visit, number: int, meeting: int) -> HttpResponse:
    """Keep a meeting of a site at its hour, by video or by telephone."""
    site = own_site(request, number)
    kept = get_object_or_404(sites.meetings_at(site), pk=meeting)
    if done := form_actions.attempt(request, lambda: sites.keep_from_afar(kept, request.user)):
        who = kept.journey.candidate.get_full_name()
        how = done.value.mode.label.lower()
        messages.success(request, f"{who} garde son heure ({how}) et le lit par courriel.")
    return redirect(f"{reverse('architect:site', args=[site.pk])}#attendus")


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def keep_workshop_from_afar(request: Visit, number: int, workshop: int) -> HttpResponse:
    """Hold a workshop of a site at its hours, by video."""
    site = own_site(request, number)
    kept = get_object_or_404(sites.workshops_at(site), pk=workshop)
    if form_actions.attempt(request, lambda: sites.keep_workshop_from_afar(kept.pk, request.user)):
        messages.success(
            request,
            f"« {kept.theme.label} » garde ses heures, en visioconférence. Les inscrits le lisent par courriel.",
        )
    return redirect(f"{reverse('architect:site', args=[site.pk])}#attendus")


def own_site(request: Visit, number: int) -> Site:
    """Return a site of the teams of the person, or a 404."""
    return get_object_or_404(queries.sites(request.user), pk=number)


def to_come(request: Visit, site: Site, since: date | None) -> dict[str, object]:
    """Return the meetings and the workshops to come at a site from a day on, and which the person may move."""
    meetings: Leaf[Booking] = leaf(
        sites.meetings_at(site, since), request.GET.get("rendez-vous", ""), SHOWN
    )
    record_list(request.user, f"Site {site.name}", len(meetings.rows))
    return {
        "meetings": meetings,
        "led": {one.pk for one in meetings.rows if leads(request.user, one)},
        "workshops": leaf(sites.workshops_at(site, since), request.GET.get("ateliers", ""), SHOWN),
    }


def leads(person: User, meeting: Booking) -> bool:
    """Say whether somebody accompanies the candidate of a meeting."""
    return bool(capacity(person, meeting.journey) & ACCOMPANISTS)


def closed_said(site: Site) -> str:
    """Return what is said of a site that was closed: how much is still to be moved."""
    assert site.closes_on
    left = sites.meetings_at(site, site.closes_on).count()
    left += sites.workshops_at(site, site.closes_on).count()
    said = f"Le site ferme le {french(site.closes_on)}\N{NO-BREAK SPACE}: rien n’y est plus proposé ensuite."
    return (
        f"{said} Il reste {left} à déplacer ou à garder à distance, ci-dessous." if left else said
    )
