"""A colleague acts on the files of somebody absent, between two days, and the journal says for whom."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys import covers
from jalon.journeys.actions import act
from jalon.journeys.lists import caseload
from jalon.journeys.models import JournalEntry
from jalon.journeys.policy import capacity, reads_sensitive
from jalon.law.facts import ReassignmentRequest
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Role
from jalon.people.models import User
from jalon.support.rights import agenda
from tests.mailbox.test_meetings import remind_at, run_tells, sent
from tests.support.covers import again, replacement

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(scenario: Scenario) -> Scenario:
    """A journey that an architect has taken on."""
    scenario.register().take_charge()
    timekeeper.travel(scenario.at)
    return scenario


def colleague_of(scenario: Scenario) -> User:
    """Return another architect of the same team."""
    return next(one for one in scenario.demo.architects if one != scenario.architect)


def test_who_replaces_acts_on_the_file_between_the_two_days_and_not_after(
    followed: Scenario,
) -> None:
    bruno = colleague_of(followed)
    assert capacity(bruno, followed.journey) == frozenset()
    made = replacement(followed.architect, bruno, starts=2, days=3)
    for days, acts in ((0, False), (2, True), (4, True), (5, False)):
        with timekeeper.at(followed.at + timedelta(days=days)):
            assert (Role.ARCHITECT in capacity(again(bruno), followed.journey)) is acts, days
    with timekeeper.at(followed.at + timedelta(days=2)):
        covers.end_cover(again(followed.architect), made.pk)
        assert capacity(again(bruno), followed.journey) == frozenset()


@pytest.mark.rule("R-123")
def test_who_replaces_reads_what_the_architect_reads_and_a_third_colleague_does_not(
    followed: Scenario,
) -> None:
    bruno = colleague_of(followed)
    third = next(one for one in followed.demo.architects if one not in (bruno, followed.architect))
    replacement(followed.architect, bruno)
    assert reads_sensitive(again(bruno), followed.journey)
    assert not reads_sensitive(again(third), followed.journey)


def test_the_files_of_who_is_absent_are_among_those_of_who_replaces(followed: Scenario) -> None:
    bruno = colleague_of(followed)
    assert followed.journey not in caseload(again(bruno), mine=True)
    replacement(followed.architect, bruno)
    assert followed.journey in caseload(again(bruno), mine=True)
    assert followed.journey in caseload(again(followed.architect), mine=True)


@pytest.mark.rule("R-124")
def test_the_journal_says_who_acted_and_for_whom(followed: Scenario) -> None:
    bruno = colleague_of(followed)
    replacement(followed.architect, bruno)
    third = next(one for one in followed.demo.architects if one not in (bruno, followed.architect))
    done = act(
        followed.journey.pk,
        Act.REASSIGN,
        by=again(bruno),
        facts=ReassignmentRequest(third.pk, "Départ"),
    )
    line = JournalEntry.objects.get(pk=done.pk)
    assert (line.author, line.acted_for) == (bruno, followed.architect)
    back = act(
        followed.journey.pk,
        Act.REASSIGN,
        by=again(third),
        facts=ReassignmentRequest(bruno.pk, "Retour"),
    )
    assert back.acted_for is None


def test_both_are_told_when_it_is_named_and_when_it_is_over(followed: Scenario) -> None:
    bruno = colleague_of(followed)
    made = replacement(followed.architect, bruno, days=5)
    run_tells()
    both = {followed.architect.email, bruno.email}
    told = sent("cover_named")
    assert {one.to[0] for one in told} == both
    assert any("vous remplace" in one.body for one in told)
    assert any("Vous remplacez" in one.body for one in told)
    assert remind_at(timekeeper.now() + timedelta(days=3)) == []
    after = timekeeper.midnight(made.ends_on + timedelta(days=1)) + timedelta(hours=8)
    assert remind_at(after) == ["cover_over", "cover_over"]


def test_one_that_is_taken_back_is_told_and_is_not_told_to_be_over(followed: Scenario) -> None:
    made = replacement(followed.architect, colleague_of(followed), days=5)
    covers.end_cover(again(followed.architect), made.pk)
    run_tells()
    assert len(sent("cover_ended")) == 2
    assert remind_at(timekeeper.now() + timedelta(days=9)) == []
    with pytest.raises(Refused, match="déjà terminé"):
        covers.end_cover(again(followed.architect), made.pk)


def test_a_colleague_names_no_replacement_for_another_and_the_head_does(
    followed: Scenario,
) -> None:
    bruno = colleague_of(followed)
    days = {"starts_on": timekeeper.today(), "ends_on": timekeeper.today()}
    asked = {"absent": followed.architect, "cover": bruno} | days
    with pytest.raises(Refused, match="choisi par lui ou par son responsable"):
        covers.name_cover(again(bruno), asked)
    with pytest.raises(Refused, match="n’accompagne pas de candidats"):
        covers.name_cover(again(followed.architect), asked | {"cover": followed.demo.stranger})
    assert covers.name_cover(again(followed.demo.head), asked).cover == bruno


@pytest.mark.rule("R-122")
def test_the_copy_of_each_of_the_two_says_who_replaced_whom(followed: Scenario) -> None:
    bruno = colleague_of(followed)
    made = replacement(followed.architect, bruno)
    for person in (followed.architect, bruno):
        [told] = agenda(person)["remplacements"]
        assert (told["starts_on"], told["ends_on"]) == (made.starts_on, made.ends_on)
        assert told["cover"] == bruno.get_full_name()
    assert agenda(followed.demo.head)["remplacements"] == []
