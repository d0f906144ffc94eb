"""The catalogue, brought up to date from the national register's export: tried first, then confirmed (R-131)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from jalon.catalogue.models import RegisterImport
from jalon.catalogue.rncp import plan as catalogue
from jalon.catalogue.rncp.export import ExportRefused
from jalon.catalogue.rncp.plan import Change, Plan
from jalon.journeys import sheets
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Role
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.once import not_done

#: How many changes stand on a page, how many files are named, how many remarks are shown.
CHANGES, FILES, REMARKS = 25, 10, 100


class ExportForm(forms.Form):
    """The file, and the sheets to take when not all those of the UIMM."""

    file = forms.FileField(
        label="Export du répertoire", help_text="L’archive ZIP, telle que vous l’avez téléchargée."
    )
    only = forms.CharField(
        label="Seulement ces fiches",
        required=False,
        max_length=500,
        help_text="Par exemple RNCP38622, RNCP36086. Laissez vide pour toutes celles de l’UIMM.",
    )


@dataclass(frozen=True)
class Told:
    """A change as the page shows it: with the first files under way that are told, and how many more."""

    change: Change
    files: list[Journey]
    more: int


@needs(Role.ADMINISTRATOR)
def imports(request: Visit) -> HttpResponse:
    """Read an export and keep it until it is confirmed; show those that were taken in."""
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = kept(form.cleaned_data)
        except ExportRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("office:catalogue_import", row.pk)
    done = RegisterImport.objects.exclude(applied_at=None).order_by("-applied_at")
    return form_actions.render_form(
        request,
        form,
        "office/catalogue.html",
        title="Catalogue des certifications",
        lead="Les fiches viennent du répertoire national (RNCP). Rien ne change avant votre accord.",
        submit="Vérifier le fichier",
        back=reverse("office:people"),
        waiting=RegisterImport.objects.filter(applied_at=None).first(),
        done=Paginator(done, 20).get_page(request.GET.get("page")),
    )


def kept(said: dict[str, Any]) -> RegisterImport:
    """Read the file that was sent and keep what is to be taken in; raises `ExportRefused`."""
    file, only = said["file"], said["only"].replace(";", ",").replace(" ", ",")
    return catalogue.keep(catalogue.read_file(file, file.name, only.split(",")))


@needs(Role.ADMINISTRATOR)
def confirm(request: Visit, number: int) -> HttpResponse:
    """Show what a file that was read would change, and take it in once it is confirmed."""
    row = get_object_or_404(RegisterImport, pk=number, applied_at=None)
    if request.method == "POST":
        return take_in(request, row)
    plan = catalogue.compared(catalogue.kept(row))
    page = Paginator(plan.changes, CHANGES).get_page(request.GET.get("page"))
    files = sheets.concerned(plan.changes, request.user)
    return render(
        request,
        "office/catalogue_import.html",
        {
            "row": row,
            "plan": plan,
            "page": page,
            "told": [shown(one, files.get(one.code, [])) for one in page.object_list],
            "concerned": sum(map(len, files.values())),
            "flaws": plan.flaws[:REMARKS],
            "more_flaws": max(len(plan.flaws) - REMARKS, 0),
        },
    )


def shown(change: Change, files: list[Journey]) -> Told:
    """Return a change with the files to name."""
    return Told(change, files[:FILES], max(len(files) - FILES, 0))


def take_in(request: Visit, row: RegisterImport) -> HttpResponse:
    """Take in what was read, and say what came of it."""
    try:
        plan = sheets.take_in(row, request.user)
    except (ExportRefused, RegisterImport.DoesNotExist) as refused:
        gone = "Ce fichier a déjà été importé."
        messages.error(request, str(refused) if isinstance(refused, ExportRefused) else gone)
        not_done(request)
    else:
        messages.success(request, said_of(plan))
    return redirect("office:catalogue")


def said_of(plan: Plan) -> str:
    """Return what was done, in a sentence."""
    count = len(plan.changes)
    done = (
        f"{count} fiche{'s' * (count > 1)} mise{'s' * (count > 1)} à jour"
        if count
        else "tout l’était déjà"
    )
    return f"Le catalogue est à jour : {done}."
