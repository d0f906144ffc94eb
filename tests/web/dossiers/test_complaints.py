"""The register of complaints: filed by the candidate, read and answered by whom it is for."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def act_page(scenario: Scenario, name: str) -> str:
    """Return the address of an act."""
    return reverse("dossiers:act", args=[scenario.journey.pk, name])


@pytest.mark.rule("R-130")
def test_a_complaint_is_in_the_register_with_its_date_until_its_answer_is(
    scenario: Scenario,
) -> None:
    scenario.to_result([])
    timekeeper.travel(scenario.at)
    officer, head = browser(scenario.demo.officer), browser(scenario.demo.head)
    said = {"nature": "complaint", "to": "certifier", "words": "Le jury n’a pas vu ma pièce."}
    assert (
        browser(scenario.person).post(act_page(scenario, "file_complaint"), said).status_code == 302
    )
    register = reverse("dossiers:complaints")
    assert "sans réponse" in officer.get(register).content.decode()
    assert said["words"] not in head.get(register).content.decode()
    assert (
        scenario.person.last_name
        in officer.get("/certificateur/?filtre=reclamations").content.decode()
    )
    answer = {"number": "1", "answer": "La pièce figure au procès-verbal."}
    assert officer.post(act_page(scenario, "answer_complaint"), answer).status_code == 302
    assert "répondu le" in officer.get(register).content.decode()
    home = browser(scenario.person).get(reverse("candidate:home")).content.decode()
    assert said["words"] in home and answer["answer"] in home
