"""The address to which pages send what is typed: each answer, and each refusal, as a page reads it."""

import gzip
import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon import web
from jalon.demo.scenario import Scenario, person
from jalon.journeys.models import AccessLog
from jalon.web.writing.autosave import MOST_AT_ONCE
from jalon.writing import homes
from jalon.writing.models import Pen, Section
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(scenario: Scenario) -> Section:
    """A text that the candidate may write."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    return Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")


def sent(scenario: Scenario, section: Section, text: str, **other: Any) -> dict[str, Any]:
    """Return what a page sends of what the candidate did."""
    return {
        "person": scenario.person.pk,
        "subject": f"section/{section.competence_id}",
        "field": "actions",
        "pen": str(uuid4()),
        "number": 1,
        "after": 0,
        "base": "",
        "text": text,
    } | other


def post(client: Client, scenario: Scenario, said: Any) -> Any:
    """Send it."""
    address = reverse("writing:autosave", args=[scenario.journey.pk])
    return client.post(address, json.dumps(said), content_type="application/json")


def test_a_page_is_told_the_second_at_which_its_text_was_saved(
    scenario: Scenario, section: Section
) -> None:
    answer = post(browser(scenario.person), scenario, sent(scenario, section, "Je règle.\r\nSeul."))
    said = answer.json()
    at = timekeeper.now()
    hour = f"{at.hour} h {at.minute:02} min {at.second:02} s".replace(" ", "\N{NO-BREAK SPACE}")
    assert said["said"] == f"Enregistré à {hour}"
    assert (said["text"], said["version"], said["theirs"]) == ("Je règle.\nSeul.", 1, "")
    assert answer["Cache-Control"] == "private, no-store"
    section.refresh_from_db()
    assert section.actions == "Je règle.\nSeul."


def test_a_text_that_comes_once_the_session_is_over_is_not_lost_in_a_sign_in_page(
    scenario: Scenario, section: Section
) -> None:
    answer = post(Client(), scenario, sent(scenario, section, "Je règle."))
    assert answer.status_code == 401 and "gardé sur cet appareil" in answer.json()["why"]


def test_a_text_is_never_saved_for_somebody_else(scenario: Scenario, section: Section) -> None:
    said = sent(scenario, section, "Je règle.")
    answer = post(browser(scenario.architect), scenario, said)
    assert answer.status_code == 403 and "sous un autre nom" in answer.json()["why"]
    stranger = person("Une", "Autre", "une.autre@exemple.fr")
    for other in (scenario.architect, stranger):
        own = said | {"person": other.pk}
        assert post(browser(other), scenario, own).status_code == 404
    assert not AccessLog.objects.filter(reader=scenario.architect, what="frappe").exists()
    assert not Pen.objects.exists()


def test_a_refusal_is_read_in_words(scenario: Scenario, section: Section) -> None:
    answer = post(browser(scenario.person), scenario, sent(scenario, section, "a" * 20_012))
    assert answer.status_code == 409
    assert answer.json()["why"].endswith("raccourcissez-le de 12 lettres.")


def several(scenario: Scenario, *texts: dict[str, Any]) -> dict[str, Any]:
    """Return what a page sends of several fields at once."""
    return {"person": scenario.person.pk, "all": list(texts)}


def test_a_page_sends_all_its_fields_at_once_and_each_is_answered(
    scenario: Scenario, section: Section
) -> None:
    client = browser(scenario.person)
    post(client, scenario, sent(scenario, section, "Écrit ailleurs."))
    said = several(
        scenario,
        sent(scenario, section, "Dans mon atelier.", field="context"),
        sent(scenario, section, "Écrit ici."),
        sent(scenario, section, "a" * 20_012, field="result"),
        sent(scenario, section, "Rien.", field="version"),
    )
    answers = post(client, scenario, said).json()["all"]
    assert [status for status, _ in answers] == [200, 200, 409, 404]
    kept, conflict, long, unknown = (told for _, told in answers)
    assert (kept["text"], kept["before"], kept["version"]) == ("Dans mon atelier.", 1, 2)
    assert (conflict["theirs"], conflict["before"], conflict["version"]) == (
        "Écrit ailleurs.",
        2,
        3,
    )
    assert long["why"].endswith("raccourcissez-le de 12 lettres.") and unknown["closed"]
    section.refresh_from_db()
    stands = (section.context, section.actions, section.result)
    assert stands == ("Dans mon atelier.", conflict["text"], "")
    assert post(client, scenario, said).json()["all"][0][1]["version"] == 3, "saved once"
    section.refresh_from_db()
    assert (section.context, section.actions, section.result) == stands


def test_fields_sent_at_once_are_saved_wholly_or_not_at_all(
    scenario: Scenario, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = homes.write

    def breaks(place: homes.Place, text: str) -> None:
        if place.field == "actions":
            raise OSError
        write(place, text)

    monkeypatch.setattr(homes, "write", breaks)
    said = several(
        scenario,
        sent(scenario, section, "Dans mon atelier.", field="context"),
        sent(scenario, section, "Je règle."),
    )
    with pytest.raises(OSError):
        post(browser(scenario.person), scenario, said)
    section.refresh_from_db()
    assert section.context == "" and not Pen.objects.exists()
    monkeypatch.undo()
    post(browser(scenario.person), scenario, said)
    section.refresh_from_db()
    assert (section.context, section.actions) == ("Dans mon atelier.", "Je règle.")


@pytest.mark.parametrize("wrong", [[], "texte", 3, [3], [{}], None])
def test_several_texts_that_no_page_sends_are_refused_in_words(
    scenario: Scenario, section: Section, wrong: Any
) -> None:
    said = several(scenario) | {"all": wrong}
    answer = post(browser(scenario.person), scenario, said)
    assert answer.status_code == 400 and "Copiez-le" in answer.json()["why"]
    many = several(scenario, *[sent(scenario, section, "Je.")] * (MOST_AT_ONCE + 1))
    assert post(browser(scenario.person), scenario, many).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"pen": "1"},
        {"number": -1},
        {"number": True},
        {"number": 10**12},
        {"after": "0"},
        {"base": None},
        {"text": 3},
        {"subject": "../section"},
        {"field": "texts" * 30},
        {"person": "1"},
    ],
)
def test_what_no_page_sends_is_refused_in_words(
    scenario: Scenario, section: Section, wrong: dict[str, Any]
) -> None:
    answer = post(browser(scenario.person), scenario, sent(scenario, section, "Je.") | wrong)
    assert answer.status_code == 400 and "Copiez-le" in answer.json()["why"]


def test_what_is_no_letter_is_left_out(scenario: Scenario, section: Section) -> None:
    client = browser(scenario.person)
    assert post(client, scenario, []).status_code == 400
    address = reverse("writing:autosave", args=[scenario.journey.pk])
    assert client.post(address, {"text": "Je."}).status_code == 400, "a form is no text of a page"
    answer = post(client, scenario, sent(scenario, section, "Je\0 règle \ud800."))
    assert answer.json()["text"] == "Je règle ?."


def test_what_was_typed_and_not_sent_is_in_its_form_when_it_is_opened_again(
    scenario: Scenario,
) -> None:
    scenario.to_ready()
    timekeeper.travel(scenario.at)
    client, own = browser(scenario.person), f"/dossiers/{scenario.journey.pk}"
    for subject, field, address in (
        ("experience", "activities", f"{own}/faisabilite/experience/"),
        ("act/drop_out", "comment", f"{own}/faire/drop_out/"),
    ):
        said = {"person": scenario.person.pk, "subject": subject, "field": field, "base": ""}
        typed = said | {"pen": str(uuid4()), "number": 1, "after": 0, "text": "Je déménage."}
        assert post(client, scenario, typed).status_code == 200
        page = client.get(address)
        assert page.context["form"][field].value() == "Je déménage.", address
        assert f'data-typed="{subject}"' in page.content.decode()


def test_a_form_that_is_refused_says_what_stands_beside_what_was_typed(
    scenario: Scenario, section: Section
) -> None:
    section.actions = "Je règle."
    section.save()
    address = reverse("writing:section", args=[scenario.journey.pk, section.competence_id])
    said = {"actions": "1 85 05 78 006 084 91", "seen": section.version}
    page = unescape(browser(scenario.person).post(address, said).content.decode())
    assert '"actions": "Je r\\u00e8gle."' in page
    assert "1 85 05 78 006 084 91" in page


def test_what_seals_the_texts_held_on_a_device_is_told_to_their_author_only(
    scenario: Scenario, section: Section
) -> None:
    keys = set()
    for one in (scenario.person, scenario.demo.head):
        page = browser(one).get(f"/dossiers/{scenario.journey.pk}/faisabilite/attentes/")
        keys |= set(re.findall(r'data-key="(\d+:[0-9a-f]{64})"', page.content.decode()))
    assert len(keys) == 2
    assert "data-key" not in Client().get("/").content.decode()


def test_the_pages_of_candidates_alone_are_kept_to_be_opened_without_network(
    scenario: Scenario, section: Section
) -> None:
    address = f"/dossiers/{scenario.journey.pk}/faisabilite/attentes/"
    own, of_staff = (
        browser(one).get(address).content.decode() for one in (scenario.person, scenario.demo.head)
    )
    assert 'data-opens="offline"' in own
    assert "data-key" in of_staff and "data-opens" not in of_staff


def test_the_scripts_of_writing_pages_are_light_on_a_bad_network() -> None:
    folder = Path(web.__file__).parent / "static" / "jalon"
    sizes = [
        len(gzip.compress((folder / name).read_bytes()))
        for name in ("sealed.js", "typing.js", "offline.js")
    ]
    assert sum(sizes) < 10_000
    served = Client().get(reverse("public:offline"))
    assert served["Content-Type"].startswith("text/javascript")
    assert served.content == (folder / "offline.js").read_bytes()


def test_a_text_from_another_site_is_not_saved(scenario: Scenario, section: Section) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scenario.person)
    assert post(client, scenario, sent(scenario, section, "Je.")).status_code == 403
    section.refresh_from_db()
    assert section.actions == ""
