"""What stands in `deploy/` names settings and words that exist."""

import re
from pathlib import Path

import pytest

from jalon import cli

DEPLOY = cli.ROOT / "deploy"
FILES = sorted(one for one in DEPLOY.rglob("*") if one.is_file())
READ = "".join(
    (cli.ROOT / "src/jalon" / one).read_text() for one in ("cli.py", "config/settings.py")
)


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.name)
def test_each_setting_and_each_word_that_it_names_exists(file: Path) -> None:
    said = file.read_text()
    for name in re.findall(r"\b(?:JALON_[A-Z_]+|DATABASE_URL)\b", said):
        assert f'"{name}"' in READ
    for word in re.findall(r"/jalon/jalon (\w+)|\./jalon\", \"(\w+)|\./jalon (\w+)", said):
        assert "".join(word) in cli.WORDS


def test_the_services_of_the_compose_file_are_laid_out_in_twos_and_whole() -> None:
    lines = (DEPLOY / "compose.yaml").read_text().splitlines()
    assert all((len(line) - len(line.lstrip(" "))) % 2 == 0 and "\t" not in line for line in lines)
    services = lines[lines.index("services:") : lines.index("volumes:")]
    names = [line.strip().split(":")[0] for line in services if re.match(r"  \w", line)]
    assert names == ["database", "web", "worker", "proxy"]
