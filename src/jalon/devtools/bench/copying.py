"""Multiplies journeys by INSERT … SELECT: each row again under another number, a few days earlier.

A batch is the originals once more. A row of a batch bears the id of its original plus STRIDE times a
number: that of the batch for what belongs to one journey, that of a wider circle for what journeys
share (a session, a panel, a team of architects, a certifier). Nothing else links a copy to its
original, so that a reference is moved as the row it names was. Constraints and triggers stay on.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from allauth.mfa.models import Authenticator
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from jalon.demo.people import LAST_NAMES
from jalon.documents.models import Document
from jalon.journeys import models as journeys
from jalon.juries import models as juries
from jalon.law.vocabulary import (
    Attendance,
    MeetingKind,
    MeetingMode,
    OrganisationKind,
    Role,
    Stage,
    Territory,
)
from jalon.mailbox.models import Notice
from jalon.people.models import CandidateProfile, Membership, Organisation, User
from jalon.support.models import Meeting, Milestone, PlannedAction, Quote, Training
from jalon.writing import models as writing

AnyField: TypeAlias = "models.Field[Any, Any]"

#: More than the highest id of an original.
STRIDE = 1_000_000
#: The measured architect keeps so many files, whatever the number of journeys.
OWN_FILES = 61
#: Those nobody took on yet show in every caseload: beyond these, they wait at the neighbour's.
WAITING_BATCHES = 20

#: The circles, and which of them a batch belongs to. Two batches share sessions; ten certifiers have
#: a tenth of the journeys each; a panel sits for fifty batches; three architects follow five.
CIRCLES = {
    "batch": "n",
    "pair": "n / 2",
    "certifier": "mod(n / 2, 10)",
    "panel": "mod(n / 2, 10) + 10 * (n / 500)",
    "team": "n / 5",
}

BATCHES = f"""
CREATE TEMPORARY TABLE bench_batch ON COMMIT DROP AS
SELECT *, mod(pair, 10) AS days, make_interval(days => mod(pair, 10), secs => mod(batch * 7919, 3000)) AS ago
FROM (SELECT {", ".join(f"{sql} AS {name}" for name, sql in CIRCLES.items())}
      FROM generate_series(0, %s) AS n) AS numbered
"""  # noqa: S608 - every word of it is written here

#: In which circle each original account is repeated; the office and the administrator are not.
PEOPLE = """
CREATE TEMPORARY TABLE bench_person ON COMMIT DROP AS
SELECT id, CASE
    WHEN EXISTS (SELECT FROM journeys_journey j WHERE j.candidate_id = u.id) THEN 'batch'
    WHEN EXISTS (SELECT FROM people_membership m WHERE m.user_id = u.id AND m.role = %s) THEN 'certifier'
    WHEN EXISTS (SELECT FROM people_membership m WHERE m.user_id = u.id AND m.role = %s) THEN 'panel'
    WHEN EXISTS (SELECT FROM journeys_journey j WHERE j.architect_id = u.id) THEN 'team'
    ELSE 'nobody' END AS circle
