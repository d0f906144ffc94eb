"""Reads of journeys: each takes the viewer first, and shows what the policy lets them see."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest
from django.db.models.lookups import Contains

from jalon.catalogue.models import Certification
from jalon.journeys.models import (
    AccessLog,
    Adjustment,
    Attempt,
    BlocAward,
    Clock,
    Complaint,
    JournalEntry,
    Journey,
    ListRead,
)
from jalon.journeys.models.complaint import LEFT
from jalon.journeys.models.journey import waits_for
from jalon.journeys.policy import (
    accompanies,
    capacity,
    certifies,
    in_hand,
    reads_notes,
    reporting,
    visible,
)
from jalon.journeys.snapshot import clock_view, snapshot
from jalon.law import case as law_case
from jalon.law import jury, lifecycle, results, writing
from jalon.law.admissibility import bloc_filing_warning, filing_warning
from jalon.law.attention import silent_before
from jalon.law.dates import Opening
from jalon.law.facts import Deliberation, Facts, Rectification, Registration
from jalon.law.guidance import stages_waiting_for
from jalon.law.jury import no_qualification_rule
from jalon.law.lateness import open_clocks
from jalon.law.outside import may_be_reported
from jalon.law.routing import (
    delivery_warning,
    forecast_jury_on,
    opening_on,
    sheet_ending_warning,
    sheet_shortened_warning,
)
from jalon.law.rulebook import Refusal, enforces
from jalon.law.stages import ENDS, UNDER_WAY, StageFilter
from jalon.law.transitions import Transition
from jalon.law.vocabulary import (
    Act,
    Addressee,
    AdjustedStep,
    Contestation,
    Event,
    Pending,
    Role,
    Stage,
)
from jalon.now import midnight, paris_day, today
from jalon.people.models import LOOKED_FOR, Membership, Organisation, User
from jalon.people.policy import organisations, roles
from jalon.people.queries import accompanying
from jalon.words import plain

#: Whom and what a line about a journey names.
SHOWN = ("candidate", "certification", "architect", "organisation", "certifier")


def journeys(viewer: User) -> QuerySet[Journey]:
    """Return the journeys a person may see, with what a list shows of each."""
    return with_what_is_shown(Journey.objects.filter(visible(viewer)))


def with_what_is_shown(found: QuerySet[Journey]) -> QuerySet[Journey]:
    """Return the same journeys, with whom and what a list names, and their open delays."""
    open_clocks = Clock.objects.open().order_by("limit_on")
    return found.select_related(*SHOWN).prefetch_related(
        Prefetch("clocks", queryset=open_clocks, to_attr="open_clocks")
    )


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


def truth(condition: Q) -> Case:
    """Return a condition as an expression, true or false and never unknown."""
    return Case(When(condition, then=Value(True)), default=Value(False))


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


#: The figures of a code of the register: a telephone, or enough of one, has more.
MOST_OF_A_CODE = 5
#: A telephone of France, with what stands before it at home and from abroad.
DIALLED = re.compile(r"(?:\+33|0033|33(?=\d{9}$))?0?(\d{5,})")


def searched(found: QuerySet[Journey], text: str) -> QuerySet[Journey]:
    """Return the journeys that hold every word, in a name or the title, or the candidate's telephone."""
    words = list(dict.fromkeys(text.split()))
    every = Q()
    for word, titled in zip(words, sheets_holding(words), strict=True):
        every &= Q(pk__in=holding(word, titled))
    if figures := dialled(text):
        every |= Q(candidate__in=reached_at(figures))
    return found.filter(every)


def sheets_holding(words: Sequence[str]) -> list[list[int]]:
    """Return, for each word, the certifications that hold it in their title or code.

    They are few, and read first: the database would expect a twelfth of all journeys of each.
    """
    titled = plain("title")
    held = [
        truth(Q(Contains(titled, plain(Value(word)))) | Q(code__icontains=word)) for word in words
    ]
    rows = list(Certification.objects.values_list("pk", *held)) if words else []
    return [[row[0] for row in rows if row[place]] for place in range(1, len(words) + 1)]


