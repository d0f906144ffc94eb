"""People find a certification with the words of their trade, as they type them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.catalogue import queries
from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """The ten certifications read on their official sheets, and the two that they replace."""
    load()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tourneur", "RNCP38622"),
        ("tournuer", "RNCP38622"),
        ("TOURNEURS", "RNCP38622"),
        ("soudage", "RNCP39883"),
        ("je suis soudeur", "RNCP39883"),
        ("metrologie", "RNCP38901"),
        ("métrologie dimensionnelle", "RNCP38901"),
        ("mettrologie", "RNCP38901"),
        ("peintre aeronautique", "RNCP36979"),
        ("chef d'equipe", "RNCP40906"),
        ("chef d’équipe", "RNCP40906"),
        ("chodronnier", "RNCP39883"),
        ("maintenance", "RNCP41814"),
        ("rncp38622", "RNCP38622"),
        ("RNCP 38622", "RNCP38622"),
        ("38622", "RNCP38622"),
    ],
)
def test_words_of_the_trade_find_the_certification_first(typed: str, code: str) -> None:
    assert queries.search(typed)[0].code == code


def test_a_word_of_another_trade_finds_nothing() -> None:
    assert not queries.search("boulanger").exists()
    assert not queries.search("coiffure").exists()


def test_a_level_narrows_the_answer() -> None:
    levels = set(queries.search("aéronautique", level=3).values_list("level", flat=True))
    assert levels == {3}


def test_without_words_the_sheets_in_force_come_first() -> None:
    active = list(queries.search().values_list("active", flat=True))
    assert active == sorted(active, reverse=True)
    assert len(active) == Certification.objects.count()


def test_what_people_type_is_never_taken_for_a_command() -> None:
    for typed in (
        "'",
        '"',
        "%",
        "_",
        "\\",
        "a' OR 1=1 --",
        "& | !",
        "(",
        "<->",
        "soudure:*",
        "\x00",
    ):
        list(queries.search(typed))


def test_a_search_costs_two_statements_for_ten_rows_or_a_thousand() -> None:
    costs = []
    for rows in (10, 1000):
        Certification.objects.bulk_create(
            (
                Certification(code=f"RNCP{number}", title=f"Soudeur {number}")
                for number in range(50_000 + rows, 50_000 + 2 * rows)
            ),
        )
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert list(queries.search("soudeur")[:20])
        costs.append(len(seen))
    assert costs == [2, 2]


def test_a_sheet_costs_the_same_whatever_it_holds() -> None:
    for code in ("RNCP24895", "RNCP36086"):
        with CaptureQueriesContext(connection) as seen:
            found = queries.certification(code)
            assert [
                list(c.criteria.all()) for b in queries.blocs(found) for c in b.competences.all()
            ]
        assert len(seen) == 6
