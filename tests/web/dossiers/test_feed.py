"""The page on which people make and close the address that their own agenda reads."""

import re

import pytest
from django.test import Client

from jalon.demo.scenario import Scenario
from jalon.mailbox.models import CalendarFeed
from tests.web.browsers import browser
from tests.web.reading import read

PAGE = "/dossiers/agenda/"


def made(client: Client) -> str:
    """Press the button, and return the address that is shown."""
    answer = client.post(PAGE)
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"https?://[^<\s]+(/agenda/flux/[\w-]+\.ics)", answer.content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize("who", ["person", "architect"])
def test_the_address_is_shown_once_and_an_agenda_reads_it(met: Scenario, who: str) -> None:
    client = browser(getattr(met, who))
    assert "Aucune adresse" in read(client.get(PAGE))
    address = made(client)
    assert Client().get(address).status_code == 200
    after = client.get(PAGE)
    assert address not in after.content.decode()
    assert "lue pour la dernière fois le 1er mars 2027" in read(after)


def test_an_address_that_is_replaced_or_closed_serves_no_more(met: Scenario) -> None:
    client = browser(met.person)
    first = made(client)
    second = made(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    closed = client.post(f"{PAGE}supprimer/", follow=True)
    assert "L’adresse est supprimée" in read(closed)
    assert Client().get(second).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_the_page_says_what_is_read_and_how_to_subscribe(met: Scenario) -> None:
    page = read(browser(met.architect).get(PAGE))
    for said in ("iPhone", "Google Agenda", "Outlook", "initiales", "trente jours"):
        assert said in page
    assert "initiales" not in read(browser(met.person).get(PAGE))


def test_the_settings_of_the_agenda_and_the_data_lead_there(met: Scenario) -> None:
    for person, page in (
        (met.architect, "/accompagnement/agenda/reglages/"),
        (met.person, "/candidat/mes-donnees/"),
    ):
        assert f'href="{PAGE}"' in browser(person).get(page).content.decode()
