"""A form that comes without its cookie gives back what was typed."""

import pytest
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import Scenario

pytestmark = pytest.mark.django_db


def test_a_form_sent_without_its_cookie_gives_the_text_back_to_be_sent_again(
    scenario: Scenario,
) -> None:
    scenario.register()
    client = Client(enforce_csrf_checks=True)
    client.force_login(scenario.person)
    address = reverse("writing:goals", args=[scenario.journey.pk])
    typed = "Je veux un métier stable, près de chez moi."
    answer = client.post(address, {"goals": typed, "prerequisites": "none"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Votre texte est gardé" in page
    assert typed in page.split("Ce que vous aviez écrit")[1]
    token = client.cookies["csrftoken"].value
    again = {"goals": typed, "prerequisites": "none", "csrfmiddlewaretoken": token}
    assert client.post(address, again).status_code == 302
    scenario.journey.feasibility.refresh_from_db()
    assert scenario.journey.feasibility.goals == typed


def test_a_password_is_never_given_back(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    said = {"login": "une@exemple.fr", "password": "une-phrase-secrète"}
    page = client.post(reverse("account_login"), said).content.decode()
    assert "une-phrase-secrète" not in page
    assert "Recommencez" in page


def test_a_form_that_another_site_sends_is_not_offered_to_be_sent(scenario: Scenario) -> None:
    scenario.register()
    client = Client(enforce_csrf_checks=True)
    client.force_login(scenario.person)
    address = reverse("writing:goals", args=[scenario.journey.pk])
    page = client.post(address, {"goals": "Piège."}, headers={"Origin": "https://ailleurs.fr"})
    assert "Envoyer de nouveau" not in page.content.decode()
