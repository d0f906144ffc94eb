"""What the tests of documents share: uploads as a browser sends them, and the words of a PDF."""

import io
from tempfile import NamedTemporaryFile

from django.core.files.uploadedfile import SimpleUploadedFile
from outloud import check
from PIL import Image
from pypdf import PdfReader

from jalon.demo.scenario import Scenario
from jalon.documents.models import Document

#: Takes a table for none when its page is told by its cells, which is how Typst tells it.
MISTAKEN = ("TBL-014",)


def unheard(pdf: bytes) -> list[str]:
    """Return what a screen reader would miss in a paper: PDF/UA-1, and what no validator looks at."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        found = check(file.name, skip=MISTAKEN)
    crashed = [run.rule for run in found.runs if run.status == "crashed"]
    assert not found.error and not crashed, (found.error, crashed)
    return [f"{one.rule} {one.message}: {one.evidence}" for one in found.findings]


def words_of(pdf: bytes) -> str:
    """Return the words of a paper, on one line, once it is sure that a screen reader says them all."""
    missed = unheard(pdf)
    assert not missed, missed
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
