"""Opinions of the demonstration: candidates who ended are asked, and most answer."""

from itertools import cycle

from jalon.law.survey import QUESTIONS
from jalon.law.vocabulary import Satisfaction
from jalon.support import surveys

#: Of so many who are asked, one does not answer.
SILENT = 4
#: As many as share no factor with the questions: none is always answered the same.
SAID = (
    Satisfaction.VERY_GOOD,
    Satisfaction.GOOD,
    Satisfaction.VERY_GOOD,
    Satisfaction.FAIR,
    Satisfaction.GOOD,
    Satisfaction.GOOD,
    Satisfaction.VERY_GOOD,
)


def give_opinions() -> None:
    """Ask whoever ended, however long ago, and answer for three in four."""
    thought = cycle(SAID)
    for rank, journey in enumerate(surveys.ended()):
        asked = journey.organisation_id and surveys.ask(journey, journey.organisation_id)
        if asked and rank % SILENT:
            surveys.answer(journey.pk, {name: next(thought) for name in QUESTIONS})
