"""The candidate's space: registering, and where one stands."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.actions import load
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.facts import Reason
from jalon.law.vocabulary import Act, DocumentKind, Role, Stage
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


@pytest.mark.rule("R-078", "R-079")
def test_nothing_of_a_result_is_read_before_it_is_notified(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate().run_pending_jobs()
    bloc = scenario.certification.blocs.first()
    pages = {scenario.person: reverse("candidate:home")}
    pages[scenario.architect] = reverse("dossiers:journey", args=[scenario.journey.pk])

    def said() -> list[str]:
        timekeeper.travel(scenario.at)
        return [browser(who).get(page).content.decode() for who, page in pages.items()]

    assert all("Blocs acquis" not in page for page in said())
    assert all(DocumentKind.MINUTES.label not in page for page in said())
    scenario.wait(6).notify().run_pending_jobs()
    assert all("Blocs acquis" in page and bloc.title in page for page in said())
    assert all(DocumentKind.MINUTES.label not in page for page in said())


@pytest.mark.rule("R-080")
def test_documents_asked_for_are_still_awaited_once_a_second_attempt_is_opened(
    scenario: Scenario,
) -> None:
    first = scenario.certification.blocs.first()
    scenario.to_result([first.code]).do(Act.REQUEST_DOCUMENTS, scenario.person)
    scenario.wait(8).post_jury().next_attempt()
    assert "c’est au certificateur de les délivrer" in " ".join(home(scenario).split())
    scenario.certifier(Act.ISSUE_DOCUMENTS).run_pending_jobs()
    assert DocumentKind.ATTESTATION.label in home(scenario)


@pytest.mark.rule("R-055")
def test_a_file_that_was_put_away_is_opened_again_by_its_candidate(scenario: Scenario) -> None:
    first = scenario.certification.blocs.first()
    scenario.to_result([first.code]).wait(40)
    scenario.certifier(Act.ARCHIVE, Reason("Sans nouvelles."))
    assert Act.REOPEN.label in home(scenario)
    scenario.do(Act.REOPEN, scenario.person, Reason("Je veux repasser."))
    assert scenario.journey.stage == Stage.PARTIALLY_CERTIFIED


def test_a_reserve_is_read_on_the_page_of_each_side(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate(condition="Habilitation électrique").wait(6).notify()
    assert "Habilitation électrique" in home(scenario)
    page = reverse("dossiers:journey", args=[scenario.journey.pk])
    assert "Habilitation électrique" in browser(scenario.architect).get(page).content.decode()


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


def test_a_candidate_reads_how_to_reach_who_accompanies_them_and_is_reached(
    scenario: Scenario,
) -> None:
    scenario.to_ready()
    timekeeper.travel(scenario.at)
    scenario.architect.phone = "02 00 00 00 01"
    scenario.architect.save()
    home = browser(scenario.person).get(reverse("candidate:home")).content.decode()
    assert scenario.architect.email in home and "02 00 00 00 01" in home
    address = reverse("dossiers:journey", args=[scenario.journey.pk])
    page = browser(scenario.architect).get(address).content.decode()
    assert scenario.person.candidate_profile.phone in page
