"""What serves is what was tried, and nothing of what tries it is installed where it serves."""

import ast
import re

from jalon.cli import ROOT

PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)
#: The packages that try Jalon or keep it clean, as Python knows them.
TOOLS = {
    "pytest",
    "hypothesis",
    "playwright",
    "axe_playwright_python",
    "pypdf",
    "outloud",
    "mypy",
    "xdist",
}


def pins(name: str) -> dict[str, str]:
    """Return the exact versions of a lock."""
    return dict(PINNED.findall((ROOT / name).read_text()))


def test_what_tries_jalon_stands_on_the_very_versions_that_serve() -> None:
    serving, trying = pins("requirements.lock"), pins("requirements-dev.lock")
    assert len(serving) > 20
    assert serving.items() <= trying.items()


def test_nothing_that_tries_jalon_is_installed_where_it_serves() -> None:
    serving, trying = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {"pytest", "hypothesis", "playwright", "mypy", "ruff"} <= trying.keys() - serving.keys()


def test_no_line_that_serves_imports_what_tries() -> None:
    for file in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & TOOLS, file


def test_every_package_has_its_hashes_and_no_lock_names_a_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert text.count("==") <= text.count("--hash=sha256:")
        assert "://" not in text
