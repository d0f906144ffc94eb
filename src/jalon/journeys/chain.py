"""The journal as a chain of hashes, in SQL: what the database writes, and what is computed again to check.

Each line holds the SHA-256 of its content and of the line before it. What it brought enters by a hash of
its own, mixed with a salt that goes when personal data are erased: the chain still holds then, and the
hash says nothing of what went. `docs/decisions/0034-a-journal-that-proves-itself.md` says why.
"""

from django.db import connection, transaction

from jalon.journeys.models import JournalSeal
from jalon.now import now


def sha256(text: str) -> str:
    """Return the SQL of the SHA-256 of a text, in hexadecimal."""
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"


#: What the facts of a line `e` bring to its hash.
FACTS = sha256("e.salt || ':' || e.facts_version || ':' || e.facts::text")


def line_after(before: str) -> str:
    """Return the SQL of the hash of a line `e` that follows a line of some hash."""
    return sha256(
        f"""jsonb_build_array(1, {before}, e.journey_id, e.number, e.act, e.event, e.role, e.author_id,
        (extract(epoch FROM e.at) * 1000000)::bigint, e.occurred_on, e.channel, e.stage_before,
        e.stage_after, e.facts_hash, e.article, to_jsonb(e.law))::text"""
    )


def seal_after(before: str) -> str:
    """Return the SQL of the hash of a seal `s` whose heads, gathered, are `h.digest`."""
    return sha256(
        f"""jsonb_build_array(1, {before}, s.number, (extract(epoch FROM s.at) * 1000000)::bigint,
        s.count, h.digest)::text"""
    )


GATHERED = sha256(
    "string_agg(concat_ws(':', journey_id, number, hash), E'\\n' ORDER BY journey_id)"
)

#: Seals whatever moved since the last seal.
SEAL = f"""
WITH moved AS MATERIALIZED (
    SELECT e.journey_id, e.number, e.hash
    FROM journeys_journey j
    JOIN journeys_journalentry e ON e.journey_id = j.id AND e.number = j.version
    LEFT JOIN journeys_sealedhead h ON h.journey_id = j.id AND h.number = j.version
    WHERE h.id IS NULL
), h AS (
    SELECT count(*) AS count, {GATHERED} AS digest FROM moved
), s AS (
    SELECT coalesce(max(number), 0) + 1 AS number, %s::timestamptz AS at, (SELECT count FROM h) AS count
    FROM journeys_journalseal
), sealed AS (
    INSERT INTO journeys_journalseal (number, at, count, hash)
    SELECT s.number, s.at, s.count, {
    seal_after("coalesce((SELECT hash FROM journeys_journalseal ORDER BY number DESC LIMIT 1), '')")
}
    FROM s, h WHERE h.count > 0
    RETURNING id
)
INSERT INTO journeys_sealedhead (seal_id, journey_id, number, hash)
SELECT sealed.id, moved.journey_id, moved.number, moved.hash FROM moved, sealed
"""  # noqa: S608 - every word of it is written here


def seal() -> JournalSeal | None:
    """Seal every journal that moved since the last seal, and return the seal; None when none did."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journeys.seal'))")
        cursor.execute(SEAL, [now()])
        return JournalSeal.objects.latest("number") if cursor.rowcount else None
