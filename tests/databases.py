"""One migrated template for all workers, and a clone for each."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from jalon.config.backup import address

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "jalon"


def fingerprint() -> str:
    """Return a name for the present set of migrations, ours and the libraries'."""
    digest = hashlib.sha256()
    others = [ROOT / "requirements.lock", SOURCES / "config" / "settings.py", SOURCES / "tables.py"]
    for path in [*sorted(SOURCES.glob("*/migrations/*.py")), *others]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def clone() -> Iterator[str]:
    """Lend this process its own copy of the template, made first if the migrations are new."""
    model, name = f"jalon_template_{fingerprint()}", f"jalon_test_{os.getpid()}"
    with turn() as connection:
        names = databases(connection)
        for old in names:
            if abandoned(old):
                drop(connection, old)
        if model not in names:
            create(connection, f"{model}_draft", "template0")
            migrate(f"{model}_draft")
            rename(connection, f"{model}_draft", model)
        create(connection, name, model)
    try:
        yield name
    finally:
        with server() as connection:
            drop(connection, name)


@contextmanager
def turn() -> Iterator[psycopg.Connection]:
    """Wait until no other process makes databases, and lend a connection to the server."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with server() as connection:
            yield connection


def databases(connection: psycopg.Connection) -> list[str]:
    """Return the names of the server's databases."""
    return [name for (name,) in connection.execute("SELECT datname FROM pg_database")]


def abandoned(name: str) -> bool:
    """Tell whether a database is a half-made template, or belonged to a process that is gone."""
    if name.startswith("jalon_template_"):
        return name.endswith("_draft")
    owner = name.removeprefix("jalon_test_").partition("_")[0]
    return name.startswith("jalon_test_") and not (owner.isdecimal() and lives(int(owner)))


def lives(process: int) -> bool:
    """Tell whether a process of this machine runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def server() -> psycopg.Connection:
    """Return a connection to the server's own database."""
    given = connections["default"].settings_dict
    return psycopg.connect(
        host=given["HOST"],
        port=given["PORT"] or None,
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def create(connection: psycopg.Connection, name: str, template_name: str) -> None:
    """Create a database from another."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template_name)
        )
    )


@contextmanager
def new_database(what: str) -> Iterator[str]:
    """Lend the address of an empty database on the same server."""
    name = f"jalon_test_{os.getpid()}_{what}"
    with server() as connection:
        drop(connection, name)
        create(connection, name, "template0")
    yield psycopg.conninfo.make_conninfo(address(), dbname=name)
    with server() as connection:
        drop(connection, name)


def rename(connection: psycopg.Connection, name: str, new: str) -> None:
    """Give a database its final name: a template is whole, or it is not there."""
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new))
    )


def drop(connection: psycopg.Connection, name: str) -> None:
    """Remove a database, whoever still reads it."""
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def migrate(name: str) -> None:
    """Bring a new database to this version."""
    with working_on(psycopg.conninfo.make_conninfo(address(), dbname=name)):
        call_command("migrate", verbosity=0)


@contextmanager
def working_on(address: str) -> Iterator[None]:
    """Let this process work on another database for a while."""
    handler = connections["default"]
    before = handler.settings_dict
    parts = psycopg.conninfo.conninfo_to_dict(address)
    handler.close()
    handler.settings_dict = before | {
        "NAME": parts["dbname"],
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
    }
    try:
        yield
    finally:
        handler.close()
        handler.settings_dict = before
