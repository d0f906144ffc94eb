"""What a sheet asks, and its versions: a change writes new blocs, those of before stay (R-131)."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jalon.catalogue.models import Bloc, Certification, Competence, Criterion
from jalon.law.rulebook import enforces

BLOC_CODE = re.compile(r"(RNCP\d{3,5})BC\d{2}")


@dataclass(frozen=True)
class BlocText:
    """A bloc as a file gives it: its code, its title, and the competences in order."""

    code: str
    title: str
    competences: tuple[str, ...]
    demonstration: bool = False


@enforces("R-132")
def official_bloc_code(code: str, sheet_code: str) -> bool:
    """Say whether a bloc code has the register's form and belongs to this sheet."""
    found = BLOC_CODE.fullmatch(code)
    return found is not None and found.group(1) == sheet_code


def written(blocs: Iterable[Bloc]) -> list[BlocText]:
    """Return blocs of the database as texts, in order; their competences are best read beforehand."""
    return [
        BlocText(
            bloc.code,
            bloc.title,
            tuple(one.title for one in bloc.competences.all()),
            bloc.demonstration,
        )
        for bloc in blocs
    ]


def fingerprint(blocs: Iterable[BlocText]) -> str:
    """Return a SHA-256 of what a sheet asks: another one means that it changed (R-025).

    The criteria are the certifier's: what they write of a competence does not change the sheet.
    """
    asked = [[bloc.code, bloc.title, list(bloc.competences)] for bloc in blocs]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()


@enforces("R-131")
def renew(asked: Mapping[str, Sequence[BlocText]]) -> list[Certification]:
    """Write what sheets ask, by their code, under a new version when it changed; return those that did.

    One statement for each kind of row, however many sheets. A competence that keeps its title keeps
    the criteria that its certifier wrote.
    """
    changed = [
        one
        for one in Certification.objects.filter(code__in=asked)
        if one.referential != fingerprint(asked[one.code])
    ]
    criteria = criteria_of(changed)
    for one in changed:
        one.version += bool(one.referential)
        one.referential = fingerprint(asked[one.code])
    Certification.objects.bulk_update(changed, ["version", "referential"])
    pairs = [
        (
            Bloc(
                certification=one,
                version=one.version,
                position=rank,
                code=bloc.code,
                title=bloc.title,
                demonstration=bloc.demonstration,
            ),
            bloc.competences,
        )
        for one in changed
        for rank, bloc in enumerate(asked[one.code], 1)
    ]
    Bloc.objects.bulk_create(bloc for bloc, _ in pairs)
    competences = Competence.objects.bulk_create(
        Competence(bloc=bloc, position=rank, title=title)
        for bloc, titles in pairs
        for rank, title in enumerate(titles, 1)
    )
    Criterion.objects.bulk_create(
        Criterion(competence=one, position=rank, text=text)
        for one in competences
        for rank, text in enumerate(criteria.get((one.bloc.certification_id, one.title), ()), 1)
    )
    return changed


def criteria_of(certifications: Iterable[Certification]) -> dict[tuple[int, str], list[str]]:
    """Return the criteria written for each competence in force, by its sheet and its title."""
    found: dict[tuple[int, str], list[str]] = {}
    versions = {one.pk: one.version for one in certifications}
    rows = Criterion.objects.filter(competence__bloc__certification__in=versions)
    for sheet, version, title, text in rows.order_by("competence", "position").values_list(
        "competence__bloc__certification",
        "competence__bloc__version",
        "competence__title",
        "text",
    ):
        if versions[sheet] == version:
            found.setdefault((sheet, title), []).append(text)
    return found
