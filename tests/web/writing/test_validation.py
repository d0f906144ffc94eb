"""Writing the validation file: what was typed is never lost, nor written over somebody else's words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo import texts
from jalon.demo.scenario import ONE_PAGE, DemoPeople, Scenario
from jalon.writing.models import Section
from tests.web.browsers import browser
from tests.web.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(scenario: Scenario) -> Client:
    """The browser of somebody who writes the validation file."""
    scenario.to_admissible()
    return at_home(scenario)


def at_home(scenario: Scenario) -> Client:
    """Return the candidate's browser, on the day they have come to."""
    timekeeper.travel(scenario.at)
    return browser(scenario.person)


def section(scenario: Scenario) -> tuple[Section, str]:
    """Return the first section to write, and the address of its page."""
    found = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    return found, reverse("writing:section", args=[scenario.journey.pk, found.competence_id])


def test_a_refused_proof_loses_no_word_and_makes_no_false_conflict(
    writer: Client, scenario: Scenario
) -> None:
    written, address = section(scenario)
    wrong = SimpleUploadedFile("preuve.pdf", b"MZ rien d'un PDF", "application/pdf")
    said = {"context": "Dans mon atelier.", "seen": written.version, "evidence": wrong}
    page = writer.post(address, said)
    assert "PDF, JPEG ou PNG" in page.content.decode()
    written.refresh_from_db()
    assert written.context == "Dans mon atelier."
    seen = page.context["form"]["seen"].value()
    right = SimpleUploadedFile("preuve.pdf", ONE_PAGE, "application/pdf")
    again = {"context": "Dans mon atelier, en mai.", "seen": seen, "evidence": right}
    taken = SimpleUploadedFile("photo.pdf", ONE_PAGE + b"\n", "application/pdf")
    assert writer.post(address, again | {"photo": taken}).status_code == 302
    written.refresh_from_db()
    assert written.context == "Dans mon atelier, en mai."
    assert sorted(one.name for one in written.evidence.all()) == ["photo.pdf", "preuve.pdf"]


def test_two_texts_written_at_once_are_read_side_by_side(
    writer: Client, scenario: Scenario, demo: DemoPeople
) -> None:
    written, address = section(scenario)
    for text in ("Écrit sur mon téléphone.", "Écrit sur l’ordinateur."):
        page = writer.post(address, {"context": text, "seen": written.version})
    shown = page.content.decode()
    assert "Écrit sur mon téléphone." in shown and "Écrit sur l’ordinateur." in shown
    written.refresh_from_db()
    assert written.context == "Écrit sur mon téléphone."
    seen = page.context["form"]["seen"].value()
    again = writer.post(address, {"context": "Les deux ensemble.", "seen": seen})
    assert again.status_code == 302
    written.refresh_from_db()
    assert written.context == "Les deux ensemble."


def test_leaving_a_page_by_its_top_saves_what_was_typed(writer: Client, scenario: Scenario) -> None:
    _, address = section(scenario)
    page = writer.get(address).content.decode()
    top = page.split('class="crumbs"')[1].split("</p>")[0]
    assert '<button class="link" form="ecrit">← Enregistrer et revenir' in top
    assert page.count('id="ecrit"') == 1
    goals = reverse("writing:goals", args=[scenario.journey.pk])
    assert 'form="ecrit">← Enregistrer et revenir' in writer.get(goals).content.decode()
    upload = reverse("writing:upload", args=[scenario.journey.pk])
    assert "← Retour sans enregistrer" in writer.get(upload).content.decode()


def test_a_second_attempt_shows_beside_its_text_why_the_jury_refused(scenario: Scenario) -> None:
    first = scenario.certification.blocs.first()
    scenario.to_result([first.code]).wait(8).post_jury().next_attempt()
    client = at_home(scenario)
    written = scenario.journey.attempt.validation.sections.asked().earliest("pk")
    said = f"Ce que le jury a écrit&nbsp;: {texts.GROUND}"
    address = reverse("writing:section", args=[scenario.journey.pk, written.competence_id])
    assert said in client.get(address).content.decode()
    whole = reverse("writing:validation", args=[scenario.journey.pk])
    assert said in client.get(whole).content.decode()


def test_half_a_competence_is_said_to_be_begun(writer: Client, scenario: Scenario) -> None:
    written, address = section(scenario)
    listed = reverse("writing:validation", args=[scenario.journey.pk])
    assert ">commencé<" not in writer.get(listed).content.decode()
    writer.post(address, {"context": "Dans mon atelier.", "seen": written.version})
    page = writer.get(listed)
    assert page.content.decode().count(">commencé<") == 1
    assert "✓ Situation : oui ○ Actions : pas encore ○ Preuve : pas encore" in read(page)
    assert read(page).count("○ Preuve") == 1, "a text that is not begun is not looked at"
