"""The facts of an act as JSON, for the journal and for programs, and back as they were."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from jalon.law.facts import ComplaintAnswer, ComplaintFiled, Contact, Facts, Path, Registration
from jalon.law.lifecycle import TABLE
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act

F = TypeVar("F", bound=Facts)
Data = dict[str, Any]
Upgrade = Callable[[Data], Data]

#: What takes data of a version to the next one, for each kind of facts.
UPGRADES: dict[tuple[type[Facts], int], Upgrade] = {}

#: What the library says of data that it cannot read, and what people are told.
SENTENCES = (
    (r"Object missing required field `.+`", "Il manque une valeur."),
    (r"Invalid enum value '(.*)'", r"« \1 » n’est pas une valeur connue."),
    (
        r"Invalid RFC3339 encoded datetime",
        "La date et l’heure s’écrivent 2027-03-01T09:30:00+01:00.",
    ),
    (r"Invalid RFC3339 encoded date", "La date s’écrit 2027-03-01."),
    (r"Invalid RFC3339 encoded time", "L’heure s’écrit 09:30:00."),
    (r"Expected `(.+)`, got `(.+)`", r"On attend `\1`, et non `\2`."),
)


class FactsInvalid(ValueError):
    """Data that are not the facts they should be: `field` says where (`panel[0].role`), `why` why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field} : {why}" if field else why)
        self.field = field
        self.why = why


def kind_of(act: Act) -> type[Facts]:
    """Return the kind of facts that the journal keeps of an act: those its guards judge."""
    return next(transition.judged for transition in TABLE if transition.act == act)


@enforces("R-123")
def to_json(facts: Facts) -> Data:
    """Return facts as JSON: words, numbers, ISO dates and hours; a set becomes a sorted list.

    What is sensitive stays out: the journal is never erased, and a person may ask that this be.
    """
    data: Data = msgspec.json.decode(msgspec.json.encode(facts, order="deterministic"))
    return {name: value for name, value in data.items() if name not in facts.unkept}


def from_json(kind: type[F], data: object, version: int | None = None) -> F:
    """Return facts of a kind from their JSON, written as its `version` did (the present one if None).

    Raises `FactsInvalid`, which names the field, when a value is missing, unknown or ill-formed.
    """
    data = upgraded(kind, data, kind.version if version is None else version)
    try:
        facts = msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from error
    for field in _unread(data, to_json(facts)):
        raise FactsInvalid(field, "Cette valeur n’est pas attendue.")
    return facts


def upgrade(kind: type[Facts], *, from_version: int) -> Callable[[Upgrade], Upgrade]:
    """Register what turns data of one version of a kind of facts into data of the next.

    The journal is never altered: when a kind of facts changes, its `version` goes up by one, and an
    upgrade says how what was written before is read from then on.
    """

    def register(change: Upgrade) -> Upgrade:
        UPGRADES[kind, from_version] = change
        return change

    return register


@upgrade(Registration, from_version=1)
def without_openings(data: Data) -> Data:
    """The list of the portal was not kept with a registration."""
    return data


@upgrade(ComplaintFiled, from_version=1)
def a_complaint_it_was(data: Data) -> Data:
    """Nothing else could be asked on the register."""
    return data


@upgrade(ComplaintAnswer, from_version=1)
def nothing_to_grant(data: Data) -> Data:
    """There was nothing to agree to."""
    return data


@upgrade(Contact, from_version=1)
def a_call_it_was(data: Data) -> Data:
    """Neither how people spoke nor what comes next was kept apart."""
    return data


@upgrade(Path, from_version=1)
def whole_hours(data: Data) -> Data:
    """Hours were whole numbers, and no immersion was planned."""
    return data


def upgraded(kind: type[Facts], data: Any, version: int) -> Any:
    """Return data as the present version of a kind writes them, one version after another."""
    if not 1 <= version <= kind.version:
        raise FactsInvalid("", f"{kind.__name__} n’a pas de version {version}.")
    for one in range(version, kind.version):
        data = UPGRADES[kind, one](data)
    return data


def _invalid(said: str) -> FactsInvalid:
    """Return what the library said as the path of a field and a sentence."""
    sentence, _, path = said.partition(" - at `$")
    field = path.rstrip("`").lstrip(".")
    if missing := re.fullmatch(r"Object missing required field `(.+)`", sentence):
        field = f"{field}.{missing[1]}".lstrip(".")
    for pattern, why in SENTENCES:
        if re.match(pattern, sentence):
            return FactsInvalid(field, re.sub(pattern, why, sentence))
    return FactsInvalid(field, sentence)


def _unread(data: Any, read: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of the values that no field of the facts took."""
    if isinstance(data, dict) and isinstance(read, dict):
        for name, value in data.items():
            where = f"{path}.{name}".lstrip(".")
            if name not in read:
                yield where
            else:
                yield from _unread(value, read[name], where)
    elif isinstance(data, list) and isinstance(read, list):
        for number, (one, other) in enumerate(zip(data, read, strict=False)):
            yield from _unread(one, other, f"{path}[{number}]")
