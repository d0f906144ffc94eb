"""One act of the table: asks for its facts, does it, and says a refusal with its rule."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.documents.actions import store_proof
from jalon.journeys import queries
from jalon.journeys.actions import act
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import visible
from jalon.law import lifecycle
from jalon.law.case import Case
from jalon.law.consequences import consequences
from jalon.law.route_words import in_words_of
from jalon.law.transitions import Offer, Transition
from jalon.law.vocabulary import Act
from jalon.web import form_actions
from jalon.web.access import Visit, found
from jalon.web.acts.forms import ActForm, form_of
from jalon.web.fields import whole_number
from jalon.writing.drafts import forget_typed
from jalon.writing.homes import Place, own_drafts


@login_required
def do_act(request: Visit, id: uuid.UUID, name: str) -> HttpResponse:
    """Show an act and do it; what was typed is never lost, even when the act came too late."""
    journey = found(request, id, "acte")
    wanted = act_or_404(name)
    position = queries.position(request.user, journey)
    row, reported = offered_transition(request, position, wanted)
    if row is None and request.method != "POST":
        raise Http404
    form = bound_form(request, journey, wanted, offered=row is not None, reported=reported)
    if form_actions.submit(
        request, form, lambda: carry_out(request, journey, wanted, form), file=form.file_field
    ):
        said = in_words_of(journey.route, lifecycle.done(wanted))
        messages.success(request, f"C’est fait. {said}. {form.told_once_done()}".strip())
        return redirect(after_act(request, journey))
    mine = journey.candidate_id == request.user.pk
    grave = row is not None and row.offer == Offer.GRAVE
    return form_actions.render_form(
        request,
        form,
        "acts/act.html",
        journey=journey,
        act=wanted,
        transition=row,
        label=label_of(wanted, row, position.case, reported=reported),
        consequences=consequences(row, position.case) if row else None,
        seen=request.POST.get("seen", journey.version),
        mine=mine,
        typed_as=typed_on(wanted) if mine else "",
        back=home_of(request, journey),
        grave=grave,
        corrected=bool(form.errors) and not grave and not form_actions.is_refused(form),
        reported=reported,
    )


def act_or_404(name: str) -> Act:
    """Return the act that an address names, or a 404."""
    try:
        return Act(name.replace("-", "_"))
    except ValueError as unknown:
        raise Http404 from unknown


def typed_on(wanted: Act) -> str:
    """Return the name under which what is typed for an act is kept until it is done."""
    return f"act/{wanted.value}"


def label_of(wanted: Act, row: Transition | None, case: Case, *, reported: bool) -> str:
    """Return what the page of an act is called, which is what its button says."""
    return row.button(case) if row and not reported else wanted.label


def offered_transition(
    request: Visit, position: queries.Position, wanted: Act
) -> tuple[Transition | None, bool]:
    """Return the row by which this person may do an act now, or None; and whether they report it."""
    own = next((row for row in position.acts if row.act == wanted), None)
    theirs = next((row for row in position.reports if row.act == wanted), None)
    return own or theirs, own is None and (theirs is not None or "report_on" in request.POST)


def bound_form(
    request: Visit, journey: Journey, wanted: Act, *, offered: bool, reported: bool
) -> ActForm:
    """Return the form of an act, with what was sent; a 404 when it is done elsewhere.

    When the act is not offered any more there is nothing to correct: a form that is not valid gives
    way to a bare one, and only the refusal is read.
    """
    form_class = form_of(wanted, lifecycle.rows_of(wanted)[0].asks)
    if form_class is None:
        raise Http404
    grows = bool(form_class.grows_by) and form_class.grows_by in request.POST
    sent = (request.POST, request.FILES) if request.method == "POST" and not grows else ()
    mine = journey.candidate_id == request.user.pk
    unsent = own_drafts(Place(journey, request.user, typed_on(wanted), "")) if mine else {}
    typed = unsent | {one: request.GET[one] for one in form_class.prefilled if one in request.GET}
    form = form_class(
        *sent,
        journey=journey,
        reported=reported,
        mine=mine,
        viewer=request.user,
        initial=request.POST.dict() if grows else typed,
    )
    return form if offered or form.is_valid() else ActForm(*sent, journey=journey)


def carry_out(request: Visit, journey: Journey, wanted: Act, form: ActForm) -> JournalEntry:
    """Keep the files that the act brings, do it, and keep what proves it; raises `Refused`, `UploadRefused`."""
    seen = whole_number(request.POST.get("seen", ""))
    said = form.known_by
    with transaction.atomic():
        form.keep(request.user)
        entry = act(
            journey.pk,
            wanted,
            by=request.user,
            facts=form.facts(),
            seen=seen,
            on=said.get("report_on"),
            channel=said.get("report_channel"),
        )
        forget_typed(journey, request.user, typed_on(wanted))
        if proof := said.get("report_proof"):
            store_proof(entry, proof, request.user, form.proof_kind)
    return entry


def after_act(request: Visit, journey: Journey) -> str:
    """Return where somebody goes once an act is done: home, when it took the file out of their hands."""
    if Journey.objects.filter(visible(request.user), pk=journey.pk).exists():
        return home_of(request, journey)
    return reverse("public:after_sign_in")


def home_of(request: Visit, journey: Journey) -> str:
    """Return the page of the journey, as this person knows it."""
    if journey.candidate_id == request.user.pk:
        return reverse("candidate:journey", args=[journey.pk])
    return reverse("dossiers:journey", args=[journey.pk])
