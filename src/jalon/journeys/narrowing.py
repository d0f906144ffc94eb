"""What narrows a list of journeys beside its tab, in which order it stands, and how many each choice keeps.

Rooms above add what they know by the same two registries: a place of meetings, a workshop.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from jalon.catalogue.models import Certification
from jalon.journeys.models import Clock, Journey
from jalon.journeys.queries import truth
from jalon.law.guidance import stages_waiting_for
from jalon.law.vocabulary import Accompaniment, Role, Stage
from jalon.now import PARIS, midnight, today
from jalon.people.models import User
from jalon.words import plain


@dataclass(frozen=True)
class Facet:
    """One thing by which a list is narrowed: its name in the address, and what people read.

    `column` says what a journey counts under; `reads` turns what an address says into an option, and
    raises ValueError; `keeps` is what an option keeps; `named` names the options worth showing, in
    their order; `covers` says whether an option keeps what counts under something: nothing but what
    counts under itself, when it is None.
    """

    slug: str
    label: str
    column: Callable[[User], Any]
    reads: Callable[[str], Any]
    keeps: Callable[[User, Any], Q]
    named: Callable[[Collection[Any]], Mapping[Any, str]]
    covers: Callable[[Any, Any], bool] | None = None


FACETS: dict[str, Facet] = {}


def facet(one: Facet) -> Facet:
    """Register what a list may be narrowed by."""
    FACETS[one.slug] = one
    return one


#: What each narrowed thing was narrowed to, by its name in the address.
Chosen = Mapping[str, Any]


def narrowed(viewer: User, chosen: Chosen) -> Q:
    """Return the condition on Journey that keeps what every choice keeps, for who looks."""
    kept = Q()
    for slug, option in chosen.items():
        kept &= FACETS[slug].keeps(viewer, option)
    return kept


@dataclass(frozen=True)
class Option:
    """A choice among those of a facet, and how many journeys it would keep."""

    value: Any
    label: str
    count: int


#: Nobody reads a longer choice: those that keep most are shown, the others are found by their words.
MOST_OPTIONS = 50


@dataclass(frozen=True)
class Offer:
    """The options of a facet that are shown, in their order, and of how many they were taken."""

    options: list[Option]
    total: int

    @property
    def is_cut(self) -> bool:
        """Say whether others would keep something too."""
        return len(self.options) < self.total


TALLY = "SELECT grouping({columns}), {columns}, {counts} FROM ({rows}) AS listed GROUP BY GROUPING SETS ({sets})"


def tally(
    viewer: User, found: QuerySet[Journey], facets: Sequence[Facet], chosen: Chosen
) -> dict[str, Offer]:
    """Return what each facet offers, counted in one reading of a list that is not narrowed yet.

    What an option keeps is counted with every other choice, so that another may be taken instead.
    """
    if not facets:
        return {}
    flags = {slug: f"kept_{place}" for place, slug in enumerate(chosen)}
    columns = {f"under_{place}": one.column(viewer) for place, one in enumerate(facets)}
    kept = {
        flags[slug]: truth(FACETS[slug].keeps(viewer, option)) for slug, option in chosen.items()
    }
    rows, values = found.order_by().values(**columns, **kept).query.sql_with_params()
    counts = [
        filtered(flags.values()),
        *(filtered(flags[k] for k in flags if k != s) for s in flags),
    ]
    statement = TALLY.format(
        columns=", ".join(columns),
        counts=", ".join(counts),
        rows=rows,
        sets=", ".join(f"({name})" for name in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        lines = cursor.fetchall()
    counted = {
        one.slug: under(lines, place, len(facets), counted_by(one.slug, flags))
        for place, one in enumerate(facets)
    }
    return {one.slug: offer(one, counted[one.slug], chosen.get(one.slug)) for one in facets}


def filtered(flags: Iterable[str]) -> str:
    """Return the count of the rows that some choices keep."""
    kept = " AND ".join(flags)
    return f"count(*) FILTER (WHERE {kept})" if kept else "count(*)"


def counted_by(slug: str, flags: Mapping[str, str]) -> int:
    """Return which of the counts of a line is that of a facet: its own choice left aside."""
    return 1 + list(flags).index(slug) if slug in flags else 0


def under(lines: Iterable[Sequence[Any]], place: int, many: int, count: int) -> dict[Any, int]:
    """Return how many journeys count under each thing, for the facet at some place among many."""
    grouped = (1 << many) - 1 - (1 << (many - 1 - place))
    return {
        line[1 + place]: line[1 + many + count]
        for line in lines
        if line[0] == grouped and line[1 + place] is not None
    }


def offer(one: Facet, counts: Mapping[Any, int], chosen: Any) -> Offer:
    """Return the options of a facet that keep something: the most kept, and the one that is chosen."""
    found = {what: n for what, n in counts.items() if n}
    shown = found if one.covers else most(found, chosen)
    named = one.named(list(shown)).items()
    counted = [Option(value, label, kept_by(one, value, shown)) for value, label in named]
    told = [option for option in counted if option.count]
    return Offer(told, len(told) + len(found) - len(shown))


def most(counts: Mapping[Any, int], chosen: Any) -> dict[Any, int]:
    """Return the things under which most journeys count, and the one that is chosen."""
    first = sorted(counts, key=lambda what: (what != chosen, -counts[what], what))
    return {what: counts[what] for what in first[:MOST_OPTIONS]}


def kept_by(one: Facet, value: Any, counts: Mapping[Any, int]) -> int:
    """Return how many journeys an option keeps."""
    if one.covers is None:
        return counts.get(value, 0)
    return sum(count for what, count in counts.items() if one.covers(value, what))


# ---------------------------------------------------------------- what this room knows


def number(said: str) -> int:
    """Return the number that an address says; raises ValueError."""
    if not re.fullmatch(r"[0-9]{1,9}", said):
        raise ValueError(said)
    return int(said)


def one_of(offered: Collection[int]) -> Callable[[str], int]:
    """Return what reads a number among those that are offered, and raises ValueError for any other."""

    def read(said: str) -> int:
        found = number(said)
        if found not in offered:
            raise ValueError(said)
        return found

    return read


facet(
    Facet(
        "etape",
        "Étape",
        column=lambda viewer: F("stage"),
        reads=Stage,
        keeps=lambda viewer, stage: Q(stage=stage),
        named=lambda _: {one: one.label for one in Stage},
    )
)

#: Within how many days a delay ends.
WITHIN = (7, 14, 30, 60)


def due_by(day: date) -> Q:
    """Return the condition that an open delay ends by some day, the late ones included."""
    return Q(Exists(Clock.objects.open().filter(journey=OuterRef("pk"), limit_on__lte=day)))


facet(
    Facet(
        "delai",
        "Échéance",
        column=lambda viewer: F("due_on"),
        reads=one_of(WITHIN),
        keeps=lambda viewer, days: due_by(today() + timedelta(days=days)),
        named=lambda _: {days: f"dans {days} jours ou moins" for days in WITHIN},
        covers=lambda days, due_on: due_on <= today() + timedelta(days=days),
    )
)


def certifications(found: Collection[int]) -> dict[int, str]:
    """Return the titles of some certifications, in their order."""
    named = Certification.objects.filter(pk__in=found).order_by("title", "code")
    return dict(named.values_list("pk", "title"))


facet(
    Facet(
        "certification",
        "Certification",
        column=lambda viewer: F("certification_id"),
        reads=number,
        keeps=lambda viewer, pk: Q(certification=pk),
        named=certifications,
    )
)

#: The option that keeps the files nobody follows.
NOBODY = 0


def architects(found: Collection[int]) -> dict[int, str]:
    """Return the names of some architects, those of nobody first."""
    named = User.objects.filter(pk__in=found).order_by("last_name", "first_name", "pk")
    nobody = {NOBODY: "Personne"} if NOBODY in found else {}
    return nobody | {one.pk: str(one) for one in named}


facet(
    Facet(
        "architecte",
        "Architecte",
        column=lambda viewer: Coalesce(F("architect_id"), Value(NOBODY)),
        reads=number,
        keeps=lambda viewer, pk: Q(architect=pk) if pk else Q(architect__isnull=True),
        named=architects,
    )
)

#: Days without a sign of the candidate.
SILENCES = (15, 30, 60, 90)


facet(
    Facet(
        "silence",
        "Sans signe du candidat",
        column=lambda viewer: TruncDate("candidate_seen_at", tzinfo=PARIS),
        reads=one_of(SILENCES),
        keeps=lambda viewer, days: Q(
            candidate_seen_at__lt=midnight(today() - timedelta(days=days - 1))
        ),
        named=lambda _: {days: f"depuis {days} jours ou plus" for days in SILENCES},
        covers=lambda days, seen_on: seen_on <= today() - timedelta(days=days),
    )
)


# ---------------------------------------------------------------- orders

#: What puts a list in order, for who looks at it.
Ordering = Callable[[User], tuple[Any, ...]]

ORDERS: dict[str, Ordering] = {}


def order(slug: str) -> Callable[[Ordering], Ordering]:
    """Register an order, under its name in the address."""

    def register(by: Ordering) -> Ordering:
        ORDERS[slug] = by
        return by

    return register


def ordered(
    found: QuerySet[Journey], viewer: User, slug: str, *, back: bool = False
) -> QuerySet[Journey]:
    """Return the same list in another order, or in its reverse; what has nothing to compare comes last."""
    by = [
        one.desc(nulls_last=True) if back else one.asc(nulls_last=True)
        for one in ORDERS[slug](viewer)
    ]
    return found.order_by(*by, "pk")


@order("candidat")
def by_name(viewer: User) -> tuple[Any, ...]:
    """By the candidate's name."""
    return plain(F("candidate__last_name")), plain(F("candidate__first_name"))


