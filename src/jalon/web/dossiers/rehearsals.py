"""The rehearsal of a jury: its mock grid written bloc by bloc, shared with the candidate, then read by both."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law.meetings import ACCOMPANISTS
from jalon.law.rehearsal import may_rehearse
from jalon.law.vocabulary import MeetingMode, Readiness, Role
from jalon.now import today
from jalon.support import rehearsals
from jalon.support.models import MockGrid
from jalon.support.rehearsals import Held, Read
from jalon.web import form_actions
from jalon.web.access import Visit, followed, needs
from jalon.web.fields import DateField, LongText, group, mark_asked_by_law
from jalon.web.juror.forms import criteria_of


class AdviceForm(forms.Form):
    """What is said to the candidate of the whole rehearsal."""

    advice = LongText(
        label="Avis d’ensemble",
        max_length=4000,
        help_text="Ce qui est prêt, ce qui est à travailler, et comment. La personne le lit en premier.",
    )


class MockBlocForm(forms.Form):
    """A finding and a remark for each competence of a bloc; what is left empty waits."""

    def __init__(self, *args: Any, read: Read, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competences = [one for one, _ in read.lines]
        for one, found in read.lines:
            self.fields[f"readiness_{one.pk}"] = forms.ChoiceField(
                label=one.title,
                choices=Readiness.choices(),
                widget=forms.RadioSelect,
                required=False,
                help_text=criteria_of(one),
                initial=found.readiness if found else None,
            )
            self.fields[f"comment_{one.pk}"] = forms.CharField(
                label="Remarque",
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=found.comment if found else "",
            )
            mark_asked_by_law(self, f"readiness_{one.pk}")
            group(self, f"Compétence {len(self.fields) // 2}", *self.pair(one))

    def pair(self, competence: Competence) -> tuple[str, str]:
        """Return the names of the two fields of a competence."""
        return f"readiness_{competence.pk}", f"comment_{competence.pk}"

    def clean(self) -> dict[str, Any]:
        """Ask for the finding of a competence that has a remark: a remark alone would be lost."""
        said = super().clean() or {}
        for one in self.competences:
            readiness, comment = self.pair(one)
            if said.get(comment) and not said.get(readiness):
                self.add_error(readiness, "Choisissez un constat : la remarque s’y attache.")
        return said

    def findings(self) -> rehearsals.Findings:
        """Return what was found so far."""
        said = self.cleaned_data
        pairs = {one: self.pair(one) for one in self.competences}
        return {
            one: (Readiness(said[readiness]), said[comment])
            for one, (readiness, comment) in pairs.items()
            if said[readiness]
        }


class HeldForm(forms.Form):
    """When and how the rehearsal was held, for one that nobody noted yet."""

    held_on = DateField(label="Le jour de l’entraînement", initial=today)
    minutes = forms.IntegerField(
        label="Durée en minutes",
        min_value=1,
        max_value=600,
        help_text="Ce temps compte dans l’accompagnement individuel.",
    )
    mode = forms.TypedChoiceField(
        label="Comment ?",
        choices=MeetingMode.choices(),
        coerce=MeetingMode,
        widget=forms.RadioSelect,
    )

    def held(self) -> Held:
        """Return it as the room knows it."""
        said = self.cleaned_data
        return Held(said["held_on"], said["minutes"], said["mode"])


def rehearsing(request: Visit, id: uuid.UUID) -> Journey:
    """Return a journey on which this person writes a mock grid, or a 404; the look is recorded."""
    journey = followed(request, id, "grille d’entraînement")
    if not capacity(request.user, journey) & ACCOMPANISTS:
        raise Http404
    return journey


@needs(Role.ARCHITECT, Role.HEAD)
def rehearsal(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the grid that is being written, bloc by bloc, and write its advice."""
    journey = rehearsing(request, id)
    grid = rehearsals.open_grid(journey)
    form = AdviceForm(request.POST or None, initial={"advice": grid.advice if grid else ""})
    here = reverse("dossiers:rehearsal", args=[journey.pk])
    if form_actions.submit(
        request,
        form,
        lambda: rehearsals.advise(journey.pk, request.user, form.cleaned_data["advice"]),
    ):
        messages.success(
            request, "L’avis d’ensemble est enregistré. La personne ne le lit pas encore."
        )
        return redirect(here)
    return form_actions.render_form(
        request,
        form,
        "dossiers/rehearsal.html",
        title="Entraînement au jury",
        about=journey.candidate.get_full_name(),
        journey=journey,
        grid=grid,
        blocs=rehearsals.read(grid, journey),
        shared=rehearsals.shared_with(request.user, journey)[:SHOWN],
        closed=may_rehearse(capacity(request.user, journey), journey.stage),
        submit="Enregistrer l’avis",
        file=reverse("dossiers:journey", args=[journey.pk]),
    )


