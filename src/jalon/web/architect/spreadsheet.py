"""Reads a spreadsheet of journeys, as people make them: XLSX, ODS or CSV, dates as they are written."""

import csv
import io
import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from jalon.law.clocks import MONTH_NAMES
from jalon.law.takeover import Verdict
from jalon.law.vocabulary import Route
from jalon.web.architect.workbook import WorkbookRefused, cells, workbook

#: The columns of the spreadsheet, with the field of the form that each one fills in.
COLUMNS = {
    "Prénom": "first_name",
    "Nom": "last_name",
    "Adresse e-mail": "email",
    "Téléphone": "phone",
    "Code RNCP": "code",
    "Certificateur": "certifier",
    "Procédure": "route",
    "Blocs visés": "blocs",
    "Inscrit le": "registered_on",
    "N° France VAE": "portal_number",
    "Faisabilité déposée le": "filed_on",
    "Complet le": "complete_on",
    "Décision": "verdict",
    "Décision du": "decided_on",
    "Valable jusqu’au": "valid_until",
    "Validation déposée le": "deposited_on",
    "Jury le": "hearing_on",
    "Lieu du jury": "place",
    "Résultat le": "result_on",
    "Blocs obtenus": "won",
    "Réserve": "condition",
}
#: Under what the number of a line stands beside its fields.
LINE = "line"
#: What people write in a cell, for words that the form knows by another.
WORDS: dict[str, dict[str, str]] = {
    "route": {
        "france vae": Route.FRANCE_VAE,
        "2002": Route.LAW_2002,
        "loi de 2002": Route.LAW_2002,
    },
    "verdict": {
        "recevable": Verdict.ADMISSIBLE,
        "non recevable": Verdict.INADMISSIBLE,
        "tacite": Verdict.TACIT,
    },
}
#: How days are written by hand.
DAYS = ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y")
#: A day in words: « 1er septembre 2026 ».
IN_WORDS = re.compile(r"(\d{1,2})(?:er)? (\w+) (\d{4})")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
#: The line of the model that shows how to write, and that nobody imports.
EXAMPLE = {
    "Prénom": "EXEMPLE",
    "Nom": "À REMPLACER",
    "Adresse e-mail": "ligne-a-remplacer@exemple.fr",
    "Téléphone": "02 31 00 00 00",
    "Code RNCP": "RNCP38901",
    "Inscrit le": "01/09/2026",
    "Faisabilité déposée le": "05/10/2026",
}
#: A French number from which the spreadsheet took its zero: it believed that it was a quantity.
NINE_DIGITS = re.compile(r"[1-9][0-9]{8}")
MOST_LINES = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 2_000_000


class SheetForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label="Tableur", help_text=f"XLSX, ODS ou CSV, {MOST_LINES} lignes au plus."
    )


def columns_file() -> HttpResponse:
    """Return a spreadsheet with its columns and a line to replace, which office software opens."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="jalon-parcours-a-reprendre.csv"'
    response.write("\ufeff")
    model = csv.DictWriter(response, list(COLUMNS), delimiter=";")
    model.writeheader()
    model.writerow(EXAMPLE)
    return response


def columns_workbook() -> HttpResponse:
    """Return the same as a workbook, whose cells are all text: a telephone keeps its zero."""
    example = [EXAMPLE.get(title, "") for title in COLUMNS]
    response = HttpResponse(workbook([list(COLUMNS), example]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="jalon-parcours-a-reprendre.xlsx"'
    return response


def rows_of(upload: UploadedFile) -> list[dict[str, str]]:
    """Return the lines of a spreadsheet, by field and each with its number, without those that are empty.

    Raises `WorkbookRefused`.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise WorkbookRefused("Ce fichier est trop lourd : gardez une seule feuille, sans image.")
    content = upload.read()
    table = (
        cells_of_csv(content) if not content.startswith((b"PK", b"\xd0\xcf")) else cells(content)
    )
    if not table:
        raise WorkbookRefused("Ce fichier est vide.")
    names = [named(title) for title in table[0]]
    if not {"email", "code", "registered_on"} <= set(names):
        raise WorkbookRefused(
            "Il manque des colonnes : partez du modèle, et gardez sa première ligne telle quelle."
        )
    found = [
        {name: text(name, cell) for name, cell in zip(names, line, strict=False) if name}
        | {LINE: str(number)}
        for number, line in enumerate(table[1:], start=2)
        if any(str(cell).strip() for cell in line)
    ]
    if any(line.get("email", "").lower() == EXAMPLE["Adresse e-mail"] for line in found):
        raise WorkbookRefused(
            "La ligne d’exemple est encore là : remplacez-la ou supprimez-la, puis recommencez."
        )
    if len(found) > MOST_LINES:
        raise WorkbookRefused(
            f"Importez {MOST_LINES} lignes à la fois au plus : partagez le fichier."
        )
    return found


def cells_of_csv(content: bytes) -> list[list[Any]]:
    """Return the cells of a text, whatever office software wrote it."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            said = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise WorkbookRefused("Ce fichier ne s’ouvre pas : enregistrez-le en XLSX ou en CSV.")
    if "\x00" in said:
        raise WorkbookRefused("Ce fichier ne s’ouvre pas : enregistrez-le en XLSX ou en CSV.")
    first = said.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    return [list(line) for line in csv.reader(io.StringIO(said), delimiter=mark)]


def named(title: Any) -> str:
    """Return the field that a title of column means; nothing for a column of another kind."""
    plain = str(title).replace("'", "’").strip().lower()
    return next((name for known, name in COLUMNS.items() if known.lower() == plain), "")


def text(name: str, cell: Any) -> str:
    """Return what a cell says, as the form reads it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = str(cell).strip()
    if name in WORDS:
        return WORDS[name].get(said.lower(), said)
    if name == "phone" and NINE_DIGITS.fullmatch(said):
        return f"0{said}"
    return iso(said) if name.endswith(("_on", "_until")) else said


def iso(said: str) -> str:
    """Return a day written by hand as the form reads it; as it is when it is no day."""
    if words := IN_WORDS.fullmatch(said.lower()):
        day, month, year = words.groups()
        said = f"{day}/{MONTHS.get(month, month)}/{year}"
    for form in DAYS:
        try:
            return datetime.strptime(said, form).date().isoformat()
        except ValueError:
            continue
    return said
