"""The jurors' space: declare one's independence, read, score, vote, sign."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.catalogue.models import Competence
from jalon.documents import queries as documents
from jalon.journeys.actions import act
from jalon.journeys.queries import told_to_the_jury
from jalon.journeys.rights import record_list
from jalon.juries import actions, planning, queries
from jalon.juries.models import Hearing, Seat
from jalon.juries.panel import standing
from jalon.law.independence import jury_reads_until
from jalon.law.vocabulary import Act, Role
from jalon.mailbox import appointments
from jalon.now import paris_day, today
from jalon.people.queries import settled
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.acts.forms.jury import MinutesForm
from jalon.web.agenda import calendar_response
from jalon.web.juror.forms import (
    AddendumForm,
    AnswerForm,
    AssessmentsForm,
    DeclarationForm,
    OwnGridForm,
    PresenceForm,
    VotesForm,
)
from jalon.web.juror.hearings import hearing_or_404, hearing_to_judge, present_seats


@needs(Role.JUROR)
@require_safe
def home(request: Visit) -> HttpResponse:
    """List the sessions the person sits in, with the candidates to hear."""
    page = Paginator(queries.sessions_of_juror(request.user), 15).get_page(request.GET.get("page"))
    heard = sum(len(one.hearings.all()) for one in page.object_list)
    record_list(request.user, "Sessions de jury : candidats à entendre", heard)
    return render(request, "juror/home.html", {"page": page})


@needs(Role.JUROR)
def session(request: Visit, number: int) -> HttpResponse:
    """Show a session to a member of its panel, who says whether they come."""
    seat = seat_or_404(request, number)
    shown = queries.session(request.user, number)
    form = AnswerForm(request.POST or None)
    answered = form_actions.submit(
        request, form, lambda: planning.answer(shown, request.user, **form.cleaned_data)
    )
    if answered:
        messages.success(request, "C’est noté : le certificateur voit votre réponse.")
        return redirect("juror:session", number)
    return form_actions.render_form(
        request,
        form,
        "juror/session.html",
        session=shown,
        seat=seat,
        asked=shown.over is None,
    )


@needs(Role.JUROR)
@require_safe
def agenda(request: Visit, number: int) -> HttpResponse:
    """Give the day of a session as a file for one's agenda."""
    seat = seat_or_404(request, number)
    return calendar_response(appointments.of_session(seat.session))


def seat_or_404(request: Visit, number: int) -> Seat:
    """Return the seat of the person in a session, or a 404."""
    try:
        return queries.seat_of(request.user, number)
    except Seat.DoesNotExist as unknown:
        raise Http404 from unknown


@needs(Role.JUROR)
@require_safe
def hearing(request: Visit, number: int) -> HttpResponse:
    """Show what there is to do for one candidate, in order."""
    shown = hearing_or_404(request, number)
    journey = shown.attempt.journey
    declared = standing(journey, shown)
    panel = list(shown.session.panel.select_related("juror__user"))
    return render(
        request,
        "juror/hearing.html",
        {
            "hearing": shown,
            "journey": journey,
            "panel": panel,
            "empty": (empty := set(shown.vacancies.values_list("seat_id", flat=True))),
            "sitting": len(panel) - len(empty),
            "declared": declared,
            "mine": next(
                (one for one in declared.values() if one.juror.user_id == request.user.pk), None
            ),
            "chair": (chair := shown.presides),
            "president": bool(chair and chair.juror.user_id == request.user.pk),
            "presence": bool(chair and chair.pk in empty)
            or bool(chair and chair.juror.user_id == request.user.pk),
            "own": shown.own_assessments.filter(juror__user=request.user).count(),
            "documents": documents.documents(request.user, journey).filter(
                kind__in=documents.JURY_READS
            ),
            "competences": Competence.objects.filter(bloc__attempts=shown.attempt).count(),
            "found": shown.assessments.count(),
            "votes": shown.votes.select_related("bloc").order_by("bloc__position"),
            "blocs": shown.attempt.blocs.count(),
            "addenda": shown.addenda.all(),
            "read_until": shown.locked_at and read_until(shown, shown.locked_at),
            "adjustments": told_to_the_jury(journey),
        },
    )


def read_until(shown: Hearing, locked_at: datetime) -> date:
    """Return the last day on which a panel reads a file whose minutes it signed."""
    settings = settled(shown.session.certifier_id)
    return jury_reads_until(paris_day(locked_at), settings, today())


