"""What the law is shown of a journey, drawn from real rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon import now as timekeeper
from jalon.catalogue.models import Competence
from jalon.catalogue.versions import fingerprint, written
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.jobs import tick
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import snapshots
from jalon.law import facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Accompaniment, Act, Role, Stage
from tests.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-025")]


@pytest.fixture
def again(demo: DemoPeople, scenario: Scenario) -> Scenario:
    """A person whose admissibility lapsed this year, about to send a new file for the same."""
    first = Scenario(demo, scenario.certification, TODAY, accompaniment=Accompaniment.ALONE)
    first.to_admissible().wait(205)
    with timekeeper.at(first.at):
        tick()
    first.certifier(Act.CONFIRM_LAPSE, facts.Lapse(True))
    assert first.journey.stage == Stage.LAPSED
    second = Scenario(
        demo,
        scenario.certification,
        first.at + timedelta(days=1),
        candidate=first.person,
        accompaniment=Accompaniment.ALONE,
    )
    second.to_ready()
    assert second.at.year == TODAY.year
    return second


def test_after_a_lapse_the_same_year_sees_a_second_file(again: Scenario) -> None:
    again.send_feasibility()
    assert again.journey.stage == Stage.FEASIBILITY_SENT


def test_unless_the_referential_changed_in_between(again: Scenario) -> None:
    Competence.objects.filter(bloc__certification=again.certification).update(title="Autre.")
    asked = written(again.certification.blocs)
    again.certification.referential = fingerprint(asked)
    again.certification.save()
    with pytest.raises(Refused) as refused:
        again.send_feasibility()
    assert refused.value.rule == "R-018"


def test_two_hundred_journeys_are_read_in_as_many_statements_as_one(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_scheduled()
    shape = Journey.objects.get(pk=scenario.journey.pk)
    copies = [
        Journey(
            reference=f"COPIE-{number}",
            **{
                field.attname: getattr(shape, field.attname)
                for field in Journey._meta.concrete_fields
                if field.attname not in ("id", "reference")
            },
        )
        for number in range(199)
    ]
    Journey.objects.bulk_create(copies)
    with CaptureQueriesContext(connection) as alone:
        snapshots([Journey.objects.get(pk=shape.pk)], Role.ARCHITECT)
    with CaptureQueriesContext(connection) as together:
        found = snapshots(list(Journey.objects.all()), Role.ARCHITECT)
    assert len(found) == 200
    assert len(together) == len(alone)
