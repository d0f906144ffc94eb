"""The law as it is applied: each rule in force, its certainty, the day it was read, what to read again."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.law.reading import CHOICES, REREAD_MONTHS, readings
from jalon.now import today
from jalon.web.access import Visit, needs
from jalon.web.asked import LONGEST_SEARCH
from jalon.web.context import STAFF


@needs(*STAFF)
@require_safe
def applied(request: Visit) -> HttpResponse:
    """Show the rules in force today, the unsure and the stale ones first."""
    slug = request.GET.get("filtre", CHOICES[0].slug)
    chosen = next((choice for choice in CHOICES if choice.slug == slug), None)
    if chosen is None:
        raise Http404
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    known = [one for one in readings(today()) if one.speaks_of(text)]
    kept = [one for one in known if chosen.keeps(one)]
    return render(
        request,
        "law/applied.html",
        {
            "page": Paginator(kept, 20).get_page(request.GET.get("page")),
            "choices": [(one, sum(map(one.keeps, known))) for one in CHOICES],
            "chosen": chosen,
            "months": REREAD_MONTHS,
            "q": text,
            "slug": slug,
            "words": urlencode({"q": text}) if text else "",
            "query": urlencode({"filtre": slug, **({"q": text} if text else {})}) + "&",
        },
    )
