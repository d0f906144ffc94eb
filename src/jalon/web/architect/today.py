"""Aujourd'hui: what an architect looks at first, each line with a name, a sentence and one button."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.journeys import lists, questions
from jalon.journeys.lists import WAITS_FOR_ME
from jalon.journeys.models import Journey
from jalon.journeys.rights import record_list
from jalon.journeys.snapshot import snapshots
from jalon.juries.queries import hearings_of_day, hearings_to_tell
from jalon.law import attention
from jalon.law.stages import UNDER_WAY
from jalon.law.vocabulary import Role
from jalon.now import today
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.support import plan, thread
from jalon.support.queries import missed, standing_on, to_settle
from jalon.support.rehearsals import to_offer
from jalon.support.workshop_lists import led_between, to_note
from jalon.web.access import Visit, needs
from jalon.web.architect import today_lines
from jalon.web.architect.today_lines import Line

#: How many lines a part shows; the list has the others.
SHOWN = 8
#: What a line reads of a journey.
READ = ("candidate__candidate_profile", "certification", "architect")


@dataclass(frozen=True)
class Kind:
    """What a part of the day is about: its title, its name in the summary, the template of its lines.

    A part without lines says `empty`, or is left out; `filter` is the list that holds its others.
    """

    slug: str
    title: str
    short: str
    lines: str = "architect/today/journeys.html"
    empty: str = ""
    filter: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the day: the lines that are shown, and how many there are in all."""

    kind: Kind
    lines: Sequence[Any]
    count: int

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.lines)

    @property
    def late(self) -> bool:
        """Say whether it holds what is past its limit."""
        return bool(self.count) and self.kind in {LATE, PLANS}


LATE = Kind("retard", "En retard", "En retard", empty="Rien n’est en retard.", filter="en-retard")
MEETINGS = Kind(
    "rendez-vous",
    "Rendez-vous du jour",
    "Rendez-vous",
    "architect/today/appointments.html",
    "Aucun rendez-vous aujourd’hui.",
)
TO_NOTE = Kind("presences", "Présences à noter", "Présences", "architect/today/appointments.html")
MESSAGES = Kind("messages", "Messages qui attendent une réponse", "Messages")
TO_TELL = Kind(
    "annoncer",
    "Jurys à annoncer",
    "Jurys",
    advice="Prévenez chaque candidat de sa date, puis dites-le.",
)
WAITING = Kind(
    "attente", "À vous d’agir", "À vous d’agir", empty="Rien n’attend de vous.", filter="en-cours"
)
SILENT = Kind(
    "silence",
    "Sans nouvelles",
    "Sans nouvelles",
    empty=f"Chaque candidat attendu a donné signe de vie depuis {attention.SILENCE} jours.",
    filter="sans-nouvelles",
)
PLANS = Kind("plans", "Actions du plan après le jury, en retard", "Plans")
REHEARSALS = Kind("entrainements", "Entraînements au jury à proposer", "Entraînements")
QUESTIONS = Kind(
    "questions", "Questions au certificateur", "Certificateur", "architect/today/questions.html"
)


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def page(request: Visit) -> HttpResponse:
    """Show what is late, today's meetings, what waits for the viewer, and who gave no news for long."""
    team_first = Role.HEAD in roles(request.user) and not follows(request.user)
    mine = request.GET.get("tous", "1" if team_first else "0") != "1"
    asking = asking_attention(request.user, mine=mine)
    record_list(request.user, "Aujourd’hui", sum(len(one.lines) for one in asking.values()))
    parts = [
        one for one in parts_of(request.user, asking, mine=mine) if one.lines or one.kind.empty
    ]
    context = {
        "parts": parts,
        "only_mine": mine,
        "on": today(),
        "rules": attention.RULES.values(),
    }
    return render(request, "architect/today.html", context)


def parts_of(viewer: User, asking: dict[Kind, Part], *, mine: bool) -> Iterator[Part]:
    """Give the parts of a day, in the order in which they are read."""
    yield asking[LATE]
    yield from of_agenda(viewer)
    written = thread.awaiting(viewer, mine=mine).select_related(*READ)
    yield part(MESSAGES, written, today_lines.message_line)
    unaware = hearings_to_tell(viewer).filter(session__held_on__gte=today())
    yield part(TO_TELL, reading(unaware, "attempt__journey"), today_lines.told_line)
    yield asking[WAITING]
    yield asking[SILENT]
    yield part(PLANS, reading(plan.late_in_hand(viewer), "journey"), today_lines.plan_line)
    yield part(REHEARSALS, to_offer(viewer).select_related(*READ), today_lines.rehearsal_line)
    yield part(QUESTIONS, questions.waiting(viewer, mine=mine), lambda question: question)


def reading(found: QuerySet[Any], journey: str) -> QuerySet[Any]:
    """Return the same rows with what a line reads of the journey of each."""
    return found.select_related(*(f"{journey}__{one}" for one in READ))


def part(kind: Kind, found: QuerySet[Any], line: Callable[[Any], Any]) -> Part:
    """Return a part of the day: the lines of its first rows, and how many there are."""
    rows, count = first(found)
    return Part(kind, [line(one) for one in rows], count)


def first(found: QuerySet[Any]) -> tuple[list[Any], int]:
    """Return the rows that a part shows, and how many there are, read at once."""
    rows = list(found.annotate(in_all=Window(Count("*")))[:SHOWN])
    return rows, rows[0].in_all if rows else 0


def of_agenda(viewer: User) -> Iterator[Part]:
    """Give what the day holds, then what is past and of which presences are to be noted."""
    unsaid, meetings = first(to_settle(viewer))
    expected = [one for one in standing_on(viewer, today()) if one not in unsaid]
    workshops = led_between(viewer, today(), today())
    day = today_lines.of_the_day(hearings_of_day(viewer, today()), expected, workshops)
    yield Part(MEETINGS, day, len(day))
    unnoted, half_days = first(to_note(viewer))
    past = [today_lines.half_day_to_note(one) for one in unnoted]
    past += [today_lines.meeting_to_note(one, viewer) for one in unsaid]
    yield Part(TO_NOTE, past, half_days + meetings)


def follows(viewer: User) -> bool:
    """Say whether somebody accompanies candidates of their own."""
    return Journey.objects.under_way().filter(architect=viewer).exists()


def asking_attention(viewer: User, *, mine: bool) -> dict[Kind, Part]:
    """Return what asks for attention: late, then waiting for the viewer, then silent."""
    beginnings = [lists.stretch(one, 0, SHOWN) for one in asking(viewer, mine=mine)]
    late, waiting, silent = read_at_once(viewer, beginnings)
    cases = snapshots([*late, *waiting, *silent], Role.ARCHITECT)
    no_shows, plans = missed(silent), plan.late_since(silent)

    def may(one: Any) -> today_lines.Doable:
        return today_lines.doable(viewer, one, cases[one.pk])

    lines: dict[Kind, list[Line]] = {
        LATE: [today_lines.late_line(one, may(one)) for one in late],
        WAITING: [today_lines.waiting_line(one, may(one)) for one in waiting],
        SILENT: [
            today_lines.silent_line(
                may(one), today_lines.pulse(one, no_shows.get(one.pk), plans.get(one.pk))
            )
            for one in silent
        ],
    }
    counts = zip(lines.items(), beginnings, strict=True)
    return {kind: Part(kind, told, found.count) for (kind, told), found in counts}


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
