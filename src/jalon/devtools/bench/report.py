"""Tells what was measured: a table for people, JSON for the rest."""

import os
import platform
from typing import Any

from jalon.devtools.bench.rounds import MANY, Measure, Results, Sql

COLUMNS = (
    "mesure",
    "requêtes",
    "lignes lues",
    "blocs",
    "PostgreSQL ms",
    "p50 ms",
    "p95 ms",
    f"p50 à {MANY}",
    f"p95 à {MANY}",
    "CPU web ms",
    "octets",
    "× nue",
    f"× nue à {MANY}",
    "croissance",
    "croissance PG",
)
#: How many of the costliest statements of each measure the JSON tells.
COSTLIEST = 3


def table(results: Results) -> str:
    """Return the measures as a table, with what each column is."""
    rows = [COLUMNS, *(row(one) for one in results.measures)]
    widths = [max(len(line[place]) for line in rows) for place in range(len(COLUMNS))]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in rows
    ]
    return "\n".join([*lines, "", *notes(results)])


def row(measure: Measure) -> tuple[str, ...]:
    """Return the cells of a measure."""
    found = figures(measure)
    return (
        measure.label,
        counted(measure),
        str(found["rows"]),
        str(found["blocks"]),
        *(shown(found[name]) for name in ("pg_ms", "p50_1", "p95_1", "p50_8", "p95_8", "cpu_ms")),
        str(found["bytes"] or "—"),
        *(shown(found[name]) for name in ("ratio_1", "ratio_8", "growth", "growth_pg")),
    )


def counted(measure: Measure) -> str:
    """Return how many statements a measure sends, and how many with fewer journeys when it differs."""
    here, below = len(measure.here.statements), len(measure.below.statements)
    return str(here) if here == below else f"{here} ({below})"


def shown(value: float | None) -> str:
    """Return a number as a table shows it."""
    return "—" if value is None else f"{value:.1f}"


def notes(results: Results) -> list[str]:
    """Return what the columns are, and what was measured beside them."""
    held = ", ".join(f"{one.pss:.0f} Mo ({one.rss:.0f} résidents)" for one in results.memory)
    floor = shown(results.floor)
    return [
        f"{results.size} parcours ; croissance : combien de fois plus qu’avec {results.below} (p50, puis PostgreSQL).",
        "× nue : combien de fois le temps d’une fonction WSGI nue qui envoie les mêmes requêtes SQL ;",
        f"une réponse vide du même serveur prend {floor} ms, client compris.",
        "lignes lues, blocs, PostgreSQL ms (préparation et exécution) : EXPLAIN (ANALYZE, BUFFERS).",
        f"Mémoire par processus web ({results.workers}) : {held or '—'}.",
    ]


def document(results: Results) -> dict[str, Any]:
    """Return everything that was measured, ready for JSON; times are in milliseconds."""
    return {
        "size": results.size,
        "below": results.below,
        "workers": results.workers,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "empty_answer_ms": rounded(results.floor),
        "memory_mb": [{"rss": rounded(one.rss), "pss": rounded(one.pss)} for one in results.memory],
        "measures": [figures(one) for one in results.measures],
    }


def figures(measure: Measure) -> dict[str, Any]:
    """Return what was measured of one page or operation."""
    here, below = measure.here.cost, measure.below.cost
    many = measure.p50("page many")
    return {
        "name": measure.name,
        "label": measure.label,
        "statements": len(measure.here.statements),
        "rows": here.rows,
        "blocks": here.blocks,
        "planning_ms": rounded(here.planning),
        "running_ms": rounded(here.running),
        "pg_ms": rounded(here.time),
        "bytes": measure.size,
        "p50_1": rounded(measure.p50("page")),
        "p95_1": rounded(measure.p95("page")),
        "p50_8": rounded(many),
        "p95_8": rounded(measure.p95("page many")),
        "requests_a_second_8": rounded(MANY * 1000 / many) if many else None,
        "cpu_ms": rounded(measure.cpu("page many")),
        "bare_cpu_ms": rounded(measure.cpu("bare many")),
        "bare_p50_1": rounded(measure.p50("bare")),
        "bare_p50_8": rounded(measure.p50("bare many")),
        "ratio_1": rounded(measure.ratio("page", "bare")),
        "ratio_8": rounded(measure.ratio("page many", "bare many")),
        "growth": rounded(measure.ratio("page", "below")),
        "growth_pg": rounded(here.time / below.time) if below.time else None,
        "below": {
            "statements": len(measure.below.statements),
            "rows": below.rows,
            "blocks": below.blocks,
            "pg_ms": rounded(below.time),
            "p50_1": rounded(measure.p50("below")),
        },
        "costliest": costliest(measure.here),
    }


def costliest(sql: Sql) -> list[dict[str, Any]]:
    """Return the statements that cost PostgreSQL the most time."""
    pairs = sorted(zip(sql.costs, sql.statements, strict=True), key=lambda pair: -pair[0].time)
    return [
        {
            "rows": cost.rows,
            "planning_ms": rounded(cost.planning),
            "running_ms": rounded(cost.running),
            "sql": statement.sql,
        }
        for cost, statement in pairs[:COSTLIEST]
    ]


def rounded(value: float | None) -> float | None:
    """Return a number short enough to be read."""
    return None if value is None else round(value, 2)
