"""The office: opened from nothing, its organisations, its people."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalon.catalogue.actions import load
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries.queries import jurors
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import OrganisationKind, Role
from jalon.people import contact
from jalon.people.actions import account, admit
from jalon.people.models import ContactDetails, Membership, Organisation, User
from jalon.people.policy import roles
from tests.web.browsers import browser
from tests.web.certifier.test_jurors import JUROR

pytestmark = pytest.mark.django_db

ORGANISATION = {"kind": "certifier", "name": "UIMM d’essai", "siret": "12345678901234"}


def test_an_office_opens_from_an_empty_database(db: None) -> None:
    load()
    chief = account("clef@exemple.fr", "Agnès", "Clef")
    admit(chief, Role.ADMINISTRATOR, None)
    client = browser(chief)
    assert client.get("/ensuite/", follow=True).status_code == 200
    client.post(reverse("office:new_organisation"), ORGANISATION)
    accompanist = ORGANISATION | {
        "kind": "accompanist",
        "name": "AFPI d’essai",
        "siret": "12345678901242",
        "qualiopi_until": "2030-01-01",
    }
    client.post(reverse("office:new_organisation"), accompanist)
    certifier = Organisation.objects.get(kind=OrganisationKind.CERTIFIER)
    added = {
        "first_name": "Sophie",
        "last_name": "Sceau",
        "email": "sceau@exemple.fr",
        "role": "certifier",
        "organisation": certifier.pk,
    }
    assert client.post(reverse("office:add"), added).status_code == 302
    officer = User.objects.get(email="sceau@exemple.fr")
    assert roles(officer) == {Role.CERTIFIER}
    browser(officer).post(reverse("certifier:new_juror"), JUROR)
    assert [str(one) for one in jurors(officer)] == ["Irène Lime"]
    delivered = {"certifications": [Certification.objects.get(code="RNCP38901").pk]}
    client.post(reverse("office:certifying", args=[certifier.pk]), delivered)
    newcomer = User.objects.create_user("une@exemple.fr", first_name="Une", last_name="Exemple")
    candidate = browser(newcomer)
    chosen = Organisation.objects.get(kind=OrganisationKind.ACCOMPANIST)
    said = {
        "accompaniment": "accompanied",
        "organisation": chosen.pk,
        "scope": "whole",
        "consent": "on",
    }
    candidate.post(reverse("candidate:start", args=["RNCP38901"]), said)
    assert newcomer.journeys.get().organisation.name == "AFPI d’essai"


def test_somebody_added_chooses_a_password_from_a_link(demo: DemoPeople) -> None:
    added = {
        "first_name": "Zoé",
        "last_name": "Alésage",
        "email": "zoe@exemple.fr",
        "role": "architect",
        "organisation": demo.accompanist.pk,
    }
    browser(demo.head).post(reverse("office:add"), added)
    assert mail.outbox[-1].to == ["zoe@exemple.fr"]
    assert "Zoé" not in mail.outbox[-1].subject
    link = re.search(r"https?://[^/]+(/compte/\S+)", mail.outbox[-1].body)
    assert link
    page = Client().get(link.group(1), follow=True)
    assert page.status_code == 200
    assert 'type="password"' in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"siret": "123"}, "quatorze chiffres"),
        ({"name": ""}, "Remplissez ce champ."),
        ({"kind": ""}, "Choisissez une réponse."),
    ],
)
def test_a_wrong_organisation_is_told_what_to_mend(
    demo: DemoPeople, wrong: dict[str, str], said: str
) -> None:
    before = Organisation.objects.count()
    page = browser(demo.administrator).post(
        reverse("office:new_organisation"), ORGANISATION | wrong
    )
    assert said in page.content.decode()
    assert Organisation.objects.count() == before


def test_the_same_siret_is_not_entered_twice(demo: DemoPeople) -> None:
    page = browser(demo.administrator).post(
        reverse("office:new_organisation"), ORGANISATION | {"siret": demo.certifier.siret}
    )
    assert page.status_code == 200
    assert Organisation.objects.filter(siret=demo.certifier.siret).count() == 1


@pytest.mark.rule("R-124")
def test_an_organisation_gives_only_the_roles_of_what_it_does(demo: DemoPeople) -> None:
    client = browser(demo.administrator)
    person = {"first_name": "Al", "last_name": "Exemple", "email": "al@exemple.fr"}
    wrong = person | {"role": "architect", "organisation": demo.certifier.pk}
    answer = client.post(reverse("office:add"), wrong)
    assert answer.status_code == 409
    assert "ne donne pas ce rôle" in answer.content.decode()
    assert not User.objects.filter(email="al@exemple.fr").exists()
    right = person | {"role": "administrator", "organisation": demo.certifier.pk}
    assert client.post(reverse("office:add"), right).status_code == 302
    assert Membership.objects.get(user__email="al@exemple.fr").organisation is None


def test_an_administrator_says_whom_to_call_and_every_page_and_email_follows(
    demo: DemoPeople, django_capture_on_commit_callbacks: Any
) -> None:
    client = browser(demo.administrator)
    address = reverse("office:contact_details")
    assert settings.CONTACT_PHONE in client.get(address).content.decode()
    said = {
        "name": "Centre d’essai",
        "email": "accueil@exemple.fr",
        "phone": "0102030405",
        "site": "www.exemple.fr",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, said).status_code == 302
    page = Client().get(reverse("public:page", args=["contact"])).content.decode()
    assert "Centre d’essai" in page and "01 02 03 04 05" in page and "tel:+33102030405" in page
    assert "accueil@exemple.fr" in page and settings.CONTACT_EMAIL not in page


@pytest.mark.parametrize(("name", "said"), [("phone", "12"), ("site", "https://exemple.fr")])
def test_a_number_or_a_site_that_nobody_could_use_is_not_kept(
    demo: DemoPeople, name: str, said: str
) -> None:
    values = vars(contact.first_said()) | {name: said}
    page = browser(demo.administrator).post(reverse("office:contact_details"), values)
    assert page.status_code == 200 and "Écrivez" in page.content.decode()
    assert not ContactDetails.objects.exists()


def test_only_an_administrator_changes_whom_to_call(demo: DemoPeople) -> None:
    with pytest.raises(Refused):
        contact.change_contact(demo.head, contact.first_said())


def test_an_administrator_finds_any_file_by_its_name(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register()
    client = browser(demo.administrator)
    found = client.get(f"/gestion/tous-les-dossiers/?q={scenario.person.last_name}")
    assert reverse("dossiers:journey", args=[scenario.journey.pk]) in found.content.decode()
    assert "/gestion/tous-les-dossiers/" in client.get("/gestion/").content.decode()


def test_an_invitation_says_who_invites_to_what_and_for_how_long(
    demo: DemoPeople, newcomer: User
) -> None:
    said = {"email": "zoe@exemple.fr", "first_name": "Zoé", "last_name": "Exemple"}
    office = demo.head.memberships.get().organisation
    role = {"role": Role.ARCHITECT.value, "organisation": office.pk}
    browser(demo.head).post(reverse("office:add"), said | role)
    sent = mail.outbox[-1]
    assert sent.to == ["zoe@exemple.fr"]
    assert demo.head.get_full_name() in sent.body
    assert f"{Role.ARCHITECT.label}, {office}" in sent.body
    assert "3 jours" in sent.body
    assert "/compte/" in sent.body


def test_a_certifier_that_leaves_jalon_is_shown_as_outside(demo: DemoPeople) -> None:
    chief = browser(demo.administrator)
    address = reverse("office:organisation", args=[demo.certifier.pk])
    said = {"kind": "certifier", "name": demo.certifier.name, "siret": demo.certifier.siret}
    chief.post(address, said)
    demo.certifier.refresh_from_db()
    assert not demo.certifier.works_here
    assert "hors de Jalon" in chief.get(reverse("office:organisations")).content.decode()
