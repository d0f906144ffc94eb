"""Everything that can be checked without running a test."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent


def steps() -> list[tuple[str, list[str], dict[str, str]]]:
    """Return (name, command, environment) of each check, the quick ones first."""
    jalon = [sys.executable, "-m", "jalon", "manage"]
    test = {"JALON_MODE": "test"}
    deploy = {
        "JALON_MODE": "production",
        "JALON_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-deploy",
        "JALON_HOSTS": "jalon.exemple.fr",
        "DATABASE_URL": "postgresql:///jalon",
    }
    return [
        ("style", [str(BIN / "ruff"), "check", "--quiet", "src", "tests"], {}),
        ("mise en forme", [str(BIN / "ruff"), "format", "--check", "--quiet", "src", "tests"], {}),
        ("gabarits", [str(BIN / "djangofmt"), "--check", "src"], {}),
        ("cloisons", [str(BIN / "lint-imports"), "--no-logo"], test),
        ("documents à jour", [sys.executable, "-m", "jalon.devtools.docs", "--check"], {}),
        ("réglages", [*jalon, "check", "--deploy", "--fail-level", "WARNING"], deploy),
        ("migrations", [*jalon, "makemigrations", "--check", "--dry-run"], test),
        ("types", [str(BIN / "mypy")], test),
    ]


def main(arguments: list[str]) -> int:
    """Run each check, say its name and whether it passed; return 1 when one failed."""
    failed = 0
    for name, command, environment in steps():
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"{'ok ' if done.returncode == 0 else 'NON'} {name}", flush=True)
        if done.returncode:
            failed = 1
            print(done.stdout + done.stderr)
    return failed
