"""The certifier's space: the inbox by clock, the jury sessions, the summons."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import queries as journeys
from jalon.journeys.actions import act
from jalon.juries import actions, queries
from jalon.juries.models import Hearing, Juror, Session
from jalon.law.facts import AbsenceRequest, HearingRequest, Reason
from jalon.law.vocabulary import Act, Outcome, PanelRole, Role, SessionMode, Stage
from jalon.now import today
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.forms import DateInput, field
from jalon.web.listing import StageFilter, journeys_page

S = Stage
FILTERS = (
    StageFilter(
        "tout",
        "Tout ce qui attend",
        (
            S.FEASIBILITY_SENT,
            S.FEASIBILITY_COMPLETE,
            S.VALIDATION_SENT,
            S.VALIDATION_ACCEPTED,
            S.DELIBERATED,
        ),
    ),
    StageFilter("a-verifier", "À vérifier", (S.FEASIBILITY_SENT,)),
    StageFilter("a-decider", "À décider", (S.FEASIBILITY_COMPLETE,)),
    StageFilter("validation", "Dossiers de validation", (S.VALIDATION_SENT,)),
    StageFilter("a-convoquer", "À convoquer", (S.VALIDATION_ACCEPTED,)),
    StageFilter("a-notifier", "À notifier", (S.DELIBERATED,)),
    StageFilter(
        "chez-eux",
        "Chez le candidat",
        (S.FEASIBILITY_INCOMPLETE, S.ADMISSIBLE, S.VALIDATION_RETURNED, S.JURY_SCHEDULED),
    ),
    StageFilter("caducite", "Caducité", (S.LAPSED,)),
    StageFilter(
        "resultats",
        "Résultats",
        (
            S.CERTIFIED,
            S.CONDITIONALLY_CERTIFIED,
            S.BLOCS_CERTIFIED,
            S.PARTIALLY_CERTIFIED,
            S.NOT_CERTIFIED,
            S.INADMISSIBLE,
            S.FRAUD_REFUSED,
        ),
    ),
)


@needs(Role.CERTIFIER)
@require_safe
def inbox(request: Visit) -> HttpResponse:
    """Show what waits for the certifier, the longest waiting first."""
    return journeys_page(request, "À traiter", FILTERS)


@needs(Role.CERTIFIER)
@require_safe
def sessions(request: Visit) -> HttpResponse:
    """List the jury sessions."""
    page = Paginator(queries.sessions(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "certifier/sessions.html", {"page": page})


class SessionForm(forms.ModelForm):
    """A session and its panel."""

    president = forms.ModelChoiceField(label="Président du jury", queryset=Juror.objects.none())
    members = forms.ModelMultipleChoiceField(
        label="Autres membres", queryset=Juror.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Session
        fields = (
            "certification",
            "held_on",
            "mode",
            "form",
            "place",
            "link",
            "documents",
            "accessibility_contact",
            "imbalance_reason",
            "conflict_reason",
        )
        widgets: ClassVar = {
            "held_on": DateInput(),
            "mode": forms.RadioSelect,
            "form": forms.RadioSelect,
            "documents": forms.TextInput,
            "imbalance_reason": forms.TextInput,
            "conflict_reason": forms.TextInput,
        }
        help_texts: ClassVar = {
            "imbalance_reason": "À remplir si le jury ne compte que des femmes ou que des hommes.",
            "conflict_reason": "À remplir si un membre travaille dans une entreprise d’un candidat.",
        }

    def __init__(self, *args: Any, pool: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("president", "members"):
            field(self, name).queryset = pool
        for name in ("mode", "form"):
            field(self, name).choices = [one for one in field(self, name).choices if one[0]]

    def clean(self) -> dict[str, Any]:
        """Check that the session is somewhere, to come, and that nobody sits twice."""
        said = super().clean() or {}
        if said.get("mode") == SessionMode.ON_SITE and not said.get("place"):
            self.add_error("place", "Indiquez l’adresse de la session.")
        if said.get("mode") == SessionMode.REMOTE and not said.get("link"):
            self.add_error("link", "Indiquez le lien de la visioconférence.")
        if said.get("held_on") and said["held_on"] < today():
            self.add_error("held_on", "Choisissez une date à venir.")
        if said.get("president") in (said.get("members") or []):
            self.add_error("members", "Le président est déjà membre : ne le cochez pas ici.")
        return said


@needs(Role.CERTIFIER)
def new_session(request: Visit) -> HttpResponse:
    """Plan a session with its panel."""
    form = SessionForm(request.POST or None, pool=queries.jurors(request.user))
    created: list[Session] = []

    def create() -> None:
        said = form.cleaned_data
        values = {name: said[name] for name in SessionForm.Meta.fields}
        panel = [(said["president"], PanelRole.PRESIDENT)]
        panel += [(one, PanelRole.MEMBER) for one in said["members"]]
        created.append(actions.create_session(request.user, values, panel))

    if form_actions.submit(request, form, create):
        messages.success(request, "La session est créée. Les membres sont convoqués aujourd’hui.")
        return redirect("certifier:session", created[0].pk)
    return form_actions.render_form(
        request,
        form,
        title="Nouvelle session de jury",
        back=reverse("certifier:sessions"),
        submit="Créer la session",
    )


@needs(Role.CERTIFIER)
@require_safe
def session(request: Visit, number: int) -> HttpResponse:
    """Show a session: who sits, who is heard."""
    try:
        shown = queries.session(request.user, number)
    except Session.DoesNotExist as unknown:
        raise Http404 from unknown
    return render(
        request,
        "certifier/session.html",
        {
            "session": shown,
            "warnings": queries.composition_warnings(shown),
        },
    )


class ConveneForm(forms.Form):
    """Which session, when."""

    session = forms.ModelChoiceField(
        label="Session", queryset=Session.objects.none(), empty_label=None
    )
    starts_at = forms.TimeField(
        label="Heure de passage", widget=forms.TimeInput(attrs={"type": "time"})
    )
    minutes = forms.IntegerField(label="Durée en minutes", initial=60, min_value=10, max_value=480)
    late_reason = forms.CharField(
        label="Si la date dépasse le délai légal, pourquoi ?", required=False
    )

    def facts(self) -> HearingRequest:
        """Return what is asked of the session."""
        return HearingRequest(**self.cleaned_data | {"session": self.cleaned_data["session"].pk})


@needs(Role.CERTIFIER)
def convene(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Call a candidate before a session; every rule on panel and date is asked."""
    journey = found(request, id, "convocation")
    form = ConveneForm(request.POST or None)
    field(form, "session").queryset = queries.sessions(request.user).filter(
        certification=journey.certification, held_on__gte=today()
    )
    if form_actions.submit(
        request,
        form,
        lambda: act(journey.pk, Act.SCHEDULE_HEARING, by=request.user, facts=form.facts()),
    ):
        messages.success(request, "La convocation est envoyée.")
        return redirect("dossiers:journey", journey.pk)
    return form_actions.render_form(
        request,
        form,
        "certifier/convene.html",
        submit="Convoquer",
        title=f"Convoquer {journey.candidate.get_full_name()}",
        back=reverse("dossiers:journey", args=[journey.pk]),
        clocks=journeys.position(request.user, journey).deadlines,
    )


