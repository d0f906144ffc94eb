"""The log as production writes it, kept for a test to read."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jalon.logs.config import SPOKEN, logging_of


class Log:
    """What was logged, as text and as lines."""

    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        """Return all that was written."""
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return each line, read back; each must be one object."""
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, logger: str) -> list[dict[str, Any]]:
        """Return the lines of one logger."""
        return [line for line in self.lines if line["logger"] == logger]


@contextmanager
def logged_as_in_production() -> Iterator[Log]:
    """Log as production does, to memory, and put back what was."""
    names = (None, *SPOKEN)
    before = [(one := logging.getLogger(name), one.level, one.handlers[:]) for name in names]
    log = Log(io.StringIO())
    wanted = logging_of(production=True)
    wanted["handlers"]["stderr"]["stream"] = log.stream
    logging.config.dictConfig(wanted)
    try:
        yield log
    finally:
        for logger, level, handlers in before:
            logger.setLevel(level)
            logger.handlers[:] = handlers
