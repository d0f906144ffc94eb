"""Loads the catalogue from its file; loading twice changes nothing."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from jalon.catalogue.models import Certification, Opening
from jalon.catalogue.versions import BlocText, official_bloc_code, renew

DATA = Path(__file__).parent / "data"
CATALOGUE = DATA / "certifications.toml"
#: How people of each trade name what they do: a file of its own, for whoever knows a trade to add to.
TRADE_WORDS = DATA / "trade_words.toml"
#: What makes two rows of the file the same one.
KEYS: dict[type[models.Model], list[str]] = {
    Certification: ["code"],
    Opening: ["certification", "start"],
}
#: What the register does not say: the file keeps it up to date even for a sheet read there.
OURS = ("keywords", "description", "trade_words")
M = TypeVar("M", bound=models.Model)


@transaction.atomic
def load(path: Path = CATALOGUE) -> int:
    """Load every certification of a file and return how many; raises ValueError on a bad bloc code.

    A sheet that was read in the register since keeps what the register says of it. One statement for
    each kind of row, however many sheets the file holds.
    """
    with path.open("rb") as source:
        sheets: dict[str, dict[str, Any]] = tomllib.load(source)
    words = trade_words()
    for code, one in sheets.items():
        one["trade_words"] = words.get(code, "")
    asked = {code: blocs_of(code, sheet.pop("blocs", [])) for code, sheet in sheets.items()}
    openings = {code: sheet.pop("openings", []) for code, sheet in sheets.items()}
    successors = {code: sheet.pop("successor", None) for code, sheet in sheets.items()}
    imported = set(
        Certification.objects.filter(code__in=sheets, imported_on__isnull=False).values_list(
            "code", flat=True
        )
    )
    ours = sheets.keys() - imported
    columns = sorted({name for sheet in sheets.values() for name in sheet})
    keep((Certification(code=code, **sheets[code]) for code in sheets if code in ours), columns)
    keep((Certification(code=code, **sheets[code]) for code in imported), OURS)
    renew({code: blocs for code, blocs in asked.items() if code in ours})
    known = Certification.objects.in_bulk(sheets, field_name="code")
    load_openings(known, openings)
    for code in ours:
        known[code].successor = known.get(successors[code] or "")
    Certification.objects.bulk_update([known[code] for code in ours], ["successor"])
    return len(sheets)


def trade_words() -> dict[str, str]:
    """Return by sheet the words that its people tell their trade by: the directory's names, then ours."""
    listed = tomllib.loads(TRADE_WORDS.read_text("utf-8"))
    return {code: " ".join([*one["rome"], *one["own"].split()]) for code, one in listed.items()}


def keep(rows: Iterable[M], columns: Iterable[str]) -> list[M]:
    """Write rows in one statement, those that are there already being brought up to date."""
    made = list(rows)
    if not made:
        return made
    key = KEYS[type(made[0])]
    return type(made[0])._default_manager.bulk_create(
        made, update_conflicts=True, unique_fields=key, update_fields=list(columns)
    )


def blocs_of(code: str, listed: Iterable[dict[str, Any]]) -> list[BlocText]:
    """Return the blocs of a sheet of the file; raises ValueError for the code of another sheet (R-132).

    No sheet publishes criteria, its certifier writes them.
    """
    return [bloc_of(code, rank, fields) for rank, fields in enumerate(listed, 1)]


def bloc_of(sheet_code: str, rank: int, fields: dict[str, Any]) -> BlocText:
    """Return a bloc of a sheet; raises ValueError for the code of another sheet."""
    demonstration = "code" not in fields
    code = fields.get("code", f"{sheet_code}-D{rank}")
    if not demonstration and not official_bloc_code(code, sheet_code):
        raise ValueError(f"R-132: {code} is not a bloc of {sheet_code}")
    return BlocText(code, fields["title"], tuple(fields["competences"]), demonstration)


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
