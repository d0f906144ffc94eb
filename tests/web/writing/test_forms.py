"""Forms of the files: bad input is said beside its field, in plain words."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

EXPERIENCE = {
    "kind": "employed",
    "title": "Fraiseur",
    "started_on": "2020-01-06",
    "hours_per_week": 35,
    "activities": "Je fraise des pièces.",
}


@pytest.fixture
def person(scenario: Scenario) -> Client:
    """The browser of somebody who just registered."""
    scenario.register()
    timekeeper.travel(scenario.at)
    return browser(scenario.person)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"started_on": "2030-01-01"}, "Cette date n’est pas encore venue"),
        ({"ended_on": "2099-01-01"}, "Cette date n’est pas encore venue"),
        ({"started_on": "0202-01-01"}, "elle est trop ancienne"),
        ({"ended_on": "2019-01-01"}, "La fin vient après le début"),
        ({"hours_per_week": 0}, "une heure par semaine au moins"),
        ({"hours_per_week": 90}, "soixante heures par semaine au plus"),
        ({"employer_siren": "12"}, "neuf chiffres du SIREN"),
        ({"title": ""}, "Remplissez ce champ."),
    ],
)
def test_an_experience_that_cannot_be_is_said_and_kept_on_the_page(
    person: Client, scenario: Scenario, wrong: dict[str, Any], said: str
) -> None:
    page = person.post(
        reverse("writing:experience", args=[scenario.journey.pk]), EXPERIENCE | wrong
    ).content.decode()
    assert said in page
    assert "La contrainte" not in page
    assert "Je fraise des pièces." in page
    assert not scenario.journey.experiences.exists()


def test_nobody_is_born_tomorrow(person: Client, scenario: Scenario) -> None:
    born = timekeeper.today() + timedelta(days=1)
    page = person.post(reverse("writing:profile", args=[scenario.journey.pk]), {"born_on": born})
    assert "Cette date n’est pas encore venue" in page.content.decode()
