"""Reads the register's export, XML 4.1 or CSV, sheet after sheet: 600 MB cost no more memory than one.

A file that is broken, truncated or of another kind is refused whole (R-131).
"""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import IO, Any

from lxml import etree

from jalon.catalogue.rncp.sheets import (
    Flaw,
    RawBloc,
    RawSheet,
    RegisterSheet,
    cleaned,
    once,
)
from jalon.law.rulebook import enforces

XML, CSV = "XML", "CSV"
#: An archive that says that it holds more is no export of the register.
MOST_BYTES = 4_000_000_000
#: The share of the sheets with a certifier that the file of the sheets may lack: it was cut at a line otherwise.
MOST_MISSING = 0.02
#: How much of a file is looked at in one go.
PART = 1 << 20
NAMED_DAY = re.compile(r"(20\d\d)[-_](\d\d)[-_](\d\d)")
#: Where the texts of a sheet stand in the XML.
PATHS = {
    "code": "NUMERO_FICHE",
    "title": "INTITULE",
    "kind": "ABREGE/CODE",
    "level": "NOMENCLATURE_EUROPE/NIVEAU",
    "active": "ACTIF",
    "ends_on": "DATE_FIN_ENREGISTREMENT",
    "deliverable_until": "DATE_LIMITE_DELIVRANCE",
    "description": "OBJECTIFS_CONTEXTE",
    "prerequisites": "PREREQUIS_VALIDATION_CERTIFICATION",
}
#: Which columns of the CSV give the same texts, in the file of the sheets.
COLUMNS = {
    "code": "Numero_Fiche",
    "title": "Intitule",
    "kind": "Abrege_Libelle",
    "level": "Nomenclature_Europe_Niveau",
    "active": "Actif",
    "ends_on": "Date_Fin_Enregistrement",
}
#: The other CSV files, by a part of their name, with the columns that are read.
BESIDE = {
    "certificateurs": ("Nom_Certificateur", "Siret_Certificateur"),
    "blocs": ("Bloc_Competences_Code", "Bloc_Competences_Libelle"),
    "ancienne": ("Nouvelle_Certification",),
    "nsf": ("Nsf_Code",),
    "formacode": ("Formacode_Code",),
    "rome": ("Codes_Rome_Libelle",),
}
NEEDED = ("standard", "certificateurs", "blocs")

Wanted = Callable[[RawSheet], bool]


class ExportRefused(Exception):
    """A file cannot be taken in; the message says in French why, and what to do."""


@dataclass(frozen=True)
class Reading:
    """What was read in a file: how many sheets of the RNCP it holds, and those that are wanted."""

    format: str
    name: str
    day: date | None
    total: int
    sheets: tuple[RegisterSheet, ...]
    flaws: tuple[Flaw, ...] = ()
    only: tuple[str, ...] = ()


@dataclass
class _Tally:
    """How many sheets went by, and what was wrong with those that could not be told apart."""

    total: int = 0
    nameless: int = 0
    flaws: list[Flaw] = field(default_factory=list)


@enforces("R-131")
def read(source: IO[bytes], name: str, wanted: Wanted) -> Reading:
    """Read the sheets that are wanted; raises `ExportRefused` for a file that is not whole."""
    try:
        return _read(source, name, wanted)
    except etree.XMLSyntaxError as broken:
        raise ExportRefused(
            f"Ce fichier XML est coupé ou abîmé (ligne {broken.lineno}). {AGAIN}"
        ) from broken
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise ExportRefused(f"Cette archive est coupée ou abîmée. {AGAIN}") from broken
    except (NotImplementedError, RuntimeError) as locked:
        raise ExportRefused(f"Cette archive est protégée ou d’un autre genre. {AGAIN}") from locked
    except csv.Error as broken:
        raise ExportRefused(f"Un des fichiers CSV est abîmé. {AGAIN}") from broken
    except UnicodeDecodeError as broken:
        raise ExportRefused(
            f"Les accents de ce fichier sont illisibles (il n’est pas en UTF-8). {AGAIN}"
        ) from broken


AGAIN = "Rien n’a changé : téléchargez-le à nouveau, puis recommencez."


