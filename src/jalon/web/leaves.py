"""A long list, one leaf at a time: reading a leaf costs one statement, and says whether others follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from jalon.web.fields import whole_number

T = TypeVar("T")
#: No list is read further than this.
LAST = 10_000


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """Some rows of a list, in order; `more` says whether others follow."""

    rows: Sequence[T]
    number: int
    more: bool

    @property
    def before(self) -> int:
        """Return the number of the leaf before, 0 for the first."""
        return self.number - 1

    @property
    def after(self) -> int:
        """Return the number of the next leaf, 0 for the last."""
        return self.number + 1 if self.more else 0


def leaf(
    found: "QuerySet[Any, Any]", wanted: str, size: int, read: Callable[[Any], T] = lambda row: row
) -> Leaf[T]:
    """Return the leaf that an address names, the first one when it names none."""
    number = min(max(whole_number(wanted) or 1, 1), LAST)
    begins = (number - 1) * size
    rows = list(found[begins : begins + size + 1])
    return Leaf([read(row) for row in rows[:size]], number, len(rows) > size)
