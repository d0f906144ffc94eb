"""The certifier's table of equivalence: what a bloc of a replaced sheet counts for on the new one (R-073)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.catalogue.models import Bloc, Certification
from jalon.law.vocabulary import Role
from jalon.now import today
from jalon.people import actions, queries
from jalon.people.models import BlocEquivalence, User
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.fields import DateField, field


@needs(Role.CERTIFIER)
@require_safe
def table(request: Visit) -> HttpResponse:
    """Show every line of the table, those that ended included."""
    page = Paginator(queries.equivalences(request.user), 20).get_page(request.GET.get("page"))
    return render(
        request,
        "certifier/equivalences.html",
        {"page": page, "lacks": lacks(request.user)},
    )


NO_FORMER_SHEET = "Aucune fiche que vous délivrez n’en remplace une autre."
NO_FORMER_BLOC = (
    "Rien à choisir pour l’instant : Jalon ne connaît les blocs d’aucune ancienne fiche. "
    "Demandez à l’administrateur de les ajouter au catalogue."
)


def lacks(viewer: User) -> str:
    """Return why there is no line to write; nothing when there is one."""
    former = queries.replaced_sheets(viewer)
    if Bloc.objects.filter(certification__in=former, version=F("certification__version")).exists():
        return ""
    return NO_FORMER_BLOC if former.exists() else NO_FORMER_SHEET


class EquivalenceForm(forms.Form):
    """A bloc of a replaced sheet, the bloc for which it counts, from which day, on whose word."""

    former = forms.ModelChoiceField(
        label="Le bloc de l’ancienne fiche", queryset=Bloc.objects.none(), empty_label="Choisissez"
    )
    bloc = forms.ModelChoiceField(
        label="Compte pour ce bloc de la nouvelle fiche",
        queryset=Bloc.objects.none(),
        empty_label="Choisissez",
    )
    start = DateField(label="À partir du", initial=today)
    source = forms.CharField(
        label="Texte ou décision",
        max_length=200,
        help_text="Par exemple : tableau de correspondance publié avec la nouvelle fiche.",
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        former = list(queries.replaced_sheets(viewer).select_related("successor__successor"))
        self.offer("former", former)
        self.nothing_to_choose = not any(one.blocs for one in former)
        self.offer("bloc", {sheet for one in former for sheet in queries.followers(one)})

    def offer(self, name: str, sheets: Iterable[Certification]) -> None:
        """Offer the blocs of some sheets, each under the title of its sheet."""
        found = Bloc.objects.filter(pk__in=[bloc.pk for one in sheets for bloc in one.blocs])
        chosen = field(self, name)
        chosen.queryset = found.select_related("certification").order_by("code")
        chosen.label_from_instance = said


def said(bloc: Bloc) -> str:
    """Return a bloc as the lists of this page name it."""
    return f"{bloc.code} · {bloc.title}"


@needs(Role.CERTIFIER)
def add(request: Visit) -> HttpResponse:
    """Write a line of the table."""
    form = EquivalenceForm(request.POST or None, viewer=request.user)
    if form_actions.submit(
        request, form, lambda: actions.keep_equivalence(request.user, **form.cleaned_data)
    ):
        messages.success(
            request, "C’est enregistré. Les candidats concernés peuvent faire compter ce bloc."
        )
        return redirect("certifier:equivalences")
    return form_actions.render_form(
        request,
        form,
        title="Nouvelle équivalence de blocs",
        lead=lacks(request.user)
        or "Un bloc acquis sur l’ancienne fiche comptera pour un bloc de la nouvelle.",
        back=reverse("certifier:equivalences"),
    )


@needs(Role.CERTIFIER)
@require_POST
def end(request: Visit, number: int) -> HttpResponse:
    """End a line of the table from today."""
    try:
        ended = form_actions.attempt(request, lambda: actions.end_equivalence(request.user, number))
    except BlocEquivalence.DoesNotExist as unknown:
        raise Http404 from unknown
    if ended:
        messages.success(
            request, "Cette équivalence est terminée. Les blocs déjà comptés le restent."
        )
    return redirect("certifier:equivalences")
