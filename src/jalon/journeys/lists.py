"""Lists of journeys: what stands in each, in which order, and how many; each takes the viewer first."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, Concat, Greatest

from jalon.journeys.models import Attempt, Clock, JournalEntry, Journey
from jalon.journeys.models.journey import waits_for
from jalon.journeys.policy import in_hand, visible
from jalon.journeys.queries import SHOWN, holds_adjustments_of, journeys, truth, with_what_is_shown
from jalon.journeys.searching import searched
from jalon.law.attention import silent_before
from jalon.law.guidance import stages_waiting_for
from jalon.law.stages import UNDER_WAY, StageFilter
from jalon.law.vocabulary import Contestation, Event, Pending, Role, Stage
from jalon.now import midnight, today
from jalon.people.models import User
from jalon.people.policy import organisations, roles
from jalon.words import plain


@dataclass(frozen=True)
class Stretch:
    """Which journeys of a list come after some others, by their ids in its order, and how many it has."""

    ids: tuple[uuid.UUID, ...]
    count: int


def stretch(found: QuerySet[Journey], start: int, length: int) -> Stretch:
    """Return some journeys of a list. Only ids are put in order: what is shown of them is read after."""
    narrow = found.prefetch_related(None).values_list("pk", Window(models.Count("*")))
    lines = list(narrow[start : start + length])
    if lines:
        return Stretch(tuple(id for id, _ in lines), lines[0][1])
    return Stretch((), found.count() if start else 0)


def shown(viewer: User, ids: Iterable[uuid.UUID], *related: str) -> list[Any]:
    """Return journeys that a list holds, in the order of their ids, with what it shows of each."""
    ids = list(ids)
    found = with_what_is_shown(Journey.objects.filter(pk__in=ids)).select_related(*SHOWN, *related)
    rows = {one.pk: one for one in found.annotate(jury_on=next_jury(), for_me=for_me(viewer))}
    return [rows[id] for id in ids if id in rows]


def caseload(
    viewer: User,
    *,
    stages: Iterable[Stage] = (),
    pending: Iterable[Pending] = (),
    text: str = "",
    mine: bool = False,
    late: bool = False,
    silent: bool = False,
    once_late: Iterable[Stage] = (),
) -> QuerySet[Journey]:
    """Return a caseload: what is late, then what waits for the viewer, then by the nearest date.

    Words are looked for in every file that the viewer sees, whatever the stage.
    """
    found: QuerySet[Any] = with_dates(journeys(viewer), viewer)
    if text:
        found = searched(found, text)
    else:
        tab = StageFilter(
            "", "", frozenset(stages), frozenset(pending), late, silent, frozenset(once_late)
        )
        found = found.filter(under(viewer, tab, mine=mine))
        if silent:
            return found.order_by("candidate_seen_at", "pk")
    return found.order_by(F("turn"), F("due_on").asc(nulls_last=True), "stage_since", "pk")


def under(viewer: User, tab: StageFilter, *, mine: bool) -> Q:
    """Return the condition that keeps what stands under a tab, among journeys that have their dates."""
    kept = Q()
    if tab.stages or tab.pending:
        rung = Q(stage__in=list(tab.once_late), due_on__lt=today())
        kept &= Q(stage__in=list(tab.stages)) | asked_of(viewer, tab.pending) | rung
    if mine:
        kept &= mine_or_nobodys(viewer)
    if tab.late:
        kept &= Q(due_on__lt=today())
    if tab.silent:
        kept &= gone_silent()
    return kept


def how_many(viewer: User, conditions: Sequence[Q]) -> list[int]:
    """Return how many journeys each condition keeps, of those that a person may see, read once."""
    if not conditions:
        return []
    names = [f"kept_{place}" for place in range(len(conditions))]
    flags = dict(zip(names, map(truth, conditions), strict=True))
    found: QuerySet[Any] = with_dates(Journey.objects.filter(visible(viewer)), viewer)
    counts = {f"{name}_count": models.Count("pk", filter=Q(**{name: True})) for name in names}
    return list(found.annotate(**flags).aggregate(**counts).values())


def brought_in(viewer: User, began: datetime, ended: datetime) -> QuerySet[Journey]:
    """Return the journeys that the viewer took over between two moments, in the order of names."""
    taken = JournalEntry.objects.filter(
        journey=OuterRef("pk"), event=Event.TAKEN_OVER, author=viewer, at__range=(began, ended)
    )
    found = with_dates(journeys(viewer), viewer).filter(Exists(taken))
    return found.order_by("candidate__last_name", "candidate__first_name", "pk")


#: What comes first in a list.
LATE, WAITS_FOR_ME, LATER = range(3)


def with_dates(found: QuerySet[Journey], viewer: User) -> QuerySet[Journey]:
    """Return the same journeys with their nearest open delay, whether they wait for the viewer, their turn."""
    due = Clock.objects.open().filter(journey=OuterRef("pk")).order_by("limit_on")
    turn = Case(
        When(due_on__lt=today(), then=Value(LATE)),
        When(for_me=True, then=Value(WAITS_FOR_ME)),
        default=Value(LATER),
    )
    return found.annotate(
        due_on=Subquery(due.values("limit_on")[:1]),
        jury_on=next_jury(),
        for_me=for_me(viewer),
        turn=turn,
    )


def next_jury() -> Subquery:
    """Return the expression on Journey that gives the day of the hearing of its latest attempt."""
    attempt = Attempt.objects.filter(journey=OuterRef("pk")).order_by("-number")
    return Subquery(attempt.values("hearing_on")[:1])


def for_me(viewer: User) -> Case:
    """Return the expression on Journey that says whether it waits for the viewer's own act."""
    return truth(waiting_for(viewer))