def holding(word: str, sheets: Iterable[int]) -> QuerySet[Any, Any]:
    """Return the ids of the journeys that hold some letters, accents and capitals forgiven.

    Each place where they may stand is asked apart: an index answers for each, and none for all.
    """
    held = plain(Value(word))
    people = User.objects.alias(**{f"plain_{name}": plain(name) for name in LOOKED_FOR})
    named = Q(plain_last_name__contains=held) | Q(plain_first_name__contains=held)
    candidates = people.filter(named | Q(plain_email__contains=held))
    referenced = Journey.objects.alias(plain_reference=plain("reference"))
    by_name = Journey.objects.filter(candidate__in=candidates.values("pk")).values("pk")
    return by_name.union(
        Journey.objects.filter(architect__in=people.filter(named).values("pk")).values("pk"),
        Journey.objects.filter(certification__in=sheets).values("pk"),
        referenced.filter(plain_reference__contains=held).values("pk"),
    )


def dialled(text: str) -> str:
    """Return the figures of a telephone without 0, +33 or 0033; nothing when the text is not one."""
    typed = re.sub(r"[\s.\-()]", "", text)
    found = DIALLED.fullmatch(typed)
    return found[1] if found and len(typed) > MOST_OF_A_CODE else ""


def reached_at(figures: str) -> QuerySet[User]:
    """Return the people whose telephone holds these figures, however it is written."""
    every = [
        Func(F(name), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
        for name in ("phone", "candidate_profile__phone")
    ]
    account, profile = (Cast(one, models.TextField()) for one in every)
    found = User.objects.annotate(account_phone=account, profile_phone=profile)
    held = Q(account_phone__contains=figures) | Q(profile_phone__contains=figures)
    return found.filter(held).values("pk")  # type: ignore[return-value]


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


@enforces("R-124")
def journey(viewer: User, id: uuid.UUID, *, what: str = "dossier") -> Journey:
    """Return one journey; a professional's look at it is recorded. Raises DoesNotExist."""
    seen = Journey.objects.filter(visible(viewer)).select_related(*SHOWN)
    found = seen.select_related("candidate__candidate_profile").get(pk=id)
    if found.candidate_id != viewer.pk:
        AccessLog.objects.create(journey=found, reader=viewer, what=what)
    return found


@enforces("R-124")
def reads(viewer: User, journey: Journey | None = None) -> QuerySet[AccessLog]:
    """Return who of the staff looked, the latest first: at one's own files, or at one that is led.

    A file's looks are for its candidate, the heads of the organisation that accompanies, and the
    administrators.
    """
    leading = Q(journey__organisation__in=organisations(viewer, Role.HEAD))
    seen = Q(journey__candidate=viewer)
    if journey is not None:
        every = Role.ADMINISTRATOR in roles(viewer)
        seen = Q(journey=journey) & (Q() if every else seen | leading)
    return (
        AccessLog.objects.filter(seen)
        .select_related("reader", "journey__certification")
        .prefetch_related("reader__memberships__organisation")
        .order_by("-at", "-pk")
    )


@enforces("R-124")
def lists_read(viewer: User, *, exported: bool) -> QuerySet[ListRead]:
    """Return the lists that people took away, or opened here, the latest first.

    A head sees what those of their organisation did; an administrator, everybody.
    """
    found = ListRead.objects.filter(exported=exported)
    if Role.ADMINISTRATOR not in roles(viewer):
        here = Membership.objects.filter(organisation__in=organisations(viewer, Role.HEAD))
        found = found.filter(reader__in=here.values("user"))
    return found.select_related("reader").order_by("-at", "-pk")


def own_journeys(candidate: User) -> list[Journey]:
    """Return the journeys of a candidate, those that go on first, the latest before the others."""
    own = Journey.objects.filter(candidate=candidate).select_related(
        "candidate__candidate_profile",
        "certification",
        "architect",
        "organisation",
        "certifier",
    )
    return sorted(own.order_by("-registered_at"), key=lambda one: one.stage in ENDS)


def under_way(candidate: User) -> QuerySet[Journey]:
    """Return the journeys of a candidate that have not come to an end."""
    return Journey.objects.under_way().filter(candidate=candidate)


@dataclass(frozen=True)
class Position:
    """Where a journey stands for somebody: what they may try, what they should know, its clocks.

    `reports` are the acts of somebody outside that this person may write down.
    """

    case: law_case.Case
    acts: tuple[Transition, ...]
    reports: tuple[Transition, ...]
    blocked: tuple[tuple[Transition, Refusal], ...]
    warnings: tuple[Refusal, ...]
    clocks: tuple[Clock, ...]

    @property
    def deadlines(self) -> tuple[Clock, ...]:
        """Return the running delays that the law sets and that have begun, the nearest first."""
        begun = (clock for clock in self.clocks if clock.started_on <= self.case.today)
        return tuple(clock for clock in begun if clock.running and clock.statutory)

    @property
    def open_clocks(self) -> tuple[Clock, ...]:
        """Return the delays that are open: the late ones first, then the nearest."""
        awaited = open_clocks(self.case)
        return tuple(
            sorted(
                (clock for clock in self.clocks if clock_view(clock) in awaited),
                key=lambda clock: clock.limit_on,
            )
        )

    @property
    def late_clocks(self) -> tuple[Clock, ...]:
        """Return the delays whose limit is past and whose act is still awaited."""
        return tuple(clock for clock in self.open_clocks if clock.limit_on < self.case.today)


def position(viewer: User, journey: Journey) -> Position:
    """Return where a journey stands for a person who sees it; its rows are read once."""
    able = capacity(viewer, journey)
    role = next((role for role in Role if role in (able or roles(viewer))), Role.CANDIDATE)
    case = snapshot(journey, role)
    clocks = sorted(
        journey.clocks.all(),
        key=lambda one: (not one.running, one.ended_on or one.limit_on, one.limit_on),
    )
    rows = open_to(case, able)
    return Position(
        case,
        tuple(transition for transition in rows if lifecycle.offered(transition, case)),
        reports(viewer, journey, case),
        blocked(rows, case),
        warnings(case),
        tuple(clocks),
    )


def reports(viewer: User, journey: Journey, case: law_case.Case) -> tuple[Transition, ...]:
    """Return the acts of those outside that a person may write down now."""
    as_they = replace(case, reported=True)
    return tuple(
        row
        for row in open_to(as_they, reporting(viewer, journey))
        if lifecycle.offered(row, as_they) and may_be_reported(row)
    )


def blocked(
    rows: Iterable[Transition], case: law_case.Case
) -> tuple[tuple[Transition, Refusal], ...]:
    """Return the rows that would go on and cannot yet, each with its rule: not what is not theirs."""
    waiting = ((row, lifecycle.not_offered_because(row, case)) for row in rows if row.explains)
    return tuple((row, why) for row, why in waiting if why and why.rule)


def open_to(case: law_case.Case, able: frozenset[Role]) -> tuple[Transition, ...]:
    """Return the rows of the table open to somebody with these roles, offered or not."""
    found: dict[str, Transition] = {}
    for role in Role:
        if role in able:
            for transition in lifecycle.open_transitions(
                case.stage, case.route, case.accompaniment, role, case.anchors
            ):
                found.setdefault(transition.act, transition)
    return tuple(found.values())


def warnings(case: law_case.Case) -> tuple[Refusal, ...]:
    """Return what people should know of a journey though nothing forbids it (R-011, R-012, R-020, R-060, R-131)."""
    found = []
    if case.stage not in ENDS:
        ending = sheet_ending_warning(case)
        if not ending or case.sheet.deliverable_until:
            found.append(delivery_warning(case.sheet, forecast_jury_on(case)))
        found.append(ending)
        found.append(sheet_shortened_warning(case))
        found.append(no_qualification_rule(case))
    if case.stage in writing.FEASIBILITY.stages:
        found += [bloc_filing_warning(case), filing_warning(case)]
    return tuple(warning for warning in found if warning)


@dataclass(frozen=True)
class RouteProof:
    """Why a journey follows its route: the day, and the time of the portal that decided, if one did."""

    on: date
    opening: Opening | None


def route_proof(journey: Journey, lines: Iterable[JournalEntry]) -> RouteProof | None:
    """Return what decided the route, from the portal's list as the registration kept it (R-001).

    None when the registration is not among these lines, or kept no list.
    """
    entry = next((one for one in lines if one.act == Act.REGISTER), None)
    if entry is None or entry.facts_version < 2:
        return None
    on = paris_day(journey.registered_at)
    return RouteProof(on, opening_on(entry.facts_as(Registration).openings, on))


@enforces("R-078", "R-083")
def awards(viewer: User, journey: Journey) -> QuerySet[BlocAward]:
    """Return the blocs that a candidate holds of a certification, wherever they were obtained.

    Nobody reads of an award before the result that gives it was notified.
    """
    held = BlocAward.objects.still_valid().told().counted_on(journey.pk)
    seen = Journey.objects.filter(visible(viewer), pk=journey.pk)
    return (
        held.filter(
            journey__candidate__in=seen.values("candidate"),
            bloc__certification=journey.certification_id,
        )
        .select_related("bloc", "journey")
        .order_by("bloc__position", "awarded_on")
    )


@enforces("R-130")
def complaints(viewer: User, journey: Journey | None = None) -> QuerySet[Complaint]:
    """Return the complaints that a person may read, the latest first: theirs, or addressed to them.

    An administrator reads those told to an organisation that the candidate left: they may answer them.
    """
    certifying = Q(
        to=Addressee.CERTIFIER, journey__certifier__in=organisations(viewer, Role.CERTIFIER)
    )
    led = organisations(viewer, Role.HEAD)
    told = Q(accompanist__in=led) | Q(accompanist__isnull=True, journey__organisation__in=led)
    leading = Q(to=Addressee.ACCOMPANIST) & told
    read = Q(journey__candidate=viewer) | certifying | leading
    if Role.ADMINISTRATOR in roles(viewer):
        read |= LEFT
    found = Complaint.objects.filter(read)
    if journey is not None:
        found = found.filter(journey=journey)
    return found.select_related("journey__candidate", "accompanist").order_by("-filed_on", "-pk")


def holds_adjustments_of(viewer: User) -> Q:
    """Return the condition on Journey that keeps those whose accompaniment a person answers for.

    The head does, and the architect of the file or who replaces them; while nobody who still works there has it, any of them.
    """
    there = accompanying(OuterRef("organisation")).filter(user=OuterRef("architect"))
    leading = Q(organisation__in=organisations(viewer, Role.HEAD))
    following = Q(organisation__in=organisations(viewer, Role.ARCHITECT))
    return leading | following & (in_hand(viewer) | Q(~Exists(there)))


@enforces("R-123")
def adjustments(viewer: User, journey: Journey | None = None) -> QuerySet[Adjustment]:
    """Return the requests for an adjustment that a person may read, the latest first.

    Their candidate does, and whoever answers: the architect of the file and the head for what is asked
    of who accompanies, the certifier for the rest. What is asked of a certifier who does not work here
    is passed on by who accompanies. Neither a colleague, nor an administrator, nor a juror reads any.
    """
    found = Adjustment.objects.standing()
    if journey is not None:
        found = found.filter(journey=journey)
    team = Journey.objects.filter(holds_adjustments_of(viewer), pk=OuterRef("journey"))
    theirs = Q(step=AdjustedStep.ACCOMPANIMENT) | Q(journey__certifier__works_here=False)
    certifying = Q(journey__certifier__in=organisations(viewer, Role.CERTIFIER))
    return found.filter(
        Q(journey__candidate=viewer)
        | Q(theirs, Exists(team))
        | Q(certifying, ~Q(step=AdjustedStep.ACCOMPANIMENT))
    ).order_by("-number")


@enforces("R-123")
def told_to_the_jury(journey: Journey) -> list[str]:
    """Return what a jury is told of adjustments: what is put in place, and only if the candidate agreed."""
    shared = journey.adjustments.shared_with_the_jury().order_by("number")
    return list(shared.values_list("answer", flat=True))


def grounds(journey: Journey) -> dict[str, str]:
    """Return why the jury did not award each bloc, by its code, as the last notified result says it."""
    told = journey.journal.filter(act__in=results.NOTICES.values()).order_by("number").last()
    if told is None:
        return {}
    said = journey.journal.filter(act__in=results.SAY_WHY)
    known = Q(number__lt=told.number) | Q(act=Act.RECTIFY_RESULT) & ~BEFORE_THE_NOTICE
    found: dict[str, str] = {}
    for line in said.filter(known).order_by("number"):
        found = grounds_after(found, line)
    return found


#: A signed result that is put right before anybody was told of it.
BEFORE_THE_NOTICE = Q(act=Act.RECTIFY_RESULT, stage_after=Stage.DELIBERATED)


def grounds_after(before: dict[str, str], line: JournalEntry) -> dict[str, str]:
    """Return why blocs are not awarded once a jury decided, or its result was rectified."""
    said = line.facts_as(Facts)
    if isinstance(said, Deliberation):
        return {vote.bloc: vote.ground for vote in said.votes if not jury.bloc_awarded(vote)}
    if not isinstance(said, Rectification):
        return before
    kept = {bloc: why for bloc, why in before.items() if bloc not in said.won}
    return kept | dict.fromkeys(said.lost, said.reason)


def journal(viewer: User, journey: Journey) -> QuerySet[JournalEntry]:
    """Return the acts of a journey, the latest first, without the notes that are not for the viewer."""
    seen = Journey.objects.filter(visible(viewer), pk=journey.pk)
    entries = JournalEntry.objects.filter(journey__in=seen)
    if not reads_notes(viewer, journey):
        entries = entries.exclude(act__in=lifecycle.INTERNAL)
    if not certifies(viewer, journey):
        entries = entries.exclude(BEFORE_THE_NOTICE)
    if journey.candidate_id != viewer.pk:
        entries = entries.exclude(act__in=lifecycle.CONFIDENTIAL)
        if not accompanies(viewer, journey):
            entries = entries.exclude(event__in=lifecycle.OF_ACCOMPANIMENT)
    return entries.select_related("author", "acted_for").order_by("-number")


#: No number of an account has more figures.
FIGURES = 9


def files_of(viewer: User, organisation: Organisation | None, who: str = "") -> QuerySet[Journey]:
    """Return the journeys under way that an organisation accompanies, the longest waiting first.

    `who` keeps those of an architect, by number, or "personne": those that nobody who still works
    there has.
    """
    found = journeys(viewer).filter(organisation=organisation).exclude(stage__in=ENDS)
    if organisation is None:
        return found.none()
    if who == "personne":
        there = accompanying(organisation.pk).values("user")
        found = found.filter(Q(architect__isnull=True) | ~Q(architect__in=there))
    elif who.isdecimal() and len(who) <= FIGURES:
        found = found.filter(architect=int(who))
    return found.order_by("stage_since", "pk")


def loads(organisation: int) -> dict[int, int]:
    """Return how many journeys under way each person of an organisation has, by number."""
    mine = Journey.objects.filter(organisation=organisation, architect__isnull=False)
    counted = mine.exclude(stage__in=ENDS).values_list("architect").annotate(models.Count("pk"))
    return dict(counted.order_by())


def handed_over(viewer: User, since: datetime) -> QuerySet[JournalEntry]:
    """Return the files that a person handed to colleagues since a moment, the latest first."""
    seen = Journey.objects.filter(visible(viewer))
    found = JournalEntry.objects.filter(
        act=Act.REASSIGN, author=viewer, at__gte=since, journey__in=seen
    )
    return found.select_related("journey__candidate", "journey__architect").order_by("-at", "-pk")


def files_left_by(viewer: User, membership: Membership) -> QuerySet[Journey]:
    """Return the journeys under way that an architect would leave without anybody."""
    found = files_of(viewer, membership.organisation).filter(architect=membership.user_id)
    others = accompanying(membership.organisation_id or 0).filter(user=membership.user_id)
    return found.none() if others.exclude(pk=membership.pk).exists() else found
