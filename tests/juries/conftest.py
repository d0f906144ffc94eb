"""A session about to be held, walked to once a module; each test starts from it and leaves no trace."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.juries.models import Hearing, Session
from jalon.law.vocabulary import Act
from tests.conftest import TODAY
from tests.juries.steps import CODE
from tests.people import demo_people


@dataclass
class Scene:
    """One candidate called before a session of three, and another who waits for a date."""

    demo: DemoPeople
    planned: Scenario
    other: Scenario


@pytest.fixture(scope="module")
def walked(
    django_db_setup: None, django_db_blocker: Any, files_of_this_run: None
) -> Iterator[Scene]:
    """The scene, in a transaction that the module's end undoes."""
    with django_db_blocker.unblock(), transaction.atomic(), timekeeper.at(TODAY):
        demo = demo_people()
        machining = Certification.objects.get(code=CODE)
        planned, other = Scenario(demo, machining, TODAY), Scenario(demo, machining, TODAY)
        for scenario in (planned, other):
            scenario.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4)
        planned.convene()
        yield Scene(demo, planned, other)
        transaction.set_rollback(True)


@pytest.fixture
def scene(walked: Scene, db: None) -> Iterator[Scene]:
    """The scene as it was walked, on the day on which the candidate was called."""
    with timekeeper.at(walked.planned.at):
        yield deepcopy(walked)


@pytest.fixture
def demo(scene: Scene) -> DemoPeople:
    """Everybody."""
    return scene.demo


@pytest.fixture
def planned(scene: Scene) -> Scenario:
    """The candidate who was called."""
    return scene.planned


@pytest.fixture
def other(scene: Scene) -> Scenario:
    """The candidate who waits for a date."""
    return scene.other


@pytest.fixture
def hearing(planned: Scenario) -> Hearing:
    """The passage to come, at half past nine."""
    return planned.current_hearing()


@pytest.fixture
def session(hearing: Hearing) -> Session:
    """The session to come."""
    return hearing.session
