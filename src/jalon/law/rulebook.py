"""The rules of the law as data, the mark that says where each is enforced, and what a refusal is."""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Marked = TypeVar("Marked", bound=Callable[..., Any])

_enforcers: dict[str, set[str]] = defaultdict(set)


@dataclass(frozen=True)
class Rule:
    """One rule: its id, subject, article, French wording, and how sure of it we are."""

    id: str
    area: str
    article: str
    text: str
    confidence: str


@dataclass(frozen=True)
class Refusal:
    """Why an act is not possible: the rule, and a French sentence saying what to do."""

    rule: str
    why: str

    @classmethod
    def permission(cls, why: str) -> "Refusal":
        """Return a refusal that no rule of the law is behind: this is not theirs to do, and why."""
        return cls("", why)

    @property
    def article(self) -> str:
        """Return the article behind the rule; the table of acts itself has none."""
        rule = rules().get(self.rule)
        return rule.article if rule else ""

    @property
    def cited(self) -> str:
        """Return the sentence with its rule and article; just the sentence when no rule is behind."""
        return f"{self.why} ({self.rule}, {self.article})" if self.article else self.why


class Refused(Exception):
    """An act was refused; nothing was written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.rule}: {refusal.why}")
        self.refusal = refusal
        self.rule = refusal.rule
        self.why = refusal.why

    def __reduce__(self) -> tuple[type["Refused"], tuple[Refusal]]:
        """Let a refusal travel between processes whole, not as its sentence."""
        return type(self), (self.refusal,)


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by id, in order."""
    with (Path(__file__).parent / "rules.toml").open("rb") as source:
        return {id: Rule(id=id, **fields) for id, fields in tomllib.load(source).items()}


def enforces(*ids: str) -> Callable[[Marked], Marked]:
    """Mark a function or class as a place where rules are enforced; an unknown id is an error."""
    for id in ids:
        if id not in rules():
            raise KeyError(f"{id} is not a rule")

    def mark(thing: Marked) -> Marked:
        for id in ids:
            _enforcers[id].add(f"{thing.__module__}.{thing.__qualname__}")
        return thing

    return mark


def enforcers() -> dict[str, tuple[str, ...]]:
    """Return, for each rule, the places marked so far as enforcing it."""
    return {id: tuple(sorted(places)) for id, places in _enforcers.items()}
