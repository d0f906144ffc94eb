"""Somebody says what they do at work, without an account, and reads what it leads to; nothing is kept."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.actions import load
from jalon.catalogue.models import Bloc, Certification
from jalon.demo.scenario import Scenario
from jalon.law import positioning

pytestmark = pytest.mark.django_db

PAINTS = "je ponce, je masque et je peins au pistolé des pièces d’avion"
PAINTER = "RNCP36979"


@pytest.fixture
def catalogue() -> None:
    """The certifications, with the words of their trades."""
    load()


def told(said: str, **chosen: str) -> str:
    """Return what anybody reads once they said what they do, on one line."""
    answer = Client().post(reverse("public:work"), {"said": said, **chosen})
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def painting() -> list[Bloc]:
    """Return the blocs of the painter, in order."""
    return list(Certification.objects.get(code=PAINTER).blocs)


def test_one_reads_the_certification_one_s_own_words_and_what_it_asks(catalogue: None) -> None:
    page = told(PAINTS)
    first = page[page.index("<article") : page.index("</article>")]
    assert "Peintre aéronautique et spatial" in first
    assert "Vos mots : <mark>ponce</mark> <mark>masque</mark> <mark>peins</mark>" in first
    assert "<mark>pistolé</mark>" in first
    assert "Prérequis :" in first
    assert "N’écrivez que ce qui est utile. Pas de santé" in page, "there is no file yet"
    for bloc in painting():
        assert bloc.title in first
        for competence in bloc.competences.all():
            assert competence.title in first


def test_an_address_that_searches_too_often_is_told_to_wait_and_another_one_is_answered(
    catalogue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(positioning, "MOST_SEARCHES", 1)
    cache.clear()
    for status in (200, 429):
        answer = Client().post(reverse("public:work"), {"said": PAINTS})
        assert answer.status_code == status
    assert "Attendez dix minutes" in answer.content.decode()
    assert PAINTS in unescape(answer.content.decode())
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(reverse("public:work"), {"said": PAINTS})
    assert elsewhere.status_code == 200
    timekeeper.travel(timekeeper.now() + timedelta(minutes=10))
    assert Client().post(reverse("public:work"), {"said": PAINTS}).status_code == 200


def test_three_certifications_at_most_are_shown(catalogue: None) -> None:
    page = told("je perce, je ponce, je mesure, je dépanne, je soude et je conduis la ligne")
    assert page.count("<article") == 3
    assert "3 certifications s’en approchent" in page


def test_the_blocs_that_one_does_lead_to_applying_for_them(catalogue: None) -> None:
    first, second, third = painting()
    page = told(PAINTS, **{f"bloc-{first.pk}": "oui", f"bloc-{second.pk}": "oui"})
    assert "Vous pouvez viser 2 blocs sur 3" in page
    applying = f"{reverse('candidate:start', args=[PAINTER])}?bloc={first.code}&bloc={second.code}"
    assert f'href="{applying}"' in page
    assert third.code not in page
    assert page.count(" checked") == 2


def test_the_form_of_the_candidate_has_those_blocs_ticked(scenario: Scenario) -> None:
    (first, *_) = painting()
    browser = Client()
    browser.force_login(scenario.person)
    address = reverse("candidate:start", args=[PAINTER])
    form = browser.get(address, {"bloc": first.code}).context["form"]
    assert (form["scope"].value(), form["blocs"].value()) == ("blocs", [first.code])
    assert browser.get(address).context["form"]["scope"].value() == "whole"


def test_a_closed_certification_is_told_and_offers_no_application(catalogue: None) -> None:
    Certification.objects.filter(code=PAINTER).update(in_rncp=False)
    (first, *_) = painting()
    page = told(PAINTS, **{f"bloc-{first.pk}": "oui"})
    assert "Fermée aux nouveaux parcours" in page
    assert reverse("candidate:start", args=[PAINTER]) not in page


def test_when_nothing_is_near_one_is_told_whom_to_call(catalogue: None) -> None:
    page = told("coiffeuse, je fais des brushings")
    assert "Aucune certification ne s’en approche" in page
    assert 'href="tel:' in page
    assert "point relais conseil" in page


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("  ", "Écrivez ce que vous faites, même en quelques mots."),
        ("je soude " * 80, "Écrivez 600 caractères au plus"),
    ],
)
def test_a_sentence_that_is_missing_or_too_long_is_refused_and_stays(
    catalogue: None, said: str, refusal: str
) -> None:
    page = told(said)
    assert refusal in page
    assert "<article" not in page
    assert said.strip() in page


def test_what_one_says_stands_in_no_address_and_no_table(catalogue: None) -> None:
    with CaptureQueriesContext(connection) as sent:
        page = told(PAINTS)
    writes_nothing = {"SELECT", "WITH", "SAVEPOINT", "RELEASE"}
    assert {one["sql"].split()[0] for one in sent} <= writes_nothing
    assert "n’est enregistré" in page
    assert "ponce" not in "".join(piece.split('"')[0] for piece in page.split('href="')[1:])


def test_one_gets_there_from_the_home_from_an_empty_search_and_from_the_orientation(
    catalogue: None,
) -> None:
    link = f'href="{reverse("public:work")}"'
    for address in ("/", "/certifications/?q=brushing", "/orientation/?projet=non"):
        assert link in Client().get(address).content.decode()
