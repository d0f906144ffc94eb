"""Takes the register's export in, and tells the files under way whose sheet stops or ends earlier (R-131)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction

from jalon.catalogue.models import RegisterImport
from jalon.catalogue.rncp import plan as catalogue
from jalon.catalogue.rncp.plan import Change, Plan
from jalon.journeys.events import record
from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.law.facts import SheetShortened
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Event, Role
from jalon.people.models import User


def concerned(changes: Iterable[Change], viewer: User | None = None) -> dict[str, list[Journey]]:
    """Return the files under way of the sheets that are shortened, by their code, in order.

    With a viewer, only those that they see.
    """
    found: dict[str, list[Journey]] = defaultdict(list)
    codes = [one.code for one in changes if one.shortened]
    journeys = Journey.objects.under_way().filter(certification__code__in=codes)
    if viewer:
        journeys = journeys.filter(visible(viewer))
    for journey in journeys.select_related("certification").order_by("reference"):
        found[journey.certification.code].append(journey)
    return found


@transaction.atomic
@enforces("R-131")
def take_in(row: RegisterImport, by: User | None) -> Plan:
    """Take in what was read, and write in each file concerned what the register shortened.

    The events queue the e-mails: files and catalogue change together, or not at all. Raises
    `ExportRefused` when something was taken in meanwhile that this file would lose.
    """
    held = RegisterImport.objects.select_for_update().get(pk=row.pk, applied_at=None)
    plan = catalogue.take_in(catalogue.checked(catalogue.kept(held)))
    catalogue.close(held)
    files = concerned(plan.changes)
    role = Role.ADMINISTRATOR if by else Role.SYSTEM
    for change in plan.shortened:
        assert change.before
        facts = SheetShortened(change.before, change.after, change.successor)
        for journey in files.get(change.code, ()):
            record(journey, Event.SHEET_SHORTENED, by=by, role=role, facts=facts)
    return plan


def import_file(path: Path, only: Iterable[str] = (), *, dry: bool = False) -> list[str]:
    """Take an export in from a file, or look only, and return what changes in words.

    Raises `ExportRefused` for a file that is not whole, OSError for one that cannot be opened.
    """
    with path.open("rb") as source:
        reading = catalogue.read_file(source, path.name, only)
    plan = catalogue.compared(reading) if dry else take_in(catalogue.keep(reading), None)
    done = "Rien n’est changé : c’est un essai." if dry else "C’est fait."
    return [*report(plan, concerned(plan.changes)), "", done]


def report(plan: Plan, files: dict[str, list[Journey]]) -> Iterator[str]:
    """Return what an export changes, line by line, for who reads it in a terminal."""
    reading = plan.reading
    yield f"{reading.name} : {reading.total} fiches lues, {len(reading.sheets)} retenues."
    yield f"{plan.new} nouvelle(s), {plan.known} modifiée(s), {plan.unchanged} inchangée(s)."
    for change in plan.changes:
        yield f"\n{change.code} {change.title}{'' if change.before else ' (nouvelle fiche)'}"
        yield from (
            f"  {one.label} : {one.before} → {one.after}" for one in change.moved if change.before
        )
        if change.blocs:
            yield f"  {change.blocs} bloc(s), version {change.version} du référentiel"
        if change.shortened:
            told = ", ".join(one.reference for one in files.get(change.code, ())) or "aucun"
            yield f"  ALERTE : {change.shortened}. Dossiers en cours : {told}."
    if plan.flaws:
        yield "\nÀ savoir :"
        yield from (f"  {one.sheet or 'fichier'} : {one.text}" for one in plan.flaws)
