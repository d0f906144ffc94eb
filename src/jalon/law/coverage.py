"""What the text of each competence still lacks for a jury to judge it, each time with the reason.

These are marks for whoever writes and reads again, never a rule of the law: none refuses anything.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from jalon.law.first_person import hidden_doers, says_i
from jalon.law.plurals import counted, plural
from jalon.law.vocabulary import Mark

#: How many words the text of a competence counts before a jury can follow it.
LEAST_WORDS = 80

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True)
class Text:
    """What was written for one competence, and how many proofs are joined to it."""

    bloc: str
    bloc_title: str
    competence: str
    number: int
    answers: dict[str, str]
    proofs: int = 0

    @property
    def words(self) -> int:
        """Return how many words were written, all questions together."""
        return sum(count_words(text) for text in self.answers.values())


@dataclass(frozen=True)
class Checked:
    """One mark of a text: reached or not, and why in a sentence."""

    mark: Mark
    reached: bool
    why: str


@dataclass(frozen=True)
class CompetenceCoverage:
    """A text and its marks."""

    text: Text
    checks: tuple[Checked, ...]

    @property
    def complete(self) -> bool:
        """Say whether no mark is missing."""
        return all(one.reached for one in self.checks)


@dataclass(frozen=True)
class BlocCoverage:
    """The texts of a bloc, each with its marks."""

    code: str
    title: str
    competences: tuple[CompetenceCoverage, ...]

    @property
    def tally(self) -> tuple[tuple[str, int, int], ...]:
        """Return for each mark how many texts reach it, and of how many."""
        checks = [check for one in self.competences for check in one.checks]
        return tuple(
            (
                mark.label,
                sum(check.reached for check in checks if check.mark == mark),
                len(self.competences),
            )
            for mark in Mark
        )

    @property
    def complete(self) -> bool:
        """Say whether no text of the bloc misses a mark."""
        return all(one.complete for one in self.competences)


def count_words(text: str) -> int:
    """Return how many words a text counts; « j’ai » and « peut-être » are one each."""
    return len(WORD.findall(text))


def coverage(texts: list[Text]) -> list[BlocCoverage]:
    """Return the texts by bloc, in the order given, each with its marks."""
    return [
        BlocCoverage(code, title, tuple(CompetenceCoverage(one, checks(one)) for one in own))
        for (code, title), own in groupby(texts, key=lambda one: (one.bloc, one.bloc_title))
    ]


def checks(text: Text) -> tuple[Checked, ...]:
    """Return the four marks of a text: situation, first person, proof, length."""
    return (situation(text), first_person(text), proof(text), length(text))


def situation(text: Text) -> Checked:
    """A jury needs to know where and when."""
    if text.answers.get("context", "").strip():
        return Checked(Mark.SITUATION, True, "La situation est racontée.")
    return Checked(
        Mark.SITUATION,
        False,
        "À dire : où, quand et pour quel travail. Le jury part d’un cas réel.",
    )


def first_person(text: Text) -> Checked:
    """The actions are said with « je »: « nous » and « on » hide who did what."""
    said = text.answers.get("actions", "")
    if not said.strip():
        return Checked(
            Mark.FIRST_PERSON,
            False,
            "À raconter : ce qui a été fait, étape par étape, avec « je ».",
        )
    hidden = sorted({one.group().split()[0].lower() for one in hidden_doers(said)})
    if not says_i(said):
        return Checked(
            Mark.FIRST_PERSON,
            False,
            "Aucun « je » dans les actions : le jury juge ce que le candidat a fait lui-même.",
        )
    if hidden:
        found = " et ".join(f"« {one} »" for one in hidden)
        return Checked(
            Mark.FIRST_PERSON,
            False,
            f"Les actions disent aussi {found} : à préciser, qui a fait quoi, avec « je ».",
        )
    return Checked(Mark.FIRST_PERSON, True, "Les actions sont dites avec « je ».")


def proof(text: Text) -> Checked:
    """A proof makes a text easier to believe; it is not due for each."""
    if text.proofs:
        joined = f"{counted(text.proofs, 'preuve')} jointe{plural(text.proofs)}."
        return Checked(Mark.PROOF, True, joined)
    return Checked(
        Mark.PROOF,
        False,
        "Aucune preuve jointe : une photo, un plan ou une attestation aide le jury.",
    )


def length(text: Text) -> Checked:
    """Below a number of words, a jury hardly finds the steps."""
    if text.words >= LEAST_WORDS:
        return Checked(Mark.LENGTH, True, f"{text.words} mots.")
    return Checked(
        Mark.LENGTH,
        False,
        f"{counted(text.words, 'mot')} : il en faut environ {LEAST_WORDS}, "
        "pour que le jury suive chaque étape.",
    )


def words_to_write(texts: list[Text]) -> int:
    """Return how many words are still to be written before each text has its length."""
    return sum(max(0, LEAST_WORDS - one.words) for one in texts)
