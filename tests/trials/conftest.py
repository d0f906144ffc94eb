"""One town for all the trials of a file, and logs that say only what is wrong."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.trials.measure import WHOLE
from tests.trials.town import Town, build

#: Journeys walked for a trial, spread over every stage of the story.
JOURNEYS = 8 if WHOLE else 3


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Journeys at many stages and everybody around them, gone once the file is over."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(JOURNEYS)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep the log of thousands of refusals out of the way."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
