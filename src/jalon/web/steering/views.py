"""What a head reads to steer: figures with their rule, compared with the period before, and their lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.journeys.figures import Behind
from jalon.journeys.models import Journey
from jalon.journeys.rights import record_list
from jalon.law.figures import Span
from jalon.law.vocabulary import Role
from jalon.support import surveys
from jalon.web.access import Visit, needs
from jalon.web.spreadsheets import KINDS
from jalon.web.steering.charts import chart
from jalon.web.steering.choosing import Choice, choice
from jalon.web.steering.figures import EVERY, THEMES, Figure, Shape
from jalon.web.steering.sheets import taken_away
from jalon.web.steering.tables import Table, fewest, headline, lasting, table

ROWS = 25


@needs(Role.HEAD, Role.ADMINISTRATOR)
@require_safe
def home(request: Visit) -> HttpResponse:
    """Show the first number of each theme."""
    chosen = choice(request)
    headlines = [(one, headline(one.figures[0], one.headline_of, chosen)) for one in THEMES]
    return render(request, "steering/home.html", frame(chosen) | {"headlines": headlines})


@needs(Role.HEAD, Role.ADMINISTRATOR)
@require_safe
def theme(request: Visit, slug: str) -> HttpResponse:
    """Show the figures of a theme, each drawn and in a table."""
    found = next((one for one in THEMES if one.slug == slug), None)
    if found is None:
        raise Http404
    chosen = choice(request)
    tables = [table(one, chosen) for one in found.figures]
    shown = [Shown(one, chart(one)) for one in tables]
    return render(
        request, "steering/theme.html", frame(chosen) | {"theme": found, "figures": shown}
    )


@needs(Role.HEAD, Role.ADMINISTRATOR)
@require_safe
def quality(request: Visit) -> HttpResponse:
    """Show what candidates answered at the end of their accompaniment, in both periods, without any name."""
    chosen = choice(request)
    spans = (chosen.compared.now, chosen.compared.before)
    told = [surveys.opinions(chosen.team, span) for span in spans]
    context = frame(chosen) | {"opinions": list(zip(*told, strict=True))}
    return render(request, "steering/quality.html", context)


@dataclass(frozen=True)
class Shown:
    """A figure on its page: its table, and the drawing of it."""

    table: Table
    chart: Any


def frame(chosen: Choice) -> dict[str, Any]:
    """Return what every page of figures says: the period, the one before, what is kept back."""
    return {
        "form": chosen.form,
        "name": chosen.form.name,
        "compared": chosen.compared,
        "chosen": chosen,
        "query": chosen.query,
        "themes": THEMES,
        "fewest": fewest(),
    }


@dataclass(frozen=True)
class Asked:
    """A list that is asked for: behind which figure, of one line or of all, in which of both periods."""

    figure: Figure
    chosen: Choice
    line: str | None
    before: bool

    @property
    def span(self) -> Span:
        """Return the days of its rows."""
        compared = self.chosen.compared
        return compared.before if self.before else compared.now

    @property
    def rows(self) -> Any:
        """Return its rows, read as a page asks for them."""
        of = self.figure.of(self.chosen.team, self.chosen.compared)
        return Behind(of, self.span, self.line)

    def query(self, *, before: bool) -> str:
        """Return how an address asks for it, in one period or the other."""
        line = "" if self.line is None else "&" + urlencode({"ligne": self.line})
        return f"{self.chosen.query}{line}{'&quand=avant' if before else ''}"


def asked(request: Visit, slug: str) -> Asked:
    """Return the list that an address asks for; raises Http404 when there is none."""
    figure, chosen, line = EVERY.get(slug), choice(request), request.GET.get("ligne")
    if figure is None or not chosen.form.is_valid() or "\x00" in (line or ""):
        raise Http404
    return Asked(figure, chosen, line, before=request.GET.get("quand") == "avant")


@needs(Role.HEAD, Role.ADMINISTRATOR)
@require_safe
def listed(request: Visit, slug: str) -> HttpResponse:
    """Show the journeys behind a figure, or behind one of its lines, or give them as a spreadsheet."""
    one = asked(request, slug)
    told = f"Pilotage : {one.figure.title}"
    if (kind := request.GET.get("format", "")) in KINDS:
        lines = shown(one.figure, one.rows[:])
        record_list(request.user, told, len(lines), exported=True)
        return taken_away(one.figure, lines, kind)
    page = Paginator(one.rows, ROWS).get_page(request.GET.get("page"))
    lines = shown(one.figure, list(page.object_list))
    record_list(request.user, told, len(lines))
    here = one.query(before=one.before)
    context = {
        "asked": one,
        "figure": one.figure,
        "theme": next(theme for theme in THEMES if one.figure in theme.figures),
        "page": page,
        "counted": one.figure.counted(page.paginator.count),
        "lines": lines,
        "line": lines[0].line if lines and one.line is not None else "",
        "query": f"{here}&",
        "sheet": here,
        "other": one.query(before=not one.before),
    }
    return render(request, "steering/list.html", context)


@dataclass(frozen=True)
class Listed:
    """A row behind a figure: the journey, unless its data were erased, and why it is counted."""

    journey: Journey
    day: Any
    line: str
    said: str

    @property
    def erased(self) -> bool:
        """Say whether nothing is left of the person."""
        return self.journey.purged_at is not None


def shown(figure: Figure, found: Sequence[dict[str, Any]]) -> list[Listed]:
    """Return rows as a list shows them."""
    journeys = Journey.objects.select_related("candidate", "certification", "architect").in_bulk(
        {row["file"] for row in found}
    )
    names = figure.names({row["line"] or "" for row in found})
    return [
        Listed(journeys[row["file"]], row["day"], names[row["line"] or ""], said(figure, row))
        for row in found
    ]


def said(figure: Figure, row: dict[str, Any]) -> str:
    """Return what a row adds to its figure, beside being counted."""
    if figure.shape is Shape.DAYS:
        return lasting(row["days"], figure.unit)
    return figure.good if row["good"] else ""
