"""Aujourd'hui: what an architect looks at first, each line with a name, a sentence and one button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import lists, queries, questions
from jalon.journeys.lists import WAITS_FOR_ME
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.journeys.rights import record_list
from jalon.journeys.snapshot import snapshots
from jalon.juries.models import Hearing
from jalon.juries.queries import hearings_of_day, hearings_to_tell
from jalon.law import attention, lifecycle
from jalon.law.case import Case
from jalon.law.clocks import french, french_hour
from jalon.law.guidance import guidance, stages_waiting_for
from jalon.law.stages import UNDER_WAY
from jalon.law.transitions import Offer, Transition
from jalon.law.vocabulary import Act, Role
from jalon.now import paris_day, today
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.support import plan, thread
from jalon.support.queries import missed, standing_on, to_settle
from jalon.support.rehearsals import to_offer
from jalon.support.workshop_lists import led_between, to_note
from jalon.web.access import Visit, needs
from jalon.web.acts.buttons import Button

#: How many lines a block shows; the list has the others.
SHOWN = 8


@dataclass(frozen=True)
class Line:
    """A journey that asks for attention: why, in sentences, and the one thing to do."""

    journey: Any
    said: Sequence[str]
    button: Button

    @property
    def phone(self) -> str:
        """Return the telephone of the candidate, that of their file first."""
        profile = getattr(self.journey.candidate, "candidate_profile", None)
        told: str = (profile and profile.phone) or self.journey.candidate.phone
        return told


@dataclass(frozen=True)
class Kind:
    """What a block is about: its title, what it says without any line, and the list that holds the others."""

    slug: str
    title: str
    empty: str
    filter: str = "en-cours"


@dataclass(frozen=True)
class Block:
    """Lines of one kind, and how many there are in all."""

    kind: Kind
    lines: Sequence[Line]
    count: int

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.lines)


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def page(request: Visit) -> HttpResponse:
    """Show what is late, today's meetings, what waits for the viewer, and who gave no news for long."""
    team_first = Role.HEAD in roles(request.user) and not follows(request.user)
    mine = request.GET.get("tous", "1" if team_first else "0") != "1"
    found = blocks(request.user, mine=mine)
    record_list(request.user, "Aujourd’hui", sum(len(one.lines) for one in found))
    unsaid = list(to_settle(request.user)[:SHOWN])
    context = {
        "blocks": found,
        "only_mine": mine,
        "meetings": [one for one in standing_on(request.user, today()) if one not in unsaid],
        "workshops": led_between(request.user, today(), today()),
        "to_note": to_note(request.user)[:SHOWN],
        "to_settle": unsaid,
        "to_tell": [told_line(one) for one in to_tell(request.user)[:SHOWN]],
        "hearings": hearings_of_day(request.user, today()),
        "written": thread.awaiting(request.user, mine=mine)[:SHOWN],
        "questions": questions.waiting(request.user, mine=mine)[:SHOWN],
        "late_actions": plan.late_in_hand(request.user)[:SHOWN],
        "to_rehearse": to_offer(request.user)[:SHOWN],
        "on": today(),
        "rules": attention.RULES.values(),
    }
    return render(request, "architect/today.html", context)


def to_tell(viewer: User) -> QuerySet[Hearing]:
    """Return the hearings to come of the viewer's candidates who were not told of their date yet."""
    return hearings_to_tell(viewer).filter(session__held_on__gte=today())


def told_line(hearing: Hearing) -> Line:
    """Return who is to be told of a jury, of which day, and the button that says that it was done."""
    journey = hearing.attempt.journey
    said = f"Jury le {french(hearing.session.held_on)} à {french_hour(hearing.starts_at)}"
    button = act_button(journey, Act.CONFIRM_TOLD, "Dire que c’est fait")
    return Line(journey, [said], button)


def follows(viewer: User) -> bool:
    """Say whether somebody accompanies candidates of their own."""
    return Journey.objects.under_way().filter(architect=viewer).exists()


KINDS = (
    Kind("retard", "En retard", "Rien n’est en retard.", "en-retard"),
    Kind("attente", "À vous d’agir", "Rien n’attend de vous."),
    Kind(
        "silence",
        "Sans nouvelles",
        f"Chaque candidat attendu a donné signe de vie depuis {attention.SILENCE} jours.",
        "sans-nouvelles",
    ),
)


def blocks(viewer: User, *, mine: bool) -> list[Block]:
    """Return what asks for attention: late, then waiting for the viewer, then silent."""
    beginnings = [lists.stretch(one, 0, SHOWN) for one in asking(viewer, mine=mine)]
    late, waiting, silent = read_at_once(viewer, beginnings)
    cases = snapshots([*late, *waiting, *silent], Role.ARCHITECT)
    no_shows, plans = missed(silent), plan.late_since(silent)
    lines = (
        [late_line(one, doable(viewer, one, cases[one.pk])) for one in late],
        [waiting_line(one, doable(viewer, one, cases[one.pk])) for one in waiting],
        [
            silent_line(
                doable(viewer, one, cases[one.pk]),
                pulse(one, no_shows.get(one.pk), plans.get(one.pk)),
            )
            for one in silent
        ],
    )
    counts = [one.count for one in beginnings]
    return [Block(*one) for one in zip(KINDS, lines, counts, strict=True)]


