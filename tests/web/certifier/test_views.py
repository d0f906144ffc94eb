"""The certifier's space: a session is planned with its panel, a candidate is called before it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries.models import Session
from jalon.law.vocabulary import Act, PanelRole
from jalon.now import today
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def a_session(demo: DemoPeople, scenario: Scenario, **changes: Any) -> dict[str, Any]:
    """Return what a certifier writes to plan a session."""
    president, *members = demo.jurors[:3]
    return {
        "certification": scenario.certification.pk,
        "held_on": today() + timedelta(days=30),
        "mode": "on_site",
        "form": "both",
        "place": "Atelier de démonstration",
        "documents": "Pièce d’identité",
        "accessibility_contact": "referent.handicap@exemple.fr",
        "president": president.pk,
        "members": [one.pk for one in members],
    } | changes


def test_a_session_is_shown_as_soon_as_it_is_planned(demo: DemoPeople, scenario: Scenario) -> None:
    answer = browser(demo.officer).post(reverse("certifier:new_session"), a_session(demo, scenario))
    session = Session.objects.get()
    assert answer["Location"] == reverse("certifier:session", args=[session.pk])
    assert session.panel.count() == 3
    assert session.panel.get(role=PanelRole.PRESIDENT).juror == demo.jurors[0]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"place": ""}, "Indiquez l’adresse de la session."),
        ({"mode": "remote"}, "Indiquez le lien de la visioconférence."),
        ({"held_on": "2020-01-01"}, "Choisissez une date à venir."),
    ],
)
def test_a_session_that_cannot_be_is_told_what_to_correct(
    demo: DemoPeople, scenario: Scenario, wrong: dict[str, str], said: str
) -> None:
    address = reverse("certifier:new_session")
    page = browser(demo.officer).post(address, a_session(demo, scenario, **wrong))
    assert said in page.content.decode()
    assert not Session.objects.exists()


def test_nobody_presides_and_sits_beside_themselves(demo: DemoPeople, scenario: Scenario) -> None:
    twice = a_session(demo, scenario, members=[demo.jurors[0].pk])
    page = browser(demo.officer).post(reverse("certifier:new_session"), twice)
    assert "Le président est déjà membre" in page.content.decode()


def test_a_candidate_is_called_before_a_session(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.to_validation_sent().certifier(Act.ACCEPT_VALIDATION)
    timekeeper.travel(scenario.at)
    client = browser(demo.officer)
    client.post(reverse("certifier:new_session"), a_session(demo, scenario))
    address = reverse("certifier:convene", args=[scenario.journey.pk])
    said = {"session": Session.objects.get().pk, "starts_at": "14:00", "minutes": 60}
    assert client.post(address, said).status_code == 302
    assert scenario.current_hearing().starts_at.hour == 14
