"""A page of journeys, filtered by stage and words: the caseload and the certifier's inbox share it."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from jalon.journeys import queries
from jalon.law.stages import StageFilter
from jalon.law.vocabulary import Route
from jalon.now import today
from jalon.web.access import Visit

ROWS = 25


def journeys_page(
    request: Visit, title: str, filters: Sequence[StageFilter], *, mine: bool = False, **more: Any
) -> HttpResponse:
    """Show the journeys of one filter, each filter with its count; an unknown one is a 404."""
    text = request.GET.get("q", "").strip()
    only_mine = mine and request.GET.get("tous") != "1"
    chosen = chosen_filter(request, filters)
    found = queries.caseload(
        request.user, stages=chosen.stages, pending=chosen.pending, text=text, mine=only_mine
    )
    if request.GET.get("format") == "csv":
        return spreadsheet(found, chosen.slug)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    kept = {name: request.GET[name] for name in ("q", "tous", "filtre") if request.GET.get(name)}
    context: dict[str, Any] = {
        "title": title,
        "page": page,
        "filters": queries.counts(request.user, filters, mine=only_mine),
        "chosen": chosen,
        "q": text,
        "query": urlencode(kept) + "&" if kept else "",
        "sheet": urlencode(kept | {"format": "csv"}),
        "mine": mine,
        "only_mine": only_mine,
    }
    return render(request, "listing.html", context | more)


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
    response["Cache-Control"] = "private, no-store"
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(COLUMNS)
    for journey in found:
        first = next(iter(journey.running_clocks), None)
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


def inert(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
