"""A figure as a page shows it: each line with its numbers, what is too small kept back (R-116)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jalon.journeys.figures import NOTHING, Line, Measure, Measured
from jalon.law import figures as law
from jalon.law.figures import Rate
from jalon.law.plurals import plural
from jalon.law.rulebook import enforces
from jalon.now import today
from jalon.web.steering.choosing import Choice
from jalon.web.steering.figures import Figure, Shape
from jalon.words import number

#: How many lines a table has: what is behind the others is in the list.
MOST_LINES = 40
NBSP = "\N{NO-BREAK SPACE}"
#: What stands where nothing is counted.
NOTHING_COUNTED = "—"
#: What stands in place of a number that counts too few people.
KEPT_BACK = "non montré"


def lasting(value: float, unit: str) -> str:
    """Return a duration: "12,5 jours"."""
    return f"{number(value)}{NBSP}{unit}{plural(value)}"


@dataclass(frozen=True)
class Cell:
    """What a line says of one period; `size` is how long its bar is, None when nothing is drawn."""

    said: str
    size: float | None = None
    kept_back: bool = False
    most: str = ""
    counted: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a table: `key` names the list behind it, None when it has none of its own."""

    key: str | None
    label: str
    now: Cell
    before: Cell
    change: str = ""

    @property
    def silent(self) -> bool:
        """Say whether it has nothing to say but that its numbers are too small."""
        told = [cell for cell in (self.now, self.before) if cell.said != NOTHING_COUNTED]
        return bool(told) and all(cell.kept_back and not cell.counted for cell in told)


@dataclass(frozen=True)
class Table:
    """A figure, measured: its lines and their total.

    Lines that would only say that they are too small are counted (`silent`), and not shown.
    """

    figure: Figure
    rows: tuple[Row, ...]
    total: Row
    silent: int
    more: int

    @property
    def empty(self) -> bool:
        """Say whether nothing is counted in either period."""
        return not self.rows and not self.silent


def fewest() -> int:
    """Return under how many people no rate is shown today."""
    return law.fewest_people(today())


@enforces("R-116")
def table(figure: Figure, chosen: Choice) -> Table:
    """Measure a figure and return it as it is shown: nothing that counts too few people has a rate."""
    found = chosen.measured(figure.of)
    lines, more = chosen_lines(figure, found)
    labels = figure.names([line.key for line in lines])
    rows = tuple(
        Row(line.key, labels[line.key], now, before, change(figure, line))
        for line, (now, before) in zip(lines, columns(figure, lines, found), strict=True)
    )
    if figure.rare:
        rows = together(figure, rows, lines)
    shown = tuple(row for row in rows if not row.silent)
    return Table(figure, shown, total(figure, found.total), len(rows) - len(shown), more)


def headline(figure: Figure, key: str, chosen: Choice) -> tuple[Cell, Cell]:
    """Return what one line of a figure says, now and before; what it says altogether without a key."""
    found = chosen.measured(figure.of)
    if not key:
        whole = total(figure, found.total)
        return whole.now, whole.before
    told = zip(found.lines, columns(figure, found.lines, found), strict=True)
    nothing = cell(figure, NOTHING, found.total.now), cell(figure, NOTHING, found.total.before)
    return next((cells for line, cells in told if line.key == key), nothing)


def columns(figure: Figure, lines: Sequence[Line], found: Measured) -> Iterator[tuple[Cell, Cell]]:
    """Return what each line says, now and before."""
    now = cells(figure, [line.now for line in lines], found.total.now)
    before = cells(figure, [line.before for line in lines], found.total.before)
    return zip(now, before, strict=True)


def chosen_lines(figure: Figure, found: Measured) -> tuple[list[Line], int]:
    """Return the lines in their order, as many as a table shows, and how many more there are."""
    place = {key: rank for rank, key in enumerate(figure.order)}
    lines = sorted(
        found.lines,
        key=lambda line: (place.get(line.key, len(place)), -line.now.count, line.key),
    )
    return lines[:MOST_LINES], max(len(lines) - MOST_LINES, 0)


