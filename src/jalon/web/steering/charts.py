"""A table of figures as bars: where each begins and ends, for the template that draws it."""

import textwrap
from dataclasses import dataclass

from jalon.web.steering.tables import Row, Table

#: How many lines are drawn: beyond, bars say no more than the table beneath.
MOST_BARS = 14
#: Where the longest bar ends, in hundredths of the width: what it is worth is written after it.
WIDEST = 58
#: Letters on a line of a label, and how many lines it has.
LETTERS, LABEL_LINES = 36, 2
#: Heights in pixels: the legend, a line of a label, one bar or two with the space beneath.
LEGEND, LINE, BAR, BARS = 30, 18, 26, 42


@dataclass(frozen=True)
class Bar:
    """A bar: from where, how wide, in hundredths of the width of the drawing."""

    x: str
    width: str
    end: str
    said: str


@dataclass(frozen=True)
class Group:
    """A line of the table, drawn: its label in short lines, and a bar for each period."""

    y: int
    label: tuple[tuple[int, str], ...]
    bars_y: int
    now: Bar
    before: Bar | None


@dataclass(frozen=True)
class Chart:
    """The drawing of a table."""

    groups: tuple[Group, ...]
    height: int
    zero: str


def chart(table: Table) -> Chart | None:
    """Return the drawing of a table; None when there is nothing to draw."""
    rows = table.rows[:MOST_BARS]
    sizes = [cell.size for row in rows for cell in (row.now, row.before) if cell.size]
    if not sizes:
        return None
    low, high = min(0.0, *sizes), max(0.0, *sizes)
    if table.figure.rated:
        high = 100.0
    compared = not table.figure.present
    groups, y = [], LEGEND if compared else 0
    for row in rows:
        groups.append(group(row, y, low, high, compared=compared))
        y = groups[-1].bars_y + (BARS if compared else BAR)
    return Chart(tuple(groups), y, hundredths(place(0.0, low, high)))


def group(row: Row, y: int, low: float, high: float, *, compared: bool) -> Group:
    """Return a line of the table as it is drawn."""
    short = textwrap.shorten(row.label, LETTERS * LABEL_LINES, placeholder="…")
    lines = textwrap.wrap(short, LETTERS)
    label = tuple((y + LINE * (rank + 1) - 4, text) for rank, text in enumerate(lines))
    before = bar(row.before.size, row.before.said, low, high) if compared else None
    now = bar(row.now.size, row.now.said, low, high)
    return Group(y, label, y + LINE * len(lines) + 2, now, before)


def bar(size: float | None, said: str, low: float, high: float) -> Bar:
    """Return a bar, from nothing to its size; one that is worth nothing has no width."""
    here, zero = place(size or 0.0, low, high), place(0.0, low, high)
    start, end = min(here, zero), max(here, zero)
    return Bar(hundredths(start), hundredths(end - start), hundredths(end), said)


def place(size: float, low: float, high: float) -> float:
    """Return where a size stands on the width."""
    return (size - low) / (high - low) * WIDEST


def hundredths(value: float) -> str:
    """Return a length as a drawing writes it, whatever the language."""
    return f"{value:.2f}%"
