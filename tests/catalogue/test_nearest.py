"""People say what they do at work, and read the certifications that it leads to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.catalogue import queries
from jalon.catalogue.actions import load, trade_words
from jalon.catalogue.models import Certification

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """The certifications read on their official sheets, with the words of their trades."""
    load()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("je règle les tours et je change les outils", "RNCP38622"),
        ("JE SOUDE DES COQUES DE BATEAU", "RNCP39883"),
        ("je pose des rivés sur des fuzelages", "RNCP36086"),
        ("jétalonne les comparateurs", "RNCP38901"),
        ("j’encadre l’équipe et je fais les plannings", "RNCP40906"),
    ],
)
def test_a_sentence_leads_to_its_certification_whatever_its_spelling(said: str, code: str) -> None:
    assert queries.nearest(said)[0].certification.code == code


def test_each_answer_tells_the_words_that_it_comes_from() -> None:
    (first, *_) = queries.nearest("Bonjour, je fais les rivés et la pose sur des avions")
    assert first.words == {"pose", "rivés", "avions"}


def test_the_nearest_come_first() -> None:
    scores = [one.score for one in queries.nearest("je perce, je ponce, je peins des avions")]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "said", ["", "   ", "je", "coiffeuse", "🙂", "je fais la cuisine à la cantine"]
)
def test_a_word_of_another_trade_leads_nowhere(said: str) -> None:
    assert queries.nearest(said) == []


def test_a_sheet_that_was_replaced_is_never_offered() -> None:
    found = {
        one.certification.code for one in queries.nearest("chaudronnier naval, chef de projet")
    }
    assert {"RNCP39883", "RNCP40906"} <= found
    assert not found & {"RNCP35885", "RNCP36308"}


def test_competences_count_too_for_a_sheet_that_has_no_words_of_its_own() -> None:
    Certification.objects.update(trade_words="", keywords="", description="", title="Sans mot")
    assert queries.nearest("je pointe la structure endommagée")[0].certification.code == "RNCP39883"


def test_the_search_of_the_catalogue_knows_the_words_of_the_shop_floor() -> None:
    assert queries.search("bouterolle")[0].code == "RNCP36086"
    assert queries.search("pied à coulisse")[0].code == "RNCP38901"


def test_every_sheet_in_force_has_words_of_its_trade() -> None:
    bare = Certification.objects.filter(active=True, trade_words="")
    assert not bare.exists()
    assert set(trade_words()) <= set(Certification.objects.values_list("code", flat=True))


def test_what_people_say_is_never_taken_for_a_command() -> None:
    for said in ("'; DROP TABLE x; --", "%s %(a)s", "& | ! <->", "\\", "a\x00b", "(" * 600):
        queries.nearest(said)


def test_words_are_told_once_in_the_order_of_the_sentence() -> None:
    assert queries.in_order("Coque, soude la COQUE", {"soude", "coque"}) == ["coque", "soude"]


def test_an_answer_costs_three_statements_and_the_blocs_of_all_of_them_two() -> None:
    with CaptureQueriesContext(connection) as seen:
        found = queries.nearest("je soude des coques, je perce et je ponce des avions")
    assert len(seen) == 3
    with CaptureQueriesContext(connection) as seen:
        blocs = queries.blocs_in_force(one.certification for one in found)
        assert all(bloc.competences.all() for those in blocs.values() for bloc in those)
    assert len(blocs) > 1
    assert len(seen) == 2
