"""How people find a certification, and what the law needs to know of it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import Case, F, FloatField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from jalon.catalogue.models import Bloc, Certification
from jalon.law import dates
from jalon.law.case import Sheet

#: Below this likeness of letters, a word is another word and not a slip of the finger.
LIKENESS = 0.45
#: The same between two stems, when somebody tells their work: a stem is shorter than its word.
ALIKE = 0.5
#: Below this score, the words that meet are chance, and no sheet is shown for them.
ENOUGH = 2.0
#: How many certifications answer a sentence: more would be a catalogue again.
SHOWN = 3
#: The French dictionary drops “avions” as a form of “avoir”: on the shop floor, it flies.
SINGULAR = {"avions": "avion"}
#: What is in every mouth and every sheet, and that the dictionary lets through.
IDLE = frozenset(
    [
        "les",
        "leur",
        "leurs",
        "cette",
        "tout",
        "tous",
        "toute",
        "toutes",
        "plus",
        "puis",
        "meme",
        "même",
        "ete",
        "été",
        "fais",
        "fait",
        "faire",
        "font",
        "quand",
        "comme",
        "chez",
        "aussi",
        "bien",
    ]
)
SPOKEN = re.compile(r"\w{2,}")

#: `said`: each word with its stem. `known`: each sheet with its stems and their weight. `met`: which stem of
#: the sheets each word stands for, itself or the nearest in spelling. `shared`: the stems that share
#: enough threes of letters to be alike at all, found by one cut of each stem; only these are compared.
NEAREST = """
WITH said AS (
    SELECT DISTINCT word, lexeme
    FROM unnest(%(words)s::text[], %(read)s::text[]) AS pair (word, read), unnest(to_tsvector('french_plain', read))
), known AS (
    SELECT id, lexeme, max(weight) AS weight FROM (
        SELECT id, lexeme, 1.0 AS weight FROM catalogue_certification, unnest(words) WHERE active
        UNION ALL
        SELECT sheet.id, lexeme, 0.5 FROM catalogue_certification AS sheet
        JOIN catalogue_bloc AS bloc ON bloc.certification_id = sheet.id AND bloc.version = sheet.version
        JOIN catalogue_competence AS competence ON competence.bloc_id = bloc.id,
        unnest(to_tsvector('french_plain', bloc.title || ' ' || competence.title)) WHERE sheet.active
    ) AS every_stem GROUP BY id, lexeme
), rare AS (
    SELECT lexeme, ln((SELECT count(*) + 1.0 FROM catalogue_certification WHERE active) / count(*)) AS worth
    FROM known GROUP BY lexeme
), unknown AS (
    SELECT word, lexeme, cardinality(show_trgm(lexeme)) AS threes FROM said WHERE length(lexeme) > 3
    AND word NOT IN (SELECT other.word FROM said AS other JOIN rare USING (lexeme))
), shared AS (
    SELECT slip, lexeme FROM (SELECT lexeme AS slip, threes, unnest(show_trgm(lexeme)) AS three FROM unknown) AS said
    JOIN (SELECT lexeme, unnest(show_trgm(lexeme)) AS three FROM rare WHERE EXISTS (SELECT FROM unknown)) AS sheets USING (three)
    GROUP BY slip, lexeme, threes HAVING count(*) >= threes * %(alike)s
), met AS (
    SELECT word, lexeme, worth, 1.0 AS likeness FROM said JOIN rare USING (lexeme)
    UNION ALL
    (SELECT DISTINCT ON (word, slip) word, rare.lexeme, worth, similarity(slip, rare.lexeme) AS likeness
    FROM shared JOIN unknown ON unknown.lexeme = slip JOIN rare ON rare.lexeme = shared.lexeme
    ORDER BY word, slip, likeness DESC, rare.lexeme)
), counted AS (
    SELECT id, word, max(worth * weight * likeness) AS score FROM met JOIN known USING (lexeme)
    WHERE likeness >= %(alike)s GROUP BY id, word
)
SELECT id, sum(score) AS total, array_agg(word) FROM counted WHERE score > 0
GROUP BY id ORDER BY total DESC, id LIMIT %(most)s
"""


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


@dataclass(frozen=True)
class Near:
    """A certification near to what somebody said of their work: how near, and by which of their words."""

    certification: Certification
    score: float
    words: frozenset[str]


def nearest(said: str, most: int = SHOWN) -> list[Near]:
    """Return the certifications in force near to what somebody says of their work, the nearest first.

    Each word counts the more, the fewer sheets know it; one that none knows counts for the nearest that
    is spelt like it. Nothing is kept of what was said.
    """
    pairs = sorted(
        {(word, read) for word in SPOKEN.findall(said.lower()) for read in readings(word)}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            NEAREST,
            {
                "words": [word for word, _ in pairs],
                "read": [read for _, read in pairs],
                "alike": ALIKE,
                "most": most,
            },
        )
        found = cursor.fetchall()
    known = Certification.objects.prefetch_related("openings").in_bulk([key for key, _, _ in found])
    return [
        Near(known[key], float(score), frozenset(words))
        for key, score, words in found
        if score >= ENOUGH
    ]


def in_order(said: str, words: Collection[str]) -> list[str]:
    """Return some words of a sentence once each, in its order."""
    return [word for word in dict.fromkeys(SPOKEN.findall(said.lower())) if word in words]


def blocs_in_force(certifications: Iterable[Certification]) -> dict[int, list[Bloc]]:
    """Return the blocs in force of each certification, by its key, with their competences."""
    found: dict[int, list[Bloc]] = {one.pk: [] for one in certifications}
    rows = Bloc.objects.filter(certification__in=found, version=F("certification__version"))
    for bloc in rows.order_by("position").prefetch_related("competences"):
        found[bloc.certification_id].append(bloc)
    return found


def readings(word: str) -> list[str]:
    """Return what a word may be: itself, and without the “j” that people run into their verb; idle, nothing."""
    if word in IDLE:
        return []
    if word in SINGULAR:
        return [SINGULAR[word]]
    return [word, word[1:]] if word.startswith("j") and len(word) > 4 else [word]
