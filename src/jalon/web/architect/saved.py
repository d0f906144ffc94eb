"""The pages of the views that people keep: name one, rename it, remove it, open on it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from jalon.law.vocabulary import Role
from jalon.web import form_actions, saved_views
from jalon.web.access import Visit, needs
from jalon.web.architect.views import CASELOAD
from jalon.web.asked import Asked
from jalon.web.models import SavedView


class NameForm(forms.Form):
    """What a view is called."""

    name = forms.CharField(label="Nom de la vue", max_length=60)


class KeepForm(NameForm):
    """What a view is called, and who sees it."""

    shared = forms.BooleanField(
        label="La partager avec mon équipe",
        required=False,
        help_text="Chacun y voit ses propres dossiers si la liste est celle des siens.",
    )


@needs(Role.ARCHITECT, Role.HEAD)
def keep(request: Visit) -> HttpResponse:
    """Ask under which name the list of this address is kept, and for whom."""
    asked = Asked.read(request.user, CASELOAD, request.GET).unworded()
    form = KeepForm(request.POST or None)
    done = form_actions.submit(
        request,
        form,
        lambda: saved_views.keep(
            request.user,
            form.cleaned_data["name"],
            asked.query(),
            shared=form.cleaned_data["shared"],
        ),
    )
    if done:
        messages.success(request, f"La vue « {done.value} » est enregistrée.")
        return redirect(address_of(done.value))
    return form_actions.render_form(
        request,
        form,
        title="Enregistrer cette vue",
        lead=f"Elle garde l’onglet « {asked.tab.label} », les filtres et l’ordre de la liste.",
        back=f"{reverse('architect:caseload')}?{asked.query()}",
    )


@needs(Role.ARCHITECT, Role.HEAD)
def rename(request: Visit, number: int) -> HttpResponse:
    """Ask for another name."""
    view = seen(request, number)
    form = NameForm(request.POST or None, initial={"name": view.name})
    if form_actions.submit(
        request, form, lambda: saved_views.rename(request.user, view, form.cleaned_data["name"])
    ):
        messages.success(request, f"La vue s’appelle « {view.name} ».")
        return redirect(address_of(view))
    return form_actions.render_form(
        request, form, title=f"Renommer la vue « {view.name} »", back=address_of(view)
    )


@needs(Role.ARCHITECT, Role.HEAD)
def remove(request: Visit, number: int) -> HttpResponse:
    """Ask to confirm, then remove a view; the files stay as they are."""
    view = seen(request, number)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form_actions.submit(request, form, lambda: saved_views.remove(request.user, view)):
        messages.success(request, f"La vue « {view.name} » est supprimée.")
        return redirect("architect:caseload")
    who = "Plus personne de l’équipe ne la verra. " if view.team_id else ""
    return form_actions.render_form(
        request,
        form,
        title=f"Supprimer la vue « {view.name} »",
        lead=f"{who}Les dossiers ne changent pas.",
        submit="Supprimer la vue",
        grave=True,
        back=address_of(view),
    )


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def open_first(request: Visit, number: int) -> HttpResponseBase:
    """Open the list on a view from now on, or no longer."""
    view = seen(request, number)
    if saved_views.open_first(request.user, view):
        messages.success(request, f"Vos dossiers s’ouvrent désormais sur « {view.name} ».")
    else:
        messages.success(request, "Vos dossiers s’ouvrent de nouveau sur le premier onglet.")
    return redirect(address_of(view))


def seen(request: Visit, number: int) -> SavedView:
    """Return a view that the person sees, or a 404."""
    return get_object_or_404(saved_views.views(request.user), pk=number)


def address_of(view: SavedView) -> str:
    """Return the list that a view keeps."""
    return f"{reverse('architect:caseload')}?{view.query}"
