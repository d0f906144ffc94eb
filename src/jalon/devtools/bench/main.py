"""`./jalon bench`: makes its database, serves it, measures, tells, and leaves nothing running."""

import json
import os
import secrets
import sys
import tempfile
from pathlib import Path

from jalon.config import embedded
from jalon.config.arguments import option

ROOT = Path(__file__).resolve().parents[4]
#: What is measured unless a size is given.
SIZE = 10_000

USAGE = """usage : ./jalon bench [--size N] [--only NOM] [--workers N] [--json] [--reset]
        ./jalon bench positioning

  --size N      parcours de la base mesurée (10000) ; elle est comparée à celle du dixième
  --only NOM    les pages et opérations dont le nom contient ce mot : today, inbox, journey…
  --workers N   processus web (1)
  --json        tout ce qui est mesuré, pour une machine
  --reset       refaire la base

  positioning   la part des phrases d’atelier dont la certification est trouvée"""


def main(arguments: list[str]) -> int:
    """Measure and print, as USAGE says."""
    if {"-h", "--help"} & {*arguments}:
        print(USAGE)
        return 0
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as folder:
        home = Path(folder)
        run_from(home)
        import django

        django.setup()
        from django.core.management import call_command

        from jalon.devtools.bench import database, positioning, report, rounds

        if "positioning" in arguments:
            return positioning.main()
        size = int(option(arguments, "--size", str(SIZE))) // database.BATCH * database.BATCH
        if size < 2 * database.BATCH:
            print(f"jalon : {2 * database.BATCH} parcours au moins.", file=sys.stderr)
            return 2
        call_command("collectstatic", interactive=False, verbosity=0)
        if took := database.ready(size, reset="--reset" in arguments):
            print(f"jalon : base de {size} parcours prête en {took:.0f} s", file=sys.stderr)
        results = rounds.measure(
            size,
            workers=int(option(arguments, "--workers", "1")),
            only=option(arguments, "--only", ""),
            home=home,
        )
        print(file=sys.stderr)
        if "--json" in arguments:
            print(json.dumps(report.document(results), ensure_ascii=False, indent=1))
        else:
            print(report.table(results))
    return 0


def run_from(home: Path) -> None:
    """Run as an installation would, on the server that is given or carried along, in a folder of its own."""
    kept = Path(os.environ.get("JALON_VAR", ROOT / "var"))
    address = os.environ.get("DATABASE_URL") or embedded.start(kept / "postgres")
    os.environ |= {
        "JALON_MODE": "production",
        "JALON_SECRET_KEY": secrets.token_urlsafe(64),
        "JALON_HOSTS": "127.0.0.1",
        "DATABASE_URL": address,
        "JALON_VAR": str(home),
        "JALON_FILES": str(home / "files"),
    }
