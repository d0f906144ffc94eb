"""The demonstration shows a workshop that was held, one full with people who wait, and one to come."""

import pytest

from jalon import now as timekeeper
from jalon.demo import workshops
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.law.vocabulary import Presence
from jalon.support import workshop_lists
from jalon.support.models import AttendanceEntry


@pytest.mark.django_db
def test_one_workshop_is_held_one_full_with_people_who_wait_and_one_to_come(
    demo: DemoPeople, scenario: Scenario
) -> None:
    timekeeper.travel(moment_before(0))
    for number in range(3, 3 * (workshops.PEOPLE + 1), 3):
        one = Scenario(demo, scenario.certification, moment_before(40), number=number)
        one.register().take_charge()
    workshops.hold_workshops(demo)
    every = workshop_lists.run_by(demo.architects[0])
    [held] = workshop_lists.over(every)
    full, open_ = workshop_lists.to_come(every)
    assert held.seated == workshops.PEOPLE
    assert {one.presence for one in AttendanceEntry.objects.all()} == set(Presence)
    assert not workshop_lists.to_note(demo.architects[0]).exists()
    assert full.seated == workshops.SEATS == full.capacity
    assert full.waiting == workshops.WANTED - workshops.SEATS
    assert 0 < open_.seated < open_.capacity
    days = {half.on.weekday() for one in every for half in one.half_days.all()}
    assert days <= set(range(5))
