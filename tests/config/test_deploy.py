"""What stands in `deploy/` names settings and words that exist."""

import re
import subprocess
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
    services = lines[lines.index("services:") : lines.index("secrets:")]
    names = [line.strip().split(":")[0] for line in services if re.match(r"  \w", line)]
    assert names == ["database", "web", "worker", "backup", "proxy"]


def test_what_serves_the_pages_signs_in_as_a_role_that_owns_nothing() -> None:
    said = (DEPLOY / "compose.yaml").read_text()
    web, backup = said.split("  web:")[1].split("  worker:")[0], said.split("  backup:")[1]
    assert "DATABASE_URL: postgresql://jalon_app:" in web
    assert "OWNER" not in web and "JALON_OWNER_DATABASE_URL: postgresql://jalon:" in backup
    assert "CREATE ROLE jalon_app LOGIN" in (DEPLOY / "roles.sh").read_text()


def test_what_the_compose_file_runs_knows_the_mail_server_and_its_image_holds_no_secret() -> None:
    shared = (DEPLOY / "compose.yaml").read_text().split("&settings")[1].split("    volumes:")[0]
    for name in re.findall(r'"(JALON_SMTP_\w+|JALON_FROM)"', READ):
        assert f"      {name}: ${{" in shared
    for kept_out in ("Dockerfile.dockerignore", "../.gitignore"):
        said = (DEPLOY / kept_out).read_text().replace("/deploy/", "deploy/").splitlines()
        assert {"deploy/.env", "deploy/backup.key"} <= set(said)


@pytest.mark.parametrize("file", sorted(DEPLOY.glob("*.env")), ids=lambda one: one.name)
def test_a_shell_reads_what_systemd_reads(file: Path) -> None:
    said = subprocess.run(
        ["sh", "-c", f"set -eua; . {file}; env"], capture_output=True, text=True, check=True
    ).stdout
    written = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    assert written
    for line in written:
        assert line.replace('"', "") in said.splitlines()
