"""Writes each thing that is logged as one object in JSON on one line, without what is about people."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from jalon.logs import situation
from jalon.logs.private import described, harmless, scrubbed


class JsonLine(logging.Formatter):
    """What production writes: read by programs, kept for months, held by whoever keeps the machine."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        said = told(record)
        return json.dumps(
            {name: value for name, value in said.items() if value is not None},
            ensure_ascii=False,
        )


def told(record: logging.LogRecord) -> dict[str, Any]:
    """Return what the line of a record says; None where there is nothing to say."""
    failure = record.exc_info[1] if record.exc_info else None
    return {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": message(record),
        **asked(),
        **done(record),
        **getattr(record, "answered", {}),
        "exception": described(failure) if failure else None,
    }


def message(record: logging.LogRecord) -> str:
    """Return the words of a record: of the queue's, what it does and not with which arguments."""
    if of_the_queue(record):
        return str(record.action).replace("_", " ")  # type: ignore[attr-defined]
    text = str(harmless(record.msg))
    try:
        return scrubbed(filled(text, record.args))
    except Exception:  # values that do not fit, or that fail as they are written: the words alone
        return scrubbed(text)


def filled(text: str, values: Any) -> str:
    """Return the words of a record with its values, or what is harmless of them."""
    if not values:
        return text
    if isinstance(values, Mapping):
        return text % {name: harmless(one) for name, one in values.items()}
    return text % tuple(harmless(one) for one in values)


def of_the_queue(record: logging.LogRecord) -> bool:
    """Say whether a record is one in which the queue says what it does."""
    return record.name.startswith("procrastinate") and hasattr(record, "action")


def asked() -> dict[str, Any]:
    """Return the reference of the request that is being answered, and the number of who sent it."""
    request = situation.request.get()
    return {"request": request.reference, "person": request.person} if request else {}


def done(record: logging.LogRecord) -> dict[str, Any]:
    """Return the task and number of the job that a record is about, and how long it took, in ms."""
    said = getattr(record, "job", None)
    if of_the_queue(record) and isinstance(said, dict):
        ends = "end_timestamp" in vars(record)
        took = round(vars(record)["duration"] * 1000) if ends else None
        return {"task": said.get("task_name"), "job": said.get("id"), "ms": took}
    job = situation.job.get()
    return {"task": job.task, "job": job.number} if job else {}