@order("qui")
def by_who_acts(viewer: User) -> tuple[Any, ...]:
    """By who acts now: the candidate, who accompanies, the certifier, nobody."""
    return who_acts(), F("due_on")


@order("echeance")
def by_delay(viewer: User) -> tuple[Any, ...]:
    """By the nearest delay, the late ones first."""
    return (F("due_on"),)


@order("etape")
def by_stage(viewer: User) -> tuple[Any, ...]:
    """By the stage, in the order of the story, then by the day it was reached."""
    rank = Case(*(When(stage=one, then=Value(place)) for place, one in enumerate(Stage)))
    return rank, F("stage_since")


@order("contact")
def by_contact(viewer: User) -> tuple[Any, ...]:
    """By the last sign of the candidate, then of the team: the most silent first."""
    return F("candidate_seen_at"), F("team_seen_at")


@order("certification")
def by_certification(viewer: User) -> tuple[Any, ...]:
    """By the title of the certification."""
    return plain(F("certification__title")), F("certification__code")


@order("architecte")
def by_architect(viewer: User) -> tuple[Any, ...]:
    """By the architect's name."""
    return plain(F("architect__last_name")), plain(F("architect__first_name"))


#: Who acts, in the order of a list.
THE_CANDIDATE, THE_TEAM, THE_CERTIFIER, NO_ONE = range(4)


def who_acts() -> Case:
    """Return the expression that says who acts now on a journey, as lists say it."""
    candidate, team, certifier = (
        stages_waiting_for(role) for role in (Role.CANDIDATE, Role.ARCHITECT, Role.CERTIFIER)
    )
    heard = Q(stage=Stage.JURY_SCHEDULED, jury_on__lt=today())
    alone = Q(stage__in=team, accompaniment=Accompaniment.ALONE)
    return Case(
        When(heard | Q(documents_requested_at__isnull=False), then=Value(THE_CERTIFIER)),
        When(Q(stage__in=candidate) | alone, then=Value(THE_CANDIDATE)),
        When(stage__in=team, then=Value(THE_TEAM)),
        When(stage__in=certifier, then=Value(THE_CERTIFIER)),
        default=Value(NO_ONE),
    )
