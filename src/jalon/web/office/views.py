"""The office: who works here, in which role, until when, and for which organisation."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys import retention
from jalon.journeys.models import Journey
from jalon.journeys.queries import files_left_by, files_of, handed_over, lists_read
from jalon.journeys.rights import record_list
from jalon.law.routing import may_serve
from jalon.law.stages import ADMINISTRATOR_FILTERS
from jalon.law.vocabulary import OrganisationKind, Role, Route
from jalon.now import midnight, today
from jalon.people import actions, queries
from jalon.people.contact import Contact, change_contact, contact
from jalon.people.models import Membership, Organisation, User
from jalon.people.policy import roles
from jalon.support.queries import changed_since
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.asked import Space
from jalon.web.invitations import tell
from jalon.web.listing import journeys_page
from jalon.web.office.forms import (
    CertifyingForm,
    ContactForm,
    EndAccessForm,
    HandOverForm,
    MemberForm,
    OrganisationForm,
    hand_over,
)


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
            "ended": list(queries.ended_memberships_of(request.user)[:20]),
            "administers": Role.ADMINISTRATOR in roles(request.user),
            "leads": Role.HEAD in roles(request.user),
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
        messages.success(request, f"C’est enregistré.{tell(request, added.value)}")
        return redirect("office:people")
    back = reverse("office:people")
    return form_actions.render_form(request, form, title="Ajouter une personne", back=back)


@needs(Role.ADMINISTRATOR, Role.HEAD)
def end_access(request: Visit, number: int) -> HttpResponse:
    """Ask to whom the files of a person go, then end their role."""
    membership = get_object_or_404(queries.memberships_of(request.user), pk=number)
    files = files_left_by(request.user, membership)
    sent = request.POST if request.method == "POST" else None
    form = EndAccessForm(sent, membership=membership, files=files.count())
    if form_actions.submit(request, form, lambda: close(request.user, membership, files, form)):
        messages.success(request, "L’accès est fermé.")
        return redirect("office:people")
    return form_actions.render_form(
        request,
        form,
        "office/end_access.html",
        title=f"Fermer l’accès : {membership.user.get_full_name()}",
        membership=membership,
        files=files[:SHOWN],
        more=max(files.count() - SHOWN, 0),
        submit="Fermer l’accès",
        grave=True,
        back=reverse("office:people"),
    )


#: How many files are named before an access is closed.
SHOWN = 10


@transaction.atomic
def close(
    by: User, membership: Membership, files: QuerySet[Journey], form: EndAccessForm
) -> Membership:
    """End a role, its files handed to whom the form says, or left for a colleague to take over."""
    numbers = list(files.values_list("pk", flat=True))
    actions.end_membership(by, membership)
    if colleague := form.cleaned_data.get("colleague"):
        hand_over(
            by, numbers, colleague, "La personne qui suivait ce dossier ne travaille plus ici."
        )
    return membership


@needs(Role.ADMINISTRATOR, Role.HEAD)
@require_POST
def reopen_access(request: Visit, number: int) -> HttpResponse:
    """Give back a role that was ended."""
    membership = get_object_or_404(queries.ended_memberships_of(request.user), pk=number)
    again = form_actions.attempt(
        request, lambda: actions.reopen_membership(request.user, membership)
    )
    if again:
        messages.success(request, f"C’est enregistré.{tell(request, again.value)}")
    return redirect("office:people")


@needs(Role.ADMINISTRATOR, Role.HEAD)
def files(request: Visit) -> HttpResponse:
    """Hand several files to a colleague at once, or end the accompaniment of an organisation."""
    offices = list(queries.organisations_of(request.user).filter(kind=OrganisationKind.ACCOMPANIST))
    chosen = next((one for one in offices if str(one.pk) == request.GET.get("organisme")), None)
    chosen = chosen or next(iter(offices), None)
    found = files_of(request.user, chosen, request.GET.get("suivi_par", ""))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    record_list(request.user, f"Confier des dossiers : {chosen or ''}", len(page.object_list))
    sent = request.POST if request.method == "POST" else None
    form = HandOverForm(sent, organisation=chosen, found=found, count=page.paginator.count)
    if form_actions.submit(request, form, lambda: form.carry_out(request.user)):
        messages.success(request, form.done())
        return redirect("office:handed_over" if form.hands_over else request.get_full_path())
    return form_actions.render_form(
        request,
        form,
        "office/files.html",
        shown=page,
        offices=offices,
        chosen=chosen,
        followed_by=request.GET.get("suivi_par", ""),
        colleagues=queries.colleagues(chosen.pk) if chosen else (),
        cannot_serve=chosen is not None and cannot_serve(chosen),
        query=urlencode({name: request.GET[name] for name in FILTERS if name in request.GET}) + "&",
    )


@needs(Role.ADMINISTRATOR, Role.HEAD)
@require_safe
def handed(request: Visit) -> HttpResponse:
    """Show the files that the viewer handed over since yesterday: to whom, and what became of meetings."""
    since = midnight(today() - timedelta(days=1))
    page = Paginator(handed_over(request.user, since), 50).get_page(request.GET.get("page"))
    record_list(request.user, "Dossiers confiés", len(page.object_list))
    meetings = changed_since([one.journey_id for one in page.object_list], since)
    lines = [(one, meetings.get(one.journey_id)) for one in page.object_list]
    return render(request, "office/handed_over.html", {"page": page, "lines": lines})


#: What narrows the files of an organisation.
FILTERS = ("organisme", "suivi_par")


def cannot_serve(organisation: Organisation) -> bool:
    """Say whether an organisation could take nobody on the portal's route in charge today (R-007)."""
    return not may_serve(
        Route.FRANCE_VAE, organisation.qualiopi_until, organisation.closed_on, today()
    )


EVERY_FILE = Space(
    "Tous les dossiers",
    ADMINISTRATOR_FILTERS,
    ("candidat", "qui", "echeance", "etape", "certification", "architecte"),
    ("etape", "delai", "certification", "architecte"),
)


@needs(Role.ADMINISTRATOR)
@require_safe
def all_files(request: Visit) -> HttpResponseBase:
    """Find any file, to do there what only an administrator does."""
    return journeys_page(request, EVERY_FILE)


@needs(Role.ADMINISTRATOR, Role.HEAD)
@require_safe
def lists(request: Visit) -> HttpResponse:
    """Show who took a list of people away, or opened one: when, which list, how many rows."""
    opened = request.GET.get("quoi") == "ouvertes"
    page = Paginator(lists_read(request.user, exported=not opened), 50)
    context = {"page": page.get_page(request.GET.get("page")), "opened": opened}
    return render(
        request, "office/lists.html", context | {"query": "quoi=ouvertes&" if opened else ""}
    )


@needs(Role.ADMINISTRATOR, Role.HEAD)
@require_safe
def kept(request: Visit) -> HttpResponse:
    """Show what will be erased, when, and what holds it back; or what was, in counts."""
    done = request.GET.get("quoi") == "effaces"
    found = retention.erased(request.user) if done else retention.to_come(request.user)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    if not done:
        record_list(request.user, "Conservation des données", len(page.object_list))
    context = {
        "page": page,
        "done": done,
        "outlooks": [] if done else [retention.outlook(one) for one in page.object_list],
        "query": "quoi=effaces&" if done else "",
        "today": today(),
    }
    return render(request, "office/kept.html", context)


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