FROM people_user u WHERE id < %s
"""


@dataclass(frozen=True)
class Copied:
    """A table whose rows are repeated in a circle, all of them or those of some originals."""

    model: type[models.Model]
    circle: str = "batch"
    only: str = "t.id < {stride}"
    order: str = ""


def of_people(model: type[models.Model], column: str, *circles: str) -> list[Copied]:
    """Return how the rows of a table about people are repeated: each as its person is."""
    theirs = "t.id < {{stride}} AND t.{} IN (SELECT id FROM bench_person WHERE circle = '{}')"
    return [Copied(model, circle, theirs.format(column, circle)) for circle in circles]


#: The tables, each after those it names where a trigger looks at them.
TABLES: list[Copied] = [
    *of_people(User, "id", "batch", "certifier", "panel", "team"),
    Copied(
        Organisation, "certifier", f"t.id < {{stride}} AND t.kind = '{OrganisationKind.CERTIFIER}'"
    ),
    *of_people(Membership, "user_id", "certifier", "panel", "team"),
    Copied(CandidateProfile),
    Copied(juries.Juror, "panel"),
    Copied(juries.Juror.qualified_for.through, "panel"),
    Copied(journeys.Journey, only="t.candidate_id < {stride}"),
    Copied(journeys.Journey.targeted.through),
    Copied(writing.Experience),
    Copied(writing.FeasibilityFile),
    Copied(writing.BlocClaim),
    Copied(writing.CompetenceClaim),
    Copied(journeys.AdmissibilityDecision),
    Copied(journeys.Gap),
    Copied(journeys.Attempt),
    Copied(journeys.Attempt.blocs.through),
    Copied(writing.ValidationFile),
    Copied(writing.Section),
    Copied(journeys.BlocAward),
    Copied(journeys.Clock),
    Copied(journeys.JournalEntry, order="ORDER BY t.number"),  # a chain is made from its first line
    Copied(journeys.AccessLog),
    Copied(juries.Session, "pair"),
    Copied(juries.Seat, "pair"),
    Copied(juries.Hearing),
    Copied(juries.Vacancy),
    Copied(juries.Declaration),
    Copied(juries.Assessment),
    Copied(juries.Vote),
    Copied(juries.Addendum),
    Copied(
        Document,
        only="EXISTS (SELECT FROM journeys_journey j "
        "WHERE j.id = t.journey_id AND j.candidate_id < {stride})",
    ),
    Copied(Meeting),
    Copied(Milestone),
    Copied(PlannedAction),
    Copied(Training),
    Copied(Quote),
    Copied(Notice, only="t.id < {stride} AND t.entry_id IS NOT NULL"),
    Copied(Notice, "pair", only="t.id < {stride} AND t.entry_id IS NULL"),  # about a session
]

QUOTED = ", ".join(f"'{name}'" for name in LAST_NAMES)
ANOTHER_NAME = (
    f"split_part(t.last_name, '-', 1) || '-' || "
    f"(ARRAY[{QUOTED}])[1 + mod(t.id + c.{{circle}}, {len(LAST_NAMES)})]"
)

#: What is not copied as it is. Minutes are signed last: signed ones accept neither vote nor finding.
VALUES: dict[str, str] = {
    "people_user.email": "replace(t.email, '@', '.' || c.{circle} || '@')",
    "people_user.last_name": ANOTHER_NAME,
    "people_organisation.siret": "(t.siret::bigint + 100 * c.{circle})::text",
    "people_organisation.name": "t.name || ' ' || c.{circle}",
    "journeys_journey.reference": "t.reference || '-' || c.batch",
    "journeys_blocaward.verification_code": "upper(left(md5(t.verification_code || c.batch), 20))",
    "juries_session.reference": "t.reference || '-' || c.pair",
    "juries_hearing.starts_at": "t.starts_at + mod(c.batch, 2) * interval '90 minutes'",
    "juries_hearing.locked_at": "NULL",
    "mailbox_notice.about": "CASE WHEN t.entry_id IS NULL "
    f"THEN (split_part(t.about, '@', 1)::bigint + {STRIDE} * c.{{circle}})::text "
    "|| substr(t.about, length(split_part(t.about, '@', 1)) + 1) ELSE t.about END",
    "documents_document.file": "t.file || '.' || c.batch",
}


def multiply(first: int, last: int) -> None:
    """Add the batches from `first` on, `last` not included; the originals are batch 0."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        # No trigger is ignored; left unsaid, each asks, fails and looks through all that waits.
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")
        cursor.execute("DROP TABLE IF EXISTS bench_batch, bench_person")
        cursor.execute(BATCHES, [last])
        cursor.execute("CREATE UNIQUE INDEX ON bench_batch (batch)")
        cursor.execute("ANALYZE bench_batch")
        cursor.execute(PEOPLE, [Role.CERTIFIER, Role.JUROR, STRIDE])
        cursor.execute("CREATE UNIQUE INDEX ON bench_person (id)")
        cursor.execute("ANALYZE bench_person")
        certifier = Organisation.objects.filter(kind=OrganisationKind.CERTIFIER).earliest("pk").pk
        for table in TABLES:
            cursor.execute(insertion(table, certifier), [first, last])
            if table.model is juries.Hearing:
                cursor.execute("ANALYZE juries_hearing")  # the triggers of the next ones look there
        finish(cursor, first, last)


