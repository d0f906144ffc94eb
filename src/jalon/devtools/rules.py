"""Lists each rule of the law with the code that enforces it and the tests that prove it."""

import ast
import importlib
import json
import pkgutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import jalon
from jalon.law.clocks import french_period
from jalon.law.rulebook import Version, enforcers
from jalon.law.rulebook import rules as all_rules

TESTS = Path(__file__).resolve().parents[3] / "tests"


def main(arguments: list[str]) -> int:
    """Print the rules, one block each or as JSON; return 0."""
    lines = table()
    if "--json" in arguments:
        print(json.dumps(lines, ensure_ascii=False, indent=1))
        return 0
    for line in lines:
        print(f"{line['id']}  {line['area']}")
        for version in line["versions"]:
            _print_version(version)
        print(f"       appliquée : {', '.join(line['enforced_by']) or 'NULLE PART'}")
        print(f"       prouvée   : {', '.join(line['tests']) or 'aucun test'}")
    enforced = sum(bool(line["enforced_by"]) for line in lines)
    proven = sum(bool(line["enforced_by"] and line["tests"]) for line in lines)
    print(
        f"\n{len(lines)} règles, {enforced} appliquées, {proven} appliquées et prouvées par un test"
    )
    return 0


def table() -> list[dict[str, Any]]:
    """Return one dictionary a rule: id, area, anchor, versions, enforced_by, tests."""
    import_every_room()
    where, tests = enforcers(), marked_tests()
    return [
        {
            "id": rule.id,
            "area": rule.area,
            "anchor": rule.anchor,
            "versions": [_version(version) for version in rule.versions],
            "enforced_by": sorted(where.get(rule.id, ())),
            "tests": sorted(tests.get(rule.id, ())),
        }
        for rule in all_rules().values()
    ]


def _print_version(version: dict[str, Any]) -> None:
    print(f"       {version['id']} ({version['period']}) : {version['text']}")
    print(f"           {version['article']} ({version['confidence']}, lu le {version['read_on']})")
    if figures := [f"{name} = {figure}" for name, figure in version["values"].items()]:
        print(f"           {', '.join(figures)}")


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "period": french_period(version.period),
        "article": version.article,
        "legifrance": version.legifrance,
        "text": version.text,
        "confidence": version.confidence,
        "read_on": version.read_on.isoformat(),
        "values": dict(version.values),
    }


def import_every_room() -> None:
    """Import each module of the house, so that everything marked `enforces` is known."""
    for module in pkgutil.walk_packages(jalon.__path__, "jalon."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)


def marked_tests() -> dict[str, set[str]]:
    """Return the tests that carry the mark of each rule, read from their source."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for rule in marks(node):
                    found[rule].add(f"{path.relative_to(TESTS)}::{node.name}")
    return found


def marks(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    """Return the rule ids in the decorators `@pytest.mark.rule("R-nnn", …)` of a test."""
    return [
        argument.value
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "rule"
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
