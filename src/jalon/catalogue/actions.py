"""Loads the catalogue from its file; loading twice changes nothing."""

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from jalon.catalogue.models import Bloc, Certification, Competence, Opening
from jalon.law.rulebook import enforces

CATALOGUE = Path(__file__).parent / "data" / "certifications.toml"
BLOC_CODE = re.compile(r"(RNCP\d{3,5})BC\d{2}")


@enforces("R-132")
def official_bloc_code(code: str, sheet_code: str) -> bool:
    """Say whether a bloc code has the register's form and belongs to this sheet."""
    found = BLOC_CODE.fullmatch(code)
    return found is not None and found.group(1) == sheet_code


@transaction.atomic
def load(path: Path = CATALOGUE) -> int:
    """Load every certification of a file and return how many; raises ValueError on a bad bloc code."""
    with path.open("rb") as source:
        sheets: dict[str, dict[str, Any]] = tomllib.load(source)
    successors = {}
    for code, fields in sheets.items():
        blocs = fields.pop("blocs", [])
        openings = fields.pop("openings", [])
        successors[code] = fields.pop("successor", None)
        certification, _ = Certification.objects.update_or_create(code=code, defaults=fields)
        load_openings(certification, openings)
        for position, bloc in enumerate(blocs, 1):
            load_bloc(certification, position, bloc)
        certification.referential = fingerprint(certification)
        certification.save(update_fields=["referential"])
    for code, successor in successors.items():
        if successor:
            Certification.objects.filter(code=code).update(
                successor=Certification.objects.get(code=successor)
            )
    return len(sheets)


def load_openings(certification: Certification, openings: list[dict[str, Any]]) -> None:
    """Make the portal's list that of the file; journeys keep the one they were registered under."""
    listed = [
        Opening.objects.update_or_create(
            certification=certification,
            start=opening["from"],
            defaults={"end": opening.get("to"), "source": opening.get("source", "")},
        )[0]
        for opening in openings
    ]
    certification.openings.exclude(pk__in=[one.pk for one in listed]).delete()


def fingerprint(certification: Certification) -> str:
    """Return a SHA-256 of what a sheet asks: another one means that it changed (R-025).

    The criteria are the certifier's: what they write of a competence does not change the sheet.
    """
    asked = [
        [bloc.code, bloc.title, [one.title for one in bloc.competences.all()]]
        for bloc in certification.blocs.prefetch_related("competences")
    ]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()


def load_bloc(certification: Certification, position: int, fields: dict[str, Any]) -> None:
    """Load one bloc with its competences (R-132); no sheet publishes criteria, its certifier writes them."""
    demonstration = "code" not in fields
    code = fields.get("code", f"{certification.code}-D{position}")
    if not demonstration and not official_bloc_code(code, certification.code):
        raise ValueError(f"R-132: {code} is not a bloc of {certification.code}")
    bloc, _ = Bloc.objects.update_or_create(
        certification=certification,
        position=position,
        defaults={"code": code, "title": fields["title"], "demonstration": demonstration},
    )
    for rank, title in enumerate(fields["competences"], 1):
        Competence.objects.update_or_create(bloc=bloc, position=rank, defaults={"title": title})