def _read(source: IO[bytes], name: str, wanted: Wanted) -> Reading:
    tally = _Tally()
    if not zipfile.is_zipfile(source):
        source.seek(0)
        if source.read(2) == b"PK":
            raise zipfile.BadZipFile
        source.seek(0)
        found = of_xml(source, wanted, tally)
        return _reading(XML, name, found, tally)
    source.seek(0)
    with zipfile.ZipFile(source) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        if sum(one.file_size for one in members) > MOST_BYTES:
            raise ExportRefused(
                "Cette archive est bien trop grande pour être l’export du répertoire."
            )
        named = name if NAMED_DAY.search(name) else next((one.filename for one in members), name)
        xml = [one for one in members if one.filename.lower().endswith(".xml")]
        if len(xml) == 1:
            with archive.open(xml[0]) as stream:
                return _reading(XML, named, of_xml(stream, wanted, tally), tally, shown=name)
        return _reading(CSV, named, of_csv(archive, members, wanted, tally), tally, shown=name)


def _reading(
    format: str, dated: str, sheets: Iterator[RawSheet], tally: _Tally, shown: str = ""
) -> Reading:
    """Read everything, and refuse a file without a sheet."""
    kept, twice = once([cleaned(raw) for raw in sheets])
    if not tally.total:
        raise ExportRefused(f"Ce fichier ne contient aucune fiche du RNCP. {AGAIN}")
    if tally.nameless:
        tally.flaws.append(Flaw("", f"fiches sans numéro, laissées de côté : {tally.nameless}"))
    flaws = (*tally.flaws, *twice, *(flaw for one in kept for flaw in one.flaws))
    return Reading(format, shown or dated, day_in(dated), tally.total, tuple(kept), flaws)


def day_in(name: str) -> date | None:
    """Return the day that the name of an export says, if any."""
    found = NAMED_DAY.search(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


# ---------------------------------------------------------------- XML


def of_xml(stream: IO[bytes], wanted: Wanted, tally: _Tally) -> Iterator[RawSheet]:
    """Go through an XML, and forget each sheet once it was looked at.

    Nothing outside the file is read, and no entity is expanded: a file that declares some is refused.
    """
    walk = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=("FICHES", "FICHE"),
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
    )
    for event, element in walk:
        if event == "start":
            if element.getparent() is None:
                check_root(element)
            continue
        if element.tag != "FICHE":
            continue
        raw = raw_of(element)
        if counted(raw, tally) and wanted(raw):
            yield raw
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    if walk.root is None or walk.root.tag != "FICHES":
        raise ExportRefused(f"Ce fichier n’est pas l’export des fiches du répertoire. {AGAIN}")


def check_root(root: Any) -> None:
    """Refuse a file that is not an export of the register, or that declares entities."""
    if root.getroottree().docinfo.doctype:
        raise ExportRefused("Ce fichier déclare un DOCTYPE : ce n’est pas l’export du répertoire.")
    if root.tag != "FICHES":
        raise ExportRefused(f"Ce fichier n’est pas l’export des fiches du répertoire. {AGAIN}")


def counted(raw: RawSheet, tally: _Tally) -> bool:
    """Count a sheet of the RNCP; the specific register's are none of ours."""
    if not raw.code:
        tally.nameless += 1
    tally.total += raw.code.startswith("RNCP")
    return raw.code.startswith("RNCP")


def raw_of(sheet: Any) -> RawSheet:
    """Return a sheet of the XML as it is written; older files name a bloc in another way."""
    blocs = [
        *sheet.iterfind("BLOCS_COMPETENCES/BLOC_COMPETENCES"),
        *sheet.iterfind("BLOCS_COMPETENCES/BLOC"),
    ]
    return RawSheet(
        texts={name: text_at(sheet, path) for name, path in PATHS.items()},
        certifiers=tuple(
            (text_at(one, "NOM_CERTIFICATEUR"), text_at(one, "SIRET_CERTIFICATEUR"))
            for one in sheet.iterfind("CERTIFICATEURS/CERTIFICATEUR")
        ),
        successors=tuple(
            text_at(one, "ID_FICHE_NOUVELLE_CERTIFICATION")
            for one in sheet.iterfind("NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION")
        ),
        blocs=tuple(
            RawBloc(
                text_at(one, "CODE"), text_at(one, "LIBELLE"), text_at(one, "LISTE_COMPETENCES")
            )
            for one in blocs
        ),
        nsf=tuple(text_at(one, "CODE") for one in sheet.iterfind("CODES_NSF/NSF")),
        formacodes=tuple(text_at(one, "CODE") for one in sheet.iterfind("FORMACODES/FORMACODE")),
        trades=tuple(text_at(one, "LIBELLE") for one in sheet.iterfind("CODES_ROME/ROME")),
    )


