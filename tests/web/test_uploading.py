"""Uploading on the pages: refused beside the field, given back as it was, taken back in time."""

import errno
import io
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents import actions
from jalon.documents.models import Document
from jalon.law.vocabulary import DocumentKind
from jalon.people.models import User
from jalon.web.receiving import NotReceived
from tests.documents.reading import picture, upload

pytestmark = pytest.mark.django_db

#: What every system offers as a disk that takes no more.
FULL = io.FileIO("/dev/full", "w")
MEGABYTE = 1024 * 1024


@pytest.fixture
def filling(scenario: Scenario) -> Scenario:
    """Somebody who fills in their feasibility file."""
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    return scenario


def client_of(person: User) -> Client:
    """Return a person's browser."""
    client = Client()
    client.force_login(person)
    return client


def test_a_refusal_stands_next_to_the_field_and_nothing_is_kept(filling: Scenario) -> None:
    address = reverse("writing:upload", args=[filling.journey.pk])
    page = client_of(filling.person).post(
        address, {"kind": "identity", "file": upload(b"<html>", "carte.pdf")}
    )
    text = page.content.decode()
    assert text.count("envoyez un fichier PDF, JPEG ou PNG") == 2  # in the summary, by the field
    assert not filling.journey.documents.filter(kind="identity").exists()


