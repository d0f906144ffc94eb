"""The log as production writes it."""

from collections.abc import Iterator

import pytest

from tests.logs.production import Log, logged_as_in_production


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged meanwhile, as production writes it."""
    with logged_as_in_production() as log:
        yield log
