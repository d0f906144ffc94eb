"""The papers that Jalon prints, one module a chapter of the table; `papers` finds those of an act."""

from jalon.documents.generated import (
    accompaniment,
    admissibility,
    feasibility,
    jury,
    leave,
    rectification,
    result,
    validation,
)
from jalon.documents.generated.registry import papers, prints_something

__all__ = [
    "accompaniment",
    "admissibility",
    "feasibility",
    "jury",
    "leave",
    "papers",
    "prints_something",
    "rectification",
    "result",
    "validation",
]
