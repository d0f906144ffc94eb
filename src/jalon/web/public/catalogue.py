"""The catalogue: what its address asks, the sheets that answer, why, and what narrows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.catalogue import browsing, queries
from jalon.catalogue.browsing import Facet, Piece, Reason, Tally
from jalon.catalogue.models import Certification
from jalon.journeys.narrowing import Offer, Option
from jalon.law.routing import Routing, route_for
from jalon.now import today
from jalon.people.models import LEVELS
from jalon.web.asked import WORDS, Address, Choice, typed

#: What the address says for the sheets on which no journey may begin.
OLD = "anciennes"
ON_A_PAGE = 20

FACETS = browsing.facets({name[1]: said for name, said in LEVELS if name not in ("N1", "N2")})


@dataclass(frozen=True)
class Asked(Address):
    """The catalogue as its address asks for it."""

    text: str
    chosen: Mapping[str, str]
    old: bool

    @classmethod
    def read(cls, said: QueryDict) -> Self:
        """Return what an address asks; raises Http404 for an option that is none."""
        chosen = {one.slug: said.get(one.slug, "") for one in FACETS if said.get(one.slug)}
        if any(one.slug in chosen and chosen[one.slug] not in one.named for one in FACETS):
            raise Http404
        return cls(typed(said), chosen, old=said.get(OLD) == "1")

    @property
    def by_column(self) -> dict[str, str]:
        """Return what was chosen, by column of the statement."""
        return {one.under: self.chosen[one.slug] for one in FACETS if one.slug in self.chosen}

    @cached_property
    def whole(self) -> QuerySet[Any]:
        """Return the sheets that answer the words, before anything narrows them."""
        return browsing.columned(queries.search(self.text), FACETS, today())

    def listed(self) -> QuerySet[Any]:
        """Return the sheets of the list, the nearest first."""
        return self.whole.filter(taken=not self.old, **self.by_column)

    # -------------------------------------------------------------- addresses like this one

    def said(self, **instead: Any) -> dict[str, str]:
        """Return what the address says, with other words for some things; None leaves one out."""
        told: dict[str, Any] = {WORDS: self.text, **self.chosen, OLD: "1" * self.old}
        return {name: value for name, value in (told | instead).items() if value}

    @property
    def of_old(self) -> str:
        """Return the address of the sheets on which no journey may begin."""
        return self.query(anciennes="1")

    @property
    def of_new(self) -> str:
        """Return the address of the sheets on which a journey may begin."""
        return self.query(anciennes=None)


@dataclass(frozen=True)
class Row:
    """A sheet in the catalogue: what it opens, and why it answers."""

    certification: Certification
    routing: Routing
    reason: Reason


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the certifications that answer some words, and what narrows them."""
    asked = Asked.read(request.GET)
    tally = browsing.tally(asked.whole, FACETS)
    paginator = Paginator(asked.listed(), ON_A_PAGE)
    paginator.count = tally.kept(asked.by_column, taken=not asked.old)
    page = paginator.get_page(request.GET.get("page"))
    shown = rows(page.object_list, asked.text)
    query = asked.query()
    context = {
        "asked": asked,
        "page": page,
        "rows": shown,
        "near": [] if shown else nearest(asked),
        "facets": narrowing(asked, tally),
        "old_count": tally.kept(asked.by_column, taken=False),
        "query": f"{query}&" if query else "",
    }
    return render(request, "public/catalogue.html", context)


def rows(sheets: Iterable[Certification], text: str) -> list[Row]:
    """Return what the catalogue shows of each sheet."""
    known = list(sheets)
    why = browsing.reasons(text, known)
    return [row(one, why.get(one.pk)) for one in known]


def row(sheet: Certification, why: Reason | None) -> Row:
    """Return what the catalogue shows of one sheet; without words, nothing is marked."""
    plain = Reason([Piece(sheet.title)], [Piece(sheet.description)])
    return Row(sheet, route_for(queries.sheet(sheet), today()), why or plain)


def nearest(asked: Asked) -> list[Row]:
    """Return the sheets nearest to an empty list: without what narrows it, else by some of its words."""
    if asked.chosen:
        found = asked.whole.filter(taken=not asked.old)[: queries.SHOWN]
        if known := rows(found, asked.text):
            return known
    return rows([one.certification for one in queries.nearest(asked.text)], asked.text)


def narrowing(asked: Asked, tally: Tally) -> list[Choice]:
    """Return what narrows the catalogue and what may: a choice of nothing is not shown."""
    found = [choice(one, asked, tally) for one in FACETS]
    return [one for one in found if one.offer.options or one.is_chosen]


def choice(facet: Facet, asked: Asked, tally: Tally) -> Choice:
    """Return one facet with the options that keep something."""
    counts = tally.counts(facet, asked.by_column, taken=not asked.old)
    options = [Option(value, facet.named[value], many) for value, many in counts.items() if many]
    chosen = asked.chosen.get(facet.slug)
    said = facet.named[chosen] if chosen else ""
    offer = Offer(options, len(options))
    return Choice(facet, offer, chosen, said, asked.query(**{facet.slug: None}))
