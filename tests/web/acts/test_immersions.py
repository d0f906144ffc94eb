"""An immersion of a path from its proposal to the candidate's page, its refusal with its rule, its end with the journey."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from jalon import now as timekeeper
from jalon.demo import texts
from jalon.demo.scenario import Scenario
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.facts import PathAnswer
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act
from jalon.support.models import Immersion
from jalon.support.workshops import planned
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-098")]


def propose(scenario: Scenario, **changes: object) -> None:
    """Propose a path of two and a half hours in groups, with an immersion."""
    start = scenario.at.date()
    one = replace(texts.immersion(start + timedelta(days=20)), **changes)  # type: ignore[arg-type]
    path = replace(texts.path(start), hours_group=Decimal("2.5"), immersions=(one,))
    scenario.do(Act.PROPOSE_PATH, scenario.architect, path)


def test_an_accepted_immersion_stands_on_both_pages_with_what_an_accident_asks(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge().first_meeting()
    propose(scenario)
    timekeeper.travel(scenario.at)
    answer = f"/dossiers/{scenario.journey.pk}/faire/accept_path/"
    proposed = browser(scenario.person).get(answer).content.decode()
    assert "Atelier Exemple" in proposed and "2,5 heures" in proposed
    scenario.do(Act.ACCEPT_PATH, scenario.person, PathAnswer())
    assert planned(scenario.journey)[1] == 150
    assert scenario.journey.feasibility.hours_group == Decimal("2.5")
    pages = (
        (scenario.person, f"/candidat/{scenario.journey.pk}/"),
        (scenario.architect, f"/dossiers/{scenario.journey.pk}/"),
    )
    for viewer, address in pages:
        page = browser(viewer).get(address).content.decode()
        assert "Atelier Exemple" in page and "dans les 24 heures" in page
    (told,) = TOLD_BY["accompagnement"](scenario.person)["immersions"]
    assert told["host"] == "Atelier Exemple"
    erased = ERASED_BY["dates, actions, formations et immersions prévues"]
    assert erased(Erasing(scenario.journey, awarded=False)) > 1
    assert not Immersion.objects.exists()


def test_an_immersion_that_is_too_long_is_refused_with_its_rule(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting()
    start = scenario.at.date() + timedelta(days=20)
    with pytest.raises(Refused) as refused:
        propose(scenario, ends_on=start + timedelta(days=40))
    assert refused.value.refusal.rule == "R-098"
    assert not Immersion.objects.exists()
