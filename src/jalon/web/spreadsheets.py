"""Lists of journeys to take away: for any spreadsheet (CSV), or a workbook whose dates are dates (XLSX).

Rows come from the database little by little and go to a file on the disk: nothing holds the whole list.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.utils.timezone import localdate
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from jalon.journeys.models import Journey
from jalon.law.vocabulary import Route
from jalon.now import today

COLUMNS = (
    "Référence",
    "Nom",
    "Prénom",
    "Certification",
    "Code",
    "Procédure",
    "Étape",
    "Depuis le",
    "Échéance",
    "Architecte",
)
#: How many rows come from the database at once.
PIECE = 2_000
#: From which size a file goes to the disk.
IN_MEMORY = 1_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: What a spreadsheet takes for the beginning of a formula, wide signs included.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Line = tuple[Any, ...]
Written = Callable[[Iterable[Line]], IO[bytes]]


def inert(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text[:1].isspace() else text


def taken_away(found: QuerySet[Journey], slug: str, kind: str) -> FileResponse:
    """Return a list as a file of some kind, "csv" or "xlsx"; raises Http404 for any other."""
    if kind not in KINDS:
        raise Http404
    content_type, write = KINDS[kind]
    file = write(lines(found))
    name = f"jalon-{slug}-{today().isoformat()}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)


def lines(found: QuerySet[Journey]) -> Iterator[Line]:
    """Yield the titles, then a line for each journey; the database keeps the place in the list."""
    yield COLUMNS
    for journey in found.iterator(chunk_size=PIECE):
        yield line(journey)


def line(journey: Any) -> Line:
    """Return what a file says of a journey."""
    first = next(iter(journey.open_clocks), None)
    return (
        journey.reference,
        journey.candidate.last_name,
        journey.candidate.first_name,
        journey.certification.title,
        journey.certification.code,
        Route(journey.route).label,
        journey.stage.label,
        localdate(journey.stage_since),
        first.limit_on if first else "",
        journey.architect or "",
    )


def csv_file(rows: Iterable[Line]) -> IO[bytes]:
    """Return lines as spreadsheets open them: semicolons, and a mark for accents."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - its answer closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    sheet = csv.writer(text, delimiter=";")
    sheet.writerows(map(inert, row) for row in rows)
    text.detach()
    file.seek(0)
    return file


def xlsx_file(rows: Iterable[Line]) -> IO[bytes]:
    """Return lines as a workbook: the titles in bold and kept in sight, every date a date."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Dossiers")
    sheet.freeze_panes = "A2"
    for number, _ in enumerate(COLUMNS, 1):
        sheet.column_dimensions[chr(ord("A") + number - 1)].width = 22
    for number, row in enumerate(rows):
        sheet.append([cell(sheet, value, title=not number) for value in row])
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - its answer closes it
    book.save(file)
    file.seek(0)
    return file


def cell(sheet: Any, value: Any, *, title: bool) -> Any:
    """Return a cell of a workbook: a date, or words that nothing computes."""
    if isinstance(value, date):
        made = WriteOnlyCell(sheet, value)
        made.number_format = "dd/mm/yyyy"
        return made
    made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", inert(value)))
    made.data_type = "s"
    if title:
        made.font = Font(bold=True)
    return made


KINDS: dict[str, tuple[str, Written]] = {
    "csv": ("text/csv; charset=utf-8", csv_file),
    "xlsx": (XLSX, xlsx_file),
}
