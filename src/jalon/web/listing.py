"""A page of journeys, by tab, words, choices and order: the caseload and the certifier's inbox share it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jalon.journeys import lists
from jalon.journeys.models import Clock, Journey
from jalon.journeys.narrowing import Facet, Offer, tally
from jalon.journeys.rights import record_list
from jalon.law.guidance import BY_STAGE
from jalon.law.stages import StageFilter
from jalon.law.vocabulary import Accompaniment, Role, Stage
from jalon.now import today
from jalon.people.models import User
from jalon.support.listing import next_meetings
from jalon.support.models import Booking
from jalon.web import saved_views
from jalon.web.access import Visit
from jalon.web.asked import Asked, Choice, Space
from jalon.web.spreadsheets import taken_away

ROWS = 25

#: What stands above each column, by the name of the order that it gives.
COLUMNS = {
    "candidat": "Candidat",
    "qui": "C’est à",
    "echeance": "Échéance",
    "etape": "Étape",
    "contact": "Dernier contact",
    "rendez-vous": "Rendez-vous",
    "certification": "Certification",
    "architecte": "Architecte",
}


def journeys_page(request: Visit, space: Space, **more: Any) -> HttpResponseBase:
    """Show the journeys of one tab, each tab with its count; an unknown one is a 404.

    A search looks in every file that the viewer sees, whatever the tab; when nothing holds the
    words as they were typed, the nearest names are shown. A head sees the whole team's first.
    """
    asked = Asked.read(request.user, space, request.GET)
    told = f"{space.title} : {asked.label}"
    found = asked.listed()
    if kind := request.GET.get("format"):
        return exported(request.user, found, told, asked.slug, kind)
    page, listed = page_of(request, found)
    near = bool(asked.text) and not listed and not asked.chosen
    if near:
        page, listed = page_of(request, lists.alike(request.user, asked.text)[:ROWS])
    record_list(request.user, told, len(listed))
    tabbed = tabs(asked)
    context = {
        "title": "Dossiers de l’équipe" if space.mine and not asked.only_mine else space.title,
        "asked": asked,
        "page": page,
        "rows": rows(request.user, listed, space),
        "columns": columns(asked),
        "shows": frozenset(one.slug for one in columns(asked)),
        "tabs": tabbed,
        "nothing_yet": not (asked.only_mine or asked.text or asked.chosen)
        and not any(tab.count for tab in tabbed),
        "facets": narrowing(asked),
        "views": saved_views.kept(request.user, space, asked) if space.keeps_views else [],
        "near": near,
        "query": asked.query() + "&",
    }
    return render(request, "listing.html", context | more)


def exported(
    viewer: User, found: QuerySet[Journey], told: str, slug: str, kind: str
) -> HttpResponseBase:
    """Return a list as a file, and keep that it was taken away; raises Http404 for an unknown kind."""
    file = taken_away(found, slug, kind)
    record_list(viewer, told, found.count(), exported=True)
    return file


def page_of(request: Visit, found: QuerySet[Journey]) -> tuple[Page[int], list[Any]]:
    """Return the page that the address names, the last one when it is past it, and its journeys."""
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if re.fullmatch(r"[0-9]{1,6}", asked) else 1
    kept = lists.stretch(found, ROWS * (number - 1), ROWS)
    page = Paginator(range(kept.count), ROWS).get_page(asked)
    if page.number != number:
        kept = lists.stretch(found, ROWS * (page.number - 1), ROWS)
    return page, lists.shown(request.user, kept.ids)


# ---------------------------------------------------------------- around the table


@dataclass(frozen=True)
class Tab:
    """A tab: how many files it holds, how many of them are late, and its address."""

    filter: StageFilter
    count: int
    late: int
    query: str
    here: bool

    @property
    def says_late(self) -> bool:
        """Say whether it holds late files among others."""
        return bool(self.late) and not self.filter.late


def tabs(asked: Asked) -> list[Tab]:
    """Return the tabs worth showing, each counted as its list would be narrowed."""
    counted = lists.counts(
        asked.viewer, asked.space.filters, mine=asked.only_mine, narrowed=asked.kept
    )
    here = None if asked.text or asked.imported else asked.tab
    told = [
        Tab(one, count, late, asked.query(filtre=one.slug, q=None, repris=None), one == here)
        for one, count, late in counted
    ]
    return [one for one in told if one.count or one.here or not one.filter.late]


@dataclass(frozen=True)
class Column:
    """A column, and the address that puts the list in its order; `sorted` is what screen readers are told."""

    slug: str
    label: str
    query: str
    sorted: str


def columns(asked: Asked) -> list[Column]:
    """Return the columns of a list; that of the architect is for lists of several."""
    shown = [one for one in asked.space.columns if one != "architecte" or not asked.only_mine]
    return [Column(one, COLUMNS[one], asked.by(one), sorted_as(asked, one)) for one in shown]


def sorted_as(asked: Asked, column: str) -> str:
    """Return how a list is in the order of a column: ascending, descending, or not at all."""
    if asked.order != column:
        return ""
    return "descending" if asked.back else "ascending"


def narrowing(asked: Asked) -> list[Choice]:
    """Return what narrows the list and what may: a choice that would change nothing is not shown."""
    offered = tally(asked.viewer, asked.whole, asked.facets, asked.chosen)
    found = [choice(asked, one, offered[one.slug]) for one in asked.facets]
    return [one for one in found if one.offer.options or one.is_chosen]


def choice(asked: Asked, facet: Facet, offer: Offer) -> Choice:
    """Return what one facet offers in a list; what is chosen may keep nothing any more."""
    chosen = asked.chosen.get(facet.slug)
    named = {one.value: one.label for one in offer.options}
    said = named.get(chosen, "aucun dossier ici")
    return Choice(facet, offer, chosen, said, asked.query(**{facet.slug: None}))


# ---------------------------------------------------------------- rows


@dataclass(frozen=True)
class Row:
    """A journey in a list: who acts now, its dates, the one that matters first, and its next meeting."""

    journey: Journey
    who: str
    late: Clock | None
    dates: tuple[tuple[str, date], ...]
    meeting: Booking | None

    @property
    def contacts(self) -> tuple[tuple[str, datetime], ...]:
        """Return when each side was last seen; a team that did nothing yet was not."""
        candidate, team = self.journey.candidate_seen_at, self.journey.team_seen_at
        nothing_yet = team == self.journey.registered_at
        return (("Candidat", candidate), *(() if nothing_yet else (("Équipe", team),)))


def rows(viewer: User, journeys: Iterable[Any], space: Space) -> list[Row]:
    """Return what a list shows of each journey."""
    journeys = list(journeys)
    ids = [one.pk for one in journeys]
    meetings = next_meetings(viewer, ids) if "rendez-vous" in space.columns else {}
    return [row(one, meetings.get(one.pk)) for one in journeys]


def row(journey: Any, meeting: Booking | None) -> Row:
    """Return what a list shows of a journey: what is late, the appointment, or the nearest delay."""
    overdue = [clock for clock in journey.open_clocks if clock.limit_on < today()]
    if journey.stage == Stage.JURY_SCHEDULED and journey.jury_on and not heard(journey):
        dates = [("Jury", journey.jury_on)]
    else:
        dates = [(clock.kind.label, clock.limit_on) for clock in journey.open_clocks[:1]]
    return Row(journey, who(journey), next(iter(overdue), None), tuple(dates), meeting)


def heard(journey: Any) -> bool:
    """Say whether the day of a planned jury is past, and its result awaited."""
    planned = journey.stage == Stage.JURY_SCHEDULED and journey.jury_on
    return bool(planned and planned < today())


def who(journey: Any) -> str:
    """Return who acts now on a journey, in the words of staff."""
    by = BY_STAGE[journey.stage].by
    if journey.documents_requested_at or heard(journey):
        by = frozenset({Role.CERTIFIER})
    alone = journey.accompaniment == Accompaniment.ALONE
    names = ALONE if alone else NAMES
    said = next((names[role] for role in names if role in by), "")
    outside = said == NAMES[Role.CERTIFIER] and not journey.certifier.works_here
    return f"{said}, hors de Jalon" if outside else said


#: Who acts, as a list says it: the candidate before who helps them.
NAMES = {
    Role.CANDIDATE: "Candidat",
    Role.ARCHITECT: "Accompagnateur",
    Role.CERTIFIER: "Certificateur",
}
#: The same where nobody accompanies: what an architect would do, the candidate does.
ALONE = NAMES | {Role.ARCHITECT: NAMES[Role.CANDIDATE]}
