"""How people find a certification, and what the law needs to know of it."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from jalon.catalogue.models import Bloc, Certification
from jalon.law import dates
from jalon.law.case import Sheet

#: Below this likeness of letters, a word is another word and not a slip of the finger.
LIKENESS = 0.45


def search(text: str = "", *, level: int | None = None) -> QuerySet[Certification]:
    """Return the certifications that answer some words, the nearest first.

    Accents, endings and typing slips are forgiven; a RNCP code finds its sheet. Without words, all
    of them by title.
    """
    found = Certification.objects.prefetch_related("openings")
    if level is not None:
        found = found.filter(level=level)
    text = text.replace("\x00", "").strip()
    if not text:
        return found.order_by("-active", "title")
    plain = Func(Value(text), function="jalon_unaccent", output_field=TextField())
    query = SearchQuery(text, config="french_plain", search_type="websearch")
    haystack = Func(
        F("title"),
        Value(" "),
        F("keywords"),
        template="jalon_unaccent(lower(%(expressions)s))",
        arg_joiner=" || ",
        output_field=TextField(),
    )
    digits = "".join(letter for letter in text if letter.isdigit())
    by_code = Q(code__contains=digits if len(digits) >= 3 else "no code")
    return (
        found.annotate(
            rank=Coalesce(SearchRank(F("words"), query), Value(0.0), output_field=FloatField()),
            likeness=TrigramWordSimilarity(
                Cast(plain, TextField()),  # type: ignore[arg-type]  # an expression will do
                haystack,
            ),
            coded=Case(When(by_code, then=Value(1.0)), default=Value(0.0)),
        )
        .filter(Q(words=query) | Q(likeness__gte=LIKENESS) | by_code)
        .order_by("-coded", "-active", (F("rank") * 4 + F("likeness")).desc(), "title")
    )


def certification(code: str) -> Certification:
    """Return one certification with its neighbours and openings; raises DoesNotExist."""
    return (
        Certification.objects.select_related("successor")
        .prefetch_related("predecessors", "openings")
        .get(code=code)
    )


def blocs(certification: Certification) -> QuerySet[Bloc]:
    """Return the blocs in force of a certification, with their competences and criteria."""
    return certification.blocs.prefetch_related("competences__criteria")


def sheet(certification: Certification, openings: Iterable[dates.Opening] | None = None) -> Sheet:
    """Return a certification as the law sees it; its openings are read unless they are given."""
    if openings is None:
        openings = (one.as_law for one in certification.openings.all())
    return Sheet(
        code=certification.code,
        in_rncp=certification.in_rncp,
        active=certification.active,
        ends_on=certification.ends_on,
        deliverable_until=certification.deliverable_until,
        openings=tuple(openings),
    )
