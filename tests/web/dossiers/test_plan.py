"""The plan after a jury on pages: done with one press, moved or given up with a reason, late where it is looked for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.models import BlocAward, JournalEntry, Journey
from jalon.law.vocabulary import Event, MeetingKind, MeetingMode
from jalon.mailbox.jobs import notify
from jalon.mailbox.models import Notice
from jalon.people.models import User
from jalon.support.models import Meeting
from tests.support.plans import ACTION, judged, planned_action
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-081")]

TODAY = "/accompagnement/aujourdhui/?tous=0"


@pytest.fixture
def after(scenario: Scenario) -> Scenario:
    """A candidate whom a jury gave nothing."""
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    return judged(scenario)


def read(viewer: User, address: str) -> str:
    """Return a page, on one line."""
    return " ".join(browser(viewer).get(address).content.decode().split())


def send(one: Scenario, by: User, name: str, number: int, **said: str) -> int:
    """Send a page of the plan; return what it answers."""
    address = reverse(f"dossiers:{name}", args=[one.journey.pk, number])
    return browser(by).post(address, said).status_code


def file(one: Scenario, tab: str = "") -> str:
    """Return the file of a candidate as who accompanies reads it."""
    return read(one.architect, f"/dossiers/{one.journey.pk}/{tab}")


def home(one: Scenario) -> str:
    """Return the candidate's page."""
    return read(one.person, f"/candidat/{one.journey.pk}/")


def test_a_candidate_notes_an_action_as_done_with_one_press_and_the_file_says_when(
    after: Scenario,
) -> None:
    action = planned_action(after.journey, days=5)
    page = home(after)
    bloc = page.split("Ce qui reste à obtenir")[1]
    assert ACTION in bloc and f'value="{timekeeper.today().isoformat()}"' in bloc
    assert "Vous, pour le" in bloc and "Le candidat, pour le" not in bloc
    assert "Le candidat, pour le" in file(after)
    on = timekeeper.today().isoformat()
    assert send(after, after.person, "keep_action", action.pk, on=on) == 302
    action.refresh_from_db()
    assert action.kept_on == timekeeper.today()
    for shown in (home(after), file(after)):
        assert "5 jours avant la date prévue" in shown
    assert "faite le" in file(after, "echanges/")
    assert "Action du plan faite" in file(after, "journal/")
    assert send(after, after.architect, "keep_action", action.pk, on=on) == 409


def test_an_action_that_is_moved_keeps_the_first_day_says_why_and_tells_the_other_side(
    after: Scenario,
) -> None:
    action = planned_action(after.journey, days=5)
    first = action.due_on
    for days in (10, 20):
        due_on = (first + timedelta(days=days)).isoformat()
        said = {"due_on": due_on, "reason": "Machine en panne"}
        assert send(after, after.architect, "move_action", action.pk, **said) == 302
    action.refresh_from_db()
    assert (action.moved_from, action.slip) == (first, 20)
    assert "Machine en panne" in home(after) and "20 jours de retard" in file(after)
    entry = JournalEntry.objects.filter(event=Event.PLAN_ACTION_MOVED).latest("number")
    notify(entry_id=entry.pk)
    assert [one.person for one in Notice.objects.filter(entry=entry)] == [after.person]


def test_an_action_done_before_the_date_it_was_moved_to_is_set_against_the_first_one_by_name(
    after: Scenario,
) -> None:
    action = planned_action(after.journey, days=-2)
    later = (timekeeper.today() + timedelta(days=9)).isoformat()
    said = {"due_on": later, "reason": "Machine en panne"}
    assert send(after, after.person, "move_action", action.pk, **said) == 302
    on = timekeeper.today().isoformat()
    assert send(after, after.person, "keep_action", action.pk, on=on) == 302
    assert "2 jours après la première date prévue" in home(after)


def test_a_day_that_is_past_is_to_be_corrected_and_a_missing_one_filled_in(after: Scenario) -> None:
    action = planned_action(after.journey, days=5)
    address = reverse("dossiers:move_action", args=[after.journey.pk, action.pk])
    said = {"due_on": "2020-01-01", "reason": "Machine en panne"}
    page = browser(after.person).post(address, said).content.decode()
    assert "À corriger." in page and "À compléter." not in page


def test_an_action_that_is_given_up_stays_readable_with_its_reason(after: Scenario) -> None:
    action = planned_action(after.journey)
    assert send(after, after.person, "give_up_action", action.pk, reason=" ") == 409
    said = {"reason": "Le tuteur est parti"}
    assert send(after, after.person, "give_up_action", action.pk, **said) == 302
    for shown in (home(after), file(after)):
        assert "abandonnée le" in shown and "Le tuteur est parti" in shown
    entry = JournalEntry.objects.get(event=Event.PLAN_ACTION_GIVEN_UP)
    notify(entry_id=entry.pk)
    assert [one.person for one in Notice.objects.filter(entry=entry)] == [after.architect]


def test_a_late_action_stands_in_the_day_of_who_accompanies_until_it_is_done_or_its_bloc_obtained(
    after: Scenario,
) -> None:
    heading = "Actions du plan après le jury, en retard"
    first, second = (planned_action(after.journey, -3, rank) for rank in (0, 1))
    Journey.objects.filter(pk=after.journey.pk).update(
        candidate_seen_at=timekeeper.now() - timedelta(days=40)
    )
    page = read(after.architect, TODAY)
    assert heading in page and page.count("Dire ce qu’il en est") == 2
    assert "une action du plan était prévue pour le" in page.lower()
    BlocAward.objects.create(
        journey=after.journey,
        bloc=after.journey.targeted.get(code=first.bloc),
        awarded_on=timekeeper.today(),
        session="Autre jury",
    )
    assert read(after.architect, TODAY).count("Dire ce qu’il en est") == 1
    on = timekeeper.today().isoformat()
    assert send(after, after.architect, "keep_action", second.pk, on=on) == 302
    assert heading not in read(after.architect, TODAY)


def test_another_project_is_read_on_both_sides(after: Scenario) -> None:
    Meeting.objects.create(
        journey=after.journey,
        kind=MeetingKind.POST_JURY,
        mode=MeetingMode.ON_SITE,
        held_on=timekeeper.today(),
        minutes=60,
        report={"report": "Bilan.", "alternative": "Une formation de soudeur"},
        held_by=after.architect,
    )
    for shown in (home(after), file(after)):
        assert "Une formation de soudeur" in shown
