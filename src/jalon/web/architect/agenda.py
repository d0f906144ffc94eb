"""The agenda of who accompanies: the week, what is open, absences, and each meeting."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys import queries as journeys
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.journeys.rights import record_list
from jalon.law.meetings import ACCOMPANISTS, REPORTED_BY, may_meet
from jalon.law.vocabulary import Attendance, Role, Territory
from jalon.mailbox.preferences import choose_the_morning, gets_the_morning
from jalon.now import midnight, now, today
from jalon.people.models import User
from jalon.people.policy import organisations, roles
from jalon.support import actions, earlier, planning, queries
from jalon.support.models import Absence, Booking, HalfDay
from jalon.support.slots import DAY, Slot
from jalon.support.territories import holiday, local
from jalon.support.workshop_lists import led_between
from jalon.web import form_actions
from jalon.web.access import Visit, found, needs
from jalon.web.architect.agenda_forms import (
    AbsenceForm,
    HoldForm,
    OpeningForm,
    SiteForm,
    TravelForm,
)
from jalon.web.booking import WEEK, WEEK_OF, Door, cancel, choose, day_named, monday_of
from jalon.web.leaves import leaf

#: How many meetings whose presence is to be noted are shown at once.
TO_SETTLE = 10
#: How many lines of a list are shown at once.
SHOWN = 25


@dataclass(frozen=True)
class Day:
    """A day of a week: what is booked, the workshops led, what is free, who is away."""

    on: date
    holiday: str
    absences: tuple[Absence, ...]
    bookings: tuple[Booking, ...]
    workshops: tuple[HalfDay, ...]
    free: tuple[datetime, ...]


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def week(request: Visit) -> HttpResponse:
    """Show a week of an agenda: one's own, or that of somebody of the team for its head."""
    owner = owner_asked(request)
    monday = monday_of(day_named(request.GET.get(WEEK_OF, "")) or today())
    booked = queries.bookings_between(owner, monday, monday + WEEK - DAY)
    record_list(request.user, f"Agenda de {owner}", len(booked))
    mine = owner == request.user
    late = queries.to_settle(owner)
    opened = list(queries.openings(owner))
    context = {
        "owner": owner,
        "mine": mine,
        "team": queries.team(request.user),
        "days": days(owner, request.user, monday, booked, {one.territory for one in opened}),
        "monday": monday,
        "sunday": monday + WEEK - DAY,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "of": "" if mine else urlencode({"de": owner.pk}) + "&",
        "late": late[:TO_SETTLE],
        "late_count": late.count(),
        "opened": bool(opened),
    }
    return render(request, "architect/agenda.html", context)


def owner_asked(request: Visit) -> User:
    """Return whose agenda is asked for: one's own unless the address names another; or a 404."""
    wanted = request.GET.get("de", "")
    if not wanted or wanted == str(request.user.pk):
        return request.user
    team = {str(one.pk): one for one in queries.team(request.user)}
    if wanted not in team:
        raise Http404
    return team[wanted]


def days(
    owner: User, viewer: User, monday: date, booked: list[Booking], places: set[Territory]
) -> list[Day]:
    """Return the days of a week, with the holidays of its places; an empty Saturday or Sunday is left out."""
    where = places or {Territory.METROPOLE}
    away = list(owner.absences.filter(starts_on__lt=monday + WEEK, ends_on__gte=monday))
    led = led_between(owner, monday, monday + WEEK - DAY)
    free = free_hours(owner, viewer, monday)
    found = [
        Day(
            on,
            next(filter(None, (holiday(one, on) for one in sorted(where))), ""),
            tuple(one for one in away if one.starts_on <= on <= one.ends_on),
            tuple(one for one in booked if one.on == on),
            tuple(one for one in led if one.on == on),
            tuple(one for one in free if one.date() == on),
        )
        for on in (monday + timedelta(days=number) for number in range(7))
    ]
    return [
        one for one in found if one.on.weekday() < 5 or one.bookings or one.workshops or one.free
    ]


def free_hours(owner: User, viewer: User, monday: date) -> list[datetime]:
    """Return when the free hours of a week begin, as clocks show there, each once."""
    begins = midnight(monday) - DAY
    after, before = max(begins, now()), begins + WEEK + 2 * DAY
    slots: list[Slot] = []
    for within in organisations(viewer, Role.ARCHITECT, Role.HEAD):
        slots += queries.free(owner.pk, within, after, before)
    return sorted({local(one.starts_at, one.territory) for one in slots})


# ---------------------------------------------------------------- what is open, and what is not


@needs(Role.ARCHITECT, Role.HEAD)
def settings(request: Visit) -> HttpResponse:
    """Show one's openings, absences and sites; say how long one travels."""
    kept = {"minutes": queries.travel_minutes(request.user.pk)}
    form = TravelForm(request.POST or None, initial=kept)
    if form_actions.submit(
        request,
        form,
        lambda: actions.take_time_to_travel(request.user, form.cleaned_data["minutes"]),
    ):
        messages.success(request, "Le temps de trajet est enregistré.")
        return redirect("architect:agenda_settings")
    opened = Paginator(queries.openings(request.user), SHOWN).get_page(request.GET.get("page"))
    return form_actions.render_form(
        request,
        form,
        "architect/agenda_settings.html",
        openings=opened,
        absences=leaf(queries.absences(request.user), request.GET.get("absences", ""), SHOWN),
        sites=leaf(queries.sites(request.user), request.GET.get("sites", ""), SHOWN),
        morning=gets_the_morning(request.user),
    )


