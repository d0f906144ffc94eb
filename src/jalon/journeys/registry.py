"""How rooms take part in an act: what each one writes, and the facts that are its own to complete."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

from jalon.journeys.models import JournalEntry, Journey
from jalon.law.case import Case
from jalon.law.facts import Facts
from jalon.law.lifecycle import TABLE
from jalon.law.vocabulary import Act
from jalon.now import moment_of
from jalon.people.models import User

F = TypeVar("F", bound=Facts)


@dataclass(frozen=True)
class ActContext(Generic[F]):
    """An act that the law let through, while its journey is locked: `case` is as it was before."""

    journey: Journey
    facts: F
    case: Case
    author: User | None
    at: datetime
    entry: JournalEntry

    @property
    def person(self) -> User:
        """Return who did the act; raises ValueError for what the system does by itself."""
        if self.author is None:
            raise ValueError(f"nobody did {self.entry.act}")
        return self.author

    @property
    def on(self) -> date:
        """Return the civil day on which it happened, in Paris."""
        return self.entry.occurred_on

    @property
    def happened_at(self) -> datetime:
        """Return the moment at which it happened; the middle of its day when it was written late."""
        return moment_of(self.on, self.at)


Effect = Callable[[ActContext[Any]], None]
Resolver = Callable[[Journey, Any], Facts]

EFFECTS: dict[Act, list[Effect]] = defaultdict(list)
RESOLVERS: dict[Act, Resolver] = {}


def effect(*acts: Act) -> Callable[[Effect], Effect]:
    """Register what a room writes when some acts are done; lower rooms write first."""

    def register(write: Effect) -> Effect:
        for act in acts:
            EFFECTS[act].append(write)
        return write

    return register


def resolve(act: Act) -> Callable[[Resolver], Resolver]:
    """Register who completes the facts of an act, inside the lock: never trusted from outside."""

    def register(complete: Resolver) -> Resolver:
        RESOLVERS[act] = complete
        return complete

    return register


def refuse_incomplete() -> None:
    """Raise ImproperlyConfigured unless each row that writes has its effect, and no other has one."""
    for row in TABLE:
        if row.writes != bool(EFFECTS.get(row.act)):
            raise ImproperlyConfigured(f"{row.act}: writes is {row.writes}, against its effects")
        if row.completed and row.act not in RESOLVERS:
            raise ImproperlyConfigured(f"{row.act}: nobody completes its facts")
