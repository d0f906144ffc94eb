"""What narrows the catalogue is counted, and a sheet says by which words it answers."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from jalon.catalogue import browsing, queries
from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification
from jalon.law.routing import route_for

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """The sheets of a new installation."""
    load()


def why(typed: str, code: str) -> browsing.Reason:
    """Return why a sheet answers."""
    sheet = Certification.objects.get(code=code)
    return browsing.reasons(typed, [sheet])[sheet.pk]


def found(pieces: Sequence[browsing.Piece]) -> list[str]:
    """Return what is marked of a text."""
    return [one.text for one in pieces if one.found]


@pytest.mark.rule("R-011")
@pytest.mark.rule("R-003")
def test_the_sheets_that_take_new_journeys_are_those_that_the_law_routes() -> None:
    Certification.objects.filter(code="RNCP38901").update(in_rncp=False)
    Certification.objects.filter(code="RNCP39883").update(active=False)
    Certification.objects.filter(code="RNCP36979").update(ends_on=DAY)
    Certification.objects.filter(code="RNCP38622").update(ends_on=DAY - timedelta(days=1))
    Certification.objects.filter(code="RNCP39954").update(ends_on=None)
    taken = set(Certification.objects.filter(browsing.takes_new(DAY)))
    routed = {
        one for one in Certification.objects.all() if route_for(queries.sheet(one), DAY).route
    }
    assert taken == routed
    assert 0 < len(taken) < Certification.objects.count()


def test_each_count_is_that_of_the_list_it_leads_to() -> None:
    narrows = browsing.facets({str(n): str(n) for n in range(3, 9)})
    sheets = browsing.columned(queries.search(), narrows, DAY)
    tally = browsing.tally(sheets, narrows)
    for chosen in ({}, {"under_niveau": "4"}, {"under_niveau": "4", "under_famille": "200"}):
        for one in narrows:
            for value, many in tally.counts(one, chosen, taken=True).items():
                kept = sheets.filter(taken=True, **chosen | {one.under: value})
                assert many == kept.count()
    assert tally.kept({}, taken=True) + tally.kept({}, taken=False) == sheets.count()
    assert tally.counts(narrows[2], {}, taken=True)["projet"] == 1


def test_a_word_of_the_title_is_marked_there_whatever_its_ending_and_accents() -> None:
    said = why("metrologies", "RNCP38901")
    assert found(said.title) == ["métrologie"]
    assert said.where == ""
    assert "".join(one.text for one in said.title) == "Contrôleur en métrologie dimensionnelle"


@pytest.mark.parametrize(
    ("typed", "code", "where", "marked"),
    [
        ("mesurer à la machine", "RNCP38901", "Dans la compétence", "Mesurer"),
        ("palmer", "RNCP38901", "Parmi les mots du métier", "palmer"),
        ("38901", "RNCP38901", "Numéro", "RNCP38901"),
        ("tournuer", "RNCP38622", "Mot proche", "tourneur"),
    ],
)
def test_a_sheet_says_where_else_it_was_found(
    typed: str, code: str, where: str, marked: str
) -> None:
    said = why(typed, code)
    assert (said.where, found(said.pieces)[0]) == (where, marked)


def test_words_in_every_mouth_mark_nothing() -> None:
    assert browsing.reasons("les tout", Certification.objects.all()) == {}
    assert browsing.reasons("soudeur", []) == {}