def insertion(table: Copied, certifier: int) -> str:
    """Return the statement that repeats the rows of a table; its parameters are first and last batch."""
    name = table.model._meta.db_table
    columns = {
        field.column: value(table, field, certifier)
        for field in table.model._meta.concrete_fields
        if not getattr(field, "generated", False)
    }
    people = [
        f"LEFT JOIN bench_person {field.column} ON {field.column}.id = t.{field.column}"
        for field in table.model._meta.concrete_fields
        if field.related_model is User
    ]
    return f"""
    INSERT INTO {name} ({", ".join(f'"{column}"' for column in columns)})
    SELECT {", ".join(columns.values())} FROM {name} t {" ".join(people)} CROSS JOIN (
        SELECT DISTINCT ON ({table.circle}) * FROM bench_batch ORDER BY {table.circle}, batch
    ) c WHERE c.batch >= %s AND c.batch < %s AND {table.only.format(stride=STRIDE)}
    {table.order}
    """  # noqa: S608 - every word of it is written here


def value(table: Copied, field: AnyField, certifier: int) -> str:
    """Return what a copy bears in a column."""
    name = f"{table.model._meta.db_table}.{field.column}"
    column = f't."{field.column}"'
    if name in VALUES:
        return VALUES[name].format(circle=table.circle)
    if name == "journeys_journey.organisation_id":
        return elsewhere(column)
    if field.primary_key:
        return moved(field, column, table.circle)
    if isinstance(field, models.ForeignKey):
        return reference(field, column, certifier)
    if isinstance(field, models.DateTimeField):
        return f"{column} - c.ago"
    return f"{column} - c.days" if isinstance(field, models.DateField) else column


def reference(field: "models.ForeignKey[Any, Any]", column: str, certifier: int) -> str:
    """Return the row that a copy names: moved as that row was, or the same when it has no copy."""
    if field.related_model is Organisation:
        return f"{column} + CASE {column} WHEN {certifier} THEN {STRIDE} * c.certifier ELSE 0 END"
    if field.related_model is User:
        return f"{column} + {STRIDE} * {number_of(str(field.column))}"
    circle = next((one.circle for one in TABLES if one.model is field.related_model), None)
    return moved(field.target_field, column, circle) if circle else column


def moved(key: AnyField, column: str, circle: str) -> str:
    """Return the id that the copy of a row has in a circle."""
    if isinstance(key, models.UUIDField):
        return f"md5({column}::text || '/' || c.{circle})::uuid"
    return f"{column} + {STRIDE} * c.{circle}"


def number_of(person: str) -> str:
    """Return the number of the circle in which a person, joined under this name, is repeated."""
    numbers = " ".join(f"WHEN '{circle}' THEN c.{circle}" for circle in CIRCLES)
    return f"CASE {person}.circle {numbers} ELSE 0 END"


def elsewhere(column: str) -> str:
    """Return the organisation of a copy: that of its original, or the neighbour while nobody took it on."""
    return f"""CASE WHEN t.stage = '{Stage.REGISTERED}' AND {column} IS NOT NULL
        AND c.batch >= {WAITING_BATCHES} THEN (
        SELECT id FROM people_organisation WHERE kind = '{OrganisationKind.ACCOMPANIST}'
        AND id <> {column} ORDER BY id LIMIT 1) ELSE {column} END"""  # noqa: S608 - our own words


