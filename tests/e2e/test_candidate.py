"""The candidate's whole path on a phone without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.drivers.actions import Actions
from jalon.demo.scenario import DemoPeople, Observer, Scenario, partial, person
from jalon.law import facts
from jalon.law.vocabulary import Accompaniment, Act, Stage
from tests.conftest import TODAY

from .driver import Screens
from .screen import Screen, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.rule("R-006", "R-128")
def test_a_person_alone_goes_from_registration_to_the_jury_without_javascript(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    alone = person("Seule", "Exemple", "seule@exemple.fr")
    screens = Screens(browser, live_server.url, only=(alone,), scripts=False)  # type: ignore[attr-defined]
    timekeeper.travel(TODAY)
    phone = screens.of(alone).open("/").follow("Voir toutes les certifications")
    phone.write({"q": "metrologie"}).press("Chercher")
    phone.follow("Contrôleur en métrologie dimensionnelle").follow("Déposer ma candidature")
    scenario = Scenario(
        demo,
        certification("RNCP38901"),
        TODAY,
        accompaniment=Accompaniment.ALONE,
        candidate=alone,
        drivers=screens,
        observer=OnTheDay(),
    )
    scenario.refuses_registration_without_consent()
    phone.reads("Cochez votre accord")
    scenario.register().fill_feasibility()
    scenario.refuses("R-013", Act.CONFIRM_FEASIBILITY, alone, facts.Signature())
    phone.reads("Cochez les deux cases")
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(6)
    scenario.certifier(Act.DECLARE_COMPLETE).wait(25).admissible().wait(80)
    scenario.write_validation()
    reads_the_proof(scenario, phone)
    scenario.send_validation().reached(Stage.VALIDATION_SENT)


@pytest.mark.rule("R-128")
def test_an_experience_of_less_than_a_year_is_kept_with_advice(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    timekeeper.travel(TODAY)
    scenario = Scenario(demo, certification("RNCP38901"), TODAY).register()
    screens = Screens(browser, live_server.url, scripts=False)  # type: ignore[attr-defined]
    phone = screens.of(scenario.person).open("/candidat/").follow("Mon dossier de faisabilité")
    phone.follow("Ajouter une expérience")
    said = {"title": "Contrôleuse", "started_on": "2026-09-01", "activities": "Je contrôle."}
    phone.write(said).press("Enregistrer").reads("moins d’un an d’activité")


@pytest.mark.rule("R-080", "R-128")
def test_an_answer_a_second_attempt_and_the_certificate_need_no_javascript(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    timekeeper.travel(TODAY)
    scenario = Scenario(demo, certification("RNCP39883"), TODAY, observer=OnTheDay()).register()
    screens = Screens(browser, live_server.url, only=(scenario.person,), scripts=False)  # type: ignore[attr-defined]
    scenario.take_charge().wait(8).first_meeting().propose_path().wait(3)
    before_a_screen(scenario, screens).accept_path()
    by_functions(scenario).fill_feasibility().give_opinion().sign(Act.CONFIRM_FEASIBILITY)
    scenario.send_feasibility().certifier(Act.DECLARE_COMPLETE).wait(20).admissible().wait(60)
    scenario.write_validation().send_validation().certifier(Act.ACCEPT_VALIDATION).convene()
    scenario.deliberate(partial(scenario)[:-1]).wait(6).notify().wait(10).post_jury()
    before_a_screen(scenario, screens).next_attempt().wait(70).write_validation().send_validation()
    by_functions(scenario).certifier(Act.ACCEPT_VALIDATION).convene().deliberate().wait(6).notify()
    before_a_screen(scenario, screens).do(Act.REQUEST_DOCUMENTS, scenario.person)
    by_functions(scenario).certifier(Act.ISSUE_DOCUMENTS)
    scenario.jobs_run_up_to = scenario.journey.journal.count() - 1
    scenario.run_pending_jobs().reached(Stage.CERTIFIED)
    phone = screens.of(scenario.person).open("/candidat/")
    with phone.page.expect_download() as download:
        phone.page.get_by_role("link", name="Certificat :").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def before_a_screen(scenario: Scenario, screens: Screens) -> Scenario:
    """Let the people of these screens act through pages from here on."""
    scenario.drivers = screens
    return scenario


def by_functions(scenario: Scenario) -> Scenario:
    """Let everybody act through functions from here on."""
    scenario.drivers = Actions
    return scenario


def reads_the_proof(scenario: Scenario, phone: Screen) -> None:
    """Read on the page of a competence the proof that was joined there."""
    proof = scenario.journey.documents.filter(section__isnull=False).earliest("pk")
    phone.open("/candidat/").follow("Écrire mon dossier de validation")
    phone.follow(proof.section.competence.title).reads(proof.name)


class OnTheDay(Observer):
    """Brings the server to the day that a scenario has come to."""

    def waited(self, scenario: Scenario) -> None:
        """Live on that day."""
        timekeeper.travel(scenario.at)


def certification(code: str) -> Certification:
    """Return a certification by its code."""
    return Certification.objects.get(code=code)


@pytest.mark.rule("R-128")
def test_the_keyboard_alone_reaches_the_act_and_does_it(
    desk: Page, live_server: object, demo: DemoPeople
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    timekeeper.travel(TODAY)
    scenario = Scenario(demo, certification("RNCP38901"), TODAY).register()
    sign_in(desk, address, scenario.architect)
    desk.goto(f"{address}/dossiers/{scenario.journey.pk}/")
    desk.keyboard.press("Tab")
    expect(desk.locator(":focus")).to_have_text("Aller au contenu")
    for _ in range(20):
        if desk.locator(":focus").inner_text() == "Prendre en charge":
            break
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/faire/take_charge/")
    for _ in range(20):
        focus = desk.locator(":focus")
        if (
            focus.count()
            and focus.evaluate("node => node.tagName + node.className") == "BUTTONmain"
        ):
            break
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("C’est fait")
    scenario.journey.refresh_from_db()
    assert scenario.journey.stage == Stage.TAKEN_ON
