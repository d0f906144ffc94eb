"""What people bring is judged by its content, cleaned, and given back as a download only."""

import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jalon.demo.scenario import ONE_PAGE
from jalon.documents import uploads
from jalon.documents.uploads import (
    COLOURS,
    MEMORY,
    PIXELS,
    UploadRefused,
    check,
    clean_name,
)
from tests.documents.reading import picture, upload


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


@pytest.mark.parametrize("deed", [b"/S /JavaScript /JS (x)", b"/S /Launch", b"/EmbeddedFile"])
def test_a_pdf_that_runs_or_hides_something_is_refused(deed: bytes) -> None:
    spoilt = ONE_PAGE.replace(b"/Root", b"/OpenAction << " + deed + b" >> /Root", 1)
    assert "imprimez-le en PDF" in said(spoilt, "cv.pdf")


def test_a_picture_too_large_to_open_is_refused_before_it_is_opened() -> None:
    side = int(PIXELS**0.5) + 50
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    assert "réduisez-la" in said(out.getvalue(), "plan.png")


def test_a_picture_that_would_take_the_memory_of_the_server_is_refused_before_it_is_opened() -> (
    None
):
    side = int((MEMORY / COLOURS) ** 0.5) + 50
    out = io.BytesIO()
    Image.new("RGB", (side, side)).save(out, "PNG", compress_level=1)
    assert "réduisez-la" in said(out.getvalue(), "plan.png")


def test_a_large_photo_is_kept_in_a_size_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LONGEST", 40)
    kept = Image.open(io.BytesIO(check(upload(photo(80, 60))).content))
    assert kept.size == (40, 30)


def photo(width: int, height: int) -> bytes:
    """Return a photo of some size."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "blue").save(out, "JPEG")
    return out.getvalue()


def test_a_photo_of_fifty_million_dots_is_taken_and_reduced() -> None:
    kept = Image.open(io.BytesIO(check(upload(photo(8160, 6120))).content))
    assert kept.size == (4000, 3000)


def test_pictures_sent_at_once_are_opened_one_after_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[int] = []
    most: list[int] = []
    draw = uploads.redrawn

    def slow(shown: Image.Image, form: str) -> bytes:
        opened.append(1)
        most.append(len(opened))
        time.sleep(0.02)
        opened.pop()
        return draw(shown, form)

    monkeypatch.setattr(uploads, "redrawn", slow)
    content = picture("PNG")
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda name: check(upload(content, name)), ["a.png", "b.png"] * 3))
    assert most == [1] * 6


def test_a_photo_forgets_where_and_with_what_it_was_taken() -> None:
    notes = Image.Exif()
    notes[0x010F] = "Appareil de démonstration"
    notes.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0)})
    sent = picture("JPEG", exif=notes, comment=b"secret")
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825), "it says where it was taken"
    taken = check(upload(sent))
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
