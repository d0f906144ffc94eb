"""Advice as its writer reads it: under each answer when a page opens, and in the answer to what is typed."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.writing.models import Section
from tests.web.browsers import browser
from tests.web.reading import read

pytestmark = pytest.mark.django_db


def test_advice_stands_under_an_answer_on_its_page_and_in_what_typing_is_told(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    client, own = browser(scenario.person), [scenario.journey.pk]
    said = {
        "person": scenario.person.pk,
        "subject": f"section/{section.competence_id}",
        "field": "actions",
        "pen": str(uuid4()),
        "number": 1,
        "after": 0,
        "base": "",
        "text": "On monte la pièce avec Mme <b>Roux & Mme Roux.",
    }
    address = reverse("writing:autosave", args=own)
    answer = client.post(address, json.dumps(said), content_type="application/json").json()
    told = dict(answer["advice"])
    assert list(told) == ["Une autre personne", "Qui a fait quoi", "Réponse courte"]
    assert told["Qui a fait quoi"].startswith(
        "«\N{NO-BREAK SPACE}On monte la pièce…\N{NO-BREAK SPACE}»"
    )
    page = client.get(reverse("writing:section", args=[*own, section.competence_id]))
    shown = read(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "Conseils, à prendre ou à laisser Une autre personne. « Mme Roux »" in shown
    assert "Qui a fait quoi. « On monte la pièce… » : qui l’a fait ?" in shown
    assert shown.count("Conseils, à prendre") == 1, "an answer not begun is told nothing"
    saved = client.post(
        reverse("writing:section", args=[*own, section.competence_id]),
        {"actions": said["text"], "context": "Ici.", "seen": 1},
        follow=True,
    )
    assert "C’est enregistré. 4 conseils vous attendent sous vos réponses." in read(saved)
