"""Nobody accompanies a candidate and decides their file: on real rows, through the one door."""

import pytest

from jalon.demo.scenario import DemoPeople, Scenario, member
from jalon.journeys.policy import capacity
from jalon.law.facts import Contact
from jalon.law.vocabulary import Act, Role
from jalon.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-063")]


def test_an_architect_who_works_for_the_certifier_does_not_decide_the_file_they_accompanied(
    demo: DemoPeople, scenario: Scenario
) -> None:
    architect = both_sides(scenario.architect, demo, Role.CERTIFIER)
    scenario.to_ready().send_feasibility()
    scenario.journey.refresh_from_db()
    assert capacity(architect, scenario.journey) == {Role.ARCHITECT}
    scenario.refuses("R-063", Act.DECLARE_COMPLETE, architect)


def test_who_handed_the_file_on_and_left_the_organisation_does_not_decide_it_either(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility()
    officer = both_sides(scenario.architect, demo, Role.CERTIFIER)
    officer.memberships.filter(role=Role.ARCHITECT).update(ended_at=scenario.at)
    again = User.objects.get(pk=officer.pk)
    assert capacity(again, scenario.journey) == frozenset()
    scenario.refuses("R-063", Act.DECLARE_COMPLETE, again)


def test_an_officer_who_decided_a_file_does_not_accompany_it_afterwards(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility().certifier(Act.DECLARE_COMPLETE)
    officer = both_sides(demo.officer, demo, Role.HEAD)
    assert capacity(officer, scenario.journey) == {Role.CERTIFIER}
    scenario.refuses("R-063", Act.RECORD_CONTACT, officer, Contact(scenario.at.date()))


def test_somebody_of_both_houses_who_did_nothing_on_a_file_chooses_one_side(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility()
    officer = both_sides(demo.officer, demo, Role.HEAD)
    assert capacity(officer, scenario.journey) == {Role.CERTIFIER, Role.HEAD}
    scenario.certifier(Act.DECLARE_COMPLETE)
    assert capacity(officer, scenario.journey) == {Role.CERTIFIER}


def test_an_architect_who_noted_what_a_certifier_elsewhere_did_still_accompanies(
    demo: DemoPeople, scenario: Scenario
) -> None:
    architect = both_sides(scenario.architect, demo, Role.CERTIFIER)
    scenario.to_ready().send_feasibility()
    demo.certifier.works_here = False
    demo.certifier.save()
    scenario.note(Act.DECLARE_COMPLETE)
    assert capacity(architect, scenario.journey) == {Role.ARCHITECT}


def both_sides(person: User, demo: DemoPeople, role: Role) -> User:
    """Give a person a role on the other side too, and read them anew."""
    house = demo.certifier if role == Role.CERTIFIER else demo.accompanist
    return User.objects.get(pk=member(person, house, role).pk)
