"""The demonstration has opinions to read: most of those who are asked answer."""

from math import gcd

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.demo.surveys import SAID, give_opinions
from jalon.journeys.models import Journey
from jalon.law.survey import QUESTIONS
from jalon.law.vocabulary import Stage
from jalon.support.models import Survey, SurveyAnswer


def test_no_question_is_always_answered_the_same() -> None:
    assert gcd(len(SAID), len(QUESTIONS)) == 1


@pytest.mark.django_db
def test_most_of_those_who_are_asked_answer(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    second = Scenario(scenario.demo, scenario.certification, scenario.at).register().take_charge()
    second.first_meeting()
    Journey.objects.update(stage=Stage.DROPPED_OUT, stage_since=timekeeper.now())
    give_opinions()
    assert (Survey.objects.count(), SurveyAnswer.objects.count()) == (2, 1)
