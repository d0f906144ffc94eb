"""What a simulation and the database must agree on."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from jalon.law.case import Case
from jalon.law.vocabulary import Role


def comparable(case: Case) -> dict[str, Any]:
    """Return a case without what no simulation can know: the hour of an act, the order of rows."""
    parts: dict[str, Any] = vars(replace(case, actor=Role.SYSTEM)).copy()
    for name in ("feasibility", "validation"):
        parts[name] = {field: flat(value) for field, value in vars(parts[name]).items()}
    parts["clocks"] = sorted(map(repr, case.clocks))
    parts["filings"] = sorted(map(repr, case.filings))
    return {name: flat(value) for name, value in parts.items()}


def flat(value: Any) -> Any:
    """Return a moment as the fact that there is one, a list without its order."""
    if isinstance(value, datetime):
        return True
    return sorted(value) if isinstance(value, tuple | frozenset) else value
