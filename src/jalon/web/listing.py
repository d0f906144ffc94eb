"""A page of journeys, filtered by stage and words: the caseload and the certifier's inbox share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from jalon.journeys import queries
from jalon.law.vocabulary import Stage
from jalon.web.access import Visit

ROWS = 25


@dataclass(frozen=True)
class Heap:
    """A named set of stages: what a person goes through together."""

    slug: str
    label: str
    stages: tuple[Stage, ...]


def journeys_page(
    request: Visit, title: str, heaps: Sequence[Heap], *, mine: bool = False, **more: Any
) -> HttpResponse:
    """Show the journeys of one heap, with the count of each beside its name."""
    text = request.GET.get("q", "").strip()
    only_mine = mine and request.GET.get("tous") != "1"
    chosen = next((heap for heap in heaps if heap.slug == request.GET.get("tas")), heaps[0])
    found = queries.caseload(request.user, stages=chosen.stages, text=text, mine=only_mine)
    counts = queries.counts(request.user, mine=only_mine)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    kept = {name: request.GET[name] for name in ("q", "tous", "tas") if request.GET.get(name)}
    context: dict[str, Any] = {
        "title": title,
        "page": page,
        "heaps": [(heap, sum(counts.get(stage, 0) for stage in heap.stages)) for heap in heaps],
        "chosen": chosen,
        "q": text,
        "query": urlencode(kept) + "&" if kept else "",
        "mine": mine,
        "only_mine": only_mine,
    }
    return render(request, "listing.html", context | more)
