"""The short orientation: who is sent to an adviser, who is only told."""

from html import unescape

import pytest
from django.test import Client

from jalon.people.contact import contact
from jalon.web.public.advisers import advisers
from jalon.web.public.orientation import QUESTIONS, orient


@pytest.mark.rule("R-008")
def test_doubts_lead_to_an_adviser_and_little_experience_is_no_obstacle() -> None:
    assert orient({})["question"] == QUESTIONS[0]
    assert orient({"projet": "hesite"})["advisers"]
    assert orient({"projet": "oui", "experience": "jamais"})["advisers"]
    short = orient({"projet": "oui", "experience": "court", "ecrit": "non"})
    assert (short["apply"], short["short"], short["writing"]) == (True, True, True)
    plain = orient({"projet": "oui", "experience": "long", "ecrit": "oui"})
    assert (plain["apply"], plain["short"], plain["writing"]) == (True, False, False)


@pytest.mark.django_db
def test_whoever_hesitates_reads_who_advises_near_them_and_where_that_was_read() -> None:
    page = unescape(Client().get("/orientation/", {"projet": "non"}).content.decode())
    text = " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())
    for place in ("Normandie", "Pays de la Loire", "Bretagne", "Partout en France"):
        assert f"<h2>{place}</h2>" in text
    assert 'href="tel:+33800050000"' in text
    assert 'href="https://mon-cep.org"' in text
    assert "Lu le 26 novembre 2026. Source : service-public.fr, fiche F32457," in text
    assert contact().phone in text


def test_every_adviser_has_a_source_a_day_and_a_way_to_be_reached() -> None:
    for _, services in advisers():
        for one in services:
            assert one.source
            assert one.read_on
            assert one.phone or one.site
            assert not one.phone or len(one.phone.replace(" ", "")) == 10


@pytest.mark.django_db
def test_whoever_knows_what_they_want_looks_for_it_at_once() -> None:
    said = {"projet": "oui", "experience": "long", "ecrit": "oui"}
    text = Client().get("/orientation/", said).content.decode()
    assert 'action="/certifications/"' in text
    assert "Quel est votre métier" in text
