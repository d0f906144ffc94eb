"""Which migrations a database holds, and those from before 0.1.0 for which today's stand (docs/decisions/0063)."""

from collections.abc import Iterable

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

#: A room and one of its migrations.
Name = tuple[str, str]

TOO_OLD = (
    "{what} vient d’une version d’avant la 0.1.0, et pas de la dernière ({rooms}). Mettez d’abord la base "
    "à jour avec cette dernière version : docs/decisions/0063-one-migration-a-room.md dit comment."
)


def on_disk() -> dict[Name, Migration]:
    """Return the migrations of this version."""
    return dict(MigrationLoader(None).disk_migrations or {})


def replaced() -> set[Name]:
    """Return the migrations that there are no more, for which today's stand."""
    return {old for one in on_disk().values() for old in one.replaces}


def applied() -> set[Name]:
    """Return the migrations that the database at hand says it went through; none when it is new."""
    return set(MigrationRecorder(connection).applied_migrations())


def last(names: Iterable[Name]) -> dict[str, str]:
    """Return the last migration of each room; one that there is no more where there is no other."""
    old = replaced()
    return dict(sorted(names, key=lambda name: (name not in old, name)))


def too_old() -> str:
    """Say what to do with a database that stopped on the way to what a migration stands for; else nothing."""
    found = applied()
    rooms = {
        one.app_label
        for one in on_disk().values()
        if found.intersection(one.replaces) and not found.issuperset(one.replaces)
    }
    return TOO_OLD.format(what="Cette base", rooms=", ".join(sorted(rooms))) if rooms else ""
