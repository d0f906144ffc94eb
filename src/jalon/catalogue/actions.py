"""Loads the catalogue from its file; loading twice changes nothing."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from jalon.catalogue.models import Bloc, Certification, Competence, Opening
from jalon.law.rulebook import enforces

CATALOGUE = Path(__file__).parent / "data" / "certifications.toml"
#: What makes two rows of the file the same one.
KEYS: dict[type[models.Model], list[str]] = {
    Certification: ["code"],
    Bloc: ["certification", "position"],
    Competence: ["bloc", "position"],
    Opening: ["certification", "start"],
}
M = TypeVar("M", bound=models.Model)
BLOC_CODE = re.compile(r"(RNCP\d{3,5})BC\d{2}")


@enforces("R-132")
def official_bloc_code(code: str, sheet_code: str) -> bool:
    """Say whether a bloc code has the register's form and belongs to this sheet."""
    found = BLOC_CODE.fullmatch(code)
    return found is not None and found.group(1) == sheet_code


@transaction.atomic
def load(path: Path = CATALOGUE) -> int:
    """Load every certification of a file and return how many; raises ValueError on a bad bloc code.

    One statement for each kind of row, however many sheets the file holds.
    """
    with path.open("rb") as source:
        sheets: dict[str, dict[str, Any]] = tomllib.load(source)
    blocs = {code: sheet.pop("blocs", []) for code, sheet in sheets.items()}
    openings = {code: sheet.pop("openings", []) for code, sheet in sheets.items()}
    successors = {code: sheet.pop("successor", None) for code, sheet in sheets.items()}
    columns = sorted({name for sheet in sheets.values() for name in sheet})
    written = keep((Certification(code=code, **sheet) for code, sheet in sheets.items()), columns)
    known = {one.code: one for one in written}
    load_blocs(known, blocs)
    load_openings(known, openings)
    for one in Certification.objects.filter(code__in=known).prefetch_related("blocs__competences"):
        known[one.code].referential = fingerprint(one)
        known[one.code].successor = known.get(successors[one.code] or "")
    Certification.objects.bulk_update(known.values(), ["referential", "successor"])
    return len(sheets)


def keep(rows: Iterable[M], columns: Iterable[str]) -> list[M]:
    """Write rows in one statement, those that are there already being brought up to date."""
    made = list(rows)
    if not made:
        return made
    key = KEYS[type(made[0])]
    return type(made[0])._default_manager.bulk_create(
        made, update_conflicts=True, unique_fields=key, update_fields=list(columns)
    )


def load_blocs(known: Mapping[str, Certification], blocs: Mapping[str, list[Any]]) -> None:
    """Load blocs with their competences (R-132); no sheet publishes criteria, its certifier writes them."""
    asked = [
        (bloc_of(known[code], position, fields), fields["competences"])
        for code, listed in blocs.items()
        for position, fields in enumerate(listed, 1)
    ]
    written = keep((bloc for bloc, _ in asked), ["code", "title", "demonstration"])
    competences = (
        Competence(bloc=bloc, position=rank, title=title)
        for bloc, (_, titles) in zip(written, asked, strict=True)
        for rank, title in enumerate(titles, 1)
    )
    keep(competences, ["title"])


def bloc_of(certification: Certification, position: int, fields: dict[str, Any]) -> Bloc:
    """Return a bloc of a sheet, not saved; raises ValueError for the code of another sheet."""
    demonstration = "code" not in fields
    code = fields.get("code", f"{certification.code}-D{position}")
    if not demonstration and not official_bloc_code(code, certification.code):
        raise ValueError(f"R-132: {code} is not a bloc of {certification.code}")
    return Bloc(
        certification=certification,
        position=position,
        code=code,
        title=fields["title"],
        demonstration=demonstration,
    )


def load_openings(known: Mapping[str, Certification], openings: Mapping[str, list[Any]]) -> None:
    """Make the portal's lists those of the file; journeys keep the one they were registered under."""
    listed = [
        Opening(
            certification=known[code],
            start=opening["from"],
            end=opening.get("to"),
            source=opening.get("source", ""),
        )
        for code, those in openings.items()
        for opening in those
    ]
    written = keep(listed, ["end", "source"])
    of_file = Opening.objects.filter(certification__in=known.values())
    of_file.exclude(pk__in=[one.pk for one in written]).delete()


def fingerprint(certification: Certification) -> str:
    """Return a SHA-256 of what a sheet asks: another one means that it changed (R-025).

    The criteria are the certifier's: what they write of a competence does not change the sheet.
    """
    asked = [
        [bloc.code, bloc.title, [one.title for one in bloc.competences.all()]]
        for bloc in certification.blocs.all()
    ]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()