def read_at_once(viewer: User, stretches: Sequence[lists.Stretch]) -> list[list[Any]]:
    """Return the journeys of some stretches, read together: some stand in several."""
    ids = {id for one in stretches for id in one.ids}
    found = lists.shown(viewer, ids, "candidate__candidate_profile")
    rows = {one.pk: one for one in found}
    return [[rows[id] for id in one.ids if id in rows] for one in stretches]


def asking(viewer: User, *, mine: bool) -> tuple[QuerySet[Any], ...]:
    """Return the journeys that are late, those that wait for the viewer, and the silent ones."""
    every: QuerySet[Any] = lists.caseload(viewer, stages=UNDER_WAY, mine=mine)
    return (
        lists.caseload(viewer, stages=UNDER_WAY, mine=mine, late=True),
        every.filter(turn=WAITS_FOR_ME),
        lists.caseload(viewer, stages=UNDER_WAY, mine=mine, silent=True),
    )


@dataclass(frozen=True)
class Doable:
    """Where a journey stands, and the acts that the viewer may do on it now."""

    journey: Any
    case: Case
    acts: Sequence[Transition]
    awaited: bool

    @property
    def next(self) -> Button | None:
        """Return the button of the act that goes on, when the viewer is awaited."""
        for row in self.acts if self.awaited else ():
            if row.offered_as(self.case) is Offer.MAIN:
                return act_button(self.journey, row.act, row.button(self.case))
        return None

    @property
    def call(self) -> Button:
        """Return the button that notes a call, which is what one does first; else that of the file."""
        if any(row.act == Act.RECORD_CONTACT for row in self.acts):
            return act_button(self.journey, Act.RECORD_CONTACT, Act.RECORD_CONTACT.label)
        return open_file(self.journey)


def doable(viewer: User, journey: Any, case: Case) -> Doable:
    """Return what somebody may do on a journey: a colleague's file is read, not acted on."""
    able = capacity(viewer, journey) & attention.TEAM
    rows = [row for row in queries.open_to(case, able) if lifecycle.offered(row, case)]
    return Doable(journey, case, rows, bool(guidance(case).by & able))


def late_line(journey: Any, may: Doable) -> Line:
    """Return what is past its limit, and who is awaited."""
    late = [f"{clock.kind.label} : {days_late(clock.limit_on)}" for clock in overdue(journey)]
    return Line(journey, [*late, guidance(may.case).waits], may.next or may.call)


def waiting_line(journey: Any, may: Doable) -> Line:
    """Return what waits for who accompanies."""
    return Line(journey, [guidance(may.case).waits], may.next or open_file(journey))


def silent_line(may: Doable, pulse: attention.Pulse) -> Line:
    """Return who gave no sign for long, with every reason to call them."""
    why = attention.reasons(pulse)
    return Line(may.journey, [reason.said for reason in why], may.call)


def overdue(journey: Any) -> list[Any]:
    """Return the delays that are past, the oldest first."""
    return [clock for clock in journey.open_clocks if clock.limit_on < today()]


def days_late(limit: date) -> str:
    """Return how late something is."""
    days = (today() - limit).days
    return "un jour de retard" if days == 1 else f"{days} jours de retard"


def pulse(
    journey: Any, missed_on: date | None, plan_late_since: date | None = None
) -> attention.Pulse:
    """Return how a journey of a list moves."""
    past = overdue(journey)
    ends = [clock.limit_on for clock in journey.open_clocks if clock.kind in attention.ENDS_IT]
    return attention.Pulse(
        today=today(),
        awaits_candidate=journey.stage in stages_waiting_for(Role.CANDIDATE),
        candidate_seen_on=paris_day(journey.candidate_seen_at),
        team_seen_on=paris_day(journey.team_seen_at),
        at_stage_since=paris_day(journey.stage_since),
        late_since=past[0].limit_on if past else None,
        ends_on=min(ends, default=None),
        missed_on=missed_on,
        plan_late_since=plan_late_since,
    )


def act_button(journey: Journey, act: Act, label: str) -> Button:
    """Return the button of an act."""
    return Button(label, reverse("dossiers:act", args=[journey.pk, act.value]))


def open_file(journey: Journey) -> Button:
    """Return the button that opens a file, where no single act goes on."""
    return Button("Ouvrir le dossier", reverse("dossiers:journey", args=[journey.pk]))
