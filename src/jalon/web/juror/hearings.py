"""What the pages of a hearing read: the hearing itself, who sits, what the panel found so far."""

from collections import Counter

from django.db.models import QuerySet
from django.http import Http404

from jalon.juries import queries
from jalon.juries.models import Hearing, Seat
from jalon.web.access import Visit


def hearing_or_404(request: Visit, number: int) -> Hearing:
    """Return a hearing the person sits in, or a 404."""
    try:
        found = queries.hearing(request.user, number)
    except Hearing.DoesNotExist as unknown:
        raise Http404 from unknown
    if not found.session.panel.filter(juror__user=request.user).exists():
        raise Http404
    return found


def present_seats(shown: Hearing) -> QuerySet[Seat]:
    """Return the seats held while a candidate is heard, the president's first."""
    held = shown.session.panel.exclude(vacancies__hearing=shown)
    return held.select_related("juror__user").order_by("-role", "pk")


def assessments_in_words(shown: Hearing) -> dict[int, str]:
    """Return what the panel found for each bloc, as « 2 maîtrisée(s) » would be said, by its key."""
    said: dict[int, Counter[str]] = {}
    for one in shown.assessments.select_related("competence"):
        said.setdefault(one.competence.bloc_id, Counter())[one.get_mastery_display().lower()] += 1
    return {
        bloc: "Évaluation du jury : "
        + ", ".join(f"{n} {word}" for word, n in counted.items())
        + "."
        for bloc, counted in said.items()
    }