def gone_silent() -> Q:
    """Return the condition on Journey that keeps those whose candidate is awaited and gave no sign."""
    heard = midnight(silent_before(today()) + timedelta(days=1))
    awaited = stages_waiting_for(Role.CANDIDATE) & UNDER_WAY
    return Q(stage__in=awaited, candidate_seen_at__lt=heard)


def to_look_at(viewer: User, *, mine: bool) -> QuerySet[Any]:
    """Return what is late, and what waits for the viewer's own act, the most urgent first."""
    found: QuerySet[Any] = caseload(viewer, stages=UNDER_WAY | {Stage.LAPSED}, mine=mine)
    waiting = found.filter(turn__lte=WAITS_FOR_ME)
    return waiting.filter(waiting_for(viewer)) if not mine else waiting


def asked_of(viewer: User, pending: Iterable[Pending]) -> Q:
    """Return the condition that one of these things waits: a request for an adjustment, for who holds it."""
    pending = frozenset(pending)
    condition = waits_for(pending - {Pending.TEAM_ADJUSTMENT})
    if Pending.TEAM_ADJUSTMENT in pending:
        condition |= waits_for([Pending.TEAM_ADJUSTMENT]) & holds_adjustments_of(viewer)
    return condition


def waiting_for(viewer: User) -> Q:
    """Return the condition on Journey that keeps those that wait for the viewer's own act."""
    held = roles(viewer)
    condition = Q(stage__in=stages_waiting_for(*held - {Role.CANDIDATE}))
    if held & {Role.ARCHITECT, Role.HEAD}:
        condition |= asked_of(viewer, [Pending.TEAM_ADJUSTMENT])
    if Role.CERTIFIER in held:
        condition |= waits_for(frozenset(Pending) - {Pending.TEAM_ADJUSTMENT})
        condition |= Q(stage=Stage.LAPSED, contestation=Contestation.PENDING)
    return condition


#: From which likeness a name that was mistyped is taken for another, 1 being the same.
ALIKE = 0.35


def alike(viewer: User, text: str) -> QuerySet[Journey]:
    """Return the journeys whose candidate's or architect's name is close to what was typed."""
    typed = plain(Value(text))
    names = [
        plain(F("candidate__last_name")),
        plain(Concat("candidate__first_name", Value(" "), "candidate__last_name")),
        plain(Concat("candidate__last_name", Value(" "), "candidate__first_name")),
        plain(Coalesce("architect__last_name", Value(""))),
    ]
    likeness = Greatest(*(TrigramSimilarity(name, typed) for name in names))  # type: ignore[arg-type]
    found = with_dates(journeys(viewer), viewer).annotate(likeness=likeness)
    return found.filter(likeness__gte=ALIKE).order_by("-likeness", "pk")


def mine_or_nobodys(viewer: User) -> Q:
    """Return the condition that keeps an architect's files, those they cover, and those nobody took on yet."""
    there = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    nobodys = Q(architect__isnull=True, stage=Stage.REGISTERED, organisation__in=there)
    return in_hand(viewer) | nobodys


@dataclass(frozen=True)
class Pile:
    """How many journeys are at one stage, late or not, silent or not, with the same things that wait."""

    stage: Stage
    overdue: bool
    silent: bool
    waits: frozenset[Pending]
    count: int

    def kept_by(self, one: StageFilter) -> bool:
        """Say whether a filter keeps these journeys, late or not."""
        rung = self.overdue and self.stage in one.once_late
        kept = rung or self.stage in one.stages or bool(self.waits & one.pending)
        return kept and (self.silent or not one.silent)


def counts(
    viewer: User, filters: Sequence[StageFilter], *, mine: bool = False, narrowed: Q | None = None
) -> list[tuple[StageFilter, int, int]]:
    """Return each filter with how many journeys it keeps, of those a person may see, and how many late.

    `narrowed` is what else the lists keep.
    """
    found = piles(viewer, mine=mine, narrowed=narrowed or Q())
    said = []
    for one in filters:
        kept = [pile for pile in found if pile.kept_by(one)]
        late = sum(pile.count for pile in kept if pile.overdue)
        said.append((one, late if one.late else sum(pile.count for pile in kept), late))
    return said


def piles(viewer: User, *, mine: bool, narrowed: Q) -> list[Pile]:
    """Return the journeys that a person may see, counted by what filters look at, each read once."""
    wanted = visible(viewer) & narrowed
    if mine:
        wanted &= mine_or_nobodys(viewer)
    overdue = Clock.objects.open().filter(journey=OuterRef("pk"), limit_on__lt=today())
    read = {f"awaits_{one.value}": truth(asked_of(viewer, [one])) for one in Pending}
    found: Iterable[Any] = (
        Journey.objects.filter(wanted)
        .order_by()
        .values("stage", overdue=Exists(overdue), silent=truth(gone_silent()), **read)
        .annotate(count=models.Count("pk"))
    )
    return [
        Pile(
            row["stage"],
            row["overdue"],
            row["silent"],
            frozenset(one for one in Pending if row[f"awaits_{one.value}"]),
            row["count"],
        )
        for row in found
    ]
