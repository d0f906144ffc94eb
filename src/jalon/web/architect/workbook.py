"""Writes a workbook of one sheet, and opens those of others once their size is known."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from python_calamine import CalamineError, CalamineWorkbook

#: How much a workbook may hold once it is unpacked, and in how many parts.
MOST_UNPACKED = 20_000_000
MOST_PARTS = 500
#: How far from its corner a sheet may be written on: a reader makes room for every cell before.
MOST_ROWS = 5_000
MOST_COLUMNS = 200
#: A place on a sheet: that of a cell ("AB12") or of a row ("12").
PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\s(?:[^<]*?\s)?r\s*=\s*["']([A-Z]*)([0-9]+)["']""")
#: The rows and the cells of an OpenDocument sheet: each may be said once and mean many times.
TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>"""
)
REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([0-9]+)["']""")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: The parts of a workbook that say the same whatever the sheet says; every cell is text, so that a
#: telephone keeps its zero.
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Parcours" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border/></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>",
}
TEXT, TITLE = 1, 2
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class WorkbookRefused(Exception):
    """A workbook cannot be read; the message says in French what to do."""


def workbook(lines: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet, its first line in bold and kept in sight."""
    rows = "".join(row(line, TEXT if number else TITLE) for number, line in enumerate(lines))
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><cols><col min="1" max="{len(lines[0])}" width="22" '
        f'style="{TEXT}" customWidth="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
    )
    return packed((PARTS | {"xl/worksheets/sheet1.xml": sheet}).items())


def row(line: Iterable[str], style: int) -> str:
    """Return a line of cells, each of them text."""
    cells = (f'<c s="{style}" t="inlineStr"><is><t>{escape(one)}</t></is></c>' for one in line)
    return f"<row>{''.join(cells)}</row>"


def packed(parts: Iterable[tuple[str, str]]) -> bytes:
    """Return the parts of a workbook as one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, said in parts:
            file.writestr(name, HEAD + said)
    return out.getvalue()


def cells(content: bytes) -> list[list[Any]]:
    """Return the cells of the first sheet of a workbook; raises `WorkbookRefused`."""
    try:
        safe = measured(content) if content.startswith(b"PK") else content
        return CalamineWorkbook.from_filelike(io.BytesIO(safe)).get_sheet_by_index(0).to_python()
    except (
        CalamineError,
        OSError,
        ValueError,
        IndexError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
    ) as broken:
        raise WorkbookRefused(
            "Ce fichier ne s’ouvre pas : enregistrez-le en XLSX ou en CSV."
        ) from broken


def measured(content: bytes) -> bytes:
    """Return the same workbook, unpacked: what is read is what was measured.

    What a packed file says of its own size may be false: it is unpacked little by little, and refused
    as soon as it grows too much. Raises `WorkbookRefused`, or what a broken file raises.
    """
    out, left = io.BytesIO(), MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as file, zipfile.ZipFile(out, "w") as measure:
        parts = file.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise too_large()
        for part in parts:
            with file.open(part) as packed_part:
                said = packed_part.read(left + 1)
            left -= len(said)
            if left < 0 or is_too_wide(part.filename, said):
                raise too_large()
            measure.writestr(part.filename, said)
    return out.getvalue()


def is_too_wide(name: str, said: bytes) -> bool:
    """Say whether a part writes a cell so far away that a reader would make room for millions."""
    if name == "content.xml":
        return repeats_too_much(said)
    return any(
        int(line) > MOST_ROWS or column_number(column) > MOST_COLUMNS
        for column, line in PLACE.findall(said)
    )


def repeats_too_much(said: bytes) -> bool:
    """Say the same of an OpenDocument sheet, where what is empty may go on to its end."""
    above = across = last = 0
    for closes, kind, attributes in TAG.findall(said):
        found = REPEATED.search(attributes)
        count = int(found[1]) if found else 1
        if kind == b"table":
            above = 0
        elif kind == b"table-row" and not closes:
            across = last = 0
            above += count
        elif not closes:
            across += count
            last = last if attributes.endswith(b"/") and b"value" not in attributes else across
            if last and (above > MOST_ROWS or last > MOST_COLUMNS):
                return True
    return False


def column_number(letters: bytes) -> int:
    """Return the number of a column: 1 for A, 27 for AA, and 0 where none is named."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def too_large() -> WorkbookRefused:
    """Return the refusal of what takes too much room."""
    return WorkbookRefused(
        "Ce fichier prend trop de place une fois ouvert : copiez vos lignes dans le modèle, sans image."
    )
