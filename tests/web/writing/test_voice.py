"""A voice recorded by a page is a proof: kept once, heard by those who read the file, refused in words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.documents.models import Document
from jalon.people.models import User
from jalon.writing.models import Section
from jalon.writing.queries import texts
from tests.documents import sounds
from tests.documents.reading import upload
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(scenario: Scenario) -> Section:
    """A competence that the candidate proves."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    return Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")


def send(
    person: User,
    section: Section,
    content: bytes | None = None,
    sender: int | None = None,
    **said: Any,
) -> Any:
    """Send a recording as a page does."""
    where = [section.file.attempt.journey_id, section.competence_id]
    sound = upload(sounds.webm(42) if content is None else content, "Ma soudure.webm")
    told = {"person": person.pk if sender is None else sender, "sound": sound} | said
    return browser(person).post(reverse("writing:record", args=where), told)


def test_a_recording_that_arrives_twice_is_one_proof_of_its_competence(
    scenario: Scenario, section: Section
) -> None:
    answers = [send(scenario.person, section) for _ in range(2)]
    kept = Document.objects.get(section=section)
    address = reverse("dossiers:download", args=[kept.pk])
    told = {"said": "joint à cette compétence, 42\u00a0s.", "at": address}
    assert [one.json() for one in answers] == [told, told]
    assert (kept.name, kept.media_type, kept.seconds) == ("Ma soudure.webm", "audio/webm", 42)
    assert texts(section.file, [section])[0].proofs == 1
    reader, where = browser(scenario.person), [scenario.journey.pk, section.competence_id]
    page = reader.get(reverse("writing:section", args=where)).content.decode()
    assert f'src="{address}"' in page and 'aria-label="Écouter Ma soudure.webm"' in page
    assert "enregistrement de 42\u00a0s, du " in page
    reader.post(reverse("writing:withdraw", args=[scenario.journey.pk, kept.pk]))
    assert send(scenario.person, section).json() == told
    assert not section.evidence.filter(removed_at=None).exists(), "taken back, it stays so"


def test_a_voice_chosen_as_a_file_needs_no_script(scenario: Scenario, section: Section) -> None:
    reader, where = browser(scenario.person), [scenario.journey.pk, section.competence_id]
    said = {"seen": section.version, "evidence": upload(sounds.mp4(), "Ma voix.m4a")}
    assert reader.post(reverse("writing:section", args=where), said).status_code == 302
    assert section.evidence.get().seconds == 4


def test_each_refusal_of_a_recording_is_told_in_words(scenario: Scenario, section: Section) -> None:
    mine, journey = scenario.person, scenario.journey
    assert "L’enregistrement est incomplet" in send(mine, section, sounds.webm()[:-3]).json()["why"]
    assert (
        "Ce n’est pas un enregistrement"
        in send(mine, section, b"%PDF-1.4 obj /Root %%EOF").json()["why"]
    )
    assert "sous un autre nom" in send(mine, section, sender=0).json()["why"]
    assert "n’a pas pu envoyer" in send(mine, section, sound="").json()["why"]
    assert "travail personnel" in send(scenario.architect, section).json()["why"]
    away = reverse("writing:record", args=[journey.pk, 0])
    said = {"person": mine.pk, "sound": upload(sounds.webm())}
    assert browser(mine).post(away, said).json()["closed"]
    assert "Votre session est terminée" in Client().post(away).json()["why"]
    scenario.write_validation().send_validation()
    timekeeper.travel(scenario.at)
    late = send(mine, section).json()
    assert "ne se modifie plus" in late["why"] and late["closed"]
    assert not section.evidence.exists()


def test_a_player_is_given_the_part_that_it_asks_for(scenario: Scenario, section: Section) -> None:
    address = send(scenario.person, section).json()["at"]
    reader, whole = browser(scenario.person), sounds.webm(42)
    got = reader.get(address, headers={"range": "bytes=4-9"})
    assert (got.status_code, got.getvalue()) == (206, whole[4:10])
    assert got["Content-Range"] == f"bytes 4-9/{len(whole)}" and got["Accept-Ranges"] == "bytes"
    assert got["Content-Disposition"].startswith("attachment")
    assert reader.get(address, headers={"range": "bytes=0-"}).getvalue() == whole
    assert reader.get(address, headers={"range": f"bytes={len(whole)}-"}).status_code == 416
    rest = reader.get(address)
    assert (rest.status_code, rest.getvalue(), rest["Content-Type"]) == (200, whole, "audio/webm")
    assert "media-src 'self'" in rest["Content-Security-Policy"]
    listener = browser(scenario.architect)
    for part in ("bytes=0-1", "bytes=0-", "bytes=900-"):
        listener.get(address, headers={"range": part})
    assert scenario.journey.reads.filter(what__startswith="document").count() == 1
    listener.get(address)
    assert scenario.journey.reads.filter(what__startswith="document").count() == 2
