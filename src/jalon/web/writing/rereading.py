"""Following a file as it is written, saying that a bloc is ready, and looking at it before it leaves."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.journeys.queries import position
from jalon.law import departure, pace, writing
from jalon.law.coverage import LEAST_WORDS, BlocCoverage, coverage
from jalon.law.vocabulary import ReadThrough, Role
from jalon.people.models import User
from jalon.web import form_actions
from jalon.web.access import Visit, found
from jalon.web.writing import forms
from jalon.web.writing.pages import shared
from jalon.writing import queries, rereading
from jalon.writing.models import ReadyBloc, Section


@dataclass(frozen=True)
class ShownBloc:
    """A bloc as both sides follow it: its marks, whether it was found ready, and the texts one sees."""

    number: int
    coverage: BlocCoverage
    fingerprint: str
    ready: ReadyBloc | None


def written_together(request: Visit, id: uuid.UUID, what: str) -> Journey:
    """Return a journey whose file this person writes or reads again, or a 404; the look is recorded."""
    journey = found(request, id, what)
    able = capacity(request.user, journey)
    if not able & (writing.VALIDATION.writers | writing.REMARKERS) or not journey.attempts.exists():
        raise Http404
    return journey


def rereads(person: User, journey: Journey) -> bool:
    """Say whether this person says today that texts are ready."""
    return writing.may_reread(journey.stage, capacity(person, journey)) is None


@login_required
@require_safe
def follow(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show what each text has and lacks, which blocs are ready, and at which pace the file goes."""
    journey = written_together(request, id, "suivi de l’écriture")
    sections = queries.asked(journey.attempt.validation)
    texts = queries.texts(journey.attempt.validation, sections)
    going = queries.pace(journey, sections, texts)
    return render(
        request,
        "writing/follow.html",
        shared(request, journey)
        | {
            "blocs": shown(journey, sections, coverage(texts)),
            "pace": pace.told(going),
            "late": going.late,
            "least": LEAST_WORDS,
            "rereads": rereads(request.user, journey),
            "writes": Role.CANDIDATE in capacity(request.user, journey),
        },
    )


def shown(
    journey: Journey, sections: list[Section], covered: list[BlocCoverage]
) -> list[ShownBloc]:
    """Return each bloc with its marks, and whether it was found ready."""
    ready = journey.attempt.validation.ready_blocs.select_related("marked_by", "bloc")
    by_code = {one.bloc.code: one for one in ready}
    own: dict[str, list[Section]] = {}
    for section in sections:
        own.setdefault(section.competence.bloc.code, []).append(section)
    return [
        ShownBloc(
            number=own[one.code][0].competence.bloc_id,
            coverage=one,
            fingerprint=rereading.fingerprint_of(own[one.code]),
            ready=by_code.get(one.code),
        )
        for one in covered
    ]


@login_required
@require_POST
def ready(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Mark a bloc as read again and ready, or take it back."""
    journey = found(request, id, "suivi de l’écriture")
    if not capacity(request.user, journey) & writing.REMARKERS or not journey.attempts.exists():
        raise Http404
    bloc = get_object_or_404(journey.attempt.blocs, pk=number)
    back = request.POST.get("act") == "back"

    def do() -> None:
        if back:
            rereading.unmark(journey.pk, request.user, bloc.pk)
        else:
            seen = request.POST.get("seen", "")
            rereading.mark_ready(journey.pk, request.user, bloc.pk, seen=seen)

    if form_actions.attempt(request, do):
        said = "n’est plus marqué comme prêt" if back else "est marqué comme relu et prêt"
        messages.success(request, f"« {bloc.title} » {said}.")
    return redirect("writing:follow", journey.pk)


@login_required
def before_sending(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show what is checked before a file leaves, and let who accompanies tick what they looked at."""
    journey = written_together(request, id, "liste avant l’envoi du dossier de validation")
    seen = queries.departure_of(journey, position(request.user, journey).case)
    form = forms.ReadThroughForm(request.POST or None, initial={"points": list(seen.ticked)})

    def save() -> None:
        points = {ReadThrough(one) for one in form.cleaned_data["points"]}
        rereading.tick(journey.pk, request.user, points)

    if form_actions.submit(request, form, save):
        messages.success(request, "C’est enregistré.")
        return redirect("writing:before_sending", journey.pk)
    return form_actions.render_form(
        request,
        form,
        "writing/before_sending.html",
        **shared(request, journey),
        **said_before_sending(seen),
        rereads=rereads(request.user, journey),
        writes=Role.CANDIDATE in capacity(request.user, journey),
    )


def said_before_sending(seen: departure.Departure) -> dict[str, Any]:
    """Return the facts of a departure, and its points in order."""
    return {
        "facts": departure.facts(seen),
        "points": [(one.label, one in seen.ticked) for one in ReadThrough],
        "accompanied": seen.accompanied,
    }
