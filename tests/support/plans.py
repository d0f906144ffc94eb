"""An action of a plan after a jury, for the tests that begin with one."""

from datetime import timedelta

from jalon.demo.scenario import Scenario
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Stage
from jalon.now import today
from jalon.support.models import PlannedAction

ACTION = "S’entraîner sur le poste"


def planned_action(journey: Journey, days: int = 60, rank: int = 0) -> PlannedAction:
    """Return an action towards a bloc that is aimed at, planned in some days."""
    bloc = journey.targeted.order_by("position")[rank]
    return PlannedAction.objects.create(
        journey=journey,
        bloc=bloc.code,
        action=ACTION,
        who="Le candidat",
        due_on=today() + timedelta(days=days),
    )


def judged(one: Scenario) -> Scenario:
    """Bring a candidate who was called where a jury gave them nothing, without the walk to it."""
    Journey.objects.filter(pk=one.journey.pk).update(stage=Stage.NOT_CERTIFIED)
    one.journey.refresh_from_db()
    return one
