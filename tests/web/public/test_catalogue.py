"""The catalogue as everybody reads it: rows, what narrows them, why each answers, and whom to call."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification
from jalon.people.contact import contact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    """The sheets of a new installation."""
    load()


def read(**asked: str) -> str:
    """Return the catalogue as anybody sees it, its lines joined."""
    answer = Client().get(reverse("public:catalogue"), asked)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_row_says_the_level_in_words_and_the_route_in_one() -> None:
    text = read(q="metrologie")
    assert "1 certification pour « metrologie »" in text
    assert "Niveau 4 (bac)" in text
    assert ">France VAE</span>" in text
    assert ">Classique</span>" in read(q="RNCP38903")


def test_what_was_looked_for_is_marked_where_it_was_found() -> None:
    assert "Contrôleur en <mark>métrologie</mark> dimensionnelle" in read(q="metrologie")
    assert "Parmi les mots du métier : <mark>palmer</mark>" in read(q="palmer")
    assert "Dans la compétence : Rédiger le <mark>rapport</mark> de contrôle" in read(q="rapport")


def test_a_title_of_the_register_is_text_and_never_a_tag() -> None:
    Certification.objects.filter(code="RNCP38901").update(title="<b>métrologie</b>")
    answer = Client().get(reverse("public:catalogue"), {"q": "metrologie"}).content.decode()
    assert "&lt;b&gt;<mark>métrologie</mark>&lt;/b&gt;" in answer


def test_a_filter_keeps_what_its_count_said_and_stands_in_the_address() -> None:
    text = read()
    count = text.split('<option value="254" > Soudage, chaudronnerie et structures (')[1][0]
    narrowed = read(famille="254", q="")
    assert f"{count} certification" in narrowed
    assert "Famille de métiers : Soudage, chaudronnerie et structures" in narrowed
    both = read(famille="254", niveau="3")
    assert 'href="?niveau=3"' in both
    assert 'href="?famille=254"' in both


def test_the_old_ones_are_behind_a_link_and_nobody_may_begin_them() -> None:
    text = read()
    assert "RNCP24895" not in text
    assert "Voir les" in text
    old = read(anciennes="1")
    assert "Les anciennes certifications" in old
    assert reverse("public:sheet", args=["RNCP24895"]) in old
    assert ">France VAE<" not in old
    assert "Revenir aux certifications ouvertes" in old


def test_an_empty_list_names_the_nearest_and_whom_to_call() -> None:
    text = read(q="je soude des tuyaux en inox chez un sous-traitant")
    assert "Rien ne correspond tout à fait" in text
    assert contact().phone in text
    near = text.split("Voici ce qui s’en approche")[1]
    assert 1 <= near.split("</main>")[0].count("<li>") <= 3
    assert reverse("public:sheet", args=["RNCP39883"]) in near


def test_filters_that_keep_nothing_give_back_what_the_words_found() -> None:
    text = read(q="metrologie", niveau="7")
    assert "Voici ce qui s’en approche" in text
    assert "dimensionnelle" in text.split("Voici ce qui s’en approche")[1]


def test_a_word_of_another_trade_names_no_sheet() -> None:
    text = read(q="boulanger")
    assert "<h2>Rien ne correspond</h2>" in text
    assert "s’en approche" not in text


@pytest.mark.parametrize("asked", [{"niveau": "12"}, {"famille": "x"}, {"jury": "\x00"}])
def test_an_option_that_is_none_is_no_list(asked: dict[str, str]) -> None:
    assert Client().get(reverse("public:catalogue"), asked).status_code == 404


def test_words_and_filters_are_kept_from_page_to_page() -> None:
    Certification.objects.bulk_create(
        Certification(code=f"RNCP{number}", title="Soudeur a&b", level=4)
        for number in range(60_000, 60_030)
    )
    answer = Client().get(reverse("public:catalogue"), {"q": "soudeur", "niveau": "4"})
    assert 'href="?q=soudeur&amp;niveau=4&amp;page=2"' in answer.content.decode()
