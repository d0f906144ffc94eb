"""The layout of the house, read from its source: what no tool checks by itself.

Imports between floors are the import-linter's business. Here: nothing outside the law is keyed by an act
or a stage, and no query climbs to a table of a higher floor.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

SOURCES = Path(__file__).parents[1] / "src" / "jalon"
#: The rooms, the lowest first; two on a line know nothing of each other.
FLOORS = {
    "catalogue": 0,
    "people": 1,
    "journeys": 2,
    "writing": 3,
    "documents": 4,
    "juries": 5,
    "support": 5,
    "mailbox": 6,
    "web": 7,
}
#: Rooms of the product; the demonstration and the engineers' tools stand outside the house.
OUTSIDE_LAW = [*FLOORS, "config"]
KEYED_BY = {"Act", "Stage"}
QUERY_METHODS = {
    "aggregate",
    "all",
    "annotate",
    "count",
    "create",
    "distinct",
    "earliest",
    "exclude",
    "exists",
    "filter",
    "first",
    "get",
    "get_or_create",
    "in_force",
    "kept",
    "last",
    "latest",
    "living",
    "order_by",
    "prefetch_related",
    "running",
    "select_related",
    "to_come",
    "update",
    "values",
    "values_list",
}
QUERY_WORDS = QUERY_METHODS | {
    "F",
    "OuterRef",
    "Prefetch",
    "Q",
    "only",
    "defer",
    "Count",
    "Max",
    "Min",
}


def sources(*rooms: str) -> list[Path]:
    """Return the modules of some rooms, migrations aside."""
    return sorted(
        path
        for room in rooms
        for path in (SOURCES / room).rglob("*.py")
        if "migrations" not in path.parts
    )


def here(path: Path, node: ast.AST) -> str:
    """Return where a node of the source stands, as editors write it."""
    return f"{path.relative_to(SOURCES)}:{getattr(node, 'lineno', 0)}"


# ---------------------------------------------------------------- keyed by act or stage


def names_a_word(node: ast.AST | None) -> bool:
    """Say whether an expression is a member of one of the enumerations, such as `Act.REGISTER`."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in KEYED_BY
        and node.attr.isupper()
    )


def keyed(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the mappings and collections of a module that are made of acts or stages."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and any(names_a_word(key) for key in node.keys):
            yield node
        several = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else ()
        if sum(names_a_word(one) for one in several) > 1:
            yield node


def test_nothing_outside_the_law_is_keyed_by_act_or_stage() -> None:
    found = [
        here(path, node)
        for path in sources(*OUTSIDE_LAW)
        for node in keyed(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_what_is_keyed_is_noticed() -> None:
    source = "A = {Act.REGISTER: 1}\nB = (Stage.LAPSED, Stage.ADMISSIBLE)\n@effect(Act.A, Act.B)\ndef f(): ..."
    assert len(list(keyed(ast.parse(source)))) == 2


# ---------------------------------------------------------------- queries that climb


def floor_of(model: type[models.Model]) -> int:
    """Return the floor of a model; those of libraries stand below all."""
    return FLOORS.get(model._meta.app_label, -1)


def hops(model: type[models.Model], path: str) -> list[int] | None:
    """Return the floors that a lookup goes through from a model, or None when it is not one of its own."""
    floors: list[int] = []
    here: type[models.Model] | None = model
    for number, name in enumerate(path.split("__")):
        if here is None:
            break
        try:
            field = here._meta.get_field(name)
        except FieldDoesNotExist:
            if number == 0:
                return None
            break
        related = field.related_model
        here = related if isinstance(related, type) else None
        if here is not None:
            floors.append(floor_of(here))
    return floors


def climbs(path: str, floor: int) -> bool:
    """Say whether a lookup can only be read as one that reaches a higher floor."""
    starts = [model for model in apps.get_models() if floor_of(model) <= floor]
    readings = [found for model in starts if (found := hops(model, path)) is not None]
    return bool(readings) and all(max(found, default=-1) > floor for found in readings)


def lookups(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield the lookups that a module gives to queries: keywords, and words in quotes."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        if called not in QUERY_WORDS:
            continue
        for keyword in node.keywords:
            if keyword.arg:
                yield node, keyword.arg
        for argument in node.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield node, argument.value.lstrip("-")


def accessors(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield the names on which a query is built by attribute: `journey.hearings.filter(…)`."""
    for node in ast.walk(tree):
        asks = isinstance(node, ast.Attribute) and node.attr in QUERY_METHODS
        if asks and isinstance(node.value, ast.Attribute):
            yield node, node.value.attr


@pytest.mark.parametrize("room", FLOORS)
def test_no_query_climbs_a_floor(room: str) -> None:
    found = []
    for path in sources(room):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node, lookup in [*lookups(tree), *accessors(tree)]:
            if climbs(lookup, FLOORS[room]):
                found.append(f"{here(path, node)} {lookup}")
    assert found == []


def test_a_query_that_climbs_is_noticed() -> None:
    assert climbs("hearings__session__panel", FLOORS["journeys"])
    assert climbs("journeys__isnull", FLOORS["people"])
    assert not climbs("attempt__journey__candidate", FLOORS["juries"])
    assert not climbs("certification__blocs__title", FLOORS["journeys"])
