"""Remarks in a browser: without script, on a phone, by axe and by the keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import RemarkKind
from jalon.writing import drafts, remarks
from jalon.writing.models import Section

from .conftest import faults, keep
from .screen import Screen, sign_in
from .test_keyboard import walked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENTENCE = "On a réglé la machine."


@pytest.fixture
def text(scenario: Scenario) -> Section:
    """A text with two remarks, one of which lost its words."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    own = (scenario.journey.pk, scenario.person, section.competence_id)
    drafts.save_section(*own, {"actions": f"{SENTENCE} Puis j’ai tout vérifié."})
    for sentence, start, words in (
        (SENTENCE, 0, "On a réglé"),
        ("Puis j’ai tout vérifié.", len(SENTENCE) + 1, "tout"),
    ):
        said = remarks.Said(
            "actions", start, sentence, words, RemarkKind.SUGGESTION, "Précisez.", "J’ai réglé"
        )
        remarks.say(scenario.journey.pk, scenario.architect, section.competence_id, said)
    drafts.save_section(*own, {"actions": f"{SENTENCE} Puis j’ai vérifié la cote."})
    return section


@pytest.mark.rule("R-128")
def test_the_pages_of_remarks_have_no_fault_fit_a_phone_and_answer_the_keyboard(
    desk: Page, live_server: object, scenario: Scenario, text: Section
) -> None:
    wrong: list[str] = []
    address = live_server.url  # type: ignore[attr-defined]
    numbers = [scenario.journey.pk, text.competence_id]
    pages = [
        (scenario.architect, "writing:remarks", numbers),
        (scenario.architect, "writing:remark", [*numbers, "actions", 0]),
        (scenario.person, "writing:section", numbers),
        (scenario.architect, "writing:follow", numbers[:1]),
        (scenario.architect, "writing:before_sending", numbers[:1]),
        (scenario.person, "writing:follow", numbers[:1]),
        (scenario.person, "writing:versions", numbers),
        (scenario.person, "writing:compare", numbers),
    ]
    for person, name, ids in pages:
        sign_in(desk, address, person)
        for width in (1280, 390, 320):
            desk.set_viewport_size({"width": width, "height": 900})
            answer = desk.goto(address + reverse(name, args=ids))
            assert answer and answer.status == 200, name
            wrong += faults(desk)
            keep(desk, name.replace("writing:", "remarques-"))
            if desk.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{name} is too wide for {width}")
        wrong += walked(desk)
    assert wrong == []


@pytest.mark.rule("R-128")
def test_a_suggestion_is_taken_on_a_phone_without_javascript(
    browser: Browser, live_server: object, scenario: Scenario, text: Section
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    phone = Screen(browser, address, scenario.person, width=390, scripts=False)
    phone.open(reverse("writing:section", args=[scenario.journey.pk, text.competence_id]))
    phone.reads("Ces mots ont changé depuis la remarque.")
    phone.press("Mettre ces mots dans mon texte").reads("C’est enregistré.")
    text.refresh_from_db()
    assert text.actions.startswith("J’ai réglé la machine.")
