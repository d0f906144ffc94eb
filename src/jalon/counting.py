"""How often something was done, counted where all processes count together: two at once are two."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import connection, transaction

from jalon.now import now


def times(what: str, seconds: int) -> int:
    """Count that something is done once more; return how often it was in the period of so many seconds that runs.

    Call it outside of a transaction: what is undone is not counted.
    """
    key = f"times-{what}-{int(now().timestamp()) // seconds}"
    with alone(key):
        count: int = cache.get(key, 0) + 1
        cache.set(key, count, seconds)
    return count


@contextmanager
def alone(key: str) -> Iterator[None]:
    """Keep whoever counts under the same key waiting: a number is read and written before the next one reads it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        yield
