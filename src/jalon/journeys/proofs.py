"""What proves that nothing was altered, checked again from the first line to the last: `./jalon verify`.

Each room registers what it can check of its own tables. A check reads in batches and keeps none; it
yields what does not agree, and where. The hashes are computed by the statements that stand here, not by
the functions of the database, which whoever owns it could have replaced.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jalon.journeys.chain import FACTS, GATHERED, line_after, seal_after
from jalon.journeys.guards import absent, weak
from jalon.journeys.models import JournalSeal


@dataclass(frozen=True)
class Fault:
    """Something that does not agree: in which table, in which journey and line, and what."""

    table: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} : {self.where} : {self.what}"


Check = Callable[[], Iterator[Fault]]

#: What is checked, under the name that is shown.
CHECKS: dict[str, Check] = {}


def verifies(name: str) -> Callable[[Check], Check]:
    """Register a check."""

    def register(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return register


def rows(statement: str) -> Iterator[tuple[Any, ...]]:
    """Yield what a statement finds, without keeping it."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while batch := cursor.fetchmany(500):
            yield from batch


#: Each line beside what it should be: the hash of its content, after the line before it.
LINES = f"""
SELECT reference, number, why FROM (
    SELECT j.reference, e.number, CASE
        WHEN e.number <> coalesce(e.last, 0) + 1 THEN 'missing'
        WHEN e.hash <> {line_after("coalesce(e.before, '')")} THEN 'line'
        WHEN e.salt = '' AND e.facts_version = 0 AND j.purged_at IS NOT NULL THEN ''
        WHEN e.facts_hash <> {FACTS} THEN 'facts'
        ELSE '' END AS why
    FROM (
        SELECT *, lag(hash) OVER told AS before, lag(number) OVER told AS last
        FROM journeys_journalentry WINDOW told AS (PARTITION BY journey_id ORDER BY number)
    ) e JOIN journeys_journey j ON j.id = e.journey_id
) found WHERE why <> '' ORDER BY reference, number
"""  # noqa: S608 - every word of it is written here

WHY = {
    "missing": "une ligne manque juste avant celle-ci",
    "line": "son empreinte n’est pas celle de son contenu à la suite de la ligne d’avant",
    "facts": "les éléments apportés ne sont plus ceux qui ont été écrits",
}


@verifies("journal")
def lines() -> Iterator[Fault]:
    """Yield each line that is missing, altered, or does not follow the one before it."""
    for reference, number, why in rows(LINES):
        yield Fault("journeys_journalentry", f"{reference}, ligne {number}", WHY[why])


#: Journeys whose journal does not end where they say, by their version.
CUT = """
SELECT j.reference, j.version, coalesce(e.number, 0) FROM journeys_journey j LEFT JOIN LATERAL (
    SELECT number FROM journeys_journalentry e WHERE e.journey_id = j.id ORDER BY number DESC LIMIT 1
) e ON true WHERE j.version <> coalesce(e.number, 0)
"""


@verifies("fin des journaux")
def ends() -> Iterator[Fault]:
    """Yield each journal that was cut short."""
    for reference, version, last in rows(CUT):
        told = f"le journal s’arrête à la ligne {last}, le parcours en compte {version}"
        yield Fault("journeys_journey", reference, told)


SEALS = f"""
SELECT s.number FROM (
    SELECT *, lag(hash, 1, '') OVER (ORDER BY number) AS before, lag(number, 1, 0) OVER (ORDER BY number) AS last
    FROM journeys_journalseal
) s LEFT JOIN LATERAL (
    SELECT count(*) AS count, {GATHERED} AS digest FROM journeys_sealedhead WHERE seal_id = s.id
) h ON true
WHERE s.number <> s.last + 1 OR h.count <> s.count OR s.hash <> {seal_after("s.before")}
ORDER BY s.number
"""  # noqa: S608 - every word of it is written here

HEADS = """
SELECT s.number, j.reference, h.number FROM journeys_sealedhead h
JOIN journeys_journalseal s ON s.id = h.seal_id
JOIN journeys_journey j ON j.id = h.journey_id
LEFT JOIN journeys_journalentry e ON e.journey_id = h.journey_id AND e.number = h.number
WHERE e.hash IS DISTINCT FROM h.hash
"""


@verifies("sceaux")
def seals() -> Iterator[Fault]:
    """Yield each seal that was altered, and each line that is not the one that was sealed."""
    for (number,) in rows(SEALS):
        yield Fault("journeys_journalseal", f"sceau {number}", "il n’est plus tel qu’il a été posé")
    for seal, reference, number in rows(HEADS):
        told = f"ce n’est pas la ligne que tient le sceau {seal}"
        yield Fault("journeys_journalentry", f"{reference}, ligne {number}", told)


UNTOLD = """
SELECT j.reference FROM journeys_journey j LEFT JOIN journeys_purge p ON p.journey_id = j.id
WHERE (j.purged_at IS NULL) <> (p.id IS NULL)
"""


@verifies("effacements")
def erasures() -> Iterator[Fault]:
    """Yield each journey that was erased without a trace, or that has the trace of no erasure."""
    for (reference,) in rows(UNTOLD):
        yield Fault("journeys_purge", reference, "effacement et trace ne vont pas ensemble")


@verifies("gardes de la base")
def guards() -> Iterator[Fault]:
    """Yield each guard that is not there, or that a session could pass."""
    for name in absent():
        yield Fault("pg_trigger", name, "cette garde n’est plus là")
    for name in weak():
        yield Fault("pg_trigger", name, "cette garde ne tient pas toujours")


def faults() -> Iterator[Fault]:
    """Yield everything that does not agree, one check after the other."""
    for check in CHECKS.values():
        yield from check()


def last_seal() -> JournalSeal | None:
    """Return the last seal: noted elsewhere, it proves that nothing before it was written anew."""
    return JournalSeal.objects.order_by("-number").first()
