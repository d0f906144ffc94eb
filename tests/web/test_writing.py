"""Writing a file: bad input is said beside its field, and what was typed is never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, DemoPeople, Scenario
from jalon.writing.models import Section

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
    return browser(scenario)


@pytest.fixture
def writer(scenario: Scenario) -> Client:
    """The browser of somebody who writes the validation file."""
    scenario.to_admissible()
    return browser(scenario)


def browser(scenario: Scenario) -> Client:
    """Return the candidate's browser, on the day they have come to."""
    timekeeper.travel(scenario.at)
    client = Client()
    client.force_login(scenario.person)
    return client


def section(scenario: Scenario) -> tuple[Section, str]:
    """Return the first section to write, and the address of its page."""
    found = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    return found, reverse("writing:section", args=[scenario.journey.pk, found.competence_id])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"started_on": "2030-01-01"}, "Cette date n’est pas encore venue"),
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


def test_a_refused_proof_loses_no_word_and_makes_no_false_conflict(
    writer: Client, scenario: Scenario
) -> None:
    written, address = section(scenario)
    wrong = SimpleUploadedFile("preuve.pdf", b"MZ rien d'un PDF", "application/pdf")
    said = {"context": "Dans mon atelier.", "seen": written.version, "evidence": wrong}
    page = writer.post(address, said)
    assert "PDF, JPEG ou PNG" in page.content.decode()
    written.refresh_from_db()
    assert written.context == "Dans mon atelier."
    seen = page.context["form"]["seen"].value()
    right = SimpleUploadedFile("preuve.pdf", ONE_PAGE, "application/pdf")
    again = {"context": "Dans mon atelier, en mai.", "seen": seen, "evidence": right}
    assert writer.post(address, again).status_code == 302
    written.refresh_from_db()
    assert written.context == "Dans mon atelier, en mai."
    assert written.evidence.count() == 1


def test_two_texts_written_at_once_are_read_side_by_side(
    writer: Client, scenario: Scenario, demo: DemoPeople
) -> None:
    written, address = section(scenario)
    for text in ("Écrit sur mon téléphone.", "Écrit sur l’ordinateur."):
        page = writer.post(address, {"context": text, "seen": written.version})
    shown = page.content.decode()
    assert "Écrit sur mon téléphone." in shown and "Écrit sur l’ordinateur." in shown
    written.refresh_from_db()
    assert written.context == "Écrit sur mon téléphone."
