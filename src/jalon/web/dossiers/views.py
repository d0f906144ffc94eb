"""One journey, its acts straight from the table, its papers: the same for everyone who may see it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jalon.documents import queries as documents
from jalon.documents.models import Document
from jalon.journeys import queries
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import accompanies, may_note, reads_sensitive
from jalon.journeys.queries import Position
from jalon.juries.models import Hearing
from jalon.law import writing
from jalon.law.calendar import slipped
from jalon.law.guidance import (
    feasibility_in_question,
    guidance,
    jury_delay_said,
    reserve,
)
from jalon.law.meetings import ACCOMPANISTS, may_meet
from jalon.law.plan import FOLLOWERS
from jalon.law.rehearsal import may_rehearse
from jalon.law.rulebook import enforces
from jalon.law.stages import AFTER_JURY, UNDER_WAY
from jalon.law.support import keeps_the_calendar
from jalon.law.vocabulary import Role
from jalon.mailbox import appointments
from jalon.mailbox import exchanges as timeline
from jalon.mailbox.queries import notices as notices_of
from jalon.now import now, today
from jalon.people.models import User
from jalon.support import actions as support
from jalon.support.around import around
from jalon.support.models import PlannedAction
from jalon.support.plan import another_project
from jalon.support.queries import next_booking, reads_meetings
from jalon.support.rehearsals import reads as reads_grids
from jalon.support.thread import mark_read
from jalon.support.workshop_lists import chosen_by
from jalon.web import errors, form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.acts.buttons import report_buttons
from jalon.web.agenda import calendar_response
from jalon.web.dossiers import ranges
from jalon.web.dossiers.file import File, tab
from jalon.web.leaves import Leaf, leaf
from jalon.web.writing.owed import owed
from jalon.web.writing.returned import returned
from jalon.writing.policy import reads_an_attempt
from jalon.writing.queries import remarks_waiting, writings

#: How many lines a tab shows at once.
ROWS = 30


@tab("journey", "dossier")
def journey(file: File) -> dict[str, Any]:
    """Show where a journey stands: what to do, its delays, who follows it, what is planned."""
    viewer, shown, position = file.request.user, file.journey, file.position
    case = position.case
    fills = writing.may_write(writing.FEASIBILITY, shown.stage, file.able) is None
    in_question = feasibility_in_question(case)
    there = around(shown)
    reads = reads_meetings(viewer, shown)
    under_way = shown.stage in UNDER_WAY
    return {
        "under_way": under_way,
        "waits_for": awaited(position),
        "reports": report_buttons(shown, position),
        "warnings": position.warnings,
        "jury_delay": jury_delay_said(case),
        "clocks": [one for one in position.open_clocks if one not in position.late_clocks],
        "late": position.late_clocks,
        "past_clocks": [one for one in position.clocks if not one.running],
        "protection": protection_read(viewer, shown),
        "condition": reserve(case),
        "owed": owed(viewer, shown, case, fills=fills) if in_question else [],
        "fills": fills,
        "reads_validation": reads_an_attempt(viewer, shown),
        "may_follow": bool(file.able & writing.REMARKERS),
        "remarks": remarks_waiting(viewer, shown),
        "milestones": (planned := list(shown.milestones.all())),
        "immersions": shown.immersions.all() if reads and there.immersed else [],
        "slipped": slipped(
            [one.slip for one in planned if one.kept_on or (under_way and one.slip > 0)]
        ),
        "may_keep": keeps_the_calendar(file.able),
        **plan_after_jury(file),
        "hearing": hearing_to_come(shown) if case.hearing_on else None,
        "rehearses": may_rehearse(file.able, shown.stage) is None,
        "unrehearsed": there.unrehearsed and bool(file.able & ACCOMPANISTS),
        "returned": returned(shown, mends=bool(file.able & ACCOMPANISTS)),
        "booking": next_booking(viewer, shown) if there.booked else None,
        "seats": chosen_by(shown) if reads and there.seated else [],
        "may_book": may_book_here(shown, file.able),
        "adjustments": queries.adjustments(viewer, shown) if case.adjustments_asked else [],
        "complaints": queries.complaints(viewer, shown) if case.complaints_filed else [],
        "awards": queries.awards(viewer, shown) if case.known_blocs else [],
    }


@tab("exchanges", "échanges")
def exchanges(file: File) -> dict[str, Any]:
    """Show what was said around a journey: calls, meetings with their reports, hours booked, e-mails."""
    lines = exchanged(file)
    unread = timeline.messages_to_open(lines.rows, by_candidate=False)
    opened = mark_read(file.request.user, file.journey, unread)
    return {
        "leaf": exchanged(file) if opened else lines,
        "corrects": bool(file.able & ACCOMPANISTS),
        "counts_hours": accompanies(file.request.user, file.journey),
        "answers": answers_said(file),
        "reads_grids": reads_grids(file.request.user, file.journey, shared=True),
    }


def exchanged(file: File) -> Leaf[timeline.Exchange]:
    """Return what was said, on the page that the address names."""
    lines = timeline.exchanges(file.request.user, file.journey)
    return leaf(lines, page_wanted(file), ROWS, timeline.exchange)


def answers_said(file: File) -> str:
    """Return what the button says that answers a question to the certifier; nothing for who does not."""
    if file.journey.certifier.works_here:
        return "Répondre" if Role.CERTIFIER in file.able else ""
    return "Noter la réponse" if may_note(file.request.user, file.journey) else ""


@tab("written", "écrits")
def written(file: File) -> dict[str, Any]:
    """Show what the person wrote, what was remarked of it, and what was answered."""
    shown = file.journey
    read = writings(file.request.user, shown)
    return {
        "feasibility": read,
        "fills": writing.may_write(writing.FEASIBILITY, shown.stage, file.able) is None,
        "validation": read.validation,
        "written": written_of(read.validation),
        "may_follow": bool(file.able & writing.REMARKERS),
        "remarked": read.remarked,
        "decision": shown.decision,
        "gaps": read.gaps,
        "prior_blocs": shown.prior_blocs.select_related("bloc") if read.elsewhere else [],
    }


def written_of(validation: Mapping[str, Any] | None) -> tuple[int, int]:
    """Return how many texts of a validation file are written, and how many it asks for."""
    asked = (validation and validation["asked"]) or 0
    return asked - ((validation and validation["unwritten"]) or 0), asked


@tab("papers", "documents du dossier")
def papers(file: File) -> dict[str, Any]:
    """Show the documents of a journey that the person may open."""
    held = documents.documents(file.request.user, file.journey)
    return {
        "leaf": leaf(held, page_wanted(file), ROWS),
        "counts_hours": accompanies(file.request.user, file.journey),
    }


@tab("journal", "journal")
def journal(file: File) -> dict[str, Any]:
    """Show each line of the journal, and why the journey follows its route."""
    viewer, shown = file.request.user, file.journey
    lines: Leaf[JournalEntry] = leaf(queries.journal(viewer, shown), page_wanted(file), ROWS)
    return {
        "leaf": lines,
        "proven": documents.proven(lines.rows),
        "may_note": may_note(viewer, shown),
        "proof": queries.route_proof(shown, lines.rows),
    }


def page_wanted(file: File) -> str:
    """Return the page of a list that the address names."""
    return file.request.GET.get("page", "")


def may_book_here(journey: Journey, able: frozenset[Role]) -> bool:
    """Say whether somebody in these capacities books meetings on a journey."""
    meets = may_meet(journey.stage, taken_on=journey.architect_id is not None) is None
    return meets and bool(able & ACCOMPANISTS)


def awaited(position: Position) -> str:
    """Return what staff who have nothing to do wait for, in a sentence."""
    case = position.case
    opening = "Ce qui est attendu" if case.certifier_outside else "Rien à faire pour vous"
    return f"{opening} : {guidance(case).waits}."


def plan_after_jury(file: File) -> dict[str, Any]:
    """Return what was planned after a jury, done or not, for those who read meetings; nothing before any result."""
    shown = file.journey
    judged = shown.stage in AFTER_JURY or len(shown.attempts.all()) > 1
    if not judged or not reads_meetings(file.request.user, shown):
        return {}
    actions = list(shown.plan.all())
    return {
        "actions": actions,
        "plan_slipped": slipped([one.slip for one in actions if one.kept_on or late_now(one)]),
        "another_project": another_project(shown),
        "follows_plan": bool(file.able & FOLLOWERS),
        "on_this_day": today(),
    }


def late_now(action: PlannedAction) -> bool:
    """Say whether an action that is still to come slipped from the first day planned."""
    return action.to_come and action.slip > 0


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
        request.user,
        document.journey_id,
        what=f"document : {document.get_kind_display()}"[:60],
        part=ranges.asks_a_part(request, document),
    )
    return served(request, document)


def served(request: HttpRequest, document: Document) -> HttpResponseBase:
    """Return a file as a download, or the page that says that it is lost."""
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        return errors.lost_file(request, str(document.file.name))
    return ranges.download(request, document, content)


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
def protection_read(viewer: User, journey: Journey) -> str:
    """Return who assists a protected adult, for those whose work needs it; nothing for others."""
    profile = getattr(journey.candidate, "candidate_profile", None)
    said: str = profile.protection if profile else ""
    return said if said and reads_sensitive(viewer, journey) else ""
