"""What the tests of the pages share."""

import pytest

from jalon.demo.scenario import DemoPeople
from jalon.law.vocabulary import Role
from jalon.people import actions
from jalon.people.models import User


@pytest.fixture
def newcomer(demo: DemoPeople) -> User:
    """An architect whose access was just opened."""
    return actions.grant(
        demo.head,
        email="arrivee@exemple.fr",
        first_name="Arrivée",
        last_name="Exemple",
        role=Role.ARCHITECT,
        organisation=demo.head.memberships.get().organisation,
    ).user
