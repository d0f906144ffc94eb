"""A page of journeys, filtered by stage and words: the caseload and the certifier's inbox share it."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from jalon.journeys import queries
from jalon.journeys.models import Clock, Journey
from jalon.journeys.rights import record_list
from jalon.law.clocks import french
from jalon.law.guidance import BY_STAGE
from jalon.law.stages import StageFilter
from jalon.law.vocabulary import Accompaniment, Role, Route, Stage
from jalon.now import today
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.web.access import Visit

ROWS = 25
#: An address writes moments in microseconds.
MICRO = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: How much of what was typed is looked for.
LONGEST_SEARCH = 100


def journeys_page(
    request: Visit, title: str, filters: Sequence[StageFilter], *, mine: bool = False, **more: Any
) -> HttpResponse:
    """Show the journeys of one filter, each filter with its count; an unknown one is a 404.

    A search looks in every file that the viewer sees, whatever the filter; when nothing holds the
    words as they were typed, the nearest names are shown. A head sees the whole team's first.
    """
    text = typed(request)
    team_first = "1" if Role.HEAD in roles(request.user) else "0"
    imported = None if text else Import.read(request.GET.get("repris", ""))
    only_mine = mine and not imported and request.GET.get("tous", team_first) != "1"
    chosen = chosen_filter(request, filters)
    label = "recherche" if text else imported.label if imported else chosen.label
    told = f"{title} : {label}"
    found = (
        imported.journeys(request.user)
        if imported
        else queries.caseload(
            request.user,
            stages=chosen.stages,
            pending=chosen.pending,
            text=text,
            mine=only_mine,
            late=chosen.late,
            silent=chosen.silent,
            once_late=chosen.once_late,
        )
    )
    if request.GET.get("format") == "csv":
        taken = list(found)
        record_list(request.user, told, len(taken), exported=True)
        slug = "recherche" if text else "repris" if imported else chosen.slug
        return spreadsheet(taken, slug)
    page, listed = page_of(request, found)
    near = bool(text) and not listed
    if near:
        page, listed = page_of(request, queries.alike(request.user, text)[:ROWS])
    record_list(request.user, told, len(listed))
    kept = {
        name: request.GET[name] for name in ("tous", "filtre", "repris") if request.GET.get(name)
    }
    kept |= {"q": text} if text else {}
    context: dict[str, Any] = {
        "title": "Dossiers de l’équipe" if mine and not only_mine else title,
        "page": page,
        "rows": rows(listed),
        "filters": queries.counts(request.user, filters, mine=only_mine),
        "chosen": None if text or imported else chosen,
        "listed": label,
        "imported": imported,
        "slug": chosen.slug,
        "q": text,
        "near": near,
        "query": urlencode(kept) + "&" if kept else "",
        "sheet": urlencode(kept | {"format": "csv"}),
        "mine": mine,
        "only_mine": only_mine,
    }
    return render(request, "listing.html", context | more)


def page_of(request: Visit, found: QuerySet[Journey]) -> tuple[Page[int], list[Any]]:
    """Return the page that the address names, the last one when it is past it, and its journeys."""
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if re.fullmatch(r"[0-9]{1,6}", asked) else 1
    kept = queries.stretch(found, ROWS * (number - 1), ROWS)
    page = Paginator(range(kept.count), ROWS).get_page(asked)
    if page.number != number:
        kept = queries.stretch(found, ROWS * (page.number - 1), ROWS)
    return page, queries.shown(request.user, kept.ids)


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
        return queries.brought_in(viewer, self.began, self.ended)


def typed(request: Visit) -> str:
    """Return the words of a search: not too many, and nothing that a database refuses."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]


@dataclass(frozen=True)
class Row:
    """A journey in a list: who acts now, and its dates, the one that matters first."""

    journey: Journey
    who: str
    late: Clock | None
    dates: tuple[tuple[str, date], ...]


def rows(journeys: Iterable[Any]) -> list[Row]:
    """Return what a list shows of each journey."""
    return [row(one) for one in journeys]


def row(journey: Any) -> Row:
    """Return what a list shows of a journey: what is late, the appointment, or the nearest delay."""
    overdue = [clock for clock in journey.open_clocks if clock.limit_on < today()]
    if journey.stage == Stage.JURY_SCHEDULED and journey.jury_on and not heard(journey):
        dates = [("Jury", journey.jury_on)]
    else:
        dates = [(clock.kind.label, clock.limit_on) for clock in journey.open_clocks[:1]]
    return Row(journey, who(journey), next(iter(overdue), None), tuple(dates))


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


def chosen_filter(request: Visit, filters: Sequence[StageFilter]) -> StageFilter:
    """Return the filter that the address names, the first one when it names none; raises Http404."""
    slug = request.GET.get("filtre", filters[0].slug)
    chosen = next((one for one in filters if one.slug == slug), None)
    if chosen is None:
        raise Http404
    return chosen


COLUMNS = (
    "Référence",
    "Nom",
    "Prénom",
    "Certification",
    "Code",
    "Procédure",
    "Étape",
    "Depuis le",
    "Échéance",
    "Architecte",
)


def spreadsheet(found: Iterable[Any], slug: str) -> HttpResponse:
    """Return a list as a file that spreadsheets open as it is: semicolons, and a mark for accents."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"jalon-{slug}-{today().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(COLUMNS)
    for journey in found:
        first = next(iter(journey.open_clocks), None)
        sheet.writerow(
            map(
                inert,
                (
                    journey.reference,
                    journey.candidate.last_name,
                    journey.candidate.first_name,
                    journey.certification.title,
                    journey.certification.code,
                    Route(journey.route).label,
                    journey.stage.label,
                    localdate(journey.stage_since),
                    first.limit_on if first else "",
                    journey.architect or "",
                ),
            )
        )
    return response


#: What a spreadsheet takes for the beginning of a formula, wide signs included.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def inert(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text[:1].isspace() else text