def test_what_comes_back_is_a_download_of_the_very_same_bytes(filling: Scenario) -> None:
    client = client_of(filling.person)
    address = reverse("writing:upload", args=[filling.journey.pk])
    client.post(address, {"kind": "identity", "file": upload(ONE_PAGE, "carte.pdf")})
    kept = Document.objects.get(journey=filling.journey, kind="identity")
    answer = client.get(reverse("dossiers:download", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == ONE_PAGE
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_document_is_taken_back_on_its_page(filling: Scenario) -> None:
    kept = actions.store_upload(
        filling.journey, DocumentKind.OTHER, upload(ONE_PAGE, "un.pdf"), filling.person
    )
    address = reverse("writing:withdraw", args=[filling.journey.pk, kept.pk])
    page = client_of(filling.person).post(address, follow=True)
    assert "est retiré" in page.content.decode()
    kept.refresh_from_db()
    assert kept.removed_by == filling.person


def test_a_proof_joined_by_mistake_is_taken_back_until_the_file_leaves(scenario: Scenario) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section = scenario.journey.attempt.validation.sections.first()
    client = Client()
    client.force_login(scenario.person)
    page = reverse("writing:section", args=[scenario.journey.pk, section.competence_id])
    client.post(
        page,
        {
            "context": "",
            "actions": "",
            "result": "",
            "seen": section.version,
            "evidence": upload(picture("PNG"), "pièce.png"),
        },
    )
    proof = section.evidence.get()
    back = reverse("writing:withdraw", args=[scenario.journey.pk, proof.pk])
    assert "est retiré" in client.post(back, follow=True).content.decode()
    client.post(
        page,
        {"context": "", "seen": section.version, "evidence": upload(picture("PNG"), "autre.png")},
    )
    scenario.wait(80).write_validation().wait(3).send_validation()
    timekeeper.travel(scenario.at)
    late = section.evidence.get(removed_at__isnull=True)
    back = reverse("writing:withdraw", args=[scenario.journey.pk, late.pk])
    assert "R-017" in client.post(back, follow=True).content.decode()
    late.refresh_from_db()
    assert late.removed_at is None


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes the beginning of a file, and no more."""

    def half(content: object, size: int | None = None) -> Iterator[bytes]:
        yield b"%PDF-"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ContentFile, "chunks", half)


def on_disk(scenario: Scenario) -> set[str]:
    """Return the names of what the disk holds for a journey."""
    folder = Path(settings.MEDIA_ROOT) / str(scenario.journey.pk)
    return {one.name for one in folder.iterdir()} if folder.exists() else set()


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_told_by_the_field_and_leaves_no_half_file(filling: Scenario) -> None:
    before = on_disk(filling)
    address = reverse("writing:upload", args=[filling.journey.pk])
    page = client_of(filling.person).post(
        address, {"kind": "identity", "file": upload(ONE_PAGE, "carte.pdf")}
    )
    assert page.status_code == 200
    assert page.content.decode().count("la place manque de notre côté") == 2
    assert on_disk(filling) == before
    assert not filling.journey.documents.filter(kind="identity").exists()


def test_a_disk_too_full_to_receive_a_large_file_is_told_by_the_field_and_keeps_what_was_typed(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section = scenario.journey.attempt.validation.sections.first()
    address = reverse("writing:section", args=[scenario.journey.pk, section.competence_id])
    monkeypatch.setattr(TemporaryUploadedFile, "write", lambda file, data: FULL.write(data))
    typed = {"context": "Un atelier de douze personnes.", "actions": "", "result": ""}
    large = upload(ONE_PAGE + b" " * 2 * settings.FILE_UPLOAD_MAX_MEMORY_SIZE, "pièce.pdf")
    page = client_of(scenario.person).post(
        address, typed | {"seen": section.version, "evidence": large}
    )
    text = page.content.decode()
    assert "la place manque de notre côté" in text
    assert typed["context"] in text


@pytest.fixture
def writing_limit() -> Iterator[Callable[[int], None]]:
    """What makes the system refuse the bytes of a file beyond a number, as a full disk does."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    deaf = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    signal.signal(signal.SIGXFSZ, deaf)


@pytest.mark.parametrize("room", [0, 64 * 1024, 2 * MEGABYTE + 1, 3 * MEGABYTE - 1])
def test_a_disk_that_fills_at_any_byte_of_a_file_keeps_what_was_typed_beside_it(
    room: int, writing_limit: Callable[[int], None]
) -> None:
    asked = RequestFactory().post("/", {"context": "Un atelier", "file": large_file()})
    writing_limit(room)
    assert asked.POST["context"] == "Un atelier"
    writing_limit(resource.RLIM_INFINITY)
    with pytest.raises(OSError, match="could not be kept"):
        asked.FILES["file"].read()


def test_a_disk_that_begins_no_file_keeps_what_was_typed_beside_it(
    settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    asked = RequestFactory().post(
        "/", {"one": large_file(), "two": large_file(), "context": "Un atelier"}
    )
    assert asked.POST["context"] == "Un atelier"
    assert all(isinstance(asked.FILES[name], NotReceived) for name in ("one", "two"))


def large_file() -> SimpleUploadedFile:
    """Return a file that is too large for the memory."""
    return upload(b"x" * 3 * MEGABYTE, "pièce.pdf")


def test_a_full_disk_takes_nothing_of_what_was_typed(
    scenario: Scenario, request: pytest.FixtureRequest
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section = scenario.journey.attempt.validation.sections.first()
    address = reverse("writing:section", args=[scenario.journey.pk, section.competence_id])
    typed = {"context": "Un atelier de douze personnes.", "actions": "", "result": ""}
    request.getfixturevalue("full_disk")
    page = client_of(scenario.person).post(
        address,
        typed | {"seen": section.version, "evidence": upload(picture("PNG"), "pièce.png")},
    )
    text = page.content.decode()
    assert "la place manque de notre côté" in text
    assert typed["context"] in text
    section.refresh_from_db()
    assert section.context == typed["context"]


def test_a_file_that_is_gone_from_the_disk_is_told_with_a_reference(filling: Scenario) -> None:
    kept = actions.store_upload(
        filling.journey, DocumentKind.OTHER, upload(ONE_PAGE, "un.pdf"), filling.person
    )
    kept.file.storage.delete(kept.file.name)
    page = client_of(filling.person).get(reverse("dossiers:download", args=[kept.pk]))
    assert page.status_code == 404
    assert "Écrivez-nous avec cette référence" in page.content.decode()
