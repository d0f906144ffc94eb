"""Who holds each role towards a journey."""

import pytest

from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Act, Role
from jalon.mailbox.recipients import holders, people, told_by_law
from jalon.people.models import Membership, User

pytestmark = pytest.mark.django_db


def test_every_role_but_the_system_can_be_written_to(scenario: Scenario) -> None:
    scenario.to_scheduled()
    demo = scenario.demo
    expected = {
        Role.CANDIDATE: [scenario.person],
        Role.ARCHITECT: [scenario.architect],
        Role.HEAD: [demo.head],
        Role.CERTIFIER: [demo.officer],
        Role.JUROR: [one.user for one in demo.jurors[:3]],
        Role.ADMINISTRATOR: [demo.administrator],
        Role.SYSTEM: [],
    }
    for role in Role:
        found = holders(scenario.journey, role)
        assert sorted(one.email for one in found) == sorted(one.email for one in expected[role]), (
            role
        )


def test_nobody_sits_before_a_session_is_planned(scenario: Scenario) -> None:
    assert holders(scenario.register().journey, Role.JUROR) == []


def test_without_an_architect_the_head_is_told(scenario: Scenario) -> None:
    assert holders(scenario.register().journey, Role.ARCHITECT) == [scenario.demo.head]


def test_who_left_or_closed_their_account_is_not_told(scenario: Scenario) -> None:
    journey = scenario.register().journey
    Membership.objects.filter(user=scenario.demo.head).update(ended_at=scenario.at)
    User.objects.filter(pk=scenario.demo.officer.pk).update(is_active=False)
    assert scenario.demo.head not in holders(journey, Role.HEAD)
    assert holders(journey, Role.CERTIFIER) == []


@pytest.mark.rule("R-035")
def test_an_architect_whose_access_ended_is_told_nothing_more_and_the_head_is(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    Membership.objects.filter(user=scenario.architect).update(ended_at=scenario.at)
    scenario.admissible()
    entry = scenario.journey.journal.get(act=Act.DECLARE_ADMISSIBLE)
    told = people(entry, told_by_law(entry))
    assert set(told) == {scenario.person, scenario.demo.head}


def test_without_a_head_the_architects_are_told_of_a_new_registration(scenario: Scenario) -> None:
    Membership.objects.filter(user=scenario.demo.head).update(ended_at=scenario.at)
    entry = scenario.register().journey.journal.get(act=Act.REGISTER)
    assert set(people(entry, told_by_law(entry))) == {scenario.person, *scenario.demo.architects}


def test_where_nobody_works_any_more_the_administrators_are_told(scenario: Scenario) -> None:
    Membership.objects.filter(organisation=scenario.demo.accompanist).update(ended_at=scenario.at)
    journey = scenario.register().journey
    assert holders(journey, Role.HEAD) == [scenario.demo.administrator]


@pytest.mark.rule("R-035", "R-079")
def test_the_law_names_the_roles_of_an_act_and_nobody_for_an_event(scenario: Scenario) -> None:
    scenario.to_admissible()
    decided = scenario.journey.journal.get(act=Act.DECLARE_ADMISSIBLE)
    assert told_by_law(decided) == (Role.CANDIDATE, Role.ARCHITECT)
    assert told_by_law(scenario.journey.journal.events().first()) == ()


def test_an_act_retired_from_the_vocabulary_tells_nobody(scenario: Scenario) -> None:
    entry = scenario.register().journey.journal.get()
    entry.act = "an_act_of_old"
    assert told_by_law(entry) == ()


def test_the_author_of_an_act_is_not_told_unless_a_candidate(scenario: Scenario) -> None:
    scenario.register().take_charge()
    entry = scenario.journey.journal.get(act=Act.TAKE_CHARGE)
    assert people(entry, [Role.ARCHITECT, Role.CANDIDATE]) == [scenario.person]
    registered = scenario.journey.journal.get(act=Act.REGISTER)
    assert people(registered, [Role.CANDIDATE]) == [scenario.person]
