"""What the address of a list asks: its tab, its words, what narrows it, its order; and addresses like it."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.timezone import localdate

from jalon.journeys import lists
from jalon.journeys.models import Journey
from jalon.journeys.narrowing import FACETS, Facet, Offer, narrowed, ordered
from jalon.journeys.searching import MOST_WORDS, words_of
from jalon.law.clocks import french
from jalon.law.stages import StageFilter
from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.people.policy import roles

#: An address writes moments in microseconds.
MICRO = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: How much of what was typed is looked for.
LONGEST_SEARCH = 100
#: What an address holds beside what narrows the list.
TAB, WHOLE_TEAM, WORDS, ORDER, IMPORT = "filtre", "tous", "q", "tri", "repris"


@dataclass(frozen=True)
class Space:
    """What a list shows to the people of a space: tabs, columns, and what narrows it.

    `mine` says that one's own files come before those of the team, `keeps_views` that people keep its
    lists under a name.
    """

    title: str
    filters: Sequence[StageFilter]
    columns: tuple[str, ...]
    facets: tuple[str, ...] = ()
    mine: bool = False
    keeps_views: bool = False


@dataclass(frozen=True)
class Import:
    """The moments between which a spreadsheet brought journeys in: an address names it by them."""

    began: datetime
    ended: datetime

    def __str__(self) -> str:
        """Return it as an address writes it, in microseconds."""
        return "-".join(str(round(one.timestamp() * MICRO)) for one in (self.began, self.ended))

    @classmethod
    def read(cls, said: str) -> "Import | None":
        """Return the import that an address names, if it names one; raises Http404 when it cannot be."""
        if not said:
            return None
        found = re.fullmatch(r"([0-9]{1,16})-([0-9]{1,16})", said)
        if found is None:
            raise Http404
        began, ended = (EPOCH + timedelta(microseconds=int(one)) for one in found.groups())
        return cls(began, ended)

    @property
    def label(self) -> str:
        """Return what its list is called."""
        return f"Parcours importés le {french(localdate(self.began))}"

    def journeys(self, viewer: User) -> QuerySet[Journey]:
        """Return what it brought in, for who imported it."""
        return lists.brought_in(viewer, self.began, self.ended)


class Address(ABC):
    """What the address of a list asks, and addresses like it."""

    chosen: Mapping[str, Any]

    @abstractmethod
    def said(self, **instead: Any) -> dict[str, str]:
        """Return what the address says, with other words for some things; None leaves one out."""

    def query(self, **instead: Any) -> str:
        """Return the same, as an address holds it."""
        return urlencode(self.said(**instead))

    @property
    def beside(self) -> dict[str, str]:
        """Return what the address says beside what narrows the list."""
        return self.said(**dict.fromkeys(self.chosen))

    @property
    def unnarrowed(self) -> str:
        """Return the address of the same list with nothing to narrow it."""
        return urlencode(self.beside)


@dataclass(frozen=True)
class Choice:
    """Something by which a list is narrowed or may be: what it offers, what is chosen, as people read it.

    `without` is the address of the same list once it is taken away.
    """

    facet: Any
    offer: Offer
    chosen: Any
    said: str
    without: str

    @property
    def is_chosen(self) -> bool:
        """Say whether the list is narrowed by it."""
        return self.chosen is not None


@dataclass(frozen=True)
class Asked(Address):
    """A list as its address asks for it, by somebody."""

    viewer: User
    space: Space
    tab: StageFilter
    only_mine: bool = False
    text: str = ""
    imported: Import | None = None
    chosen: dict[str, Any] = field(default_factory=dict)
    order: str = ""
    back: bool = False

    @classmethod
    def read(cls, viewer: User, space: Space, said: QueryDict) -> Self:
        """Return what an address asks; raises Http404 for a tab, an option or an order that is none."""
        text = typed(said)
        imported = None if text else Import.read(said.get(IMPORT, ""))
        team_first = "1" if Role.HEAD in roles(viewer) else "0"
        mine = space.mine and not imported and said.get(WHOLE_TEAM, team_first) != "1"
        order = said.get(ORDER, "")
        if order and order.removeprefix("-") not in space.columns:
            raise Http404
        return cls(
            viewer,
            space,
            chosen_filter(said, space.filters),
            only_mine=mine,
            text=text,
            imported=imported,
            chosen=chosen_options(said, space.facets),
            order=order.removeprefix("-"),
            back=order.startswith("-"),
        )

    @property
    def facets(self) -> list[Facet]:
        """Return what this list may be narrowed by."""
        return [FACETS[slug] for slug in self.space.facets]

    @property
    def label(self) -> str:
        """Return what the list is called."""
        if self.text:
            return "recherche"
        return self.imported.label if self.imported else self.tab.label

    @property
    def slug(self) -> str:
        """Return what a file of the list is named after."""
        return "recherche" if self.text else "repris" if self.imported else self.tab.slug

    @property
    def kept(self) -> Q:
        """Return the condition of everything that narrows the list."""
        return narrowed(self.viewer, self.chosen)

    @cached_property
    def whole(self) -> QuerySet[Journey]:
        """Return the journeys of the tab, of the words or of the import, before anything narrows them."""
        if self.imported:
            return self.imported.journeys(self.viewer)
        return lists.caseload(
            self.viewer,
            stages=self.tab.stages,
            pending=self.tab.pending,
            text=self.text,
            mine=self.only_mine,
            late=self.tab.late,
            silent=self.tab.silent,
            once_late=self.tab.once_late,
        )

    @property
    def condition(self) -> Q:
        """Return the condition that keeps the journeys of a tab as it is narrowed, words aside."""
        return lists.under(self.viewer, self.tab, mine=self.only_mine) & self.kept

    def listed(self) -> QuerySet[Journey]:
        """Return the journeys of the list, in its order."""
        found = self.whole.filter(self.kept)
        return ordered(found, self.viewer, self.order, back=self.back) if self.order else found

    # -------------------------------------------------------------- addresses like this one

    def said(self, **instead: Any) -> dict[str, str]:
        """Return what the address says, with other words for some things; None leaves one out."""
        told: dict[str, Any] = {TAB: self.tab.slug}
        if self.space.mine:
            told[WHOLE_TEAM] = "0" if self.only_mine else "1"
        told |= {IMPORT: self.imported, WORDS: self.text} | self.chosen
        told |= {ORDER: f"{'-' if self.back else ''}{self.order}"}
        told |= instead
        return {name: str(value) for name, value in told.items() if value not in (None, "")}

    def unworded(self) -> Self:
        """Return the same list without the words that were looked for, nor the import it shows."""
        return replace(self, text="", imported=None)

    @property
    def without_words(self) -> str:
        """Return the address of the list that the words were looked for from."""
        return self.query(q=None)

    @property
    def of_everyone(self) -> str:
        """Return the address of the same list for the whole team."""
        return self.query(tous=1)

    @property
    def of_mine(self) -> str:
        """Return the address of the same list for one's own files."""
        return self.query(tous=0)

    @property
    def cut_to(self) -> str:
        """Return the words that are looked for, where more were typed; else nothing."""
        words = words_of(self.text)
        return " ".join(words[:MOST_WORDS]) if len(words) > MOST_WORDS else ""

    def by(self, column: str) -> str:
        """Return the address of the list in the order of a column, then of its reverse."""
        reverse = self.order == column and not self.back
        return self.query(**{ORDER: f"-{column}" if reverse else column})


def typed(said: QueryDict) -> str:
    """Return the words of a search: not too many, and nothing that a database refuses."""
    return said.get(WORDS, "").replace("\x00", "").strip()[:LONGEST_SEARCH]


def chosen_filter(said: QueryDict, filters: Sequence[StageFilter]) -> StageFilter:
    """Return the filter that the address names, the first one when it names none; raises Http404."""
    slug = said.get(TAB, filters[0].slug)
    chosen = next((one for one in filters if one.slug == slug), None)
    if chosen is None:
        raise Http404
    return chosen


def chosen_options(said: QueryDict, facets: Sequence[str]) -> dict[str, Any]:
    """Return what each thing is narrowed to; raises Http404 for an option that is none."""
    try:
        return {slug: FACETS[slug].reads(said.get(slug, "")) for slug in facets if said.get(slug)}
    except ValueError as unknown:
        raise Http404 from unknown
