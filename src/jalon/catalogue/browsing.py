"""What narrows the catalogue, how many each choice keeps, and by which words a sheet answers a search."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Count, Expression, F, Q, QuerySet, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Left

from jalon.catalogue.models import Certification
from jalon.catalogue.queries import IDLE, SPOKEN
from jalon.law.rulebook import enforces

#: Trades by the first three digits of their NSF code, the national list of specialities of training.
FAMILIES = {
    "200": "Qualité, méthodes et industrialisation",
    "201": "Automatismes et robotique",
    "220": "Transformation des matériaux",
    "223": "Métallurgie et production",
    "225": "Plasturgie et composites",
    "227": "Énergie et génie climatique",
    "250": "Mécanique et électricité",
    "251": "Mécanique, usinage et maintenance",
    "252": "Moteurs et véhicules",
    "253": "Aéronautique et spatial",
    "254": "Soudage, chaudronnerie et structures",
    "255": "Électricité et électronique",
    "311": "Logistique et transport",
    "326": "Informatique et réseaux",
}
#: What a jury looks at, by a word of how the sheet tells its form: the first that is found.
JURY_FORMS = {
    "situation": "Vous montrez votre travail",
    "projet": "Vous présentez un projet",
    "entretien": "Vous expliquez votre travail",
}
OTHERS = "autre"


@dataclass(frozen=True)
class Facet:
    """One thing by which the catalogue is narrowed: its name in the address, and what people read."""

    slug: str
    label: str
    column: Expression
    named: Mapping[str, str]

    @property
    def under(self) -> str:
        """Return the name of the column in a statement."""
        return f"under_{self.slug}"


def first_word_met() -> Case:
    """Return which form of jury a sheet tells."""
    cases = [When(jury_form__icontains=word, then=Value(word)) for word in JURY_FORMS]
    return Case(*cases, default=Value(OTHERS), output_field=CharField())


def family() -> Case:
    """Return the family of trades of a sheet."""
    known = When(family_digits__in=FAMILIES, then=F("family_digits"))
    return Case(known, default=Value(OTHERS), output_field=CharField())


def level() -> Case:
    """Return the level of a sheet as an address writes it."""
    cases = [When(level=number, then=Value(str(number))) for number in range(3, 9)]
    return Case(*cases, default=Value(OTHERS), output_field=CharField())


def facets(levels: Mapping[str, str]) -> tuple[Facet, ...]:
    """Return what narrows the catalogue, levels in the words that people know."""
    return (
        Facet("famille", "Famille de métiers", family(), FAMILIES | {OTHERS: "Autres métiers"}),
        Facet("niveau", "Niveau", level(), {**levels, OTHERS: "Sans niveau"}),
        Facet(
            "jury", "Devant le jury", first_word_met(), JURY_FORMS | {OTHERS: "Forme non publiée"}
        ),
    )


@enforces("R-003", "R-011")
def takes_new(on: date) -> Q:
    """Return the condition that keeps the sheets on which a journey may begin on a day."""
    return Q(in_rncp=True, active=True) & (Q(ends_on=None) | Q(ends_on__gte=on))


def columned(found: QuerySet[Certification], narrows: Sequence[Facet], on: date) -> QuerySet[Any]:
    """Return sheets with what they count under, and whether a journey may begin on them."""
    known = Case(When(takes_new(on), then=True), default=False, output_field=BooleanField())
    columns = {one.under: one.column for one in narrows}
    return found.annotate(family_digits=Left("nsf", 3), taken=known).annotate(**columns)


@dataclass(frozen=True)
class Tally:
    """How many sheets count under each thing, before anything narrows them."""

    lines: Sequence[Mapping[str, Any]]

    def kept(self, chosen: Mapping[str, str], *, taken: bool) -> int:
        """Return how many sheets some choices keep, by column."""
        return sum(one["many"] for one in self.lines if keeps(one, chosen, taken=taken))

    def counts(self, facet: Facet, chosen: Mapping[str, str], *, taken: bool) -> dict[str, int]:
        """Return how many sheets each option of a facet keeps with the choices of the others."""
        others = {name: value for name, value in chosen.items() if name != facet.under}
        return {
            value: self.kept(others | {facet.under: value}, taken=taken) for value in facet.named
        }


def keeps(line: Mapping[str, Any], chosen: Mapping[str, str], *, taken: bool) -> bool:
    """Say whether a line of the tally is kept by some choices."""
    return line["taken"] == taken and all(line[name] == value for name, value in chosen.items())


def tally(found: QuerySet[Any], narrows: Sequence[Facet]) -> Tally:
    """Return how many of some columned sheets count under each thing, in one statement."""
    names = [one.under for one in narrows]
    return Tally(list(found.order_by().values("taken", *names).annotate(many=Count("pk"))))


# ---------------------------------------------------------------- why a sheet answers

#: What stands around a word that was looked for, until the page marks it: no sheet holds these letters.
OPENS, CLOSES = "\ue000", "\ue001"
MARKED = re.compile(f"{OPENS}(.*?){CLOSES}")
ALL = f'StartSel="{OPENS}", StopSel="{CLOSES}", HighlightAll=true'

ANSWERS = """
WITH asked AS (
    SELECT string_agg(one::text, ' | ')::tsquery AS sought
    FROM (SELECT plainto_tsquery('french_plain', word) AS one FROM unnest(%s::text[]) AS word) AS every
    WHERE numnode(one) > 0
)
SELECT sheet.id, ts_headline('french_plain', title, sought, %s), ts_headline('french_plain', description, sought, %s),
    (SELECT ts_headline('french_plain', competence.title, sought, %s)
     FROM catalogue_competence AS competence JOIN catalogue_bloc AS bloc ON bloc.id = competence.bloc_id
     WHERE bloc.certification_id = sheet.id AND bloc.version = sheet.version
     AND to_tsvector('french_plain', competence.title) @@ sought
     ORDER BY ts_rank(to_tsvector('french_plain', competence.title), sought) DESC, bloc.position, competence.position
     LIMIT 1),
    ts_headline('french_plain', keywords || ' ' || trade_words, sought, %s)
