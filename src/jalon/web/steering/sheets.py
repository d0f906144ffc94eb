"""The list behind a figure as a file: for any spreadsheet (CSV), or a workbook (XLSX)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from jalon.now import today
from jalon.web.spreadsheets import KINDS
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


def cells(line: Any) -> tuple[Any, ...]:
    """Return a row of the file: nobody is named whose data were erased."""
    journey = line.journey
    person = journey.candidate
    names = (ERASED, "") if line.erased else (person.last_name, person.first_name)
    return (
        journey.reference,
        *names,
        journey.certification.title,
        journey.certification.code,
        journey.architect or "",
        line.day.isoformat(),
        line.line,
        line.said,
    )


def taken_away(figure: Figure, lines: Sequence[Any], kind: str) -> HttpResponse:
    """Return the list as a file named after the figure and the day; `kind` is one of `KINDS`."""
    content_type, write = KINDS[kind]
    name = f"jalon-{figure.slug}-{today().isoformat()}.{kind}"
    with write([COLUMNS, *map(cells, lines)]) as file:
        return HttpResponse(
            file.read(),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
