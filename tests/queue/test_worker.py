"""The worker queues what follows from an act with the act itself, or not at all."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.actions import act
from jalon.journeys.jobs import tick
from jalon.law.vocabulary import Act, Stage
from jalon.queue.worker import work

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_is_told_of_what_the_system_had_to_undo(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario.to_ready().send_feasibility()
    work()
    timekeeper.travel(scenario.wait(90).at)

    def fails_once_written(journey: object, wanted: Act, **said: Any) -> None:
        act(journey, wanted, **said)
        raise ZeroDivisionError

    monkeypatch.setattr("jalon.journeys.jobs.act", fails_once_written)
    tick.defer()
    work()
    scenario.journey.refresh_from_db()
    assert scenario.journey.stage == Stage.FEASIBILITY_SENT
    assert ProcrastinateJob.objects.get(task_name="journeys.tick").status == "failed"
    assert set(ProcrastinateJob.objects.values_list("task_name", "status")) == {
        ("journeys.tick", "failed"),
        ("mailbox.notify", "succeeded"),
        ("documents.issue", "succeeded"),
    }
