"""What a head's figures count: each is some rows, told in the same six columns, and measured by PostgreSQL."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, Least, Lower, Trim, TruncDate

from jalon.journeys.models import Attempt, BlocAward, Clock, JournalEntry, Journey
from jalon.law import figures as law
from jalon.law.figures import Compared, Span
from jalon.law.stages import ENDS, RESULT_KNOWN, UNDER_WAY
from jalon.law.vocabulary import Act, OrganisationKind, Role, Stage
from jalon.now import PARIS, today
from jalon.people.models import Organisation, User
from jalon.people.policy import organisations, roles
from jalon.prepared import planned_each_time

#: Rows of a figure: `file`, `person`, `team`, `day`, `line`, `days`, `good`.
Rows = QuerySet[Any]


#: What the line of a team begins with, before its number; nothing follows for those who go alone.
OF_A_TEAM = "equipe-"


@dataclass(frozen=True)
class Team:
    """Whose journeys are counted: those of some organisations, or all of them.

    Where `several` teams are read together, what would be told of each person is told of each team.
    """

    organisations: frozenset[int] | None
    several: bool = False

    def line_of(self, person: str, path: str = "journey__") -> Any:
        """Return the line of a figure of people: the person, or their team."""
        if not self.several:
            return F(person)
        return Concat(Value(OF_A_TEAM), Cast(F(f"{path}organisation_id"), TextField()))

    def holds(self, path: str = "journey__") -> Q:
        """Return the condition that keeps the rows of the team, `path` leading to their journey."""
        if self.organisations is None:
            return Q()
        return Q(**{f"{path}organisation__in": self.organisations})


def teams() -> QuerySet[Organisation]:
    """Return the organisations that accompany, in the order of their names."""
    return Organisation.objects.filter(kind=OrganisationKind.ACCOMPANIST).order_by("name", "pk")


def several_teams() -> bool:
    """Say whether everything there is, read together, is that of several teams."""
    return teams().count() > 1


def teams_of(viewer: User) -> QuerySet[Organisation]:
    """Return the organisations whose figures a person reads: those they lead, or every one."""
    found = teams()
    if Role.ADMINISTRATOR in roles(viewer):
        return found
    return found.filter(pk__in=organisations(viewer, Role.HEAD))


def whole_team(viewer: User) -> Team:
    """Return everything of which a person reads the figures."""
    if Role.ADMINISTRATOR in roles(viewer):
        return Team(None)
    return Team(frozenset(organisations(viewer, Role.HEAD)))


#: A figure: its rows for a team, in a period and in the one before.
Counts = Callable[[Team, Compared], list[Rows]]


class Told(Enum):
    """What a figure tells of a period."""

    WITHIN = "within"  #: what fell on its days
    UNTIL = "until"  #: what there was on its last day: all that came before, less all that went
    PRESENT = "present"  #: what there is as it is counted, whatever the period


@dataclass(frozen=True)
class Tallied:
    """A figure that may be counted beforehand.

    `rows` are those to keep; those of a figure that is told `UNTIL` a day come in when they are good, and go
    out otherwise. Nothing tells how many `people` they are of where only their number is shown. Lines that
    somebody `typed` are kept under their words when many people share them; those `by_person` of the staff
    are kept by team for all teams together.
    """

    name: str
    rows: Counts
    told: Told
    people: bool
    typed: bool
    by_person: bool


#: The figures that may be counted beforehand, each by the function that counts it at once.
TALLIED: dict[Counts, Tallied] = {}


def tallied(
    told: Told = Told.WITHIN,
    *,
    rows: Counts | None = None,
    people: bool = True,
    typed: bool = False,
    by_person: bool = False,
) -> Callable[[Counts], Counts]:
    """Register a figure to be counted beforehand, by its own rows or by others that say as much."""

    def register(counts: Counts) -> Counts:
        TALLIED[counts] = Tallied(counts.__name__, rows or counts, told, people, typed, by_person)
        return counts

    return register


# ---------------------------------------------------------------- rows


def rows(
    found: QuerySet[Any],
    *,
    day: Any,
    line: Any,
    path: str = "journey__",
    days: Any = None,
    good: Any = None,
) -> Rows:
    """Return rows in the columns that every figure has: which file, whose, when, where it counts.

    `days` is how long it lasted, `good` whether it counts in the part of a rate.
    """
    return found.order_by().values(
        file=F(f"{path}pk"),
        person=F(f"{path}candidate_id"),
        team=F(f"{path}organisation_id"),
        day=day,
        line=Cast(line, TextField()),
        days=Cast(days if days is not None else Value(None), IntegerField()),
        good=Cast(good if good is not None else Value(None), BooleanField()),
    )


def within(name: str, compared: Compared) -> Q:
    """Return the condition that keeps what falls in either span."""
    now, before = compared.now, compared.before
    return Q(**{f"{name}__range": (now.first, now.last)}) | Q(
        **{f"{name}__range": (before.first, before.last)}
    )


def days_from(start: Any, end: Any) -> Func:
    """Return the days between two dates, as PostgreSQL takes one from the other."""
    return Func(
        end,
        start,
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )


def moves(team: Team, compared: Compared) -> QuerySet[JournalEntry]:
    """Return the acts that changed the step of a journey of the team, in either span."""
    return moved().filter(team.holds(), within("occurred_on", compared))


def moved() -> QuerySet[JournalEntry]:
    """Return the acts that changed the step of a journey: an event changes none."""
    return JournalEntry.objects.exclude(stage_before=F("stage_after"))


def later() -> QuerySet[JournalEntry]:
    """Return the later steps of the journey of a line, the next one first."""
    same = moved().filter(journey=OuterRef("journey"), number__gt=OuterRef("number"))
    return same.order_by("number")


def earlier() -> QuerySet[JournalEntry]:
    """Return the earlier steps of the journey of a line, the last one first."""
    same = moved().filter(journey=OuterRef("journey"), number__lt=OuterRef("number"))
    return same.order_by("-number")


@tallied(people=False)
def entries(team: Team, compared: Compared) -> list[Rows]:
    """Return each arrival at a step."""
    return [rows(moves(team, compared), day=F("occurred_on"), line=F("stage_after"))]


@tallied(people=False)
def exits(team: Team, compared: Compared) -> list[Rows]:
    """Return each leaving of a step."""
    left = moves(team, compared).exclude(stage_before="")
    return [rows(left, day=F("occurred_on"), line=F("stage_before"))]


def stock_moves(team: Team, compared: Compared) -> list[Rows]:
    """Return what came under way at a step on a day (good), and what was there and went (not good).

    A line written late, for a day before that of a line already there, changes nothing of what follows it.
    """
    before = Q(occurred_on__lte=OuterRef("occurred_on"))
    overtaken = later().filter(occurred_on__lt=OuterRef("occurred_on"))
    here = moves(team, compared).exclude(Exists(overtaken))
    came = here.filter(stage_after__in=UNDER_WAY)
    left = Subquery(earlier().filter(before).values("stage_after")[:1], output_field=CharField())
    went = here.annotate(left=left).filter(left__in=UNDER_WAY)
    return [
        rows(came, day=F("occurred_on"), line=F("stage_after"), good=Value(True)),
        rows(went, day=F("occurred_on"), line=F("left"), good=Value(False)),
    ]


@tallied(Told.UNTIL, rows=stock_moves, people=False)
def stock(team: Team, compared: Compared) -> list[Rows]:
    """Return the journeys under way on the last day of each span, with their step on that day."""
    return [stock_on(team, span) for span in (compared.now, compared.before)]


def stock_on(team: Team, span: Span) -> Rows:
    """Return the journeys under way on the last day of a span; the journal tells of a past day."""
    told = moved().filter(journey=OuterRef("pk"), occurred_on__lte=span.last)
    then = Subquery(told.order_by("-number").values("stage_after")[:1], output_field=CharField())
    there = Journey.objects.filter(team.holds(""))
    there = there.annotate(then=F("stage") if span.last >= today() else then)
    found = there.filter(then__in=UNDER_WAY)
    return rows(found, day=Value(span.last), line=F("then"), path="")


@tallied()
def delays(team: Team, compared: Compared) -> list[Rows]:
    """Return the delays that ended, each with its days: from the last arrival at its first step."""
    known = moves(team, compared).annotate(
        slug=first_of(delay_ended(one, one.slug) for one in law.DELAYS),
        since=first_of(delay_ended(one, one.start) for one in law.DELAYS),
    )
    started = earlier().filter(stage_after=OuterRef("since"))
    lasted = days_from(Subquery(started.values("occurred_on")[:1]), F("occurred_on"))
    found = known.exclude(slug="").annotate(lasted=lasted).filter(lasted__gte=0)
    return [rows(found, day=F("occurred_on"), line=F("slug"), days=F("lasted"))]


def delay_ended(delay: law.StepDelay, said: str) -> When:
    """Say something of the lines that end a delay."""
    return When(stage_before__in=delay.left, stage_after__in=delay.reached, then=Value(str(said)))


def first_of(cases: Iterable[When], otherwise: str = "") -> Case:
    """Return what the first condition that holds says."""
    return Case(*cases, default=Value(otherwise), output_field=CharField())


@tallied()
def whole_delays(team: Team, compared: Compared) -> list[Rows]:
    """Return the journeys whose result was told, by route, with the days since they were registered."""
    told = moves(team, compared).filter(
        stage_before__in=law.BEFORE_A_RESULT, stage_after__in=RESULT_KNOWN
    )
    lasted = days_from(TruncDate("journey__registered_at", tzinfo=PARIS), F("occurred_on"))
    found = told.annotate(lasted=lasted).filter(lasted__gte=0)
    return [rows(found, day=F("occurred_on"), line=F("journey__route"), days=F("lasted"))]


@tallied(Told.PRESENT, by_person=True)
def load(team: Team, compared: Compared) -> list[Rows]:
    """Return the journeys under way today, by who follows them; whether one of their delays is past."""
    past = Clock.objects.open().filter(journey=OuterRef("pk"), limit_on__lt=today())
    found = Journey.objects.under_way().filter(team.holds(""))
    day, line = Value(compared.now.last), team.line_of("architect_id", "")
    return [rows(found, day=day, line=line, path="", good=Exists(past))]


@tallied()
def sendings(team: Team, compared: Compared) -> list[Rows]:
    """Return the files sent and answered: whether each came back, and how many times it was sent."""
    return [sent(one, team, compared) for one in law.SENDINGS]


def sent(sending: law.Sending, team: Team, compared: Compared) -> Rows:
    """Return the sendings of one kind of file that were answered."""
    same = earlier().filter(stage_after=sending.sent).order_by().values("journey")
    times = Coalesce(Subquery(same.annotate(times=Count("number")).values("times")), 0) + 1
    told = Least(times, law.MOST_TOLD, output_field=IntegerField())
    found = (
        moves(team, compared)
        .filter(stage_after=sending.sent)
        .annotate(answer=Subquery(later().values("stage_after")[:1]))
        .filter(answer__in=sending.answered)
    )
    came_back = Case(
        When(answer=sending.returned, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    return rows(
        found,
        day=F("occurred_on"),
        line=Concat(Value(f"{sending.slug}-"), Cast(told, TextField())),
        good=came_back,
    )


@tallied(typed=True)
def reasons(team: Team, compared: Compared) -> list[Rows]:
    """Return what was asked for with each file that came back, one row for each thing, in small letters."""
    returned = moves(team, compared).filter(
        stage_after__in=[one.returned for one in law.SENDINGS], facts__has_key="items"
    )
    items = Func(F("facts__items"), function="jsonb_array_elements_text", output_field=TextField())
    return [rows(returned, day=F("occurred_on"), line=Lower(Trim(items)))]


@tallied()
def hearings(team: Team, compared: Compared) -> list[Rows]:
    """Return those who were called before a jury: what it decided, or that they did not come."""
    decided = Attempt.objects.filter(
        team.holds(), within("hearing_on", compared), outcome__in=law.DECIDED
    )
    absent = JournalEntry.objects.acts().filter(
        team.holds(), within("occurred_on", compared), act=Act.RECORD_ABSENCE
    )
    return [
        rows(decided, day=F("hearing_on"), line=F("outcome")),
        rows(absent, day=F("occurred_on"), line=Coalesce(KT("facts__outcome"), Value(""))),
    ]


@tallied()
def blocs(team: Team, compared: Compared) -> list[Rows]:
    """Return the blocs on which a jury decided, and whether each was acquired."""
    given = BlocAward.objects.held().filter(attempt=OuterRef("attempt"), bloc=OuterRef("bloc"))
    judged = Attempt.blocs.through.objects.filter(
        team.holds("attempt__journey__"),
        within("attempt__hearing_on", compared),
        attempt__outcome__in=law.DECIDED,
    )
    day, path = F("attempt__hearing_on"), "attempt__journey__"
    return [rows(judged, day=day, line=F("bloc_id"), path=path, good=Exists(given))]


@tallied()
def endings(team: Team, compared: Compared) -> list[Rows]:
    """Return the journeys that ended and did not go on since, by how they ended."""
    told = [When(stage_after=at, then=Value(str(end))) for at, end in law.ENDED_AT.items()]
    told += [
        When(stage_before=at, stage_after=Stage.ARCHIVED, then=Value(str(end)))
        for at, end in law.PUT_AWAY_FROM.items()
    ]
    found = ended(team, compared).annotate(how=first_of(told))
    return [rows(found, day=F("occurred_on"), line=F("how"))]


def ended(team: Team, compared: Compared) -> QuerySet[JournalEntry]:
    """Return the acts that ended a journey for good, as far as is known."""
    went_on = later().exclude(stage_after__in=ENDS)
    done = moves(team, compared).filter(stage_after__in=ENDS).exclude(stage_before__in=ENDS)
    return done.exclude(Exists(went_on))


@tallied()
def drop_outs(team: Team, compared: Compared) -> list[Rows]:
    """Return the journeys that their candidates stopped, by the reason that was given."""
    stopped = ended(team, compared).filter(stage_after=Stage.DROPPED_OUT)
    return [rows(stopped, day=F("occurred_on"), line=Coalesce(KT("facts__reason"), Value("")))]


# ---------------------------------------------------------------- measures


@dataclass(frozen=True)
class Measure:
    """What is counted of some rows: how many, of how many people, how many good, how long they lasted."""

    count: int
    people: int
    good: int
    median: float | None
    most: float | None


NOTHING = Measure(0, 0, 0, None, None)

#: One reading of the rows for both spans, each line then their total; `most` is the ninth decile.
MEASURES = """
SELECT line, grouping(line) = 1, {now}, {before}
FROM ({rows}) AS counted
GROUP BY GROUPING SETS ((line), ())
"""
MEASURE = """
count(*) FILTER {within},
count(DISTINCT person) FILTER {within},
count(*) FILTER (WHERE good AND day BETWEEN %s AND %s),
percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER {within},
percentile_cont(0.9) WITHIN GROUP (ORDER BY days) FILTER {within}
""".replace("{within}", "(WHERE day BETWEEN %s AND %s)")
#: How many times a measure names its span.
NAMED = 5


@dataclass(frozen=True)
class Line:
    """A line of a figure, or its total: what is counted now, and what was before."""

    key: str
    now: Measure
    before: Measure


@dataclass(frozen=True)
class Measured:
    """A figure as PostgreSQL measured it."""

    lines: tuple[Line, ...]
    total: Line


def measured(found: Sequence[Rows], compared: Compared) -> Measured:
    """Measure the rows of a figure, in one statement."""
    together, params = united(found)
    statement = MEASURES.replace("{now}", MEASURE).replace("{before}", MEASURE)
    spans = [
        day for span in (compared.now, compared.before) for day in (span.first, span.last) * NAMED
    ]
    with planned_each_time(), connection.cursor() as cursor:
        cursor.execute(statement.replace("{rows}", together), [*spans, *params])
        counted = cursor.fetchall()
    lines = [(total, line_of(key, *numbers)) for key, total, *numbers in counted]
    return Measured(
        tuple(line for total, line in lines if not total),
        next(line for total, line in lines if total),
    )


def united(found: Sequence[Rows]) -> tuple[str, list[Any]]:
    """Return the statement that reads all the rows of a figure, and what it is given."""
    each = [
        one.query.get_compiler(connection=connection, elide_empty=False).as_sql() for one in found
    ]
    together = " UNION ALL ".join(f"({sql})" for sql, _ in each)
    return together, [one for _, params in each for one in params]


def line_of(key: str | None, *numbers: Any) -> Line:
    """Return a line from what the database counted of it in each span."""
    return Line(key or "", Measure(*numbers[:NAMED]), Measure(*numbers[NAMED:]))


COLUMNS = ("file", "person", "day", "line", "days", "good")
BEHIND = """
SELECT {columns} FROM ({rows}) AS counted
WHERE day BETWEEN %s AND %s AND (%s::text IS NULL OR line = %s)
"""
IN_ORDER = " ORDER BY day DESC, file, line LIMIT %s OFFSET %s"


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure in a span, or behind one of its lines, the latest first: read as asked."""

    found: Sequence[Rows]
    span: Span
    line: str | None = None

    def count(self) -> int:
        """Return how many there are."""
        ((count,),) = self._read("count(*)")
        return int(count)

    def __getitem__(self, wanted: slice) -> list[dict[str, Any]]:
        """Return those of a page, or all of them."""
        first = wanted.start or 0
        most = None if wanted.stop is None else wanted.stop - first
        told = self._read(", ".join(COLUMNS), IN_ORDER, most, first)
        return [dict(zip(COLUMNS, one, strict=True)) for one in told]

    def _read(self, columns: str, more: str = "", *given: Any) -> list[tuple[Any, ...]]:
        """Return what the statement gives."""
        together, params = united(self.found)
        statement = BEHIND.replace("{columns}", columns).replace("{rows}", together) + more
        asked = [self.span.first, self.span.last, self.line, self.line]
        with planned_each_time(), connection.cursor() as cursor:
            cursor.execute(statement, [*params, *asked, *given])
            return cursor.fetchall()
