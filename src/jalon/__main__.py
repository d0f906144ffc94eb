"""Runs the command line: `python -m jalon`."""

import sys

from jalon.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
