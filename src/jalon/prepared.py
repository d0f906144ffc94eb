"""A query written and compiled once in a process, and read with other values each time.

Django makes the SQL of a queryset anew each time it is read. For the few that every page and every act
read, always of the same shape, that takes longer than PostgreSQL does to answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, Expression, Field, Func, QuerySet


class Given(Expression):
    """A value that is named when the query is written, and said when it is read."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return a place in the SQL, held by the expression itself until a value takes it."""
        return "%s", (self,)


class AnyOf(Func):
    """Whether something is among the values of an array."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


@dataclass(frozen=True)
class Compiled:
    """What is kept of a queryset: its SQL, its parameters, and how each column is read."""

    sql: str
    parameters: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]


class Prepared:
    """A queryset of `.values()`, built by the function it decorates, made SQL when it is first read."""

    def __init__(self, build: "Callable[[], QuerySet[Any, Any]]") -> None:
        self.build = build

    @cached_property
    def compiled(self) -> Compiled:
        """Return the queryset as SQL."""
        query = self.build().query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        columns = [expression for expression, _, _ in compiler.select]
        converters = compiler.get_converters(columns)
        names = query.selected or [*query.values_select, *query.annotation_select]
        return Compiled(
            sql,
            tuple(parameters),
            tuple(names),
            tuple((place, how, column) for place, (how, column) in converters.items()),
        )

    def rows(self, **given: Any) -> Iterator[dict[str, Any]]:
        """Read the rows for the values that its `Given` name; raises KeyError for one not given."""
        known = self.compiled
        parameters = [
            given[one.name] if isinstance(one, Given) else one for one in known.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(known.sql, parameters)
            found = cursor.fetchall()
        for row in found:
            values = list(row)
            for place, how, column in known.converters:
                for convert in how:
                    values[place] = convert(values[place], column, connection)
            yield dict(zip(known.names, values, strict=True))


@contextmanager
def planned_each_time() -> Iterator[None]:
    """Let PostgreSQL plan what is read meanwhile for the values that it is given, however often it is read.

    A statement read five times is prepared, and five times later planned once for any value. What counts years
    of rows over days that it is given is then planned for none of them: a figure of ten thousand journeys took
    six seconds instead of a third of one.
    """
    connection.ensure_connection()
    held = connection.connection
    before, held.prepare_threshold = held.prepare_threshold, None
    try:
        yield
    finally:
        held.prepare_threshold = before
