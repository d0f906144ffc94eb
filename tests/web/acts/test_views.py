"""The page of an act: its facts asked, its refusal said with its rule, nothing typed lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, DemoPeople, Scenario
from jalon.law.vocabulary import Act, Stage
from jalon.people.models import User
from tests.conftest import TODAY
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def address(scenario: Scenario, act: str) -> str:
    """Return the page of an act on a journey."""
    return reverse("dossiers:act", args=[scenario.journey.pk, act])


def read(scenario: Scenario, who: User, act: Act) -> HttpResponse:
    """Return the page of an act as somebody sees it."""
    timekeeper.travel(scenario.at)
    return browser(who).get(address(scenario, act.value))


def send(scenario: Scenario, who: User, act: Act, **said: Any) -> HttpResponse:
    """Return what somebody gets for an act that they send."""
    timekeeper.travel(scenario.at)
    scenario.journey.refresh_from_db()
    version = str(scenario.journey.version)
    return browser(who).post(address(scenario, act.value), {"seen": version} | said)


def test_an_act_is_done_and_its_person_is_back_on_the_journey(scenario: Scenario) -> None:
    scenario.register()
    answer = send(scenario, scenario.architect, Act.TAKE_CHARGE)
    assert answer["Location"] == reverse("dossiers:journey", args=[scenario.journey.pk])
    scenario.journey.refresh_from_db()
    assert scenario.journey.stage == Stage.TAKEN_ON


def test_a_grave_act_says_what_happens_who_is_told_and_whether_it_can_be_undone(
    scenario: Scenario,
) -> None:
    scenario.register()
    page = read(scenario, scenario.person, Act.DROP_OUT).content.decode()
    before = page.split("Avant de confirmer")[1].split("</section>")[0]
    assert "Le parcours passe à l’étape « Abandon »." in before
    assert "L’architecte et vous-même" in before
    assert "Retour en arrière" in before
    assert "L6421-1" in before.split("Pourquoi ?")[1]
    assert "button grave" in page
    harmless = read(scenario, scenario.architect, Act.TAKE_CHARGE).content.decode()
    assert "Avant de confirmer" not in harmless


def test_the_tab_of_an_act_says_whose_file_it_is(scenario: Scenario) -> None:
    scenario.register()
    title = read(scenario, scenario.architect, Act.TAKE_CHARGE).content.decode()
    assert scenario.person.get_full_name() in title.split("</title>")[0]


def test_an_act_that_is_not_offered_or_does_not_exist_has_no_page(scenario: Scenario) -> None:
    scenario.register()
    for name in (Act.SEND_VALIDATION, Act.TAKE_CHARGE, Act.CHASE):
        assert read(scenario, scenario.person, name).status_code == 404, name
    client = browser(scenario.architect)
    for unknown in ("rien", Act.SCHEDULE_HEARING.value):
        assert client.get(address(scenario, unknown)).status_code == 404
        assert client.post(address(scenario, unknown), {"seen": "1"}).status_code == 404


def test_a_refusal_is_said_with_its_rule_and_loses_no_word(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting()
    said = {"hours_individual": 14, "hours_group": 6, "hours_training": 0, "mode": "on_site"}
    path = said | {"training": "Lecture de plan", "quotes": "123456789 ; Centre A ; 900"}
    dates = {"title_0": "Jury", "due_0": scenario.at.date() + timedelta(days=240)}
    answer = send(scenario, scenario.architect, Act.PROPOSE_PATH, **path | dates)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ce n’est pas possible" in page
    assert "R-086" in page
    assert "123456789 ; Centre A ; 900" in page


def test_a_form_ill_filled_is_to_be_corrected_not_impossible(scenario: Scenario) -> None:
    scenario.register().take_charge()
    answer = send(scenario, scenario.architect, Act.HOLD_FIRST_MEETING, minutes="beaucoup")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "À corriger" in page
    assert "beaucoup" in page


def test_an_act_that_comes_too_late_is_refused_with_what_was_typed(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting().propose_path()
    scenario.journey.refresh_from_db()
    seen = str(scenario.journey.version)
    scenario.accept_path()
    late = send(scenario, scenario.person, Act.DECLINE_PATH, seen=seen, reason="Trop d’heures.")
    assert late.status_code == 409
    assert "Trop d’heures." in late.content.decode()
    worse = send(scenario, scenario.architect, Act.HOLD_FIRST_MEETING, seen=seen, minutes="x")
    assert worse.status_code == 409
    assert "À corriger" not in worse.content.decode()


def test_an_attempt_to_reach_somebody_is_read_in_the_journal(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register()
    client = browser(scenario.architect)
    address = f"/dossiers/{scenario.journey.pk}/faire/record_contact/"
    tried = {"on": TODAY.date(), "text": "Message laissé au téléphone.", "answered": "non"}
    client.post(address, tried | {"seen": "1"})
    assert (
        "Message laissé au téléphone."
        in client.get(f"/dossiers/{scenario.journey.pk}/").content.decode()
    )
    late = {"on": TODAY.date() + timedelta(days=1), "text": "Demain.", "answered": "oui"}
    assert client.post(address, late).status_code == 409


@pytest.mark.rule("R-044")
def test_a_legitimate_reason_is_told_with_its_file_which_the_certifier_opens(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    said = {"reason": "Congé maternité.", "evidence": "Attestation de la caisse"}
    proof = SimpleUploadedFile("attestation.pdf", ONE_PAGE)
    page = address(scenario, "claim_reason")
    answer = browser(scenario.person).post(page, said | {"report_proof": proof})
    assert answer.status_code == 302
    kept = scenario.journey.documents.get(name="attestation.pdf")
    opened = browser(scenario.demo.officer).get(reverse("dossiers:download", args=[kept.pk]))
    assert opened.status_code == 200


@pytest.mark.rule("R-089")
def test_a_first_meeting_that_leaves_subjects_out_leads_to_each_of_them(scenario: Scenario) -> None:
    scenario.register()
    send(scenario, scenario.architect, Act.TAKE_CHARGE)
    said = {"held_on": scenario.at.date(), "minutes": 60, "mode": "on_site", "duration": "Un an."}
    page = send(scenario, scenario.architect, Act.HOLD_FIRST_MEETING, **said).content.decode()
    summary = page.split('role="alert"')[1].split("</ul>")[0]
    assert "Complétez le compte rendu" in summary
    assert 'href="#id_calendar"' in summary
    assert 'href="#id_duration"' not in summary
    assert "La VAE est-elle le bon dispositif\N{NO-BREAK SPACE}?" in page


def test_what_was_done_is_said_as_done_and_not_as_a_thing_to_do(scenario: Scenario) -> None:
    scenario.register()
    client = browser(scenario.architect)
    timekeeper.travel(scenario.at)
    scenario.journey.refresh_from_db()
    said = {"seen": str(scenario.journey.version)}
    page = client.post(address(scenario, Act.TAKE_CHARGE.value), said, follow=True)
    assert "C’est fait. Candidature prise en charge." in page.content.decode()
