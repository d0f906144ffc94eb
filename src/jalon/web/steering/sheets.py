"""The list behind a figure as a file: for any spreadsheet (CSV), or a workbook (XLSX)."""

import csv
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from jalon.now import today
from jalon.web.architect.workbook import workbook
from jalon.web.spreadsheets import inert
from jalon.web.steering.figures import Figure

COLUMNS = (
    "Référence",
    "Nom",
    "Prénom",
    "Certification",
    "Code",
    "Architecte",
    "Date",
    "Compté dans",
    "Précision",
)
ERASED = "(données effacées)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def cells(line: Any) -> tuple[str, ...]:
    """Return a row of the file: nobody is named whose data were erased."""
    journey = line.journey
    person = journey.candidate
    names = (ERASED, "") if line.erased else (person.last_name, person.first_name)
    told = (
        journey.reference,
        *names,
        journey.certification.title,
        journey.certification.code,
        journey.architect or "",
        line.day.isoformat(),
        line.line,
        line.said,
    )
    return tuple(inert(one) for one in told)


def csv_file(figure: Figure, lines: Sequence[Any]) -> HttpResponse:
    """Return a list as spreadsheets open it: semicolons, and a mark for accents."""
    response = attached(figure, "text/csv; charset=utf-8", "csv")
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(COLUMNS)
    sheet.writerows(cells(line) for line in lines)
    return response


def xlsx_file(figure: Figure, lines: Sequence[Any]) -> HttpResponse:
    """Return a list as a workbook of one sheet."""
    response = attached(figure, XLSX, "xlsx")
    response.write(workbook([COLUMNS, *(cells(line) for line in lines)]))
    return response


def attached(figure: Figure, kind: str, ending: str) -> HttpResponse:
    """Return an empty file to take away, named after the figure and the day."""
    name = f"jalon-{figure.slug}-{today().isoformat()}.{ending}"
    return HttpResponse(
        content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
