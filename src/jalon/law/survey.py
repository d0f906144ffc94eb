"""The survey at the end of an accompaniment: what is asked, when, and what who leads a team reads of the answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.law import stages
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Satisfaction, Stage

#: What is asked, under the name of each column.
QUESTIONS = {
    "welcome": "L’accueil et les premières explications",
    "listening": "L’écoute et la disponibilité de la personne qui vous accompagne",
    "help": "L’aide pour écrire vos dossiers",
    "jury": "La préparation au jury",
    "whole": "L’accompagnement dans son ensemble",
}
#: Where an accompaniment has given its result, or is over.
ASKED_AT = (stages.RESULT_KNOWN | stages.ENDS) - stages.at(Stage.ARCHIVED, Stage.FRAUD_REFUSED)
#: For how many days after its end an accompaniment is still asked about, and after how many one reminds.
ASKED_WITHIN, REMINDED_AFTER = 60, 10
CONTENT = (Satisfaction.GOOD, Satisfaction.VERY_GOOD)


def something_said(answers: Mapping[str, str], *, answered: bool) -> Refusal | None:
    """Refuse a second answer, and one that says nothing."""
    if answered:
        return Refusal.permission("Vous avez déjà donné votre avis : merci. Il ne se change plus.")
    if any(answers.values()):
        return None
    return Refusal.permission("Répondez à une question au moins, ou revenez à votre parcours.")


@dataclass(frozen=True)
class Opinion:
    """What was answered to a question: by how many, how many of them content; `shown` when they are enough."""

    question: str
    answers: int
    content: int
    shown: bool

    @property
    def percent(self) -> int:
        """Return how many in a hundred were content."""
        return round(100 * self.content / self.answers) if self.answers else 0


@enforces("R-116")
def opinions(answers: Sequence[Mapping[str, Any]], fewest: int, since: date) -> list[Opinion]:
    """Return what is read since a month of every answer so far, the first given first, question by question."""
    found = []
    for name, question in QUESTIONS.items():
        said = read_together(answers, name, fewest, since)
        content = sum(one in CONTENT for one in said)
        found.append(Opinion(question, len(said), content, shown=bool(said)))
    return found


@enforces("R-116")
def read_together(
    answers: Sequence[Mapping[str, Any]], name: str, fewest: int, since: date
) -> list[str]:
    """Return the answers to a question that are read since a month: so many at once, of one organisation.

    The others wait. Two periods, two days or two teams never differ by fewer: nobody's answer is what is left.
    """
    read: list[str] = []
    waiting: dict[int, list[str]] = defaultdict(list)
    for one in answers:
        together = waiting[one["organisation"]]
        together += [one[name]] if one[name] else []
        if one[name] and len(together) == fewest:
            read += together if one["month"] >= since else []
            together.clear()
    return read
