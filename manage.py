#!/usr/bin/env python
"""Django's command line, in development mode unless JALON_MODE says otherwise."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Run a command of Django; outside Jalon's own environment, hand it to the launcher."""
    os.environ.setdefault("JALON_MODE", "dev")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    sys.path.insert(0, str(ROOT / "src"))
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        launcher = str(ROOT / "jalon")
        os.execv(launcher, [launcher, "manage", *sys.argv[1:]])  # noqa: S606 - our own launcher
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
