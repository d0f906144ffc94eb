"""A sheet as the register gives it, cleaned; what is imperfect in it is named, and stops nothing (R-131)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from jalon.catalogue.rncp.text import has_html, line_of, listed, plain, shortened
from jalon.catalogue.versions import BlocText, official_bloc_code
from jalon.law.rulebook import enforces

#: The first nine digits of the SIRET of the UIMM: all its establishments are the same certifier.
UIMM = "784717191"
SHEET_CODE = re.compile(r"RNCP\d{3,5}")
DAYS = ("%d/%m/%Y", "%Y-%m-%d")
LEVELS = range(3, 9)
#: How long a title may be in the catalogue.
SHEET_TITLE, BLOC_TITLE, COMPETENCE_TITLE, DESCRIPTION = 250, 300, 400, 400


@dataclass(frozen=True)
class Flaw:
    """What is imperfect in a sheet, in words, and what was done of it."""

    sheet: str
    text: str


@dataclass(frozen=True)
class RawBloc:
    """A bloc as it is written in a file; `competences` is None when the file has no such column."""

    code: str
    title: str
    competences: str | None


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it is written in a file: texts by the name of their field, and its lists."""

    texts: Mapping[str, str]
    certifiers: tuple[tuple[str, str], ...] = ()
    successors: tuple[str, ...] = ()
    blocs: tuple[RawBloc, ...] = ()
    nsf: tuple[str, ...] = ()
    formacodes: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return the number of the sheet, or nothing."""
        return self.texts.get("code", "").strip().upper()

    @property
    def of_uimm(self) -> bool:
        """Say whether the UIMM is one of its certifiers."""
        return any("".join(siret.split()).startswith(UIMM) for _, siret in self.certifiers)

    @property
    def active(self) -> bool | None:
        """Say whether the register says that it is active; None when it says nothing readable."""
        return {"oui": True, "non": False}.get(self.texts.get("active", "").strip().lower())


@dataclass(frozen=True)
class RegisterSheet:
    """A sheet ready for the catalogue. None, or no bloc: the file does not say, what is known stays."""

    code: str
    title: str
    active: bool | None = None
    level: int | None = None
    ends_on: date | None = None
    deliverable_until: date | None = None
    certifier_name: str = ""
    description: str = ""
    prerequisites: str = ""
    nsf: str = ""
    formacodes: str = ""
    trade_words: str = ""
    successors: tuple[str, ...] = ()
    blocs: tuple[BlocText, ...] = ()
    flaws: tuple[Flaw, ...] = field(default=(), compare=False)


@enforces("R-131")
def cleaned(raw: RawSheet) -> RegisterSheet:
    """Return a sheet cleaned, with its flaws; whatever it holds, nothing is raised."""
    said: list[str] = []
    texts = raw.texts
    if html := [name for name, label in READ.items() if has_html(texts.get(name, ""))]:
        said.append(f"mise en forme retirée : {', '.join(READ[name] for name in html)}")
    if not texts.get("kind", "").strip():
        said.append("abrégé absent")
    if raw.active is None:
        said.append("état (active ou non) illisible : celui connu est gardé")
    return RegisterSheet(
        code=raw.code,
        title=fitted(texts.get("title", ""), SHEET_TITLE, "intitulé", said) or raw.code,
        active=raw.active,
        level=level_of(texts.get("level", ""), said),
        ends_on=day_of(texts.get("ends_on", ""), "date de fin d’enregistrement", said),
        deliverable_until=day_of(texts.get("deliverable_until", ""), "date de délivrance", said),
        certifier_name=shortened(" et ".join(line_of(name) for name, _ in raw.certifiers), 200),
        description=shortened(line_of(texts.get("description", "")), DESCRIPTION),
        prerequisites=plain(texts.get("prerequisites", "")),
        nsf=shortened(", ".join(filter(None, map(line_of, raw.nsf))), 60),
        formacodes=shortened(", ".join(filter(None, map(line_of, raw.formacodes))), 60),
        trade_words=", ".join(filter(None, map(line_of, raw.trades))),
        successors=tuple(filter(None, map(sheet_code, raw.successors))),
        blocs=blocs_of(raw, said),
        flaws=tuple(Flaw(raw.code, one) for one in said),
    )


#: The texts that may carry HTML, as people are told of them.
READ = {
    "title": "intitulé",
    "description": "contexte",
    "prerequisites": "prérequis",
}


def fitted(text: str, length: int, what: str, said: list[str]) -> str:
    """Return a text on one line that fits; say so when it had to be cut."""
    line = line_of(text)
    if len(line) > length:
        said.append(f"{what} coupé à {length} caractères")
    return shortened(line, length)


def level_of(text: str, said: list[str]) -> int | None:
    """Return a level of the national frame, 3 to 8; None for another word, which is named."""
    digits = re.fullmatch(r"(?:NIV|NIVEAU)?\s*(\d)", text.strip().upper())
    if digits and int(digits[1]) in LEVELS:
        return int(digits[1])
    if text.strip():
        said.append(
            f"niveau inconnu « {shortened(line_of(text), 30)} » : le niveau connu est gardé"
        )
    return None


def day_of(text: str, what: str, said: list[str]) -> date | None:
    """Return a day; None when there is none, or when it cannot be read, which is named."""
    written = text.strip().split(" ")[0].split("T")[0]
    for form in DAYS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    if written:
        said.append(
            f"{what} illisible « {shortened(line_of(text), 30)} » : la date connue est gardée"
        )
    return None


def sheet_code(text: str) -> str:
    """Return the code of a sheet from its number, with or without its letters; nothing for another."""
    written = text.strip().upper()
    code = f"RNCP{written}" if written.isdigit() else written
    return code if SHEET_CODE.fullmatch(code) else ""


@enforces("R-131", "R-132")
def blocs_of(raw: RawSheet, said: list[str]) -> tuple[BlocText, ...]:
    """Return the blocs of a sheet in the order of their codes, or none when they cannot be read whole.

    A bloc left out would give the certification to who did not obtain it: all of them, or those that
    are known already. A code given twice is kept once.
    """
    kept: dict[str, RawBloc] = {}
    for bloc in raw.blocs:
        code = bloc.code.strip().upper()
        if not official_bloc_code(code, raw.code):
            said.append(f"code de bloc « {shortened(line_of(code), 30)} » impossible : {AS_KNOWN}")
            return ()
        if code in kept:
            said.append(f"bloc {code} en double : gardé une fois")
        else:
            kept[code] = bloc
    if any(bloc.competences is None for bloc in kept.values()):
        return ()
    if html := [code for code, bloc in kept.items() if has_html(bloc.competences or "")]:
        said.append(f"mise en forme retirée : {', '.join(html)}")
    found = [bloc_of(code, kept[code], said) for code in sorted(kept)]
    if empty := [bloc.code for bloc in found if not bloc.competences]:
        said.append(f"{', '.join(empty)} sans compétence : {AS_KNOWN}")
        return ()
    return tuple(found)


AS_KNOWN = "les blocs connus sont gardés"


def bloc_of(code: str, raw: RawBloc, said: list[str]) -> BlocText:
    """Return a bloc with its competences, cut where they are too long."""
    competences = [
        fitted(one, COMPETENCE_TITLE, f"compétence de {code}", said)
        for one in listed(raw.competences or "")
    ]
    title = fitted(raw.title, BLOC_TITLE, f"intitulé de {code}", said)
    return BlocText(code, title or code, tuple(competences))


def once(sheets: Iterable[RegisterSheet]) -> tuple[list[RegisterSheet], list[Flaw]]:
    """Return each sheet once, the active one of two that have the same code, and what was left out."""
    kept: dict[str, RegisterSheet] = {}
    flaws = []
    for one in sheets:
        before = kept.get(one.code)
        if before:
            flaws.append(Flaw(one.code, "fiche en double : gardée une fois"))
        if before is None or (one.active and not before.active):
            kept[one.code] = one
    return list(kept.values()), flaws
