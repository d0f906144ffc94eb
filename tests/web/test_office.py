"""An office opened from nothing: its organisations, its people, the certifier's jurors."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalon.catalogue.actions import load
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries.models import Juror
from jalon.juries.queries import jurors
from jalon.law.vocabulary import OrganisationKind, Role
from jalon.people.actions import account, admit
from jalon.people.models import Membership, Organisation, User
from jalon.people.policy import roles

pytestmark = pytest.mark.django_db

ORGANISATION = {"kind": "certifier", "name": "UIMM d’essai", "siret": "12345678901234"}
JUROR = {
    "first_name": "Irène",
    "last_name": "Lime",
    "email": "irene.lime@exemple.fr",
    "college": "employers",
    "gender": "woman",
    "employer": "Atelier Lime",
    "employer_siren": "123456789",
}


def browser(person: User) -> Client:
    """Return a person's browser."""
    client = Client()
    client.force_login(person)
    return client


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
    newcomer = User.objects.create_user("une@exemple.fr", first_name="Une", last_name="Exemple")
    candidate = browser(newcomer)
    said = {"accompaniment": "accompanied", "scope": "whole", "consent": "on"}
    candidate.post(reverse("candidate:start", args=["RNCP38901"]), said)
    assert newcomer.journeys.get().organisation.name == "AFPI d’essai"


def test_before_any_organisation_a_candidate_is_told_so(db: None) -> None:
    load()
    newcomer = User.objects.create_user("une@exemple.fr", first_name="Une", last_name="Exemple")
    said = {"accompaniment": "accompanied", "scope": "whole", "consent": "on"}
    page = browser(newcomer).post(reverse("candidate:start", args=["RNCP38901"]), said)
    assert "pas encore ouvert" in page.content.decode()


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


@pytest.mark.rule("R-068")
def test_a_member_of_the_employees_side_names_their_union(demo: DemoPeople) -> None:
    page = browser(demo.officer).post(
        reverse("certifier:new_juror"), JUROR | {"college": "employees"}
    )
    assert "organisation syndicale" in page.content.decode()
    assert not Juror.objects.filter(user__email=JUROR["email"]).exists()


@pytest.mark.rule("R-060")
def test_a_juror_is_enrolled_changed_and_retired(demo: DemoPeople, scenario: Scenario) -> None:
    client = browser(demo.officer)
    client.post(
        reverse("certifier:new_juror"), JUROR | {"qualified_for": [scenario.certification.pk]}
    )
    made = Juror.objects.get(user__email=JUROR["email"])
    assert list(made.qualified_for.all()) == [scenario.certification]
    assert browser(made.user).get(reverse("juror:home")).status_code == 200
    client.post(reverse("certifier:juror", args=[made.pk]), JUROR | {"employer": "Autre atelier"})
    made.refresh_from_db()
    assert (made.employer, list(made.qualified_for.all())) == ("Autre atelier", [])
    client.post(reverse("certifier:retire_juror", args=[made.pk]))
    assert made not in jurors(demo.officer)
    assert browser(made.user).get(reverse("juror:home")).status_code == 404
    client.post(reverse("certifier:new_juror"), JUROR)
    assert made in jurors(demo.officer)
    assert Membership.objects.filter(user=made.user, ended_at=None).count() == 1


def test_a_neighbour_sees_and_changes_no_juror_of_another(demo: DemoPeople) -> None:
    elsewhere = Organisation.objects.create(
        kind=OrganisationKind.CERTIFIER, name="Autre certificateur", siret="99999999999999"
    )
    other = account("autre@exemple.fr", "Autre", "Sceau")
    admit(other, Role.CERTIFIER, elsewhere)
    client = browser(other)
    assert list(jurors(other)) == []
    kept = demo.jurors[0]
    for name in ("juror", "retire_juror"):
        address = reverse(f"certifier:{name}", args=[kept.pk])
        assert client.post(address, JUROR).status_code == 404
    taken = JUROR | {"email": kept.user.email}
    page = client.post(reverse("certifier:new_juror"), taken)
    assert "siège déjà pour un autre certificateur" in page.content.decode()
    kept.refresh_from_db()
    assert kept.certifier == demo.certifier


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


def test_a_professional_who_prepares_a_vae_keeps_both_homes(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register()
    admit(scenario.person, Role.JUROR, demo.certifier)
    person = User.objects.get(pk=scenario.person.pk)
    assert roles(person) == {Role.JUROR, Role.CANDIDATE}
    client = browser(person)
    assert client.get(reverse("candidate:home")).status_code == 200
    assert client.get(reverse("juror:home")).status_code == 200
    assert roles(demo.officer) == {Role.CERTIFIER}
    assert browser(demo.officer).get(reverse("candidate:home")).status_code == 404
