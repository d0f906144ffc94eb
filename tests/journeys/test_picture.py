"""What the law is shown of a journey, drawn from real rows."""

from datetime import timedelta

import pytest

from jalon import now as clock
from jalon.catalogue import actions as catalogue
from jalon.catalogue.models import Criterion
from jalon.config.stories import House, Walk
from jalon.journeys.jobs import tick
from jalon.law import case as facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Accompaniment, Act, Stage
from tests.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-025")]


@pytest.fixture
def again(house: House, walk: Walk) -> Walk:
    """A person whose admissibility lapsed this year, about to send a new file for the same."""
    first = Walk(house, walk.certification, TODAY, accompaniment=Accompaniment.ALONE)
    first.to_admissible().wait(205)
    with clock.at(first.at):
        tick()
    first.certifier(Act.CONFIRM_LAPSE, facts.Lapse(True))
    assert first.journey.stage == Stage.LAPSED
    second = Walk(
        house, walk.certification, first.at + timedelta(days=1), candidate=first.person,
        accompaniment=Accompaniment.ALONE,
    )  # fmt: skip
    second.to_ready()
    assert second.at.year == TODAY.year
    return second


def test_after_a_lapse_the_same_year_sees_a_second_file(again: Walk) -> None:
    again.send_feasibility()
    assert again.journey.stage == Stage.FEASIBILITY_SENT


def test_unless_the_referential_changed_in_between(again: Walk) -> None:
    Criterion.objects.filter(competence__bloc__certification=again.certification).update(
        text="Autre."
    )
    again.certification.referential = catalogue.fingerprint(again.certification)
    again.certification.save()
    with pytest.raises(Refused) as refused:
        again.send_feasibility()
    assert refused.value.rule == "R-018"