def own_hearing(request: Visit, number: int) -> Hearing:
    """Return a hearing of the viewer's certifier, or a 404."""
    return get_object_or_404(
        Hearing.objects.select_related("session", "attempt__journey__candidate"),
        pk=number,
        session__in=Session.objects.filter(pk__in=queries.sessions(request.user).values("pk")),
    )


class AbsenceForm(forms.Form):
    """Absent or excused (R-084)."""

    outcome = forms.ChoiceField(
        label="Le candidat est",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Outcome.ABSENT, Outcome.EXCUSED)],
    )
    reason = forms.CharField(label="Motif", required=False)


@needs(Role.CERTIFIER)
def absence(request: Visit, number: int) -> HttpResponse:
    """Record that the candidate was not examined."""
    hearing = own_hearing(request, number)
    form = AbsenceForm(request.POST or None)

    def record() -> None:
        said = form.cleaned_data
        asked = AbsenceRequest(hearing.pk, Outcome(said["outcome"]), said["reason"])
        act(hearing.attempt.journey_id, Act.RECORD_ABSENCE, by=request.user, facts=asked)

    return act_page(request, form, record, hearing, "Candidat non examiné")


class PostponeForm(forms.Form):
    """Why the hearing is put off."""

    reason = forms.CharField(label="Pourquoi ?", required=False)


@needs(Role.CERTIFIER)
def postpone(request: Visit, number: int) -> HttpResponse:
    """Put a hearing off to another session."""
    hearing = own_hearing(request, number)
    form = PostponeForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: act(
            hearing.attempt.journey_id,
            Act.POSTPONE_HEARING,
            by=request.user,
            facts=Reason(form.cleaned_data["reason"]),
        ),
        hearing,
        "Reporter le passage",
    )


def act_page(request: Visit, form: Any, do: Any, hearing: Hearing, title: str) -> HttpResponse:
    """Show a form and do what it asks; a refusal is shown with its rule."""
    if form_actions.submit(request, form, do):
        messages.success(request, "C’est enregistré.")
        return redirect("certifier:session", hearing.session_id)
    return form_actions.render_form(
        request,
        form,
        title=f"{title} : {hearing.attempt.journey.candidate.get_full_name()}",
        back=reverse("certifier:session", args=[hearing.session_id]),
    )
