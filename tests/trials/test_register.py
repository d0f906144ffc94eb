"""The register's export of 500 sheets taken in, then broken, cut and shrunken in every way: refused, nothing changed.

All of it by `./jalon test register`, by the command and by the page; the suite spoils a few files.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jalon.catalogue.models import Certification, RegisterImport
from jalon.catalogue.rncp.export import ExportRefused
from jalon.demo.scenario import Scenario
from jalon.journeys.sheets import import_file
from jalon.law.vocabulary import Event
from tests.catalogue import exports
from tests.catalogue.exports import Made
from tests.trials.measure import fingerprint, sample, say
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-131")]

SHEETS, OURS = 500, 60
#: How many places of each file are cut or damaged, in a whole trial.
PLACES = 60
#: The sheet that journeys of the trial aim at.
AIMED_AT = Made("RNCP38901", "Opérateur").with_blocs("- Régler\n- Usiner", "- Contrôler")


@dataclass(frozen=True)
class Shape:
    """One of the two shapes that the register publishes: how it is written, and under which name."""

    name: str
    files: Callable[[list[Made]], dict[str, bytes]]


def xml_files(sheets: list[Made]) -> dict[str, bytes]:
    """Return the one file of an XML export."""
    return {"export_fiches_RNCP_V4_1_2027-03-01.xml": exports.xml(sheets)}


SHAPES = [
    Shape("export-fiches-rncp-v4-1-2027-03-01.zip", xml_files),
    Shape("export-fiches-csv-2027-03-01.zip", exports.csv_files),
]


def published() -> list[Made]:
    """Return 500 sheets, of which one is known and aimed at."""
    return [AIMED_AT, *exports.register(SHEETS - 1, OURS)]


@pytest.mark.parametrize("shape", SHAPES, ids=["xml", "csv"])
def test_five_hundred_sheets_are_taken_in_and_no_spoilt_file_changes_anything_before_or_after(
    shape: Shape, scenario: Scenario, tmp_path: Path
) -> None:
    scenario.to_complete()
    office = Office(shape, browser(scenario.demo.administrator), tmp_path / shape.name)
    office.refuses(sample(spoilt(shape), one_in=97))
    assert "500 fiches lues" in office.told(published(), dry=True)
    assert not RegisterImport.objects.exists()
    assert office.told(published()).endswith("C’est fait.")
    assert Certification.objects.filter(code__startswith="RNCP400").count() == 48
    office.refuses(shrunken(shape))
    office.refuses(sample(spoilt(shape), one_in=89))
    say(f"register, {shape.name}", office.counts)
    assert office.counts["by the command"] == office.counts["by the page"] > 5
    assert office.shows([replace(AIMED_AT, active="Non"), *published()[1:]], scenario)
    told = scenario.journey.journal.filter(event=Event.SHEET_SHORTENED)
    assert not told.exists()
    office.confirms()
    assert told.count() == 1


@dataclass
class Office:
    """Who takes exports in, by the command and by the page."""

    shape: Shape
    client: Client
    file: Path
    address: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def told(self, sheets: list[Made], *, dry: bool = False) -> str:
        """Take an export in by the command, and return what it says."""
        self.file.write_bytes(exports.archive(self.shape.files(sheets)))
        return "\n".join(import_file(self.file, dry=dry))

    def refuses(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Send files by the command and by the page: each is refused in words, and nothing has changed."""
        before = fingerprint()
        for how, content in files:
            self.file.write_bytes(content)
            with pytest.raises(ExportRefused, match="Rien n’a changé"):
                print(how, import_file(self.file)[0])
            self.counts["by the command"] += 1
            page = self.sent(content)
            assert not page.redirect_chain, how
            assert "Rien n’a changé" in page.content.decode(), how
            self.counts["by the page"] += 1
        assert fingerprint() == before

    def sent(self, content: bytes) -> Any:
        """Send a file by the page."""
        file = SimpleUploadedFile(self.shape.name, content)
        return self.client.post("/gestion/catalogue/", {"file": file, "only": ""}, follow=True)

    def shows(self, sheets: list[Made], scenario: Scenario) -> bool:
        """Say whether the page, once it read an export, names a journey that it concerns."""
        page = self.sent(exports.archive(self.shape.files(sheets)))
        self.address = page.redirect_chain[-1][0]
        return scenario.journey.reference in page.content.decode()

    def confirms(self) -> None:
        """Confirm what the page shows."""
        self.client.post(self.address)


def spoilt(shape: Shape) -> Iterator[tuple[str, bytes]]:
    """Yield the export cut anywhere, damaged anywhere, or made again from files that were cut or lost."""
    files, chance = shape.files(published()), Random(59)
    whole = exports.archive(files)
    for _ in range(PLACES):
        place = chance.randrange(1, len(whole) - 30)
        yield f"cut at {place}", whole[:place]
    with ZipFile(BytesIO(whole)) as archive:
        members = archive.infolist()
    for one in chance.choices(members, k=PLACES):
        begins = one.header_offset + 30 + len(one.filename.encode())
        place = chance.randrange(begins, begins + one.compress_size)
        damaged = bytes([whole[place] ^ 0xFF])
        yield f"{one.filename} damaged at {place}", whole[:place] + damaged + whole[place + 1 :]
    for name in chance.choices(list(files), k=PLACES):
        cut = files[name][: chance.randrange(1, len(files[name]) - 3)].rstrip(b'"\r\n')
        yield f"{name} cut after {cut[-20:]!r}", exports.archive(files | {name: cut})
    for name in files:
        yield f"{name} empty", exports.archive(files | {name: b""})
    for name in list(files)[:2]:
        lines = files[name].splitlines(keepends=True)
        half = b"".join(lines[: len(lines) // 2])
        if (len(files) > 1 and "Standard" in name) or len(files) == 1:
            yield f"{name} cut at a line", exports.archive(files | {name: half})


def shrunken(shape: Shape) -> Iterator[tuple[str, bytes]]:
    """Yield whole files that lost what the last one had: half of the sheets, or one of ours."""
    half, without_one = published()[::2], published()[:9] + published()[10:]
    for how, sheets in (("half", half), ("one of ours missing", without_one)):
        yield how, exports.archive(shape.files(sheets))