def step(
    request: Visit,
    shown: Hearing,
    form: Form,
    write: Callable[[], Any],
    title: str,
    page: str = "form_page.html",
    **more: Any,
) -> HttpResponse:
    """Show one step's form and do it; a refusal is shown with its rule."""
    if form_actions.submit(request, form, write):
        messages.success(request, "C’est enregistré.")
        return redirect("juror:hearing", shown.pk)
    back = reverse("juror:hearing", args=[shown.pk])
    about = shown.attempt.journey.candidate.get_full_name()
    return form_actions.render_form(
        request, form, page, title=title, back=back, about=about, **more
    )


@needs(Role.JUROR)
def declare(request: Visit, number: int) -> HttpResponse:
    """Sign the declaration of independence."""
    shown = hearing_or_404(request, number)
    form = DeclarationForm(request.POST or None)
    name = shown.attempt.journey.candidate.get_full_name()
    return step(
        request,
        shown,
        form,
        lambda: actions.declare(shown, request.user, **form.cleaned_data),
        f"Mon indépendance envers {name}",
        submit="Signer ma déclaration",
        lead="Un lien, même ancien, empêche de juger ce candidat.",
    )


@needs(Role.JUROR)
def presence(request: Visit, number: int) -> HttpResponse:
    """Record who sits, by the president."""
    shown = hearing_or_404(request, number)
    form = PresenceForm(request.POST or None, shown=shown)
    return step(
        request,
        shown,
        form,
        lambda: actions.mark_presence(shown, request.user, form.seats(), form.chosen()),
        "Noter les présences",
        lead="En l’absence du président, n’importe quel membre présent remplit cette page.",
    )


@needs(Role.JUROR)
def assessments(request: Visit, number: int) -> HttpResponse:
    """Write what the panel finds together, beside what each member found."""
    shown = hearing_to_judge(request, number)
    form = AssessmentsForm(request.POST or None, shown=shown)

    def write() -> None:
        found, seen = form.assessments(), form.seen_at()
        form.look_again()
        actions.record_assessments(shown, request.user, found, seen)

    return step(
        request,
        shown,
        form,
        write,
        "Évaluer ensemble les compétences",
        lead="Une seule grille pour tout le jury : le procès-verbal la reprend. Sous chaque compétence, "
        "vous lisez les constats de chacun et qui a écrit ici.",
    )


@needs(Role.JUROR)
def own_assessments(request: Visit, number: int) -> HttpResponse:
    """Write what one finds for oneself, before the panel agrees."""
    shown = hearing_to_judge(request, number)
    form = OwnGridForm(request.POST or None, shown=shown, member=request.user)
    return step(
        request,
        shown,
        form,
        lambda: actions.record_own_assessments(shown, request.user, form.assessments()),
        "Mes constats",
        lead="Votre grille personnelle. Les autres membres la verront sur la page commune.",
    )


@needs(Role.JUROR)
def votes(request: Visit, number: int) -> HttpResponse:
    """Write the votes of the panel."""
    shown = hearing_to_judge(request, number)
    form = VotesForm(request.POST or None, shown=shown)
    sitting = present_seats(shown).count()
    return step(
        request,
        shown,
        form,
        lambda: actions.vote(shown, request.user, form.votes()),
        "Délibérer, bloc par bloc",
        lead=f"Membres qui siègent : {sitting}. Le total des voix d’un bloc ne dépasse pas ce nombre.",
    )


@needs(Role.JUROR)
def sign(request: Visit, number: int) -> HttpResponse:
    """Sign the minutes: every jury rule is asked here; the votes are shown to who may judge."""
    shown = hearing_or_404(request, number)
    form = MinutesForm(request.POST or None)
    cast = shown.votes.select_related("bloc").order_by("bloc__position")
    return step(
        request,
        shown,
        form,
        lambda: act(
            shown.attempt.journey_id,
            Act.RECORD_DELIBERATION,
            by=request.user,
            facts=form.facts(shown),
        ),
        "Signer le procès-verbal",
        page="juror/sign.html",
        submit="Signer",
        votes_page=reverse("juror:votes", args=[shown.pk]),
        sitting=present_seats(shown),
        votes=cast if queries.judges(request.user, shown) else cast.none(),
    )


@needs(Role.JUROR)
def addendum(request: Visit, number: int) -> HttpResponse:
    """Correct signed minutes by an addendum."""
    shown = hearing_to_judge(request, number)
    form = AddendumForm(request.POST or None)
    return step(
        request,
        shown,
        form,
        lambda: actions.add_addendum(shown, request.user, form.cleaned_data["text"]),
        "Ajouter un additif",
    )