@needs(Role.ARCHITECT, Role.HEAD)
def new_opening(request: Visit) -> HttpResponse:
    """Open hours of each week."""
    form = OpeningForm(request.POST or None, sites=queries.sites(request.user).receiving())
    return added(
        request,
        form,
        lambda: actions.open_hours(request.user, form.cleaned_data),
        title="Nouvelle plage d’ouverture",
        lead="Les candidats que vous suivez y choisissent leurs rendez-vous, chaque semaine.",
        submit="Ouvrir cette plage",
        said=lambda opened: "La plage est ouverte.",
    )


@needs(Role.ARCHITECT, Role.HEAD)
def new_absence(request: Visit) -> HttpResponse:
    """Note days without oneself."""
    form = AbsenceForm(request.POST or None)
    return added(
        request,
        form,
        lambda: actions.note_absence(request.user, form.cleaned_data),
        title="Nouvelle absence",
        lead="Aucun rendez-vous ne peut plus être pris sur ces jours. Ceux qui le sont déjà restent.",
        submit="Noter cette absence",
        said=lambda meetings: touched_said(meetings, form.cleaned_data),
    )


@needs(Role.ARCHITECT, Role.HEAD)
def new_site(request: Visit) -> HttpResponse:
    """Name a place where people are received."""
    form = SiteForm(request.POST or None)
    return added(
        request,
        form,
        lambda: actions.add_site(request.user, form.cleaned_data),
        title="Nouveau site",
        lead="Toute l’équipe peut ensuite y recevoir.",
        submit="Ajouter ce site",
        said=lambda site: f"Le site « {site.name} » est ajouté.",
    )


def added(
    request: Visit,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    said: Callable[[Any], str],
    **page: str,
) -> HttpResponse:
    """Show a form that adds something to one's agenda; add it, and go back to the settings."""
    if done := form_actions.submit(request, form, write):
        messages.success(request, said(done.value))
        return redirect("architect:agenda_settings")
    back = reverse("architect:agenda_settings")
    return form_actions.render_form(request, form, back=back, **page)


#: How many meetings of an absence are named at once; the agenda shows them all.
NAMED = 5


def touched_said(meetings: list[Booking], absence: dict[str, Any]) -> str:
    """Return what is said of an absence: which meetings fall into it, each leading to where it is moved."""
    if not meetings:
        return "L’absence est notée."
    named = format_html_join(
        "\N{NO-BREAK SPACE}; ", '<a href="{}">{}, {}</a>', map(moved_from, meetings[:NAMED])
    )
    return format_html(
        'L’absence est notée. À déplacer ou à annuler : {}{}. Ou <a href="{}">faites-vous remplacer</a>.',
        named,
        f" et {len(meetings) - NAMED} de plus" if len(meetings) > NAMED else "",
        cover_of(absence),
    )


def moved_from(one: Booking) -> tuple[str, str, str]:
    """Return the page where a meeting is moved, who comes to it, and when."""
    page = reverse("architect:move_booking", args=[one.pk])
    return page, one.journey.candidate.get_full_name(), one.when


def cover_of(absence: dict[str, Any]) -> str:
    """Return the page where a colleague is named for the days of an absence."""
    days = {"du": absence["starts_on"].isoformat(), "au": absence["ends_on"].isoformat()}
    return f"{reverse('architect:new_cover')}?{urlencode(days)}"


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def end_opening(request: Visit, number: int) -> HttpResponse:
    """Close hours for good: what is booked in them stays."""
    get_object_or_404(queries.openings(request.user), pk=number).delete()
    messages.success(request, "La plage est fermée. Les rendez-vous déjà pris restent.")
    return redirect("architect:agenda_settings")


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def end_absence(request: Visit, number: int) -> HttpResponse:
    """Take an absence back."""
    actions.take_back_absence(get_object_or_404(queries.absences(request.user), pk=number))
    messages.success(request, "L’absence est retirée.")
    return redirect("architect:agenda_settings")


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def waiting(request: Visit) -> HttpResponse:
    """Show who waits for a sooner meeting among one's candidates, and which hour is kept for whom."""
    found = Paginator(earlier.in_list(request.user), SHOWN).get_page(request.GET.get("page"))
    record_list(request.user, "Qui attend plus tôt", len(found.object_list))
    context = {"waiting": found, "settles": Role.HEAD in roles(request.user)}
    return render(request, "architect/earlier.html", context)


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def morning(request: Visit) -> HttpResponse:
    """Receive the e-mail of one's day, or do without."""
    wanted = request.POST.get("recevoir") == "1"
    choose_the_morning(request.user, wanted=wanted)
    said = (
        "Le courriel du matin part les jours ouvrés."
        if wanted
        else "Le courriel du matin ne part plus."
    )
    messages.success(request, said)
    return redirect("architect:agenda_settings")


