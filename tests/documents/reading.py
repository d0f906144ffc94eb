"""What the tests of documents share: uploads as a browser sends them, and the words of a PDF."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from jalon.demo.scenario import Scenario
from jalon.documents.models import Document


def words_of(pdf: bytes) -> str:
    """Return the words of a PDF, on one line."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def printed(scenario: Scenario, kind: str) -> str:
    """Return the words of the latest paper of a kind."""
    scenario.run_pending_jobs()
    kept = Document.objects.filter(journey=scenario.journey, kind=kind).latest("created_at")
    return words_of(kept.file.open("rb").read())


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def picture(form: str, **how: object) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, form, **how)
    return out.getvalue()
