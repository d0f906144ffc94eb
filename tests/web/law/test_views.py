"""The law as it is applied: for staff, unsure and stale rules first, a page at a time."""

import pytest
from django.test import Client

from jalon.demo.scenario import DemoPeople
from jalon.law.reading import readings
from jalon.now import today
from jalon.people.models import User

pytestmark = pytest.mark.django_db


def read(person: User, address: str = "/droit/") -> str:
    """Return a page, on one line."""
    browser = Client()
    browser.force_login(person)
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_page_shows_the_rules_to_confirm_and_to_read_again_before_the_others(
    demo: DemoPeople,
) -> None:
    page = read(demo.head)
    first, *_ = readings(today())
    assert page.index(f'id="{first.rule.id}"') == page.index('id="R-')
    assert "à confirmer auprès du certificateur" in page
    assert "Page 1 sur" in page


def test_a_filter_keeps_the_rules_to_confirm_from_page_to_page(demo: DemoPeople) -> None:
    page = read(demo.officer, "/droit/?filtre=a-confirmer")
    shown = page.count('class="unsure"')
    assert shown == min(20, sum(one.unsure for one in readings(today())))
    assert 'class="stale"' not in page


def test_a_rule_is_found_by_its_number_or_by_words_of_its_text_without_accents(
    demo: DemoPeople,
) -> None:
    found = read(demo.officer, "/droit/?q=r-012")
    assert found.count('id="R-') == 1 and 'id="R-012"' in found
    found = read(demo.officer, "/droit/?q=delivrance+PRECEDE")
    assert 'id="R-012"' in found and "pour «&nbsp;delivrance PRECEDE&nbsp;»" in found
    assert "?filtre=a-relire&amp;q=" in found
    nothing = read(demo.officer, "/droit/?q=chaudronnerie")
    assert "Aucune règle ne contient «&nbsp;chaudronnerie&nbsp;» ici." in nothing


def test_an_unknown_filter_is_not_found(demo: DemoPeople) -> None:
    browser = Client()
    browser.force_login(demo.head)
    assert browser.get("/droit/?filtre=couleur").status_code == 404


def test_staff_find_the_law_at_the_foot_of_each_page_and_candidates_do_not(
    demo: DemoPeople,
) -> None:
    assert "Le droit appliqué" in read(demo.head, "/certifications/")
    assert "Le droit appliqué" not in Client().get("/certifications/").content.decode()
