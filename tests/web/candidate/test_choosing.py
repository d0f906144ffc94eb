"""Choosing with whom: the organisation that accompanies, and the certifier that the sheet names."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon.catalogue.models import Certification
from jalon.demo.people import organisation
from jalon.demo.scenario import DemoPeople
from jalon.law.vocabulary import Accompaniment, OrganisationKind
from jalon.now import today
from jalon.people.models import Certifying, Organisation, User
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(demo: DemoPeople) -> User:
    """Somebody who has an account and no journey."""
    return User.objects.create_user("une@exemple.fr", first_name="Une", last_name="Exemple")


def start(certification: Certification) -> str:
    """Return the address where one registers."""
    return reverse("candidate:start", args=[certification.code])


def end_qualiopi() -> None:
    """Let the certification of every organisation be over."""
    Organisation.objects.update(qualiopi_until=today() - timedelta(days=1))


@pytest.mark.rule("R-006", "R-007")
def test_a_candidate_chooses_the_organisation_among_those_that_can_serve(
    demo: DemoPeople, machining: Certification, newcomer: User
) -> None:
    demo.accompanist.qualiopi_until = today() - timedelta(days=1)
    demo.accompanist.save()
    client = browser(newcomer)
    page = client.get(start(machining)).content.decode()
    assert "Centre voisin de démonstration (Eure, Seine-Maritime)" in page
    assert "AFPI de démonstration" not in page
    said = {"accompaniment": "accompanied", "scope": "whole", "consent": "on"}
    client.post(start(machining), said | {"organisation": demo.neighbour.pk})
    assert newcomer.journeys.get().organisation == demo.neighbour


@pytest.mark.rule("R-004")
def test_blocs_ticked_beside_the_whole_are_refused_beside_the_blocs(
    machining: Certification, newcomer: User
) -> None:
    first = machining.blocs.first()
    assert first
    said = {"accompaniment": "alone", "scope": "whole", "blocs": first.code, "consent": "on"}
    page = browser(newcomer).post(start(machining), said).content.decode()
    assert "Vous avez choisi la certification entière et coché des blocs." in page
    assert not newcomer.journeys.exists()


def test_why_a_procedure_applies_names_its_article_only_once_asked(
    machining: Certification, newcomer: User
) -> None:
    page = browser(newcomer).get(start(machining)).content.decode()
    before, after = page.split("<summary>Pourquoi&nbsp;?</summary>")
    assert "Texte appliqué" in after and "R6412" not in before


@pytest.mark.rule("R-006")
def test_who_wants_to_be_accompanied_says_by_whom(machining: Certification, newcomer: User) -> None:
    said = {"accompaniment": "accompanied", "scope": "whole", "consent": "on"}
    answer = browser(newcomer).post(start(machining), said)
    assert answer.status_code == 409
    assert "Choisissez l’organisme qui vous accompagne" in answer.content.decode()
    assert not newcomer.journeys.exists()


@pytest.mark.rule("R-006")
def test_somebody_alone_registers_though_no_organisation_can_serve(
    machining: Certification, newcomer: User
) -> None:
    end_qualiopi()
    client = browser(newcomer)
    page = client.get(start(machining)).content.decode()
    assert "Aucun organisme ne peut prendre de nouveau dossier aujourd’hui." in page
    client.post(start(machining), {"accompaniment": "alone", "scope": "whole", "consent": "on"})
    journey = newcomer.journeys.get()
    assert (journey.accompaniment, journey.organisation) == (Accompaniment.ALONE, None)


@pytest.mark.rule("R-001")
def test_the_certifier_is_the_one_that_the_sheet_names(
    demo: DemoPeople, machining: Certification, newcomer: User
) -> None:
    other = organisation(
        OrganisationKind.CERTIFIER, "Autre certificateur", "10000000000045", None, "Bretagne"
    )
    Certifying.objects.filter(certification=machining).update(organisation=other)
    client = browser(newcomer)
    client.post(start(machining), {"accompaniment": "alone", "scope": "whole", "consent": "on"})
    assert newcomer.journeys.get().certifier == other


@pytest.mark.rule("R-001")
def test_a_candidate_chooses_among_the_certifiers_of_a_sheet_by_territory(
    demo: DemoPeople, machining: Certification, newcomer: User
) -> None:
    other = organisation(
        OrganisationKind.CERTIFIER, "Autre certificateur", "10000000000045", None, "Bretagne"
    )
    named = Certifying.objects.create(certification=machining, organisation=other)
    client = browser(newcomer)
    page = client.get(start(machining)).content.decode()
    assert "Autre certificateur (Bretagne)" in page
    said = {"accompaniment": "alone", "scope": "whole", "consent": "on"}
    client.post(start(machining), said)
    assert not newcomer.journeys.exists()
    client.post(start(machining), said | {"certifier": named.pk})
    assert newcomer.journeys.get().certifier == other


@pytest.mark.rule("R-004", "R-010")
def test_an_agreement_and_blocs_left_out_are_told_at_once_each_with_its_link(
    machining: Certification, newcomer: User
) -> None:
    said = {"accompaniment": "alone", "scope": "blocs"}
    page = browser(newcomer).post(start(machining), said).content.decode()
    told, why = page.split('role="alert"')[1].split("</div>")[0].split("<details>")
    assert "Cochez votre accord" in told
    assert "Choisissez aussi au moins un bloc" in told
    assert 'href="#id_blocs' in told
    assert 'href="#id_consent"' in told
    assert "R-010" not in told
    assert "R-010" in why
