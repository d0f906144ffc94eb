"""The limit: a bare WSGI function that sends the SQL of a page and answers as many bytes.

It reads what to do from the file that JALON_BENCH names, and knows nothing of Django nor of Jalon.
"""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

#: A page: its statements with their values, and the size of its answer in bytes.
Work = tuple[list[tuple[str, Any]], int]

NOTHING: Work = ([], 0)
SAVEPOINT = "SAVEPOINT "


@cache
def orders() -> tuple[dict[str, Work], dict[str, Any]]:
    """Return what to send for each page, and how the product's connections bind values."""
    with Path(os.environ["JALON_BENCH"]).open("rb") as kept:
        pages, binding = pickle.load(kept)  # noqa: S301 - written by the bench itself
    return pages, binding


@cache
def pool() -> ConnectionPool:
    """Return the connections, opened at the first answer."""
    _, binding = orders()
    return ConnectionPool(
        os.environ["DATABASE_URL"],
        min_size=1,
        max_size=8,
        open=True,
        kwargs={"autocommit": True} | binding,
    )


def in_transactions(statements: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield statements as a page sends them: captured within a transaction, its own began as savepoints."""
    outer = ""
    for statement, values in statements:
        if not outer and statement.startswith(SAVEPOINT):
            outer = statement.removeprefix(SAVEPOINT)
            yield "BEGIN", None
        elif outer and statement == f"RELEASE SAVEPOINT {outer}":
            outer = ""
            yield "COMMIT", None
        else:
            yield statement, values


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Send the statements of the page that the path names, read their rows, answer its bytes."""
    pages, _ = orders()
    statements, size = pages.get(environ["PATH_INFO"].strip("/"), NOTHING)
    with pool().connection() as connection:
        for statement, values in in_transactions(statements):
            cursor: psycopg.Cursor[Any] = connection.execute(statement.encode(), values)
            if cursor.description:
                cursor.fetchall()
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(size))])
    return [b"x" * size]
