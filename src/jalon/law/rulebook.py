"""The rules of the law as dated data, the mark that says where each is enforced, and what a refusal is."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from jalon.law.dates import Anchor, Period, When, day_of
from jalon.now import today

Marked = TypeVar("Marked", bound=Callable[..., Any])

_enforcers: dict[str, set[str]] = defaultdict(set)


class Confidence(StrEnum):
    """How sure we are of what a text says."""

    CERTAIN = "certain"  #: the text in force was read
    PROBABLE = "probable"  #: a secondary source, or practice
    UNSURE = "unsure"  #: to settle with the certifier


@dataclass(frozen=True)
class Version:
    """What a rule says for a period: its source, its words, how sure of it we are, and its figures."""

    rule: str
    period: Period
    article: str
    text: str
    confidence: Confidence
    read_on: date
    legifrance: str = ""
    values: Mapping[str, int | float] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        """Return what the journal keeps: "R-028@2023-12-29", or the rule alone without a first day."""
        start = self.period.start
        return f"{self.rule}@{start.isoformat()}" if start else self.rule


@dataclass(frozen=True)
class Rule:
    """One rule: its id, its subject, what chooses its version, and its versions, the oldest first."""

    id: str
    area: str
    anchor: Anchor
    versions: tuple[Version, ...]

    def at(self, when: When) -> Version:
        """Return the version that governs; before the first known day, the first.

        Raises LookupError once the rule is over.
        """
        day = day_of(when, self.anchor)
        for version in self.versions:
            if version.period.holds(day):
                return version
        first = self.versions[0]
        if first.period.start and day < first.period.start:
            return first
        raise LookupError(f"{self.id} says nothing on {day}")


@dataclass(frozen=True)
class Refusal:
    """Why an act is not possible: the rule, and a French sentence saying what to do.

    `when` holds the days of the journey, once the law has judged it: they choose the version that is
    cited; without them, the one in force today is. `fields` names the facts to put right, when they
    can be named: a page leads to each.
    """

    rule: str
    why: str
    when: When | None = field(default=None, compare=False)
    fields: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def permission(cls, why: str) -> "Refusal":
        """Return a refusal that no rule of the law is behind: this is not theirs to do, and why."""
        return cls("", why)

    @property
    def version(self) -> Version | None:
        """Return the version of the rule that refuses; the table of acts itself has none."""
        rule = rules().get(self.rule)
        return rule.at(self.when or today()) if rule else None

    @property
    def article(self) -> str:
        """Return the article behind the rule; the table of acts itself has none."""
        return self.version.article if self.version else ""

    @property
    def doubt(self) -> str:
        """Return that the certifier is to confirm the rule, when it is unsure; empty otherwise."""
        unsure = self.version and self.version.confidence == Confidence.UNSURE
        return TO_CONFIRM if unsure else ""

    @property
    def source(self) -> str:
        """Return the rule, its article, and the doubt there is about it; nothing without a rule."""
        version = self.version
        if version is None:
            return ""
        source = f"{self.rule}, {version.article}"
        if self.doubt:
            source += f"\N{NO-BREAK SPACE}; {self.doubt}"
        return source

    @property
    def cited(self) -> str:
        """Return the sentence with its source, or just the sentence when no rule is behind."""
        return f"{self.why} ({self.source})" if self.source else self.why


#: What is said of a rule that no text settles.
TO_CONFIRM = "règle à confirmer auprès du certificateur"


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


def refuse(refusal: Refusal | None) -> None:
    """Raise `Refused` when there is a refusal."""
    if refusal:
        raise Refused(refusal)


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by id, in order."""
    with (Path(__file__).parent / "rules.toml").open("rb") as source:
        return {id: _rule(id, fields) for id, fields in tomllib.load(source).items()}


def _rule(id: str, fields: dict[str, Any]) -> Rule:
    versions = tuple(_version(id, version) for version in fields["version"])
    return Rule(id, fields["area"], Anchor(fields["anchor"]), versions)


def _version(id: str, fields: dict[str, Any]) -> Version:
    period = Period(fields.pop("from", None), fields.pop("until", None))
    confidence = Confidence(fields.pop("confidence"))
    return Version(rule=id, period=period, confidence=confidence, **fields)


def value(rule: str, name: str, when: When) -> int:
    """Return a whole figure of the law (months, days, members, cents) as it stands for a journey.

    Raises KeyError for a rule or a name that is not there, TypeError for a figure that is not whole.
    """
    figure = rules()[rule].at(when).values[name]
    if not isinstance(figure, int):
        raise TypeError(f"{rule}: {name} is not a whole number")
    return figure


def ratio(rule: str, name: str, when: When) -> float:
    """Return a ratio of the law as it stands for a journey; raises KeyError like `value()`."""
    return float(rules()[rule].at(when).values[name])


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


def enforced_by(thing: Callable[..., object]) -> tuple[str, ...]:
    """Return the rules that a function was marked as enforcing."""
    place = f"{thing.__module__}.{thing.__qualname__}"
    return tuple(rule for rule, places in _enforcers.items() if place in places)


def enforcers() -> dict[str, tuple[str, ...]]:
    """Return, for each rule, the places marked so far as enforcing it."""
    return {id: tuple(sorted(places)) for id, places in _enforcers.items()}
