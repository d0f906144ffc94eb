"""One journey, its acts straight from the table, its papers: the same for everyone who may see it."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jalon.documents import queries as documents
from jalon.documents.models import Document
from jalon.journeys import queries
from jalon.journeys.actions import act
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity, follows
from jalon.juries.models import Hearing
from jalon.law import facts, lifecycle, writing
from jalon.law.admissibility import missing_items
from jalon.law.rulebook import Refused
from jalon.law.support import keeps_the_calendar
from jalon.law.transitions import Offer, Transition
from jalon.law.vocabulary import Act, Role, Stage
from jalon.mailbox.queries import notices as notices_of
from jalon.now import now
from jalon.support import actions as support
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.forms import ActForm, form_of
from jalon.writing.policy import attempts_to_read
from jalon.writing.queries import progress


@login_required
@require_safe
def journey(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show a journey to staff: stage, next acts, clocks, files, journal."""
    shown = found(request, id, "dossier")
    if shown.candidate_id == request.user.pk:
        return redirect("candidate:home")
    if not follows(request.user, shown):
        return redirect("juror:home")
    position = queries.position(request.user, shown)
    attempt = attempts_to_read(request.user, shown).last()
    able = capacity(request.user, shown)
    context = {
        "journey": shown,
        "acts": in_order(position.acts),
        "warnings": position.warnings,
        "clocks": [clock for clock in position.clocks if clock.living],
        "past_clocks": [clock for clock in position.clocks if not clock.living],
        "journal": Paginator(queries.journal(request.user, shown), 30).get_page(
            request.GET.get("page")
        ),
        "documents": documents.documents(request.user, shown),
        "missing": missing_items(position.case) if being_completed(shown) else (),
        "milestones": shown.milestones.all(),
        "may_keep": keeps_the_calendar(able),
        "fills": writing.may_write(writing.FEASIBILITY, shown.stage, able) is None,
        "attempt": attempt,
        "progress": progress(attempt) if attempt else None,
        "hearing": Hearing.objects.filter(
            attempt__journey=shown, cancelled_at__isnull=True, locked_at__isnull=True
        )
        .select_related("session")
        .last(),
        "may_convene": any(transition.act == Act.SCHEDULE_HEARING for transition in position.acts),
        "awards": shown.awards.select_related("bloc"),
    }
    return render(request, "dossiers/journey.html", context)


def in_order(offered: Iterable[Transition]) -> list[Transition]:
    """Return the acts that have a form here, the one that goes on first."""
    shown = [transition for transition in offered if transition.offer != Offer.WITHIN]
    return sorted(shown, key=lambda transition: transition.offer != Offer.MAIN)


def being_completed(shown: Journey) -> bool:
    """Tell whether what a feasibility file lacks is what matters now: before it leaves, and on arrival."""
    if shown.stage == Stage.FEASIBILITY_SENT:
        return True
    rows = lifecycle.open_transitions(shown.stage, shown.route, shown.accompaniment, Role.CANDIDATE)
    return any(transition.act == Act.SEND_FEASIBILITY for transition in rows)


@login_required
def do(request: Visit, id: uuid.UUID, name: str) -> HttpResponse:
    """Ask for the facts of an act, then do it; a refusal is shown with its rule, nothing is lost."""
    shown = found(request, id, "acte")
    wanted = Act._value2member_map_.get(name.replace("-", "_"))
    if not isinstance(wanted, Act):
        raise Http404
    offered = queries.position(request.user, shown).acts
    transition = next((transition for transition in offered if transition.act == wanted), None)
    maker = form_of(wanted, transition.asks if transition else facts.Nothing)
    back = "candidate:home" if shown.candidate_id == request.user.pk else "dossiers:journey"
    if maker is None:
        raise Http404
    form = maker(request.POST or None, journey=shown)
    refused: Refused | None = None
    if request.method == "POST" and (form.is_valid() or transition is None):
        try:
            carry_out(request, shown, wanted, form)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, f"C’est fait : {wanted.label.lower()}.")
            return redirect(back, *(() if back == "candidate:home" else (shown.pk,)))
    elif transition is None:
        raise Http404
    context = {
        "journey": shown,
        "form": form,
        "act": wanted,
        "line": transition,
        "refused": refused,
        "seen": request.POST.get("seen", shown.version),
        "mine": shown.candidate_id == request.user.pk,
        "danger": transition is not None and transition.danger,
    }
    return render(request, "dossiers/act.html", context, status=409 if refused else 200)


def carry_out(request: Visit, shown: Journey, wanted: Act, form: ActForm) -> None:
    """Do the act through its room, or through the one door."""
    seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else None
    brought = form.facts() if form.is_valid() else facts.Nothing()
    act(shown.pk, wanted, by=request.user, facts=brought, seen=seen)


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def keep_milestone(request: Visit, id: uuid.UUID, milestone: int) -> HttpResponse:
    """Note that a date of the calendar was kept."""
    shown = found(request, id, "calendrier")
    planned = get_object_or_404(shown.milestones, pk=milestone)
    form_actions.attempt(request, lambda: support.keep_milestone(planned, request.user))
    return redirect("dossiers:journey", shown.pk)


@login_required
@require_safe
def download(request: Visit, id: uuid.UUID) -> FileResponse:
    """Send a file as a download, never to be opened as a page of this site."""
    try:
        document = documents.document(request.user, id)
    except Document.DoesNotExist as unknown:
        raise Http404 from unknown
    queries.journey(
        request.user, document.journey_id, what=f"document : {document.get_kind_display()}"[:60]
    )
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
def notices(request: Visit) -> HttpResponse:
    """Show what the person was told, and mark it as read."""
    mine = notices_of(request.user)
    page = Paginator(mine, 30).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    if request.method == "POST":
        mine.filter(read_at__isnull=True).update(read_at=now())
        return redirect("dossiers:notices")
    return render(request, "dossiers/notices.html", {"page": page, "shown": shown})
