"""A company's group as a file: for any spreadsheet (CSV), or a workbook (XLSX)."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse

from jalon.law.workshops import decimal_hours
from jalon.now import today
from jalon.support.group_lists import Line
from jalon.support.models import CompanyGroup
from jalon.web.spreadsheets import KINDS

COLUMNS = (
    "Référence",
    "Nom",
    "Prénom",
    "Certification",
    "Étape",
    "Échéance",
    "Heures données",
    "Heures prévues",
    "Architecte",
)


def cells(line: Line) -> tuple[Any, ...]:
    """Return a row of the file."""
    journey = line.journey
    return (
        journey.reference,
        journey.candidate.last_name,
        journey.candidate.first_name,
        journey.certification.title,
        journey.stage.label,
        line.limit.limit_on if line.limit else "",
        hours(line.delivered),
        hours(line.planned),
        journey.architect or "",
    )


def hours(minutes: int) -> str:
    """Return minutes in decimal hours, as spreadsheets of France read them."""
    return str(decimal_hours(minutes)).replace(".", ",")


def taken_away(group: CompanyGroup, lines: Iterable[Line], kind: str) -> HttpResponse:
    """Return a group as a file of some kind, "csv" or "xlsx"; raises Http404 for any other."""
    if kind not in KINDS:
        raise Http404
    content_type, write = KINDS[kind]
    name = f"jalon-groupe-{group.pk}-{today().isoformat()}.{kind}"
    with write([COLUMNS, *map(cells, lines)]) as file:
        return HttpResponse(
            file.read(),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
