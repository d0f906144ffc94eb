"""What staff read of a journey: why it follows its route."""

import pytest
from django.test import Client
from django.urls import reverse

from jalon.catalogue.models import Opening
from jalon.demo.scenario import Scenario

pytestmark = pytest.mark.django_db


def shown(scenario: Scenario) -> str:
    """Return the page of a journey as its architect reads it, on one line."""
    client = Client()
    client.force_login(scenario.architect)
    page = client.get(reverse("dossiers:journey", args=[scenario.journey.pk]))
    return " ".join(page.content.decode().split())


@pytest.mark.rule("R-001")
def test_the_route_of_a_journey_is_proved_even_once_the_list_of_the_portal_is_corrected(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    opened = scenario.certification.openings.get()
    Opening.objects.all().delete()
    page = shown(scenario)
    assert f"était ouverte sur le portail France VAE ({opened})" in page
    assert "date de démonstration" in page
