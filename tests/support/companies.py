"""Groups of a company's people, as a team sets them up."""

from datetime import timedelta
from typing import Any

from jalon.demo.scenario import Scenario
from jalon.now import today
from jalon.support import groups
from jalon.support.models import CompanyGroup

#: A SIREN whose figures go together.
SIREN = "732829320"


def described(scenario: Scenario, **changes: Any) -> dict[str, Any]:
    """Return what a group is: of this year, whose referent follows the scenario's journeys."""
    return {
        "title": "Usinage, printemps",
        "company": "Exemple Mécanique",
        "siren": SIREN,
        "starts_on": today(),
        "ends_on": today() + timedelta(days=300),
        "certifications": [],
        "referent": scenario.architect,
    } | changes


def a_group(scenario: Scenario, **changes: Any) -> CompanyGroup:
    """Return a group that the scenario's architect set up."""
    return groups.create(scenario.architect, described(scenario, **changes))