def cells(figure: Figure, lines: list[Measure], whole: Measure) -> list[Cell]:
    """Return the cells of a column."""
    kept_back = kept_back_of(figure, lines, whole)
    return [cell(figure, one, whole, kept_back=rank in kept_back) for rank, one in enumerate(lines)]


def kept_back_of(figure: Figure, lines: list[Measure], whole: Measure) -> frozenset[int]:
    """Return the ranks of the lines of a column that are kept back.

    Of many people only that they are many is known: the smallest line is then that which counts least.
    """
    smallest = sorted(range(len(lines)), key=lambda rank: lines[rank].count)
    counts = {rank: min(lines[rank].people, fewest()) for rank in smallest}
    if figure.shape is Shape.PART:
        return frozenset(counts) if 0 < whole.people < fewest() else frozenset()
    return law.hidden(counts, fewest()) if figure.shape is Shape.RATE else frozenset()


def cell(figure: Figure, one: Measure, whole: Measure, *, kept_back: bool = False) -> Cell:
    """Return what a line says of one period."""
    if kept_back:
        return Cell(KEPT_BACK, kept_back=True)
    if figure.shape is Shape.COUNT:
        return Cell(number(one.count), one.count)
    if figure.shape is Shape.DAYS:
        return lasted(figure, one)
    part, whole_of = (
        (one.count, whole.count) if figure.shape is Shape.PART else (one.good, one.count)
    )
    return Cell(NOTHING_COUNTED) if not whole_of else of(Rate(part, whole_of))


def of(rate: Rate) -> Cell:
    """Return a rate, with its two numbers."""
    said = f"{number(rate.part)} sur {number(rate.whole)} · {rate.percent}{NBSP}%"
    return Cell(said, rate.percent)


def lasted(figure: Figure, one: Measure) -> Cell:
    """Return how long it lasted: in the middle, and for nine out of ten."""
    counted = number(one.count)
    if one.median is None or one.most is None:
        return Cell(NOTHING_COUNTED, counted=counted)
    if one.people < fewest():
        return Cell(KEPT_BACK, kept_back=True, counted=counted)
    most = lasting(one.most, figure.unit)
    return Cell(lasting(one.median, figure.unit), one.median, most=most, counted=counted)


def total(figure: Figure, line: Line) -> Row:
    """Return the last line of a table."""
    now, before = (
        cell(figure, one, one, kept_back=0 < one.people < fewest() and figure.rated)
        for one in (line.now, line.before)
    )
    if figure.mixed:
        now, before = Cell(NOTHING_COUNTED, counted=now.counted), Cell(NOTHING_COUNTED)
    if figure.shape is Shape.PART:
        now, before = (all_of(one, told) for one, told in ((line.now, now), (line.before, before)))
    return Row("", "Ensemble", now, before, change(figure, line))


def all_of(measure: Measure, told: Cell) -> Cell:
    """Return how many all the lines count, unless that is kept back: their part is the whole."""
    return told if told.kept_back else Cell(number(measure.count))


def change(figure: Figure, line: Line) -> str:
    """Return by how much a count moved; a rate is read beside its numbers."""
    if figure.shape is not Shape.COUNT:
        return ""
    moved = line.now.count - line.before.count
    return f"+{number(moved)}" if moved > 0 else number(moved) if moved else "="


def together(figure: Figure, rows: tuple[Row, ...], lines: list[Line]) -> tuple[Row, ...]:
    """Return the lines that many people share, then the others as one: what is typed may name somebody."""
    few = [line for line in lines if not line.key or fewer_than_told(line)]
    if not few:
        return rows
    keys = {line.key for line in few}
    both = Line("", summed([line.now for line in few]), summed([line.before for line in few]))
    now, before = (Cell(number(one.count), one.count) for one in (both.now, both.before))
    kept = tuple(row for row in rows if row.key not in keys)
    return (*kept, Row(None, figure.rare, now, before, change(figure, both)))


def fewer_than_told(line: Line) -> bool:
    """Say whether a line counts too few people in both periods."""
    return max(line.now.people, line.before.people) < fewest()


def summed(measures: list[Measure]) -> Measure:
    """Return how many several lines count together."""
    return replace(NOTHING, count=sum(one.count for one in measures))
