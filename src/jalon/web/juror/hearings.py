"""What the pages of a hearing read: the hearing itself, who sits, what the panel found so far."""

from collections import Counter

from django.db.models import QuerySet
from django.http import Http404

from jalon.juries import queries
from jalon.juries.models import Hearing, Seat
from jalon.law.plurals import plural
from jalon.law.vocabulary import Mastery
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


def hearing_to_judge(request: Visit, number: int) -> Hearing:
    """Return a hearing whose candidate the person declared no link with, or a 404."""
    found = hearing_or_404(request, number)
    if not queries.judges(request.user, found):
        raise Http404
    return found


def present_seats(shown: Hearing) -> QuerySet[Seat]:
    """Return the seats held while a candidate is heard, the president's first."""
    held = shown.session.panel.exclude(vacancies__hearing=shown)
    return held.select_related("juror__user").order_by("-role", "pk")


def assessments_in_words(shown: Hearing) -> dict[int, str]:
    """Return what the panel found for each bloc, as « 2 maîtrisées », by its key."""
    said: dict[int, Counter[Mastery]] = {}
    for one in shown.assessments.select_related("competence"):
        said.setdefault(one.competence.bloc_id, Counter())[one.mastery] += 1
    return {
        bloc: "Évaluation du jury : "
        + ", ".join(counted_in_words(n, mastery) for mastery, n in counted.items())
        + "."
        for bloc, counted in said.items()
    }


def counted_in_words(count: int, mastery: Mastery) -> str:
    """Return how many competences were found so: « 1 maîtrisée », « 2 non démontrées »."""
    *before, last = mastery.label.lower().split()
    return " ".join([str(count), *before, last + plural(count)])
