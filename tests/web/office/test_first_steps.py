"""An installation that is new says what comes first, and a list without files how they come."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, person
from jalon.law.vocabulary import OrganisationKind, Role
from jalon.people.actions import admit
from jalon.people.models import Certifying, ContactDetails, Organisation, User
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(db: None, settings: Any) -> User:
    """Return the administrator of an installation where nobody else is, and nobody said whom to call."""
    settings.CONTACT_CHOSEN = False
    administrator = person("Paul", "Martin", "paul@exemple.fr")
    admit(administrator, Role.ADMINISTRATOR, None)
    return administrator


def page(office: Client, name: str = "office:people") -> str:
    """Return what a page of the office says."""
    return office.get(reverse(name)).content.decode()


def test_an_administrator_reads_what_comes_before_the_first_candidate(alone: User) -> None:
    office = browser(alone)
    for name in ("office:people", "office:all_files"):
        said = page(office, name)
        assert "Avant la première candidature" in said
        assert (
            reverse("office:contact_details") in said and reverse("office:new_organisation") in said
        )
    assert "Une candidature arrive ici" in page(office, "office:all_files")


def test_what_is_done_is_said_done_and_the_certifications_are_asked_of_the_certifier(
    alone: User,
) -> None:
    certifier = Organisation.objects.create(
        kind=OrganisationKind.CERTIFIER, name="Certif Loire", siret="44306184100047"
    )
    said = page(browser(alone))
    assert reverse("office:certifying", args=[certifier.pk]) in said
    assert said.count("fait</span>") == 1


def test_once_the_office_is_open_nothing_more_is_asked(alone: User) -> None:
    load()
    accompanist, certifier = (
        Organisation.objects.create(kind=kind, name=kind.label, siret=siret)
        for kind, siret in (
            (OrganisationKind.ACCOMPANIST, "73282932000074"),
            (OrganisationKind.CERTIFIER, "44306184100047"),
        )
    )
    Certifying.objects.create(organisation=certifier, certification=Certification.objects.all()[0])
    admit(person("Hélène", "Roux", "helene@exemple.fr"), Role.HEAD, accompanist)
    assert "Avant la première candidature" in page(browser(alone))
    ContactDetails.objects.create(
        name="Formation Loire", email="vae@exemple.fr", phone="04 77 00 00 00", changed_by=alone
    )
    assert "Avant la première candidature" not in page(browser(alone))


def test_a_head_reads_how_files_come_while_there_is_none(demo: DemoPeople) -> None:
    said = page(browser(demo.head), "architect:caseload")
    assert "Une candidature arrive ici dès qu’une personne choisit votre" in said
    assert reverse("architect:import") in said
    assert "Avant la première candidature" not in said
