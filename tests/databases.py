"""One migrated template for all workers, and a clone for each."""

import fcntl
import hashlib
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

SOURCES = Path(__file__).parents[1] / "src" / "jalon"


def fingerprint() -> str:
    """Return a name for the present set of migrations."""
    digest = hashlib.sha256()
    for path in sorted(SOURCES.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def template(worker: str) -> str:
    """Make the template if this set of migrations has none, clone it, return the clone's name."""
    template_name, clone = f"jalon_template_{fingerprint()}", f"jalon_test_{worker}"
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with server() as connection:
            known = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [template_name]
            ).fetchone()
            if not known:
                create(connection, template_name, "template0")
                migrate(template_name)
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(clone))
            )
            create(connection, clone, template_name)
    return clone


def server() -> psycopg.Connection:
    """Return a connection to the server's own database."""
    given = connections["default"].settings_dict
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"] or None,
        password=given["PASSWORD"] or None, dbname="postgres", autocommit=True,
    )  # fmt: skip


def create(connection: psycopg.Connection, name: str, template_name: str) -> None:
    """Create a database from another."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template_name)
        )
    )


def migrate(name: str) -> None:
    """Bring a new database to this version."""
    handler = connections["default"]
    before = handler.settings_dict["NAME"]
    handler.close()
    handler.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
    finally:
        handler.close()
        handler.settings_dict["NAME"] = before
