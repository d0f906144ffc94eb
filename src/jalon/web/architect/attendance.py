"""The attendance of workshops on the tablet: half-days, who has signed, signing, the sheet."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys.policy import capacity
from jalon.journeys.rights import record_list
from jalon.law.plurals import counted, plural
from jalon.law.vocabulary import Role, SignedHow
from jalon.law.workshops import ACCOMPANISTS
from jalon.mailbox.signing import mail_codes
from jalon.support import attendance, signatures
from jalon.support.attendance import HALF_DAY, MEETING, Hours
from jalon.support.models import HalfDay, Meeting
from jalon.support.papers import attendance_sheet
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.signing import SEEN, Door, chosen, sign

TEAM = (Role.ARCHITECT, Role.HEAD)


@needs(*TEAM)
@require_safe
def half_days(request: Visit) -> HttpResponse:
    """Show the half-days that began, the latest first, with what is left to sign."""
    page = Paginator(attendance.half_days(request.user), 20).get_page(request.GET.get("page"))
    sheets = attendance.sheets(page.object_list)
    record_list(request.user, "Émargement", len(sheets))
    return render(request, "architect/attendance.html", {"page": page, "sheets": sheets})


@needs(*TEAM)
@require_safe
def half_day(request: Visit, number: int) -> HttpResponse:
    """Show who was there for a half-day, and who has signed."""
    shown = team_half_day(request, number)
    sheet = attendance.sheet_of(shown)
    record_list(request.user, f"Émargement : {shown}", len(sheet.rows))
    context = {
        "sheet": sheet,
        "half_day": shown,
        "leading": sheet.leader.person == request.user,
    }
    return render(request, "architect/half_day.html", context)


@needs(*TEAM)
@require_POST
def send_codes(request: Visit, number: int) -> HttpResponse:
    """Send a code to everybody who was there and has not signed."""
    shown = team_half_day(request, number)
    waiting = attendance.sheet_of(shown).to_sign
    if done := form_actions.attempt(request, lambda: mail_codes(waiting, request.user)):
        sent = f"{counted(done.value, 'code')} envoyé{plural(done.value)} par courriel."
        messages.success(request, sent)
    return redirect("architect:half_day", shown.pk)


@needs(*TEAM)
def sign_half_day(request: Visit, number: int, id: uuid.UUID) -> HttpResponse:
    """Let one person sign for a half-day."""
    shown = team_half_day(request, number)
    hours = of_journey(request, id, HALF_DAY, shown.pk)
    page = reverse("architect:half_day", args=[shown.pk])
    here = reverse("architect:sign_half_day", args=[shown.pk, id])
    return sign(request, at_the_tablet(request, hours, here, page))


@needs(*TEAM)
def sign_meeting(request: Visit, number: int) -> HttpResponse:
    """Let a person sign for a meeting that was held."""
    held = get_object_or_404(Meeting, pk=number)
    hours = of_journey(request, held.journey_id, MEETING, held.pk)
    assert hours.journey
    if not capacity(request.user, hours.journey) & ACCOMPANISTS:
        raise Http404
    page = reverse("dossiers:hours", args=[held.journey_id])
    here = reverse("architect:sign_meeting", args=[held.pk])
    return sign(request, at_the_tablet(request, hours, here, page))


def at_the_tablet(request: Visit, hours: Hours, here: str, page: str) -> Door:
    """Return the door of who collects a signature."""
    held = signatures.able(request.user, hours)
    led = signatures.leads(request.user, hours, held)
    return Door(hours, request.user, here, back=page, done=page, collects=True, leads=led)


@needs(*TEAM)
def sign_leader(request: Visit, number: int) -> HttpResponse:
    """Let who led a half-day sign for it, by hand or from their account."""
    shown = team_half_day(request, number)
    hours = attendance.sheet_of(shown).leader
    if hours.person != request.user:
        raise Http404
    page = reverse("architect:half_day", args=[shown.pk])
    here = reverse("architect:sign_leader", args=[shown.pk])
    return chosen(
        request,
        [SignedHow.DRAWN, SignedHow.ACCOUNT],
        lambda how, form: signatures.sign_as_leader(
            shown, request.user, request.POST.get(SEEN, ""), how, **form.cleaned_data
        ),
        Door(hours, request.user, here, back=page, done=page),
    )


@needs(*TEAM)
@require_safe
def sheet(request: Visit, number: int) -> HttpResponse:
    """Give the attendance sheet of a workshop as a PDF."""
    workshop = get_object_or_404(attendance.workshops(request.user), pk=number)
    record_list(request.user, f"Feuille d’émargement : {workshop}", 1, exported=True)
    answer = HttpResponse(attendance_sheet(workshop), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="emargement-{workshop.pk}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def team_half_day(request: Visit, number: int) -> HalfDay:
    """Return a half-day of one's team that began, or a 404."""
    return get_object_or_404(attendance.half_days(request.user), pk=number)


def of_journey(request: Visit, id: uuid.UUID, kind: str, number: int) -> Hours:
    """Return the hours of a candidate whom the person may see, or a 404; the look is recorded."""
    hours = attendance.find(found(request, id, "émargement"), kind, number)
    if hours is None:
        raise Http404
    return hours
