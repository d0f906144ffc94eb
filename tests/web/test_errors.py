"""A form that comes without its cookie gives back what was typed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
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


def test_what_was_typed_before_the_session_ended_is_given_back_then_saved(
    scenario: Scenario,
) -> None:
    scenario.register()
    client = Client(enforce_csrf_checks=True)
    client.force_login(scenario.person)
    address = reverse("writing:goals", args=[scenario.journey.pk])
    drawn = client.get(address).cookies["csrftoken"].value
    client.logout()
    client.cookies["csrftoken"] = drawn
    typed = "Je veux un métier stable, près de chez moi."
    said = {"goals": typed, "prerequisites": "none", "csrfmiddlewaretoken": drawn}
    page = client.post(address, said).content.decode()
    assert "Votre session n’est plus ouverte" in page and reverse("account_login") in page
    assert typed in page.split("Ce que vous aviez écrit")[1]
    client.force_login(scenario.person)
    del client.cookies["csrftoken"]
    assert "Votre session est ouverte. Appuyez sur" in client.post(address, said).content.decode()
    said["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    again = client.post(address, said)
    assert again.status_code == 302
    scenario.journey.feasibility.refresh_from_db()
    assert scenario.journey.feasibility.goals == typed


def test_who_signs_in_is_asked_for_nothing_else(scenario: Scenario) -> None:
    scenario.register()
    address = reverse("writing:goals", args=[scenario.journey.pk])
    assert Client().get(address)["Location"].startswith(reverse("account_login"))


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


@pytest.fixture
def visitor(scenario: Scenario) -> Iterator[Client]:
    """Somebody signed in on a database that goes away with the next statement; errors are pages."""
    scenario.register()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(scenario.person)
    client.token = client.get(goals(scenario)).cookies["csrftoken"].value

    def gone(execute: Any, sql: str, *rest: Any) -> Any:
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(gone):
        yield client


def goals(scenario: Scenario) -> str:
    """Return the address of a page where people write."""
    return reverse("writing:goals", args=[scenario.journey.pk])


def test_a_page_says_to_try_again_in_a_minute_when_the_database_is_away(
    visitor: Client, scenario: Scenario
) -> None:
    answer = visitor.get(goals(scenario))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Réessayez dans une minute" in answer.content.decode()


def test_what_was_typed_while_the_database_is_away_is_given_back_to_be_sent(
    visitor: Client, scenario: Scenario
) -> None:
    said = {"goals": "Je veux un métier stable, près de chez moi.", "prerequisites": "none"}
    answer = visitor.post(goals(scenario), said | {"csrfmiddlewaretoken": visitor.token})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert said["goals"] in page.split("Ce que vous aviez écrit")[1]
    assert "Envoyer de nouveau" in page


def test_a_form_of_another_site_is_not_offered_while_the_database_is_away(
    visitor: Client, scenario: Scenario
) -> None:
    answer = visitor.post(goals(scenario), {"goals": "Un piège venu d’un autre site."})
    assert answer.status_code == 503
    assert "Envoyer de nouveau" not in answer.content.decode()


def test_a_page_whose_statement_takes_too_long_says_to_try_again(scenario: Scenario) -> None:
    scenario.register()
    client = Client(raise_request_exception=False)
    client.force_login(scenario.person)

    def slow(*statement: Any) -> None:
        with connection.wrap_database_errors, connection.connection.cursor() as own:
            own.execute("SET LOCAL statement_timeout = '50ms'")
            own.execute("SELECT pg_sleep(5)")

    with connection.execute_wrapper(slow):
        assert client.get(goals(scenario)).status_code == 503
