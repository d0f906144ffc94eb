"""What is logged, where, and in which shape."""

import logging
import sys
import threading
from types import TracebackType
from typing import Any

logger = logging.getLogger("jalon.uncaught")

#: Each request that was answered and each job that was done; what is wrong, of everything else. What
#: an address that leads nowhere is told twice: by the line of its request, and by Django as a warning.
SPOKEN = {
    "jalon": "INFO",
    "procrastinate.worker": "INFO",
    "procrastinate.worker.worker": "WARNING",
    "django.request": "ERROR",
}


def logging_of(*, production: bool) -> dict[str, Any]:
    """Return how logs are written: lines of JSON in production, lines to be read elsewhere; on stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "jalon.logs.lines.JsonLine"},
            "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if production else "plain",
            },
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {name: {"level": level} for name, level in SPOKEN.items()} if production else {},
    }


def logging_of_the_server(known: dict[str, Any]) -> dict[str, Any]:
    """Return the same for the server of the pages, whose own logger does not pass its lines on."""
    own = {"_granian": {"handlers": ["stderr"], "propagate": False}}
    return known | {"loggers": known["loggers"] | own}


def log_what_nobody_caught() -> None:
    """Have what ends a process, or a thread of it, logged as all else is; told whole at a terminal."""
    if sys.stderr.isatty():
        return
    sys.excepthook = uncaught
    threading.excepthook = lambda end: uncaught(end.exc_type, end.exc_value, end.exc_traceback)


def uncaught(
    kind: type[BaseException], failure: BaseException | None, trace: TracebackType | None
) -> None:
    """Log an error that nobody caught; a person who stops a command is none."""
    if failure is None or issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    logger.critical("ended by an error", exc_info=(kind, failure, trace))
