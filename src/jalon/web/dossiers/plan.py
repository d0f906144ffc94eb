"""The plan after a jury on pages: an action is done, moved or given up, by the candidate or by who accompanies."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law.clocks import french
from jalon.law.plan import FOLLOWERS
from jalon.now import today
from jalon.support import plan
from jalon.support.models import PlannedAction
from jalon.web import form_actions
from jalon.web.access import Visit, followed
from jalon.web.fields import ONE_LINE, DateField, mark_asked_by_law


class DoneForm(forms.Form):
    """The day on which an action was done."""

    on = DateField(label="Le jour où c’est fait", initial=today)


class GivenUpForm(forms.Form):
    """Why an action is given up."""

    reason = forms.CharField(label="Pourquoi ?", max_length=ONE_LINE, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        mark_asked_by_law(self, "reason")


class MovedForm(GivenUpForm):
    """The day to which an action is moved, and why."""

    due_on = DateField(label="La nouvelle date")
    field_order = ("due_on", "reason")


#: What may be done of an action, each with its page.
DOABLE = (
    ("Noter comme faite", "dossiers:keep_action"),
    ("Changer la date", "dossiers:move_action"),
    ("Abandonner cette action", "dossiers:give_up_action"),
)


@dataclass(frozen=True)
class Open:
    """An action of a plan, open before somebody who follows it."""

    request: Visit
    journey: Journey
    action: PlannedAction

    @property
    def back(self) -> str:
        """Return the page from which the plan is followed: the candidate's own, or the file."""
        mine = self.journey.candidate_id == self.request.user.pk
        return reverse("candidate:journey" if mine else "dossiers:journey", args=[self.journey.pk])

    def others(self) -> list[tuple[str, str]]:
        """Return the other things that may be done of the action, each with its address."""
        pages = [
            (name, reverse(page, args=[self.journey.pk, self.action.pk])) for name, page in DOABLE
        ]
        return [one for one in pages if one[1] != self.request.path]

    def answer(
        self, form: forms.Form, write: Callable[[], object], said: str, **page: str
    ) -> HttpResponse:
        """Do what the form asks and go back to the plan, or show it."""
        if form_actions.submit(self.request, form, write):
            messages.success(self.request, said)
            return redirect(self.back)
        return form_actions.render_form(
            self.request,
            form,
            "dossiers/plan_action.html",
            about=self.action.action,
            action=self.action,
            others=self.others(),
            back=self.back,
            **page,
        )


def opened(request: Visit, id: uuid.UUID, number: int) -> Open:
    """Return an action of the plan of a journey that this person follows, or a 404."""
    journey = followed(request, id, "plan après le jury")
    action = journey.plan.filter(pk=number).first()
    if action is None or not capacity(request.user, journey) & FOLLOWERS:
        raise Http404
    return Open(request, journey, action)


@login_required
def keep(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Note the day on which an action was done: one press of the plan sends that of today."""
    one = opened(request, id, number)
    form = DoneForm(request.POST or None)
    return one.answer(
        form,
        lambda: plan.keep(one.journey.pk, number, request.user, form.cleaned_data["on"]),
        "C’est noté : l’action est faite.",
        title="Noter une action comme faite",
        submit="Noter comme faite",
    )


@login_required
def move(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Plan an action for another day, with its reason."""
    one = opened(request, id, number)
    form = MovedForm(request.POST or None)

    def write() -> None:
        said = form.cleaned_data
        plan.move(one.journey.pk, number, request.user, said["due_on"], said["reason"])

    return one.answer(
        form,
        write,
        "La nouvelle date est enregistrée.",
        title="Changer la date d’une action",
        lead=f"Prévue pour le {french(one.action.due_on)}. On verra toujours la première date.",
        submit="Changer la date",
    )


@login_required
def give_up(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Give an action up, with its reason."""
    one = opened(request, id, number)
    form = GivenUpForm(request.POST or None)
    return one.answer(
        form,
        lambda: plan.give_up(one.journey.pk, number, request.user, form.cleaned_data["reason"]),
        "L’action est abandonnée. Elle reste lisible, avec sa raison.",
        title="Abandonner une action",
        lead="Le bloc reste à obtenir : convenez d’autre chose avec la personne qui accompagne.",
        submit="Abandonner l’action",
    )


def by_bloc(actions: list[PlannedAction], code: str) -> list[PlannedAction]:
    """Return the actions of a plan that are about a bloc."""
    return [one for one in actions if one.bloc == code]