# ---------------------------------------------------------------- what follows


JOBS = f"""
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
SELECT queue_name, task_name, jsonb_build_object('entry_id', (args->>'entry_id')::bigint + {STRIDE} * batch),
    (CASE WHEN mod(id + batch, 20000) = 0 THEN 'failed' ELSE 'succeeded' END)::procrastinate_job_status, 1
FROM procrastinate_jobs CROSS JOIN bench_batch
WHERE batch >= %s AND batch < %s AND (args->>'entry_id')::bigint < {STRIDE}
"""  # noqa: S608 - a number of ours

SIGNATURES = f"""
UPDATE juries_hearing h SET locked_at = o.locked_at - c.ago
FROM juries_hearing o, bench_batch c
WHERE c.batch >= %s AND c.batch < %s AND h.id = o.id + {STRIDE} * c.batch
AND o.id < {STRIDE} AND o.locked_at IS NOT NULL
"""  # noqa: S608 - a number of ours

#: The measured architect, the first of all, hands the surplus over to the next one.
HAND_OVER = """
WITH architects AS (SELECT DISTINCT user_id FROM people_membership WHERE role = %s AND user_id < %s
                    AND EXISTS (SELECT FROM journeys_journey WHERE architect_id = user_id)
                    ORDER BY user_id LIMIT 2),
surplus AS (SELECT id FROM journeys_journey WHERE architect_id = (SELECT min(user_id) FROM architects)
            ORDER BY candidate_id OFFSET %s)
UPDATE journeys_journey SET architect_id = (SELECT max(user_id) FROM architects)
WHERE id IN (SELECT id FROM surplus)
"""

#: Each journey that was taken on has a meeting, half a day after the one before in the same agenda.
MEETINGS = f"""
INSERT INTO support_booking (journey_id, architect_id, kind, mode, territory, link, starts_at, ends_at,
    attendance, revision, changed_at, reason)
SELECT id, architect_id, '{MeetingKind.FOLLOW_UP}', '{MeetingMode.PHONE}', '{Territory.METROPOLE}', '', begins,
    begins + interval '1 hour', CASE WHEN begins < now() THEN '{Attendance.HELD}' ELSE '{Attendance.EXPECTED}' END,
    0, now(), ''
FROM (SELECT j.id, j.architect_id, coalesce(taken.last, now() - interval '15 days') + interval '12 hours'
        * row_number() OVER (PARTITION BY j.architect_id ORDER BY j.candidate_id) AS begins
    FROM journeys_journey j
    LEFT JOIN (SELECT architect_id, max(starts_at) AS last FROM support_booking GROUP BY architect_id) taken
        USING (architect_id)
    WHERE j.architect_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM support_booking b WHERE b.journey_id = j.id)) AS unmet
"""  # noqa: S608 - every word of it is written here

#: Staff have a second factor; it's never asked here.
SECOND_FACTORS = f"""
INSERT INTO {Authenticator._meta.db_table} (user_id, type, data, created_at)
SELECT DISTINCT user_id, 'totp', '{{"secret": ""}}'::jsonb, now() FROM people_membership m
WHERE NOT EXISTS (SELECT FROM {Authenticator._meta.db_table} a WHERE a.user_id = m.user_id)
"""  # noqa: S608 - a name of a table


def finish(cursor: CursorWrapper, first: int, last: int) -> None:
    """Sign the minutes, hand files over, book meetings, and fill the queue with finished jobs."""
    cursor.execute(SIGNATURES, [first, last])
    cursor.execute(JOBS, [first, last])
    cursor.execute(HAND_OVER, [Role.ARCHITECT, STRIDE, OWN_FILES])
    cursor.execute(MEETINGS)
    cursor.execute(SECOND_FACTORS)


def number_on() -> None:
    """Let the numbers of new rows follow the last one; no rollback takes it back."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if not isinstance(table.model._meta.pk, models.UUIDField):
                name = table.model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"  # noqa: S608
                )
