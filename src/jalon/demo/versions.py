"""Knows whether the data of a demonstration were made by these very migrations.

Before a release, migrations are squashed and written again: a demonstration made by the former
ones cannot be brought forward. The migrations that made it stand in the comment of its schema.
"""

import hashlib
import inspect
import json

from django.db import connection
from django.db.migrations.loader import MigrationLoader

Fingerprints = dict[str, str]


def outdated() -> bool:
    """Tell whether a migration that made these data has changed since, or is there no more."""
    current, made_by = fingerprints(), remembered()
    applied = {f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations}
    ours = {one.split(".")[0] for one in current}
    return any(
        one not in current or made_by.get(one) != current[one]
        for one in applied
        if one.split(".")[0] in ours
    )


def remember() -> None:
    """Write down, in the database itself, which migrations made its data."""
    kept = json.dumps(fingerprints())
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_literal(%s)", [kept])
        cursor.execute(f"COMMENT ON SCHEMA public IS {cursor.fetchone()[0]}")


def remembered() -> Fingerprints:
    """Return which migrations made these data; none when nobody wrote it down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        (comment,) = cursor.fetchone()
    try:
        kept = json.loads(comment or "")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def fingerprints() -> Fingerprints:
    """Return what each migration of Jalon is now, by its name."""
    return {
        f"{app}.{name}": hashlib.sha256(inspect.getsource(type(migration)).encode()).hexdigest()[
            :16
        ]
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if type(migration).__module__.startswith("jalon.")
    }
