"""A session about to be held, walked to once a module; each test starts from it and leaves no trace."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from jalon import now as clock
from jalon.catalogue.models import Certification
from jalon.config.stories import House, Walk, build_house
from jalon.juries.models import Hearing, Session
from jalon.law.vocabulary import Act
from tests.conftest import TODAY
from tests.juries.deeds import CODE


@dataclass
class Scene:
    """One candidate called before a session of three, and another who waits for a date."""

    house: House
    planned: Walk
    other: Walk


@pytest.fixture(scope="module")
def walked(
    django_db_setup: None, django_db_blocker: Any, files_of_this_run: None
) -> Iterator[Scene]:
    """The scene, in a transaction that the module's end undoes."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(TODAY):
        house = build_house()
        machining = Certification.objects.get(code=CODE)
        planned, other = Walk(house, machining, TODAY), Walk(house, machining, TODAY)
        for walk in (planned, other):
            walk.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4)
        planned.convene()
        yield Scene(house, planned, other)
        transaction.set_rollback(True)


@pytest.fixture
def scene(walked: Scene, db: None) -> Iterator[Scene]:
    """The scene as it was walked, on the day on which the candidate was called."""
    with clock.at(walked.planned.at):
        yield deepcopy(walked)


@pytest.fixture
def house(scene: Scene) -> House:
    """Everybody."""
    return scene.house


@pytest.fixture
def planned(scene: Scene) -> Walk:
    """The candidate who was called."""
    return scene.planned


@pytest.fixture
def other(scene: Scene) -> Walk:
    """The candidate who waits for a date."""
    return scene.other


@pytest.fixture
def hearing(planned: Walk) -> Hearing:
    """The passage to come, at half past nine."""
    return planned.current_hearing()


@pytest.fixture
def session(hearing: Hearing) -> Session:
    """The session to come."""
    return hearing.session
