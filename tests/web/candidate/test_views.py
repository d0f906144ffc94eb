"""The candidate's space: registering, and where one stands."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.actions import load
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import Act, Role
from jalon.people.actions import admit
from jalon.people.models import User
from jalon.people.policy import roles
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def home(scenario: Scenario) -> str:
    """Return the candidate's page, on the day they have come to."""
    timekeeper.travel(scenario.at)
    return browser(scenario.person).get(reverse("candidate:home")).content.decode()


def test_before_any_certifier_a_candidate_is_told_so(db: None) -> None:
    load()
    newcomer = User.objects.create_user("une@exemple.fr", first_name="Une", last_name="Exemple")
    said = {"accompaniment": "alone", "scope": "whole", "consent": "on"}
    page = browser(newcomer).post(reverse("candidate:start", args=["RNCP38901"]), said)
    assert "pas encore ouvert" in page.content.decode()


def test_an_open_journey_is_resumed_never_doubled(scenario: Scenario) -> None:
    scenario.register()
    again = browser(scenario.person).get(
        reverse("candidate:start", args=[scenario.certification.code])
    )
    assert again["Location"] == reverse("candidate:home")


def test_a_proposed_path_is_answered_before_anything_is_written(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting().propose_path()
    page = home(scenario)
    assert "Lisez le parcours proposé et donnez votre réponse." in page
    assert page.index(Act.ACCEPT_PATH.label) < page.index("Mon dossier de faisabilité")


def test_sending_is_offered_once_the_file_is_signed(scenario: Scenario) -> None:
    scenario.to_path_accepted().fill_feasibility().give_opinion()
    assert Act.SEND_FEASIBILITY.label not in home(scenario)
    scenario.sign(Act.CONFIRM_FEASIBILITY)
    assert Act.SEND_FEASIBILITY.label in home(scenario)


def test_documents_are_asked_for_once_then_awaited(scenario: Scenario) -> None:
    scenario.to_result()
    assert Act.REQUEST_DOCUMENTS.label in home(scenario)
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person)
    page = home(scenario)
    assert Act.REQUEST_DOCUMENTS.label not in page
    assert "Il prépare votre certificat ou vos attestations." in page


def test_what_is_left_to_obtain_is_told_after_a_partial_award(scenario: Scenario) -> None:
    first, *others = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    page = home(scenario).split("Ce qui reste à obtenir")[1].split("</section>")[0]
    assert first.title not in page
    assert all(bloc.title in page for bloc in others)


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
