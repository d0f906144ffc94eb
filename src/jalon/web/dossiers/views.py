"""One journey, its acts straight from the table, its papers: the same for everyone who may see it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.documents import queries as documents
from jalon.documents.models import Document
from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity, follows, may_note, reads_sensitive
from jalon.journeys.queries import Position
from jalon.juries.models import Hearing
from jalon.law import writing
from jalon.law.guidance import (
    feasibility_in_question,
    guidance,
    jury_delay_said,
    reserve,
)
from jalon.law.meetings import ACCOMPANISTS, may_meet
from jalon.law.rulebook import enforces
from jalon.law.support import keeps_the_calendar
from jalon.law.vocabulary import Act, Role
from jalon.mailbox import appointments
from jalon.mailbox.queries import notices as notices_of
from jalon.now import now
from jalon.support import actions as support
from jalon.support.queries import meetings, next_booking
from jalon.web import errors, form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.acts.buttons import Button, buttons, report_buttons
from jalon.web.agenda import calendar_response
from jalon.web.writing.owed import owed
from jalon.web.writing.returned import returned
from jalon.writing.policy import attempts_to_read
from jalon.writing.queries import progress


@login_required
@require_safe
def journey(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show a journey to staff: stage, next acts, clocks, files, journal."""
    shown = found(request, id, "dossier")
    if shown.candidate_id == request.user.pk:
        return redirect("candidate:journey", shown.pk)
    if not follows(request.user, shown):
        return redirect("juror:home")
    position = queries.position(request.user, shown)
    attempt = attempts_to_read(request.user, shown).last()
    able = capacity(request.user, shown)
    fills = writing.may_write(writing.FEASIBILITY, shown.stage, able) is None
    journal = Paginator(queries.journal(request.user, shown), 30).get_page(request.GET.get("page"))
    context = {
        "journey": shown,
        "buttons": buttons(shown, position, convening(shown, position)),
        "waits_for": awaited(position),
        "reports": report_buttons(shown, position),
        "warnings": position.warnings,
        "jury_delay": jury_delay_said(position.case),
        "proof": queries.route_proof(shown),
        "clocks": [one for one in position.open_clocks if one not in position.late_clocks],
        "late": position.late_clocks,
        "past_clocks": [one for one in position.clocks if one not in position.open_clocks],
        "journal": journal,
        "proven": documents.proven(journal.object_list),
        "may_note": may_note(request.user, shown),
        "protection": protection_read(request, shown),
        "documents": documents.documents(request.user, shown),
        "condition": reserve(position.case),
        "owed": owed(request.user, shown, position.case, fills=fills)
        if feasibility_in_question(position.case)
        else [],
        "milestones": shown.milestones.all(),
        "may_keep": keeps_the_calendar(able),
        "fills": fills,
        "attempt": attempt,
        "progress": progress(attempt) if attempt else None,
        "hearing": hearing_to_come(shown),
        "returned": returned(shown, mends=Role.ARCHITECT in able or Role.HEAD in able),
        "decision": shown.decisions.in_force().prefetch_related("gaps").first(),
        "meetings": meetings(request.user, shown),
        "booking": next_booking(request.user, shown),
        "may_book": may_book_here(shown, able),
        "adjustments": queries.adjustments(request.user, shown),
        "complaints": queries.complaints(request.user, shown),
        "prior_blocs": shown.prior_blocs.select_related("bloc"),
        "awards": queries.awards(request.user, shown),
    }
    return render(request, "dossiers/journey.html", context)


def may_book_here(journey: Journey, able: frozenset[Role]) -> bool:
    """Say whether somebody in these capacities books meetings on a journey."""
    meets = may_meet(journey.stage, taken_on=journey.architect_id is not None) is None
    return meets and bool(able & ACCOMPANISTS)


def awaited(position: Position) -> str:
    """Return what staff who have nothing to do wait for, in a sentence."""
    case = position.case
    opening = "Ce qui est attendu" if case.certifier_outside else "Rien à faire pour vous"
    return f"{opening} : {guidance(case).waits}."


def convening(journey: Journey, position: Position) -> list[Button]:
    """Return the button that calls a candidate before a jury, an act that has a page of its own."""
    if not any(transition.act == Act.SCHEDULE_HEARING for transition in position.acts):
        return []
    return [Button("Convoquer devant un jury", reverse("certifier:convene", args=[journey.pk]))]


def hearing_to_come(shown: Journey) -> Hearing | None:
    """Return the passage planned on a journey, or None."""
    planned = Hearing.objects.to_come().filter(attempt__journey=shown)
    return planned.select_related("session__certification", "session__certifier").last()


@login_required
@require_safe
def agenda(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Give the hour of the hearing to come as a file for one's agenda, or a 404."""
    hearing = hearing_to_come(found(request, id, "agenda"))
    if hearing is None:
        raise Http404
    return calendar_response(appointments.of_hearing(hearing))


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
def download(request: Visit, id: uuid.UUID) -> HttpResponseBase:
    """Send a file as a download, never to be opened as a page of this site."""
    try:
        document = documents.document(request.user, id)
    except Document.DoesNotExist as unknown:
        raise Http404 from unknown
    queries.journey(
        request.user, document.journey_id, what=f"document : {document.get_kind_display()}"[:60]
    )
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        return errors.lost_file(request, str(document.file.name))
    response = FileResponse(
        content,
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
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


@enforces("R-123")
def protection_read(request: Visit, journey: Journey) -> str:
    """Return who assists a protected adult, for those whose work needs it; nothing for others."""
    profile = getattr(journey.candidate, "candidate_profile", None)
    said: str = profile.protection if profile else ""
    return said if said and reads_sensitive(request.user, journey) else ""
