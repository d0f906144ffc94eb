"""What an export would change in the catalogue, then the change itself: wholly or not at all (R-131)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, Any

import msgspec
from django.db import transaction

from jalon.catalogue.models import Certification, RegisterImport
from jalon.catalogue.queries import sheet as as_law
from jalon.catalogue.rncp.export import CSV, ExportRefused, Reading, read
from jalon.catalogue.rncp.sheets import Flaw, RawSheet, RegisterSheet
from jalon.catalogue.versions import fingerprint, renew
from jalon.law.case import Sheet
from jalon.law.clocks import french
from jalon.law.routing import shortening
from jalon.law.rulebook import enforces
from jalon.now import now, today

#: The register keeps its old sheets: a file that holds fewer than this share of the last one is not whole.
SMALLEST_SHARE = 0.98
#: What an import writes of a sheet, with the word people read; the rest is the office's.
FIELDS = {
    "title": "intitulé",
    "active": "fiche active",
    "level": "niveau",
    "ends_on": "fin d’enregistrement",
    "deliverable_until": "délivrable jusqu’au",
    "certifier_name": "certificateur",
    "prerequisites": "prérequis",
    "nsf": "NSF",
    "formacodes": "Formacode",
}


@dataclass(frozen=True)
class Wanted:
    """Which sheets are taken in: those that are named, else the UIMM's, active or known here."""

    only: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def __call__(self, raw: RawSheet) -> bool:
        """Say whether a sheet is wanted."""
        if self.only:
            return raw.code in self.only
        return raw.of_uimm and (raw.active is not False or raw.code in self.known)


@enforces("R-131")
def read_file(source: IO[bytes], name: str, only: Iterable[str] = ()) -> Reading:
    """Read an export that may be taken in; raises `ExportRefused` for one that is not whole."""
    asked = frozenset(one.strip().upper() for one in only if one.strip())
    known = frozenset(Certification.objects.values_list("code", flat=True))
    reading = read(source, name, Wanted(asked, known))
    return checked(replace(reading, only=tuple(sorted(asked))))


@dataclass(frozen=True)
class Moved:
    """A field of a sheet that changes: what it is called, what it said, what it will say."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What an export changes of a sheet: `before` is None for a sheet that is not known yet."""

    code: str
    title: str
    before: Sheet | None
    after: Sheet
    moved: tuple[Moved, ...]
    blocs: int
    version: int | None
    successor: str

    @property
    def shortened(self) -> str:
        """Return what is shortened, in words, when live files must be told; nothing else."""
        return shortening(self.before, self.after) if self.before else ""


@dataclass(frozen=True)
class Plan:
    """What an export changes, what shortens a sheet first, and what was said of it."""

    reading: Reading
    changes: tuple[Change, ...]
    flaws: tuple[Flaw, ...]

    @property
    def unchanged(self) -> int:
        """Return how many of the sheets that were read say what is known already."""
        return len(self.reading.sheets) - len(self.changes)

    @property
    def new(self) -> int:
        """Return how many sheets were not known."""
        return sum(one.before is None for one in self.changes)

    @property
    def known(self) -> int:
        """Return how many known sheets change."""
        return len(self.changes) - self.new

    @property
    def shortened(self) -> tuple[Change, ...]:
        """Return the changes of which live files must be told."""
        return tuple(one for one in self.changes if one.shortened)


@enforces("R-131")
def checked(reading: Reading) -> Reading:
    """Return a reading that may be taken in; raises `ExportRefused` for one that lost something.

    The register never forgets a sheet: a file with fewer than the last one, without a sheet that came
    from the register already, or older than the last one, is not the file that people think.
    """
    before = RegisterImport.objects.filter(applied_at__isnull=False)
    last = before.filter(format=reading.format).first()
    if last and reading.total < last.total * SMALLEST_SHARE:
        raise ExportRefused(
            f"Ce fichier contient {reading.total} fiches, le dernier en contenait {last.total} : il "
            "est sans doute incomplet. Rien n’a changé."
        )
    newest = before.filter(day__isnull=False).order_by("-day").first()
    if newest and newest.day and reading.day and reading.day < newest.day:
        raise ExportRefused(
            f"Ce fichier du {french(reading.day)} est plus ancien que le dernier importé, du "
            f"{french(newest.day)}. Rien n’a changé."
        )
    if missing := lost(reading):
        raise ExportRefused(
            f"Ces fiches manquent dans le fichier : {', '.join(missing)}. Rien n’a changé."
        )
    if not reading.sheets:
        raise ExportRefused("Ce fichier ne contient aucune fiche de l’UIMM. Rien n’a changé.")
    return reading


def lost(reading: Reading) -> list[str]:
    """Return the codes that a file should hold and does not: those asked, else those it gave before."""
    expected = set(reading.only) or set(
        Certification.objects.filter(imported_on__isnull=False).values_list("code", flat=True)
    )
    return sorted(expected - {one.code for one in reading.sheets})


def compared(reading: Reading) -> Plan:
    """Return what a reading changes in the catalogue, without changing it."""
    known = {
        one.code: one
        for one in Certification.objects.filter(
            code__in=[one.code for one in reading.sheets]
        ).select_related("successor")
    }
    named = successors(reading.sheets)
    found = (change_of(one, known.get(one.code), named.get(one.code, "")) for one in reading.sheets)
    changes = sorted((one for one in found if one), key=lambda one: (not one.shortened, one.code))
    return Plan(reading, tuple(changes), (*reading.flaws, *told_beside(reading, known)))


