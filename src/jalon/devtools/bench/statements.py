"""The SQL that a page or an operation sends, and what PostgreSQL does for it, by EXPLAIN (ANALYZE, BUFFERS).

Rows read are those that the scans of a plan looked at, whether kept or not: what grows when an index
is missing. Blocks are those of 8 kB found in memory or read. The time is that of planning and running.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import connection, transaction

SCANS = ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Sample Scan", "Tid Scan")
EXPLAINABLE = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
#: How many times each statement is explained; the shortest counts, the others waited for the machine.
TIMES = 5


#: What fills the places of a statement: in order, or by name.
Values = tuple[Any, ...] | dict[str, Any] | None


@dataclass(frozen=True)
class Statement:
    """One statement, as it was handed to psycopg."""

    sql: str
    values: Values


@dataclass(frozen=True)
class Cost:
    """What some statements cost PostgreSQL: rows looked at, blocks, milliseconds."""

    rows: int = 0
    blocks: int = 0
    planning: float = 0.0
    running: float = 0.0

    @property
    def time(self) -> float:
        """Return planning and running together, in milliseconds."""
        return self.planning + self.running


def sent_by(do: Callable[[], object]) -> list[Statement]:
    """Return the statements that something sends, in order."""
    sent: list[Statement] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(Statement(sql, plain(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        do()
    return sent


def plain(params: Any) -> Values:
    """Return the values of a statement without what only Jalon knows of them."""
    if params is None:
        return None
    if isinstance(params, dict):
        return {name: word(value) for name, value in params.items()}
    return tuple(map(word, params))


def word(value: Any) -> Any:
    """Return what is stored of a word of the vocabulary; anything else as it is."""
    return value.value if isinstance(value, Enum) else value


def costs(statements: list[Statement], before: Callable[[], object]) -> list[Cost]:
    """Return what each statement costs, in order, in a transaction that leaves nothing."""
    runs = []
    for _ in range(TIMES):
        with transaction.atomic():
            before()
            runs.append([explained(statement) for statement in statements])
            transaction.set_rollback(True)
    return [
        Cost(
            of_each[0].rows,
            of_each[0].blocks,
            min(cost.planning for cost in of_each),
            min(cost.running for cost in of_each),
        )
        for of_each in zip(*runs, strict=True)
    ]


def total(costs: list[Cost]) -> Cost:
    """Return what statements cost together."""
    return Cost(
        sum(cost.rows for cost in costs),
        sum(cost.blocks for cost in costs),
        sum(cost.planning for cost in costs),
        sum(cost.running for cost in costs),
    )


def explained(statement: Statement) -> Cost:
    """Run a statement under EXPLAIN and return its cost; what cannot be explained costs nothing."""
    if not statement.sql.lstrip(" (\n").startswith(EXPLAINABLE):
        return Cost()
    asked = f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY ON, FORMAT JSON) {statement.sql}"
    with connection.cursor() as cursor:
        cursor.execute(asked, statement.values)
        said = cursor.fetchone()[0]
    plan = (json.loads(said) if isinstance(said, str) else said)[0]
    return Cost(
        round(sum(looked_at(node) for node in nodes(plan["Plan"]))),
        blocks_of(plan["Plan"]) + blocks_of(plan.get("Planning", {})),
        plan["Planning Time"],
        plan["Execution Time"],
    )


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return every node of a plan."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def looked_at(node: dict[str, Any]) -> float:
    """Return how many rows a scan looked at."""
    if node["Node Type"] not in SCANS:
        return 0
    set_aside = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float((node["Actual Rows"] + set_aside) * node["Actual Loops"])


def blocks_of(part: dict[str, Any]) -> int:
    """Return how many blocks a part of the answer counts."""
    return int(part.get("Shared Hit Blocks", 0) + part.get("Shared Read Blocks", 0))
