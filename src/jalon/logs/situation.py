"""What a line of the log is about: the request that is answered, who sent it, the job that is done."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Asked:
    """A request that is being answered: its reference, and the number of who sent it once known."""

    reference: str
    person: int | None = None


@dataclass(frozen=True)
class Doing:
    """A job that is being done: the name of its task, and its number."""

    task: str
    number: int | None


request: ContextVar[Asked | None] = ContextVar("request", default=None)
job: ContextVar[Doing | None] = ContextVar("job", default=None)


def drawn() -> str:
    """Return a new reference, short enough to be said on the telephone."""
    return secrets.token_hex(6).upper()


def reference() -> str:
    """Return the reference of the request that is being answered, or a new one outside of any."""
    asked = request.get()
    return asked.reference if asked else drawn()


@contextmanager
def answering(asked: Asked) -> Iterator[Asked]:
    """Hold a request as the one that is being answered."""
    before = request.set(asked)
    try:
        yield asked
    finally:
        request.reset(before)


@contextmanager
def doing(done: Doing) -> Iterator[None]:
    """Hold a job as the one that is being done."""
    before = job.set(done)
    try:
        yield
    finally:
        job.reset(before)
