"""What people bring is judged by its content, cleaned, and given back as a download only."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents import actions
from jalon.documents.models import Document
from jalon.documents.uploads import PIXELS, UploadRefused, check, clean_name
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import DocumentKind
from jalon.people.models import User


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def picture(form: str, **how: object) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, form, **how)
    return out.getvalue()


def said(content: bytes, name: str = "photo.jpg") -> str:
    """Return what a person is told about a file that is not taken."""
    with pytest.raises(UploadRefused) as refused:
        check(upload(content, name))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (ONE_PAGE, "cv.jpg", ("cv.pdf", "application/pdf")),
        (picture("PNG"), "cv.pdf", ("cv.png", "image/png")),
        (picture("JPEG"), "carte", ("carte.jpg", "image/jpeg")),
    ],
)
def test_a_file_is_what_its_content_says_and_is_named_after_it(
    content: bytes, name: str, kept: tuple[str, str]
) -> None:
    taken = check(upload(content, name))
    assert (taken.name, taken.media_type) == kept


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "page.pdf"),
        (b"MZ\x90\x00", "photo.png"),
        (b"PK\x03\x04", "dossier.docx"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.png"),
        (b"GIF89a", "image.jpg"),
    ],
)
def test_another_type_is_refused_whatever_its_name(content: bytes, name: str) -> None:
    assert "envoyez un fichier PDF, JPEG ou PNG" in said(content, name)


def test_what_cannot_be_read_is_refused_with_what_to_do() -> None:
    assert "vide" in said(b"")
    assert "enregistrez-le de nouveau" in said(ONE_PAGE[: len(ONE_PAGE) // 2], "coupé.pdf")
    assert "reprenez-la" in said(picture("JPEG")[:60])
    assert "15 Mo" in said(b"%PDF-" + b"0" * settings.UPLOAD_LIMIT, "gros.pdf")


def test_a_picture_too_large_to_open_is_refused_before_it_is_opened() -> None:
    side = int(PIXELS**0.5) + 50
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    assert "réduisez-la" in said(out.getvalue(), "plan.png")


def test_a_photo_forgets_where_and_with_what_it_was_taken() -> None:
    notes = Image.Exif()
    notes[0x010F] = "Appareil de démonstration"
    taken = check(upload(picture("JPEG", exif=notes, comment=b"secret")))
    assert b"Appareil" not in taken.content
    assert b"secret" not in taken.content
    assert not Image.open(io.BytesIO(taken.content)).getexif()


@given(st.text(max_size=300))
def test_a_name_is_never_a_path_nor_a_trick(name: str) -> None:
    clean = clean_name(name, ".pdf")
    assert clean.endswith(".pdf")
    assert len(clean) <= 124
    assert not set('/\\<>:"|?*\r\n\0') & set(clean)
    assert not clean.startswith(".")


def test_a_name_keeps_its_accents() -> None:
    assert clean_name("C:\\photos\\Fiche de paie d’août.jpeg", ".jpg") == "Fiche de paie d’août.jpg"


@pytest.mark.django_db
class TestOnAFile:
    """Uploads on a real file."""

    @pytest.fixture
    def filling(self, scenario: Scenario) -> Scenario:
        """Somebody who fills in their feasibility file."""
        scenario.to_path_accepted()
        timekeeper.travel(scenario.at)
        return scenario

    def client(self, person: User) -> Client:
        """Return a person's browser."""
        client = Client()
        client.force_login(person)
        return client

    def test_a_refusal_stands_next_to_the_field_and_nothing_is_kept(
        self, filling: Scenario
    ) -> None:
        address = reverse("writing:upload", args=[filling.journey.pk])
        page = self.client(filling.person).post(
            address, {"kind": "identity", "file": upload(b"<html>", "carte.pdf")}
        )
        text = page.content.decode()
        assert (
            text.count("envoyez un fichier PDF, JPEG ou PNG") == 2
        )  # in the summary, by the field
        assert not filling.journey.documents.filter(kind="identity").exists()

    def test_what_comes_back_is_a_download_of_the_very_same_bytes(self, filling: Scenario) -> None:
        client = self.client(filling.person)
        address = reverse("writing:upload", args=[filling.journey.pk])
        client.post(address, {"kind": "identity", "file": upload(ONE_PAGE, "carte.pdf")})
        kept = Document.objects.get(journey=filling.journey, kind="identity")
        answer = client.get(reverse("dossiers:download", args=[kept.pk]))
        assert b"".join(answer.streaming_content) == ONE_PAGE
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]

    def test_an_identity_document_is_seen_by_those_who_need_it(self, filling: Scenario) -> None:
        demo = filling.demo
        kept = actions.store_upload(
            filling.journey, DocumentKind.IDENTITY, upload(ONE_PAGE, "carte.pdf"), filling.person
        )
        address = reverse("dossiers:download", args=[kept.pk])
        colleague = next(one for one in demo.architects if one != filling.architect)
        sees = {
            who: self.client(person).get(address).status_code
            for who, person in {
                "candidate": filling.person,
                "architect": filling.architect,
                "head": demo.head,
                "colleague": colleague,
                "officer": demo.officer,
                "stranger": demo.stranger,
                "juror": demo.jurors[0].user,
                "administrator": demo.administrator,
            }.items()
        }
        assert {who for who, status in sees.items() if status == 200} == {"candidate", "architect"}

    @pytest.mark.rule("R-126")
    def test_a_file_holds_a_bounded_number_of_documents(
        self, filling: Scenario, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions, "MOST_FILES", filling.journey.documents.count() + 1)
        one = (filling.journey, DocumentKind.OTHER)
        actions.store_upload(*one, upload(ONE_PAGE, "un.pdf"), filling.person)
        with pytest.raises(Refused) as refused:
            actions.store_upload(*one, upload(ONE_PAGE, "deux.pdf"), filling.person)
        assert refused.value.rule == "R-126"

    def test_what_was_brought_is_taken_back_by_its_owner_only(self, filling: Scenario) -> None:
        kept = actions.store_upload(
            filling.journey, DocumentKind.OTHER, upload(ONE_PAGE, "un.pdf"), filling.person
        )
        with pytest.raises(Refused):
            actions.withdraw(kept, filling.architect)
        filling.run_pending_jobs()
        printed = filling.journey.documents.get(kind="path")
        with pytest.raises(Refused):
            actions.withdraw(printed, filling.person)
        address = reverse("writing:withdraw", args=[filling.journey.pk, kept.pk])
        page = self.client(filling.person).post(address, follow=True)
        assert "est retiré" in page.content.decode()
        kept.refresh_from_db()
        assert kept.removed_by == filling.person


@pytest.mark.django_db
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
