"""The sheet of a certification: is it for me, how long, how much, how the jury goes; nothing asked is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.catalogue import queries
from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.journeys.shown import usual_months
from jalon.law.plurals import counted
from jalon.law.positioning import Advice, Practice, advice, together
from jalon.law.routing import ends_soon, route_for
from jalon.law.waiting import waits
from jalon.now import today
from jalon.web.public.work import Said, apply_address, said_of

#: How many tasks are asked at most: more would be a questionnaire.
MOST_TASKS = 8


@dataclass(frozen=True)
class Fit:
    """What one said of some tasks: how many one does, and what one may aim at."""

    tasks: tuple[Said[Competence], ...]
    advice: Advice | None

    def count(self, practice: Practice) -> int:
        """Return how many tasks were answered so."""
        return sum(task.practice is practice for task in self.tasks)

    @property
    def share(self) -> str:
        """Return the share in words."""
        done, some = self.count(Practice.DONE), self.count(Practice.SOME)
        said = f"Vous faites {counted(done, 'tâche')} sur {len(self.tasks)}"
        return f"{said}, et {some} un peu." if some else f"{said}."


@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Show one certification, its blocs, and which procedure applies and why."""
    try:
        certification = queries.certification(code)
    except Certification.DoesNotExist as unknown:
        raise Http404 from unknown
    known = queries.sheet(certification)
    routing = route_for(known, today())
    blocs = list(queries.blocs(certification))
    found = fit(blocs, request.GET)
    context = {
        "certification": certification,
        "blocs": blocs,
        "fit": found,
        "practices": list(Practice),
        "apply": apply_address(certification, found.advice),
        "price": settings.PRICE,
        "months": usual_months(certification.pk),
        "waits": waits(routing.route, today()) if routing.route else (),
        "routing": routing,
        "ends_soon": routing.route is not None and ends_soon(known, today()),
        "openings": known.openings,
        "unsourced": any(not opening.source for opening in known.openings),
    }
    return render(request, "public/sheet.html", context)


def fit(blocs: Iterable[Bloc], said: Mapping[str, str]) -> Fit:
    """Return the tasks that are asked of some blocs, with what was said of each, and what follows."""
    by_code: dict[str, list[Practice | None]] = {}
    tasks = []
    for bloc, competence in asked_of(blocs):
        task = said_of("tache", competence, said)
        by_code.setdefault(bloc.code, []).append(task.practice)
        tasks.append(task)
    return Fit(tuple(tasks), advice({code: together(each) for code, each in by_code.items()}))


def asked_of(blocs: Iterable[Bloc]) -> list[tuple[Bloc, Competence]]:
    """Return the competences that are asked: each bloc's first, then each one's second, and so on."""
    columns = [[(bloc, one) for one in bloc.competences.all()] for bloc in blocs]
    found = [one for row in zip_longest(*columns) for one in row if one]
    return sorted(found[:MOST_TASKS], key=lambda one: (one[0].position, one[1].position))