def text_at(element: Any, path: str) -> str:
    """Return the text under a path, whatever marks stand in it; nothing where there is none.

    What stood as XML in it becomes lines, as HTML would.
    """
    found = element.find(path)
    if found is None:
        return ""
    if len(found) == 0:
        return found.text or ""
    return "".join([found.text or "", *(etree.tostring(one, encoding="unicode") for one in found)])


# ---------------------------------------------------------------- CSV


def of_csv(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], wanted: Wanted, tally: _Tally
) -> Iterator[RawSheet]:
    """Go through the CSV files of an archive: those beside first, then the sheets.

    They give neither competences nor delivery dates: what is known of those stays.
    """
    files = {
        part: one
        for part in ("standard", *BESIDE)
        for one in members
        if part in one.filename.lower() and one.filename.lower().endswith(".csv")
    }
    if missing := [part for part in NEEDED if part not in files]:
        raise ExportRefused(
            f"Cette archive n’est pas l’export du répertoire : il manque {', '.join(missing)}. {AGAIN}"
        )
    beside = {
        part: beside_of(archive, files[part], columns)
        for part, columns in BESIDE.items()
        if part in files
    }
    told = set(beside["certificateurs"])
    many = len(told)
    for row in rows(archive, files["standard"], tuple(COLUMNS.values())):
        code = row["Numero_Fiche"].strip().upper()
        told.discard(code)
        raw = RawSheet(
            texts={name: row[column] for name, column in COLUMNS.items()},
            certifiers=tuple(beside["certificateurs"][code]),
            successors=tuple(one for (one,) in beside.get("ancienne", {}).get(code, ())),
            blocs=tuple(RawBloc(number, title, None) for number, title in beside["blocs"][code]),
            nsf=tuple(one for (one,) in beside.get("nsf", {}).get(code, ())),
            formacodes=tuple(one for (one,) in beside.get("formacode", {}).get(code, ())),
            trades=tuple(one for (one,) in beside.get("rome", {}).get(code, ())),
        )
        if counted(raw, tally) and wanted(raw):
            yield raw
    check_cut(files["standard"].filename, len(told), many)


def check_cut(name: str, missing: int, many: int) -> None:
    """Refuse the file of the sheets when it lacks sheets of which another one names the certifier."""
    if missing > many * MOST_MISSING:
        raise ExportRefused(
            f"{name} : il manque {missing} fiches dont un autre fichier nomme le certificateur. {AGAIN}"
        )


def beside_of(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, columns: tuple[str, ...]
) -> dict[str, list[Any]]:
    """Return what a file beside says of each sheet, by its code."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows(archive, member, ("Numero_Fiche", *columns)):
        found[row["Numero_Fiche"].strip().upper()].append(tuple(row[one] for one in columns))
    return found


def rows(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, columns: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    """Return the lines of a CSV by column; raises `ExportRefused` when one is cut or a column is missing."""
    with archive.open(member) as stream:
        if not closed(stream):
            raise ExportRefused(f"{member.filename} : la dernière ligne est coupée. {AGAIN}")
    with archive.open(member) as stream:
        lines = csv.reader(io.TextIOWrapper(stream, "utf-8-sig", newline=""), delimiter=";")
        head = [title.strip() for title in next(lines, [])]
        if missing := [one for one in columns if one not in head]:
            raise ExportRefused(f"{member.filename} : il manque {', '.join(missing)}. {AGAIN}")
        for line in lines:
            if line and len(line) != len(head):
                raise ExportRefused(f"{member.filename}, ligne {lines.line_num} coupée. {AGAIN}")
            if line:
                yield dict(zip(head, line, strict=True))


def closed(stream: IO[bytes]) -> bool:
    """Say whether a CSV that puts its values in quotes closes the last one; true of one that does not."""
    quotes, first, last = 0, b"", b""
    for part in iter(partial(stream.read, PART), b""):
        quotes += part.count(b'"')
        first = first or part.removeprefix(codecs.BOM_UTF8)[:1]
        last = part.rstrip()[-1:] or last
    return first != b'"' or (quotes % 2 == 0 and last == b'"')
