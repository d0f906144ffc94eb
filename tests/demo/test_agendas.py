"""The demonstration's agendas have something to show on each of their pages."""

import pytest

from jalon import now as timekeeper
from jalon.demo import agendas
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.support.models import Absence, Booking, EarlierOffer, EarlierWish
from jalon.support.queries import to_settle


@pytest.mark.django_db
def test_each_architect_has_meetings_to_come_and_some_whose_presence_is_to_be_noted(
    demo: DemoPeople, scenario: Scenario
) -> None:
    for number in range(9, 27):
        Scenario(demo, scenario.certification, scenario.at, number=number).register().take_charge()
    agendas.fill_agendas(demo)
    timekeeper.travel(moment_before(0))
    for architect in demo.architects:
        assert to_settle(architect).count() == agendas.PAST
        to_come = Booking.objects.to_come().filter(architect=architect)
        assert to_come.count() == (3 if architect == demo.architects[0] else 4)
        assert {one.mode for one in architect.opening_hours.all()} == {"on_site", "phone", "remote"}
    assert Absence.objects.count() == len(demo.architects)
    assert EarlierWish.objects.standing().count() == 2
    assert EarlierOffer.objects.in_force().count() == 1
