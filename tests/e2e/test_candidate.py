"""The candidate's whole path on a phone without JavaScript, and every page by axe and keyboard."""

import pytest
from playwright.sync_api import Page, expect

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import ONE_PAGE, DemoPeople, Scenario
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.vocabulary import Act, Stage
from jalon.people.models import User
from tests.conftest import TODAY

from .conftest import faults, keep
from .pages import pages
from .people import sign, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.rule("R-006", "R-128")
def test_a_person_alone_goes_from_registration_to_the_jury_without_javascript(
    phone: Page, live_server: object, demo: DemoPeople
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    timekeeper.travel(TODAY)
    person = User.objects.create_user("seule@exemple.fr", first_name="Seule", last_name="Exemple")
    scenario = Scenario(demo, certification("RNCP38901"), TODAY)
    sign_in(phone, address, person)
    phone.goto(f"{address}/certifications/?q=metrologie")
    phone.get_by_role("link", name="Contrôleur en métrologie dimensionnelle").click()
    phone.get_by_role("link", name="Déposer ma candidature").click()
    phone.get_by_label("En autonomie").check()
    phone.get_by_role("button", name="Déposer ma candidature").click()
    expect(phone.locator(".problem")).to_contain_text("Cochez votre accord")
    phone.get_by_label("J’accepte de commencer").check()
    phone.get_by_role("button", name="Déposer ma candidature").click()
    expect(phone.locator("main")).to_contain_text("Candidature déposée")
    keep(phone, "e2e-home")

    phone.get_by_role("link", name="Mon dossier de faisabilité").click()
    phone.get_by_role("link", name="Mon état civil").click()
    phone.get_by_label("Madame").check()
    for label, value in {
        "Nom de naissance": "Exemple",
        "Date de naissance": "1985-05-04",
        "Commune de naissance": "Ville-Exemple",
        "Nationalité": "Française",
        "Adresse": "2 rue de l’Exemple",
        "Code postal": "00000",
    }.items():
        phone.get_by_label(label, exact=True).fill(value)
    phone.get_by_label("Commune", exact=True).fill("Ville-Exemple")
    phone.get_by_label("Situation actuelle").select_option("employee")
    phone.get_by_label("Plus haut niveau d’études").select_option("N3")
    phone.get_by_label("Plus haut niveau de certification").select_option("N3")
    phone.get_by_role("button", name="Enregistrer").click()
    phone.get_by_role("link", name="Prérequis et attentes").click()
    phone.get_by_label("La certification n’en demande pas").check()
    phone.get_by_role("button", name="Enregistrer").click()
    phone.get_by_role("link", name="Ajouter une expérience").click()
    phone.get_by_label("Poste ou fonction").fill("Contrôleuse")
    phone.get_by_label("Début").fill("2026-09-01")
    phone.get_by_label("Ce que vous faisiez").fill("Je contrôle des pièces.")
    phone.get_by_role("button", name="Enregistrer").click()
    expect(phone.locator("main")).to_contain_text("moins d’un an d’activité")
    phone.get_by_role("link", name="Ajouter un document").click()
    phone.get_by_label("Fichier ou photo").set_input_files(
        {"name": "identité.pdf", "mimeType": "application/pdf", "buffer": ONE_PAGE}
    )
    phone.get_by_role("button", name="Enregistrer").click()
    for bloc in scenario.certification.blocs.all():
        phone.get_by_role("link", name=bloc.title).click()
        for option in phone.get_by_label("Oui", exact=True).all():
            option.check()
        phone.get_by_label("En résumé").fill("Je le fais chaque jour.")
        phone.get_by_role("button", name="Enregistrer").click()
    keep(phone, "e2e-dossier")
    phone.get_by_role("link", name="Relire mon dossier").click()
    phone.get_by_role("link", name="Confirmer et signer").click()
    phone.get_by_role("button", name="Confirmer et signer").click()
    expect(phone.locator(".problem")).to_contain_text("Cochez les deux cases")
    sign(phone, "Confirmer et signer")
    phone.get_by_role("link", name="Envoyer le dossier de faisabilité").click()
    phone.get_by_role("button", name="Envoyer le dossier de faisabilité").click()
    journey = Journey.objects.get(candidate=person)
    assert journey.stage == Stage.FEASIBILITY_SENT

    scenario.journey = journey
    scenario.at = TODAY
    scenario.certifier(Act.DECLARE_COMPLETE)
    scenario.certifier(Act.DECLARE_ADMISSIBLE, facts.Decision())
    phone.goto(f"{address}/candidat/")
    phone.get_by_role("link", name="Écrire mon dossier de validation").click()
    for section in journey.attempt.validation.sections.select_related("competence"):
        phone.get_by_role("link", name=section.competence.title).click()
        phone.get_by_label("Dans quelle situation ?").fill("Dans mon atelier.")
        phone.get_by_label("Qu’avez-vous fait, étape par étape ?").fill("J’ai mesuré la pièce.")
        phone.get_by_label("Quel a été le résultat ?").fill("La pièce était conforme.")
        phone.get_by_role("button", name="Enregistrer").click()
    phone.get_by_role("link", name="Signer l’attestation d’originalité").click()
    sign(phone, "Signer l’attestation d’originalité")
    phone.get_by_role("link", name="Envoyer le dossier de validation").click()
    phone.get_by_role("button", name="Envoyer le dossier de validation").click()
    journey.refresh_from_db()
    assert journey.stage == Stage.VALIDATION_SENT


@pytest.mark.rule("R-080", "R-128")
def test_an_answer_a_second_attempt_and_the_certificate_need_no_javascript(
    phone: Page, live_server: object, demo: DemoPeople
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    timekeeper.travel(TODAY)
    scenario = Scenario(demo, certification("RNCP38901"), TODAY)
    scenario.register().take_charge().wait(8).first_meeting().wait(4).propose_path()
    first = scenario.certification.blocs.values_list("code", flat=True)[:1]

    def meanwhile(steps: Scenario) -> None:
        """Live on the day the others have come to."""
        steps.run_pending_jobs()
        timekeeper.travel(steps.at)
        phone.goto(f"{address}/candidat/")

    def press(link: str, button: str = "") -> None:
        """Follow an act to its page and do it."""
        phone.get_by_role("link", name=link).first.click()
        phone.get_by_role("button", name=button or link).click()
        expect(phone.locator("main")).to_contain_text("C’est fait")

    sign_in(phone, address, scenario.person)
    meanwhile(scenario)
    press(Act.ACCEPT_PATH.label)
    scenario.wait(12).fill_feasibility().wait(2).give_opinion()
    meanwhile(scenario)
    phone.get_by_role("link", name="Mon dossier de faisabilité").click()
    phone.get_by_role("link", name="Relire mon dossier").click()
    phone.get_by_role("link", name="Confirmer et signer").click()
    sign(phone, "Confirmer et signer", scenario.person.get_full_name())
    press(Act.SEND_FEASIBILITY.label)
    scenario.wait(6).certifier(Act.DECLARE_COMPLETE).wait(25).admissible()
    scenario.wait(80).write_validation().wait(3).send_validation().wait(5)
    scenario.certifier(Act.ACCEPT_VALIDATION).wait(4).convene()
    meanwhile(scenario)
    expect(phone.locator("main")).to_contain_text("Mon passage devant le jury")
    scenario.deliberate(first).wait(6).notify()
    meanwhile(scenario)
    expect(phone.locator("main")).to_contain_text("Ce qui reste à obtenir")
    scenario.wait(8).post_jury()
    meanwhile(scenario)
    press(Act.OPEN_NEXT_ATTEMPT.label)
    scenario.wait(30).write_validation().wait(1).send_validation().wait(5)
    scenario.certifier(Act.ACCEPT_VALIDATION).wait(4).convene().deliberate().wait(6).notify()
    meanwhile(scenario)
    press(Act.REQUEST_DOCUMENTS.label)
    scenario.wait(2).certifier(Act.ISSUE_DOCUMENTS)
    meanwhile(scenario)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Certificat :").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def certification(code: str) -> Certification:
    """Return a certification by its code."""
    return Certification.objects.get(code=code)


@pytest.mark.rule("R-128")
def test_pages_have_no_fault_that_axe_sees_and_fit_a_phone_of_320(
    desk: Page, live_server: object, demo: DemoPeople
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    timekeeper.travel(TODAY)
    scenario = Scenario(demo, certification("RNCP38901"), TODAY).to_scheduled()
    timekeeper.travel(scenario.at)
    found, too_wide = [], []
    for person, paths in pages(scenario, demo):
        if person:
            sign_in(desk, address, person)
        for path in paths:
            desk.set_viewport_size({"width": 1280, "height": 900})
            answer = desk.goto(address + path)
            assert answer and answer.status == 200, path
            found += faults(desk)
            desk.set_viewport_size({"width": 320, "height": 700})
            if desk.evaluate("document.documentElement.scrollWidth") > 320:
                too_wide.append(path)
    assert found == []
    assert too_wide == []


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
