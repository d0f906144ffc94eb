"""What the database refuses to whoever writes to it: every guard of ours always stands, for everybody.

Migrations make the guards; this is done after each, so that none is left in the weaker state in which
PostgreSQL makes them: a session may say that it replicates, name a guard to be ignored, or shadow a table
by one of its own.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections

#: The triggers that are ours; those of the queue are its own.
OURS = """
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND n.nspname = 'public' AND c.relname NOT LIKE 'procrastinate%'
"""

STRENGTHEN = f"""
DO $do$ DECLARE one record;
BEGIN
    FOR one IN SELECT c.oid::regclass AS "table", t.tgname AS name {OURS} AND t.tgenabled <> 'A' LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', one."table", one.name);
    END LOOP;
    FOR one IN SELECT DISTINCT p.oid::regprocedure AS function {OURS} AND p.proconfig IS NULL LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', one.function);
    END LOOP;
END $do$;
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT false';
"""


def strengthen(using: str = "default", **signal: Any) -> None:
    """Let every guard stand whoever the session says it is; called after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute(STRENGTHEN)


def weak(using: str = "default") -> list[str]:
    """Return the guards that a session could pass, or that somebody switched off."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT t.tgname {OURS} AND t.tgenabled <> 'A' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


#: Rows that stay as they were written, by a guard of the table's name (`jalon_rows_stay`).
STAY = (
    "journeys_accesslog",
    "journeys_listread",
    "journeys_purge",
    "journeys_journalseal",
    "journeys_sealedhead",
    "journeys_blocaward",
    "journeys_admissibilitydecision",
    "journeys_gap",
    "writing_feasibilityfile",
    "writing_admissibilityrequest",
    "writing_blocclaim",
    "writing_competenceclaim",
    "writing_experience",
    "writing_validationfile",
    "writing_section",
    "writing_sectionversion",
    "writing_helpedtext",
    "documents_document",
    "support_attendancesignature",
)
#: The guards that migrations make by hand; those of the models are said by their `Meta`.
BY_HAND = (
    "journal_rows_stay",
    "journal_is_not_emptied",
    "journal_is_chained",
    "erasure_is_told",
    *(f"{table}_{what}" for table in STAY for what in ("stays", "is_not_emptied")),
)


def absent(using: str = "default") -> list[str]:
    """Return the guards that should be there and are not."""
    said = [
        trigger.get_pgid(model)
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", ())
    ]
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT t.tgname {OURS}")
        there = {name for (name,) in cursor.fetchall()}
    return sorted({*BY_HAND, *said} - there)


#: What the application may do with tables to which it only adds; everywhere else it reads, adds, changes, deletes.
ONLY_ADDED = (
    "journeys_journalentry",
    "journeys_accesslog",
    "journeys_listread",
    "journeys_purge",
    "journeys_journalseal",
    "journeys_sealedhead",
    "juries_declaration",
    "juries_liftedlink",
    "juries_addendum",
)
#: What it changes and never deletes; of some, only a few columns.
NEVER_DELETED = {
    "journeys_journey": "",
    "journeys_admissibilitydecision": "",
    "journeys_blocaward": "withdrawn_on",
    "juries_hearing": "",
    "support_attendancesignature": "strokes, reason",
}
#: What only migrations change.
ONLY_READ = ("django_migrations",)
#: Where it erases what it may only add to, once a journey is erased (R-122).
DOORS = ("jalon_erase_facts(uuid, text[])", "jalon_erase_looks(uuid)")


def make_role(role: str, using: str = "default") -> None:
    """Make a role that may sign in and owns nothing, unless it is there: in a database of our own."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {connections[using].ops.quote_name(role)} LOGIN")


def grant(role: str, using: str = "default") -> None:
    """Give a role what the application needs, and nothing more; asked by the owner, as often as one likes.

    The role reads, adds and changes rows; it makes no table, drops no guard, empties nothing. Raises
    `ValueError` when it does not exist, is the owner, or may do everything.
    """
    name = connections[using].ops.quote_name(role)
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, pg_has_role(oid, current_user, 'member') FROM pg_roles WHERE rolname = %s",
            [role],
        )
        found = cursor.fetchone()
        if found is None:
            raise ValueError(f"le rôle {role} n’existe pas dans la base")
        if any(found):
            raise ValueError(f"le rôle {role} possède la base ou peut tout : il en faut un autre")
        for statement in grants(name, connections[using].settings_dict["NAME"]):
            cursor.execute(statement)


def grants(role: str, database: str) -> Iterator[str]:
    """Yield what a role, already quoted, is allowed; what it was allowed before is taken back first."""
    quoted = '"' + database.replace('"', '""') + '"'
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}"
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {quoted} FROM PUBLIC, {role}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"REVOKE UPDATE, DELETE ON {', '.join(ONLY_ADDED)} FROM {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(ONLY_READ)} FROM {role}"
    for table, columns in NEVER_DELETED.items():
        yield f"REVOKE DELETE{', UPDATE' if columns else ''} ON {table} FROM {role}"
        if columns:
            yield f"GRANT UPDATE ({columns}) ON {table} TO {role}"
    for door in DOORS:
        yield f"GRANT EXECUTE ON FUNCTION {door} TO {role}"
