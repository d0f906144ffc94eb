"""Django's own `migrate`, which refuses a database that stopped before 0.1.0, before anything is written."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate

from jalon.config import history


class Command(migrate.Command):
    """Bring the database to this version, unless what it went through is not known any more."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Migrate; raises `CommandError` where an older version has to do it first (0063)."""
        if said := history.too_old():
            raise CommandError(said)
        super().handle(*arguments, **options)