#: How many earlier grids the page shows.
SHOWN = 5


@needs(Role.ARCHITECT, Role.HEAD)
def bloc(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Write what is found of one bloc; the next one follows."""
    journey = rehearsing(request, id)
    every = rehearsals.read(rehearsals.open_grid(journey), journey)
    read = next((one for one in every if one.bloc.pk == number), None)
    if read is None:
        raise Http404
    form = MockBlocForm(request.POST or None, read=read)
    back = reverse("dossiers:rehearsal", args=[journey.pk])
    if form_actions.submit(
        request,
        form,
        lambda: rehearsals.write(journey.pk, request.user, read.bloc, form.findings()),
    ):
        messages.success(request, f"« {read.bloc.title} » est enregistré.")
        return redirect(after(journey, every, read.bloc) or back)
    return form_actions.render_form(
        request,
        form,
        title=read.bloc.title,
        about=journey.candidate.get_full_name(),
        lead=" ".join(filter(None, (WRITTEN_ALONE, criteria_missing(read)))),
        back=back,
        submit="Enregistrer ce bloc",
    )


#: What is said above each bloc of a grid.
WRITTEN_ALONE = (
    "Notez pendant l’entraînement. La personne ne lit rien avant que vous partagiez la grille."
)


def criteria_missing(read: Read) -> str:
    """Return by what to judge competences of which the certifier wrote no criterion; empty when it wrote all."""
    if all(criteria_of(one) for one, _ in read.lines):
        return ""
    return "Sans critère du certificateur sous une compétence, appuyez-vous sur son intitulé."


def after(journey: Journey, every: list[Read], bloc: Bloc) -> str:
    """Return the page of the bloc that comes next; nothing after the last one."""
    numbers = [one.bloc.pk for one in every]
    follows = numbers[numbers.index(bloc.pk) + 1 :]
    return reverse("dossiers:rehearsal_bloc", args=[journey.pk, follows[0]]) if follows else ""


@needs(Role.ARCHITECT, Role.HEAD)
def share(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Let the candidate read the grid, once it is said when the rehearsal was held."""
    journey = rehearsing(request, id)
    noted = rehearsals.unnoted(journey)
    form = forms.Form(request.POST) if noted else HeldForm(request.POST or None)
    back = reverse("dossiers:rehearsal", args=[journey.pk])

    def write() -> MockGrid:
        held = form.held() if isinstance(form, HeldForm) else None
        return rehearsals.share(journey.pk, request.user, held)

    if done := form_actions.submit(request, form, write):
        messages.success(
            request, "La grille est partagée : la personne reçoit un courriel et peut la lire."
        )
        return redirect("dossiers:rehearsal_grid", journey.pk, done.value.pk)
    return form_actions.render_form(
        request,
        form,
        "dossiers/share_rehearsal.html",
        title="Partager la grille avec le candidat",
        about=journey.candidate.get_full_name(),
        noted=noted,
        submit="Partager la grille",
        back=back,
    )


@login_required
@require_safe
def grid(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Show a grid to its candidate once it is shared, and to the team; a 404 for certifier, jury and others."""
    journey = followed(request, id, "grille d’entraînement")
    try:
        shown = rehearsals.grid(request.user, journey, number)
    except MockGrid.DoesNotExist as unknown:
        raise Http404 from unknown
    mine = journey.candidate_id == request.user.pk
    back = "candidate:journey" if mine else "dossiers:exchanges"
    context = {
        "journey": journey,
        "grid": shown,
        "blocs": rehearsals.read(shown, journey),
        "mine": mine,
        "back": reverse(back, args=[journey.pk]),
    }
    return render(request, "dossiers/rehearsal_grid.html", context)