FROM catalogue_certification AS sheet, asked WHERE sheet.id = ANY(%s)
"""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it was looked for."""

    text: str
    found: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a sheet answers: its title and its line with what was found, and where else it was found."""

    title: Sequence[Piece]
    line: Sequence[Piece]
    where: str = ""
    pieces: Sequence[Piece] = field(default=())


def reasons(typed: str, sheets: Iterable[Certification]) -> dict[int, Reason]:
    """Return why each sheet answers some words, by its key, in one statement; none without words."""
    by_key = {one.pk: one for one in sheets}
    words = [word for word in SPOKEN.findall(typed.lower()) if word not in IDLE]
    if not words or not by_key:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [words, ALL, ALL, ALL, ALL, list(by_key)])
        return {key: reason(typed, by_key[key], texts) for key, *texts in cursor.fetchall()}


def reason(typed: str, sheet: Certification, texts: Sequence[str | None]) -> Reason:
    """Return why one sheet answers: in its title, in a competence, in its words, or nearly."""
    title, line = pieces(texts[0] or sheet.title), pieces(texts[1] or sheet.description)
    if any(one.found for one in title):
        return Reason(title, line)
    if texts[2]:
        return Reason(title, line, "Dans la compétence", pieces(texts[2]))
    if any(one.found for one in line):
        return Reason(title, line)
    where, said = elsewhere(typed, sheet, MARKED.findall(texts[3] or ""))
    return Reason(title, line, where, [Piece(said, found=True)] if said else [])


def elsewhere(typed: str, sheet: Certification, of_the_trade: Sequence[str]) -> tuple[str, str]:
    """Return where else a sheet answers, and by what: its words, its number, a word spelt nearly so."""
    if of_the_trade:
        return "Parmi les mots du métier", of_the_trade[0]
    digits = "".join(letter for letter in typed if letter.isdigit())
    if len(digits) >= 3 and digits in sheet.code:
        return "Numéro", sheet.code
    known = SPOKEN.findall(f"{sheet.title} {sheet.keywords}".lower())
    for word in SPOKEN.findall(typed.lower()):
        if alike := difflib.get_close_matches(word, known, 1):
            return "Mot proche", alike[0]
    return "", ""


def pieces(marked: str) -> list[Piece]:
    """Return a text cut where it is marked."""
    found = MARKED.split(marked)
    return [Piece(text, found=place % 2 == 1) for place, text in enumerate(found) if text]
