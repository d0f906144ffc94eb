"""Knows whether the data of a demonstration were made by these very migrations.

Before a release, migrations are squashed and written again: a demonstration made by the former
ones cannot be brought forward. The migrations that made it stand in the comment of its schema.
"""

import hashlib
import inspect
import json

from django.db import connection

from jalon.config import history

Fingerprints = dict[str, str]


def outdated() -> bool:
    """Tell whether a migration that made these data has changed since, or is there no more."""
    current, made_by = fingerprints(), remembered()
    ours = {one.split(".")[0] for one in current}
    standing = {
        f"{app}.{name}" for app, name in history.applied() - history.replaced() if app in ours
    }
    gone = (standing | made_by.keys()) - current.keys()
    return bool(gone) or any(made_by.get(one) != current[one] for one in standing)


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
        for (app, name), migration in history.on_disk().items()
        if type(migration).__module__.startswith("jalon.")
    }
