"""An immersion of a path from its proposal to the candidate's page, its refusal with its rule, its end with the journey."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo import texts
from jalon.demo.scenario import Scenario
from jalon.journeys.models import Journey
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.facts import PathAnswer, TargetRequest
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Scope
from jalon.support.models import Immersion
from jalon.support.workshops import planned
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-098")]

#: Another certification than the one that scenarios aim at.
OTHER = "RNCP36979"


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
    assert "Atelier Exemple" in proposed and "2\xa0h\xa030" in proposed
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


def planned_immersion(journey: Journey, starts_on: date) -> Immersion:
    """Return an immersion of two weeks that the path of a journey plans."""
    said = asdict(texts.immersion(starts_on))
    return Immersion.objects.create(journey=journey, **said)


def test_an_immersion_of_another_journey_of_the_same_person_is_never_done_at_the_same_time(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge().first_meeting()
    another = Certification.objects.get(code=OTHER)
    other = Scenario(scenario.demo, another, scenario.at, candidate=scenario.person).register()
    kept = planned_immersion(other.journey, scenario.at.date() + timedelta(days=25))
    with pytest.raises(Refused) as refused:
        propose(scenario)
    assert "en même temps" in refused.value.refusal.why
    kept.delete()
    propose(scenario)
    assert scenario.journey.immersions.count() == 1


def test_an_immersion_that_began_stays_once_the_target_changed_and_counts(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge().first_meeting()
    propose(scenario)
    day = scenario.at.date()
    Immersion.objects.update(starts_on=day - timedelta(days=9), ends_on=day + timedelta(days=21))
    planned_immersion(scenario.journey, day + timedelta(days=60))
    aimed = TargetRequest("", OTHER, Scope.WHOLE, ())
    scenario.do(Act.CHANGE_TARGET, scenario.person, aimed)
    assert scenario.journey.immersions.get().starts_on < day
    with pytest.raises(Refused) as refused:
        propose(scenario)
    assert "en même temps" in refused.value.refusal.why
    propose(scenario, starts_on=day + timedelta(days=30), ends_on=day + timedelta(days=40))
    assert scenario.journey.immersions.count() == 2
