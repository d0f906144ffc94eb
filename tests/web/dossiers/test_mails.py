"""The page where a person chooses their e-mails."""

import pytest
from django.test import Client
from django.urls import reverse

from jalon.demo.people import DemoPeople
from jalon.mailbox import preferences
from jalon.mailbox.models import Category

pytestmark = pytest.mark.django_db


def test_the_page_keeps_the_choice_and_says_why_decisions_come_anyway(demo: DemoPeople) -> None:
    client = Client()
    client.force_login(demo.head)
    address = reverse("dossiers:mails")
    page = client.get(address).content.decode()
    assert page.count(" checked") == 2
    assert "ne peuvent donc pas être arrêtés" in page
    assert address in client.get(reverse("dossiers:notices")).content.decode()
    page = client.post(address, {"kept": ["reminders"]}, follow=True).content.decode()
    assert "Vos choix sont enregistrés" in page
    assert preferences.wanted(demo.head) == [Category.DECISIONS, Category.REMINDERS]
    assert client.post(address, {"kept": ["decisions"]}).status_code == 200
    assert preferences.wanted(demo.head) == [Category.DECISIONS, Category.REMINDERS]