@needs(Role.HEAD)
def hold(request: Visit) -> HttpResponse:
    """Say for how long a sooner hour is kept for somebody, in one's organisation."""
    organisation = actions.workplace(request.user)
    form = HoldForm(request.POST or None, initial={"hours": earlier.hold_hours(organisation)})
    if form_actions.submit(
        request, form, lambda: earlier.settle_hold(organisation, form.cleaned_data["hours"])
    ):
        messages.success(
            request, "Le délai est enregistré. Il vaut pour les prochaines heures proposées."
        )
        return redirect("architect:earlier")
    return form_actions.render_form(
        request,
        form,
        title="Délai pour prendre une heure plus tôt",
        lead="Une heure qui se libère est gardée ce temps pour le premier à qui elle convient, puis proposée au suivant.",
        submit="Enregistrer le délai",
        back=reverse("architect:earlier"),
    )


# ---------------------------------------------------------------- a meeting


@needs(Role.ARCHITECT, Role.HEAD)
def book(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Choose an hour with, or for, a candidate."""
    journey = found(request, id, "rendez-vous")
    led_or_404(request, journey)
    file = reverse("dossiers:journey", args=[journey.pk])
    planned = queries.booking_to_come(journey)
    if planned and request.method != "POST":
        return redirect("architect:booking", planned.pk)
    refusal = may_meet(journey.stage, taken_on=journey.architect_id is not None)
    if refusal:
        return render(request, "booking/none.html", {"refusal": refusal, "back": file})
    return choose(request, Door(journey, request.user, file, file))


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def booking(request: Visit, number: int) -> HttpResponse:
    """Show a meeting: with whom, where, and what may be done of it."""
    shown = own_booking(request, number)
    return render(
        request,
        "booking/shown.html",
        {
            "booking": shown,
            "staff": True,
            "back": agenda_of(request, shown),
            "move": reverse("architect:move_booking", args=[shown.pk]),
            "cancel": reverse("architect:cancel_booking", args=[shown.pk]),
        },
    )


@needs(Role.ARCHITECT, Role.HEAD)
def move_booking(request: Visit, number: int) -> HttpResponse:
    """Choose another hour for a meeting to come."""
    moved = own_booking(request, number)
    here = reverse("architect:booking", args=[moved.pk])
    return choose(request, Door(moved.journey, request.user, here, here, moved))


@needs(Role.ARCHITECT, Role.HEAD)
def cancel_booking(request: Visit, number: int) -> HttpResponse:
    """Cancel a meeting to come."""
    given_up = own_booking(request, number)
    here = reverse("architect:booking", args=[given_up.pk])
    door = Door(given_up.journey, request.user, here, agenda_of(request, given_up))
    return cancel(request, given_up, door, "Le rendez-vous est annulé. Le candidat est prévenu.")


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def settle(request: Visit, number: int) -> HttpResponse:
    """Note in one click whether somebody came; a first meeting that was held leads to its report."""
    met = own_booking(request, number)
    outcome = Attendance.or_none(request.POST.get("presence", ""))
    if outcome is None:
        raise Http404
    done = form_actions.attempt(request, lambda: planning.settle(met, outcome, request.user))
    if done and outcome == Attendance.HELD and (report := report_page(request, done.value)):
        messages.success(request, "C’est noté. Il reste à écrire le compte rendu.")
        return redirect(report)
    if done:
        messages.success(request, f"C’est noté : {outcome.label.lower()}.")
    return redirect(agenda_of(request, met))


def report_page(request: Visit, met: Booking) -> str:
    """Return the page of the report that a meeting still waits for, filled in with what is known of it."""
    act = REPORTED_BY.get(met.kind)
    if act is None or met.meeting_id:
        return ""
    position = journeys.position(request.user, met.journey)
    if not any(row.act == act for row in position.acts):
        return ""
    known = {"held_on": met.on.isoformat(), "minutes": met.minutes, "mode": met.mode.value}
    page = reverse("dossiers:act", args=[met.journey_id, act.value])
    return f"{page}?{urlencode(known)}"


def own_booking(request: Visit, number: int) -> Booking:
    """Return a meeting of a journey that the person leads, or a 404."""
    try:
        shown = queries.booking(request.user, number)
    except Booking.DoesNotExist as unknown:
        raise Http404 from unknown
    led_or_404(request, shown.journey)
    return shown


def led_or_404(request: Visit, journey: Journey) -> None:
    """Answer by a 404 unless the person accompanies the candidate of this very journey."""
    if not capacity(request.user, journey) & ACCOMPANISTS:
        raise Http404


def agenda_of(request: Visit, met: Booking) -> str:
    """Return the week in which a meeting stands, in the agenda of it that the person reads, else in theirs."""
    week = {WEEK_OF: met.on.isoformat()}
    mine = met.architect_id == request.user.pk
    if not mine and met.architect in queries.team(request.user):
        week = {"de": str(met.architect_id)} | week
    return f"{reverse('architect:agenda')}?{urlencode(week)}"
