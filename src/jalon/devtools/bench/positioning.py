"""`./jalon bench positioning`: how often the certification that answers somebody's words is found."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from jalon.catalogue import queries
from jalon.catalogue.actions import load
from jalon.devtools.bench import encoder

SENTENCES = Path(__file__).with_suffix(".toml")
#: The sentences in their order of trust, and how the table calls each lot.
HALVES = {"seen": "vues", "unseen": "gardées", "told": "racontées"}
#: A word of the trade weighs about so much in a score: a closeness of one is worth as many.
WORDS = 10.0
#: More sheets than any catalogue in force holds.
EVERY = 1000
#: What an engine answers: the codes it would show, the nearest first.
Engine = Callable[[str], list[str]]


@dataclass(frozen=True)
class Sentence:
    """What somebody says of their work, the code that answers it ("" for none), and its lot."""

    says: str
    expected: str
    half: str


@dataclass(frozen=True)
class Share:
    """Of some sentences, how many were answered right at once, among the three, and how many there are."""

    first: int
    shown: int
    total: int

    def __str__(self) -> str:
        return f"{self.first / self.total:.0%} / {self.shown / self.total:.0%}"


def sentences() -> list[Sentence]:
    """Return the evaluation set, as it stands in the file beside this one."""
    return [Sentence(**one) for one in tomllib.loads(SENTENCES.read_text("utf-8"))["sentence"]]


def by_search(said: str) -> list[str]:
    """Answer by the catalogue's search, as if it had been given the sentence."""
    return list(queries.search(said).values_list("code", flat=True)[: queries.SHOWN])


def by_words(said: str) -> list[str]:
    """Answer as the page does."""
    return [one.certification.code for one in queries.nearest(said)]


def by_encoder(said: str) -> list[str]:
    """Answer by the closeness of meaning alone."""
    near = encoder.closeness(said)
    return sorted(near, key=near.__getitem__, reverse=True)[: queries.SHOWN]


def by_both(said: str) -> list[str]:
    """Answer by words and meaning added, once words have found something."""
    score = {one.certification.code: one.score for one in queries.nearest(said, EVERY)}
    near = encoder.closeness(said) if score else {}
    both = {code: score.get(code, 0.0) + WORDS * close for code, close in near.items()}
    return sorted(both, key=both.__getitem__, reverse=True)[: queries.SHOWN]


ENGINES: dict[str, Engine] = {
    "recherche du catalogue": by_search,
    "mots de l’atelier": by_words,
    "encodeur": by_encoder,
    "mots et encodeur": by_both,
}
ENCODED = {"encodeur", "mots et encodeur"}


def share(engine: Engine, asked: Iterable[Sentence]) -> Share:
    """Return how often an engine finds what was expected."""
    found = [(one.expected, engine(one.says)) for one in asked]
    return Share(
        sum(codes[:1] == [expected] for expected, codes in found),
        sum(expected in codes for expected, codes in found),
        len(found),
    )


def silences(engine: Engine, asked: Iterable[Sentence]) -> str:
    """Return of how many sentences of other trades an engine rightly says nothing."""
    found = [engine(one.says) for one in asked]
    return f"{sum(not codes for codes in found)} sur {len(found)}"


def row(name: str, engine: Engine) -> list[str]:
    """Return the line of an engine."""
    if name in ENCODED and not encoder.installed():
        return [name, "non installé"]
    every = sentences()
    shares = (
        share(engine, [one for one in every if one.half == half and one.expected])
        for half in HALVES
    )
    return [name, *map(str, shares), silences(engine, [one for one in every if not one.expected])]


def table() -> str:
    """Return the figures of every engine, and what each column is."""
    rows = [["moteur", *HALVES.values(), "hors sujet"], *(row(*one) for one in ENGINES.items())]
    lines = [
        "".join(cell.ljust(26 if not place else 16) for place, cell in enumerate(one))
        for one in rows
    ]
    legend = (
        "Part trouvée en premier / parmi les trois premières. Vues : phrases regardées pendant le réglage ; "
        "gardées : jamais regardées ; racontées : tirées d’entretiens publics, une fois le réglage fini. "
        "Hors sujet : phrases d’autres métiers auxquelles rien n’est répondu."
    )
    return "\n".join([*(line.rstrip() for line in lines), "", legend])


def main() -> int:
    """Measure on a database that holds the catalogue alone, then drop it."""
    from django.core.management import call_command

    from jalon.devtools.bench import database

    database.drop(database.CATALOGUE_ALONE)
    database.make(database.CATALOGUE_ALONE, "template0")
    with database.using(database.CATALOGUE_ALONE):
        call_command("migrate", verbosity=0)
        load()
        print(table())
    database.drop(database.CATALOGUE_ALONE)
    return 0
