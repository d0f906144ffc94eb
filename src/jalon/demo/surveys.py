"""Opinions of the demonstration: candidates who ended lately are asked, and most answer."""

from itertools import cycle

from jalon.law.survey import QUESTIONS
from jalon.law.vocabulary import Satisfaction
from jalon.support import surveys

#: Of so many who are asked, one does not answer.
SILENT = 4
SAID = (
    Satisfaction.VERY_GOOD,
    Satisfaction.GOOD,
    Satisfaction.VERY_GOOD,
    Satisfaction.FAIR,
    Satisfaction.GOOD,
)


def give_opinions() -> None:
    """Ask whoever ended lately, and answer for three in four."""
    thought = cycle(SAID)
    for rank, journey in enumerate(surveys.to_ask()):
        asked = journey.organisation_id and surveys.ask(journey, journey.organisation_id)
        if asked and rank % SILENT:
            surveys.answer(journey.pk, {name: next(thought) for name in QUESTIONS})
