"""The social security number (NIR): never asked, never kept, and refused where somebody writes it (R-121).

Thirteen figures (sex, year and month of birth, department, town, order), then a key of two that proves them.
"""

import re
from collections.abc import Iterable
from typing import Any

from jalon.law.rulebook import Refusal, enforces

#: What people put between the parts of a number.
GAP = r"[\s.\-/]?"
#: Months are 01 to 12, or above when the birth certificate is not known in full.
NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][\s.\-/])"
    + GAP.join(
        (
            r"([12])",
            r"(\d)",
            r"(\d)",
            r"(0[1-9]|1[0-2]|[2-9]\d)",
            r"(2[AB]|\d\d)",
            r"(\d)",
            r"(\d)",
            r"(\d)",
            r"(\d)",
            r"(\d)",
            r"(\d)",
        )
    )
    + rf"(?:{GAP}(\d){GAP}(\d))?"
    + r"(?![\s.\-/]?[0-9])(?![A-Za-z])",
    re.IGNORECASE,
)
#: The figures by which the two departments of Corsica are counted in the key.
CORSICA = {"2A": "19", "2B": "18"}
MONTHS = frozenset(f"{month:02}" for month in range(1, 13)) | {"20"}


def holds_nir(text: str) -> bool:
    """Say whether a text holds a social security number: with its key, or thirteen figures that fit one."""
    return any(is_nir(found) for found in NUMBER.finditer(text))


def is_nir(found: re.Match[str]) -> bool:
    """Say whether what looks like a number is one: its key fits, or its month is one of a calendar."""
    *parts, first, second = found.groups()
    department = parts[4].upper()
    if first is None:
        return parts[3] in MONTHS
    parts[4] = CORSICA.get(department, department)
    return 97 - int("".join(parts)) % 97 == int(first + second)


def texts(value: Any) -> Iterable[str]:
    """Yield every text of a value, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from texts(one)


@enforces("R-121")
def no_nir_written(value: Any) -> Refusal | None:
    """Refuse a value that holds a social security number, in any of its texts."""
    if not any(map(holds_nir, texts(value))):
        return None
    return Refusal(
        "R-121",
        "Retirez le numéro de sécurité sociale : le parcours n’en a pas besoin, et Jalon ne le garde pas.",
    )