def told_beside(reading: Reading, known: dict[str, Certification]) -> Iterator[Flaw]:
    """Say which known sheets of the register the file does not hold, and what it does not tell."""
    read = {one.code for one in reading.sheets}
    for code in (
        Certification.objects.exclude(code__in=read).order_by("code").values_list("code", flat=True)
    ):
        yield Flaw(code, "connue ici, absente des fiches lues : laissée telle quelle")
    if reading.format == CSV:
        yield Flaw("", "un export CSV ne donne pas les compétences : les blocs connus sont gardés")
    for one in reading.sheets:
        if not one.blocs and one.code not in known:
            yield Flaw(one.code, "ajoutée sans bloc : personne ne peut encore la viser")


def change_of(read: RegisterSheet, before: Certification | None, successor: str) -> Change | None:
    """Return what a sheet that was read changes; None when it says what is known already."""
    after = filled(read, before)
    moved = tuple(
        Moved(label, said(getattr(before, name)) if before else "", said(getattr(after, name)))
        for name, label in FIELDS.items()
        if before is None or getattr(before, name) != getattr(after, name)
    )
    renewed = bool(read.blocs) and (before is None or before.referential != fingerprint(read.blocs))
    known = before.successor.code if before and before.successor else ""
    if successor and successor != known:
        moved += (Moved("remplacée par", said(known), successor),)
    if before and not moved and not renewed and before.imported_on:
        return None
    return Change(
        read.code,
        read.title,
        as_law(before, ()) if before else None,
        as_law(after, ()),
        moved,
        len(read.blocs) if renewed else 0,
        (before.version + bool(before.referential) if before else 1) if renewed else None,
        successor,
    )


def filled(read: RegisterSheet, before: Certification | None) -> Certification:
    """Return a sheet as it will stand, not saved: what the file does not say stays as it is known.

    Until somebody writes the words of its trade, a sheet has the names that the register gives it.

    A new sheet whose state cannot be read takes nobody: it is not active.
    """
    after = Certification(code=read.code)
    for name in FIELDS:
        value = getattr(read, name)
        kept = getattr(before, name) if before else (False if name == "active" else value)
        setattr(after, name, kept if value is None or value == "" else value)
    after.in_rncp = True
    after.description = before.description if before else read.description
    after.trade_words = (before.trade_words if before else "") or read.trade_words
    return after


def said(value: Any) -> str:
    """Return a value of a sheet as people read it, on one line."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return french(value)
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + "…"


SHOWN = 120


@transaction.atomic
@enforces("R-131")
def take_in(reading: Reading) -> Plan:
    """Write what a reading changes and return it: facts, blocs under a new version, successors."""
    sheets = {one.code: one for one in reading.sheets}
    list(Certification.objects.select_for_update().filter(code__in=sheets).order_by("pk"))
    plan = compared(reading)
    before = Certification.objects.in_bulk(list(sheets), field_name="code")
    rows = [filled(one, before.get(code)) for code, one in sheets.items()]
    for row in rows:
        row.imported_on = reading.day or today()
    Certification.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*FIELDS, "trade_words", "in_rncp", "imported_on"],
    )
    renew({code: one.blocs for code, one in sheets.items() if one.blocs})
    name_successors(sheets.values())
    return plan


def successors(sheets: Iterable[RegisterSheet]) -> dict[str, str]:
    """Return the code that replaces each sheet, among those that are known or read."""
    listed = list(sheets)
    named = {code for one in listed for code in one.successors}
    reachable = {one.code for one in listed} | set(
        Certification.objects.filter(code__in=named).values_list("code", flat=True)
    )
    found = {
        one.code: [code for code in one.successors if code in reachable and code != one.code]
        for one in listed
    }
    return {code: codes[0] for code, codes in found.items() if codes}


def name_successors(sheets: Iterable[RegisterSheet]) -> None:
    """Tie sheets to the one that replaces them, when it is in the catalogue."""
    named = successors(sheets)
    known = Certification.objects.in_bulk([*named, *named.values()], field_name="code")
    for code, successor in named.items():
        known[code].successor = known[successor]
    Certification.objects.bulk_update([known[code] for code in named], ["successor"])


# ---------------------------------------------------------------- kept between two pages


def keep(reading: Reading) -> RegisterImport:
    """Keep what was read until somebody confirms it; what was read before and left is forgotten."""
    RegisterImport.objects.filter(applied_at=None).delete()
    return RegisterImport.objects.create(
        format=reading.format,
        name=reading.name[:200],
        day=reading.day,
        total=reading.total,
        only=list(reading.only),
        sheets=msgspec.to_builtins(reading.sheets),
        flaws=msgspec.to_builtins(reading.flaws),
        read_at=now(),
    )


def kept(row: RegisterImport) -> Reading:
    """Return what was kept of a reading."""
    return Reading(
        row.format,
        row.name,
        row.day,
        row.total,
        msgspec.convert(row.sheets, tuple[RegisterSheet, ...]),
        msgspec.convert(row.flaws, tuple[Flaw, ...]),
        tuple(row.only),
    )


def close(row: RegisterImport) -> None:
    """Note that what was kept was taken in; the sheets are in the catalogue now."""
    row.sheets, row.applied_at = [], now()
    row.save(update_fields=["sheets", "applied_at"])
