"""What leaves: what is due, still true, and wanted."""

from datetime import timedelta

import pytest
from django.core import mail

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.models import JournalEntry
from jalon.law.vocabulary import Act
from jalon.mailbox import preferences
from jalon.mailbox.delivery import TOO_LATE, send, write_notices
from jalon.mailbox.jobs import notify
from jalon.mailbox.messages import about_entry
from jalon.mailbox.models import Category, Notice, NoticeState
from jalon.mailbox.queries import notices
from jalon.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken_on(scenario: Scenario) -> JournalEntry:
    """An act of the architect, that the candidate is told of."""
    scenario.register().wait(1).take_charge()
    return scenario.journey.journal.get(act=Act.TAKE_CHARGE)


def state_of(entry: JournalEntry) -> str:
    """Return what became of the one e-mail about an entry."""
    return Notice.objects.get(entry=entry).state


def test_who_does_without_a_category_is_told_in_jalon_only(
    scenario: Scenario, taken_on: JournalEntry
) -> None:
    preferences.choose(scenario.person, [Category.REMINDERS])
    with timekeeper.at(scenario.at):
        assert notify(entry_id=taken_on.pk) == 0
        assert mail.outbox == []
        assert state_of(taken_on) == NoticeState.UNWANTED
        assert [one.title for one in notices(scenario.person)] == ["Candidature prise en charge"]


def test_a_decision_reaches_even_who_switched_everything_off(scenario: Scenario) -> None:
    scenario.to_admissible()
    preferences.choose(scenario.person, [])
    entry = scenario.journey.journal.get(act=Act.DECLARE_ADMISSIBLE)
    with timekeeper.at(scenario.at):
        notify(entry_id=entry.pk)
    assert [scenario.person.email] in [one.to for one in mail.outbox]


def test_a_decision_that_was_revoked_meanwhile_is_not_told(scenario: Scenario) -> None:
    scenario.to_admissible()
    entry = scenario.journey.journal.get(act=Act.DECLARE_ADMISSIBLE)
    scenario.journey.decisions.update(revoked_at=scenario.at)
    with timekeeper.at(scenario.at):
        notify(entry_id=entry.pk)
    assert [scenario.person.email] not in [one.to for one in mail.outbox]


def test_a_closed_account_is_written_to_no_more(scenario: Scenario, taken_on: JournalEntry) -> None:
    User.objects.filter(pk=scenario.person.pk).update(is_active=False)
    with timekeeper.at(scenario.at):
        assert notify(entry_id=taken_on.pk) == 0
    assert state_of(taken_on) == NoticeState.DROPPED


def test_what_could_not_leave_for_days_is_dropped(
    scenario: Scenario, taken_on: JournalEntry
) -> None:
    with timekeeper.at(scenario.at):
        write_notices(about_entry(taken_on))
    with timekeeper.at(scenario.at + TOO_LATE + timedelta(minutes=1)):
        assert send(Notice.objects.filter(entry=taken_on)) == 0
    assert state_of(taken_on) == NoticeState.DROPPED


def test_a_decision_leaves_however_long_the_mail_server_was_away(scenario: Scenario) -> None:
    scenario.to_admissible()
    entry = scenario.journey.journal.get(act=Act.DECLARE_ADMISSIBLE)
    with timekeeper.at(scenario.at):
        write_notices(about_entry(entry))
    with timekeeper.at(scenario.at + 3 * TOO_LATE):
        send(Notice.objects.filter(entry=entry))
    assert [scenario.person.email] in [one.to for one in mail.outbox]


def test_a_message_retired_since_is_dropped(scenario: Scenario, taken_on: JournalEntry) -> None:
    with timekeeper.at(scenario.at):
        write_notices(about_entry(taken_on))
        Notice.objects.update(message="retired")
        assert send(Notice.objects.filter(entry=taken_on)) == 0
    assert state_of(taken_on) == NoticeState.DROPPED


def test_a_person_named_by_two_messages_at_once_gets_their_own(scenario: Scenario) -> None:
    scenario.to_scheduled()
    entry = scenario.journey.journal.get(act=Act.SCHEDULE_HEARING)
    with timekeeper.at(scenario.at):
        write_notices(about_entry(entry))
    told = {
        (one.message, one.person.email)
        for one in Notice.objects.at_once().filter(entry=entry).select_related("person")
    }
    assert told == {
        ("hearing_summons", scenario.person.email),
        ("hearing_told", scenario.architect.email),
    }
