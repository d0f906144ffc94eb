"""How much of a trial is run: all of it when it is asked for by name, a sample in the suite."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.apps import apps
from django.db import connection, models

Thing = TypeVar("Thing")

#: `./jalon test access` and its like say this.
WHOLE = bool(os.environ.get("JALON_WHOLE_TRIAL"))
#: What a look or a refusal may leave behind: who read what, sessions, jobs, tries to sign in.
LEFT_BY_A_LOOK = (
    "journeys_accesslog",
    "journeys_listread",
    "django_session",
    "procrastinate_",
    "account_",
    "django_",
)


def sample(things: Iterable[Thing], *, one_in: int) -> Iterator[Thing]:
    """Yield everything in a whole trial, and one thing in so many otherwise."""
    for number, thing in enumerate(things):
        if WHOLE or number % one_in == 0:
            yield thing


def say(trial: str, counts: Counter[str]) -> None:
    """Print what a trial did, for whoever ran it to read."""
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(f"\n{trial}{' (whole)' if WHOLE else ' (sample)'}: {told}")


def fingerprint() -> dict[str, int]:
    """Return a figure for the content of each table that nobody changes without a right to."""
    tables = [one._meta.db_table for one in apps.get_models() if kept(one)]
    sums = [
        f"(SELECT '{table}', COALESCE(sum(hashtext(t::text)::bigint), 0) FROM {table} t)"
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sums))
        return {table: int(figure) for table, figure in cursor.fetchall()}


def kept(model: type[models.Model]) -> bool:
    """Say whether a model's table is among those that nobody changes without a right to."""
    table = model._meta.db_table
    return model._meta.managed and not table.startswith(LEFT_BY_A_LOOK)
