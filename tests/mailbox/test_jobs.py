"""Each person is told once, whatever the mail server does, and at the hour planned."""

import json
from datetime import timedelta

import psycopg
import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario, member, person
from jalon.law.facts import Leaving, PostponementRequest
from jalon.law.vocabulary import Act, DropOutReason, Occasion, PostponedBy, Role
from jalon.mailbox.delivery import write_notices
from jalon.mailbox.jobs import morning, notify, remind, tell
from jalon.mailbox.messages import about_entry
from jalon.mailbox.models import Notice, NoticeState
from jalon.now import PARIS

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """Return the addresses of the e-mails sent, in order."""
    return [address for message in mail.outbox for address in message.to]


def test_each_person_is_told_once_however_often_the_job_runs(scenario: Scenario) -> None:
    entry = scenario.register().journey.journal.get(act=Act.REGISTER)
    assert notify(entry_id=entry.pk) == 2
    assert notify(entry_id=entry.pk) == 0
    assert sorted(told()) == sorted([scenario.person.email, scenario.demo.head.email])


def test_staff_are_not_told_of_what_they_did(scenario: Scenario) -> None:
    scenario.register().take_charge()
    entry = scenario.journey.journal.get(act=Act.TAKE_CHARGE)
    notify(entry_id=entry.pk)
    assert told() == [scenario.person.email]


def test_a_refused_address_keeps_nobody_waiting_and_is_tried_again(
    scenario: Scenario, demo: DemoPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = scenario.register().journey.journal.get(act=Act.REGISTER)
    send = EmailMessage.send

    def full(message: EmailMessage, fail_silently: bool = False) -> int:
        if message.to == [scenario.person.email]:
            raise OSError("boîte pleine")
        return send(message, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", full)
    with pytest.raises(OSError, match="boîte pleine"):
        notify(entry_id=entry.pk)
    assert told() == [demo.head.email]
    monkeypatch.setattr(EmailMessage, "send", send)
    assert notify(entry_id=entry.pk) == 1
    assert told() == [demo.head.email, scenario.person.email]
    assert not Notice.objects.filter(sent_at__isnull=True).exists()


def test_a_mail_server_that_is_away_is_asked_once_and_not_for_each_person(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = scenario.register().journey.journal.get(act=Act.REGISTER)
    asked = []

    def hangs(message: EmailMessage, fail_silently: bool = False) -> int:
        asked.append(message)
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", hangs)
    with pytest.raises(TimeoutError):
        notify(entry_id=entry.pk)
    assert len(asked) == 1
    monkeypatch.undo()
    assert notify(entry_id=entry.pk) == 2


def test_a_mail_that_another_worker_is_sending_is_not_sent_twice_and_is_tried_again(
    scenario: Scenario, raw: psycopg.Connection
) -> None:
    entry = scenario.register().journey.journal.get(act=Act.REGISTER)
    write_notices(about_entry(entry))
    mine = Notice.objects.get(person=scenario.person)
    with raw.transaction():
        raw.execute("SELECT pg_advisory_xact_lock(hashtextextended('notice', %s))", [mine.pk])
        with pytest.raises(BlockingIOError):
            notify(entry_id=entry.pk)
        assert told() == [scenario.demo.head.email]
    assert notify(entry_id=entry.pk) == 1
    assert told() == [scenario.demo.head.email, scenario.person.email]


def test_a_mail_sent_again_after_a_kill_has_the_number_of_the_first(scenario: Scenario) -> None:
    entry = scenario.register().journey.journal.get(act=Act.REGISTER)
    notify(entry_id=entry.pk)
    Notice.objects.update(state=NoticeState.WAITING, sent_at=None)
    notify(entry_id=entry.pk)
    numbers = [one.message()["Message-ID"] for one in mail.outbox]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2


def test_one_more_person_costs_five_more_statements(scenario: Scenario, demo: DemoPeople) -> None:
    """A transaction each: whatever happens next, their e-mail is not sent again."""

    def statements() -> int:
        entry = Scenario(demo, scenario.certification, scenario.at).register().journey.journal.get()
        with CaptureQueriesContext(connection) as asked:
            notify(entry_id=entry.pk)
        return len(asked)

    two = statements()
    for number in range(5):
        head = person("Autre", f"Tête{number}", f"tete{number}@exemple.fr")
        member(head, demo.accompanist, Role.HEAD)
    assert statements() == two + 5 * 5


def test_an_event_that_no_message_tells_of_writes_to_nobody(scenario: Scenario) -> None:
    scenario.to_ready()
    added = scenario.journey.journal.events().first()
    assert added.done == "Document ajouté"
    assert notify(entry_id=added.pk) == 0


def test_each_member_of_a_panel_is_summoned_once_when_the_session_is_created(
    scenario: Scenario, demo: DemoPeople
) -> None:
    scenario.to_scheduled()
    session = scenario.current_hearing().session
    with timekeeper.at(scenario.at):
        assert tell(occasion=Occasion.SESSION_CREATED, key=str(session.pk)) == 3
        assert tell(occasion=Occasion.SESSION_CREATED, key=str(session.pk)) == 0
    assert sorted(told()) == sorted(one.user.email for one in demo.jurors[:3])
    assert all(one.subject.startswith("Jalon : vous siégez au jury du") for one in mail.outbox)


def test_creating_a_session_queues_its_summons(scenario: Scenario) -> None:
    scenario.to_scheduled()
    session = scenario.current_hearing().session
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'mailbox.tell'")
        queued = [json.loads(arguments) for (arguments,) in cursor.fetchall()]
    assert queued == [{"occasion": "session_created", "key": str(session.pk)}]


@pytest.fixture
def called(scenario: Scenario) -> Scenario:
    """A candidate called before a jury, and told so."""
    scenario.to_scheduled()
    entry = scenario.journey.journal.get(act=Act.SCHEDULE_HEARING)
    with timekeeper.at(scenario.at):
        notify(entry_id=entry.pk)
    mail.outbox.clear()
    return scenario


def test_the_candidate_is_reminded_the_day_before_at_nine(called: Scenario) -> None:
    held_on = called.current_hearing().session.held_on
    planned = Notice.objects.get(message="hearing_reminder")
    at_nine = planned.due_at.astimezone(PARIS)
    assert (at_nine.date(), at_nine.hour) == (held_on - timedelta(days=1), 9)
    with timekeeper.at(at_nine - timedelta(minutes=1)):
        assert remind() == 0
    with timekeeper.at(at_nine + timedelta(minutes=4)):
        assert remind() == 1
        assert remind() == 0
    assert told() == [called.person.email]


def test_nobody_is_reminded_of_a_hearing_that_was_postponed(called: Scenario) -> None:
    planned = Notice.objects.get(message="hearing_reminder")
    postpone(called)
    with timekeeper.at(planned.due_at):
        assert remind() == 0
    planned.refresh_from_db()
    assert planned.state == NoticeState.DROPPED


def test_a_hearing_planned_again_is_reminded_once_for_its_new_date(called: Scenario) -> None:
    postpone(called)
    called.wait(1).convene(in_days=40)
    entry = called.journey.journal.filter(act=Act.SCHEDULE_HEARING).latest("number")
    with timekeeper.at(called.at):
        notify(entry_id=entry.pk)
    mail.outbox.clear()
    for planned in Notice.objects.filter(message="hearing_reminder").order_by("due_at"):
        with timekeeper.at(planned.due_at):
            remind()
    assert [one.subject for one in mail.outbox] == ["Jalon : rappel pour demain"]


def test_a_hearing_of_tomorrow_is_not_reminded_after_the_hour(scenario: Scenario) -> None:
    scenario.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene(1)
    entry = scenario.journey.journal.get(act=Act.SCHEDULE_HEARING)
    with timekeeper.at(scenario.at):
        notify(entry_id=entry.pk)
    assert not Notice.objects.filter(message="hearing_reminder").exists()


def postpone(scenario: Scenario) -> None:
    """The certifier takes the candidate out of the session."""
    scenario.do(
        Act.POSTPONE_HEARING,
        scenario.demo.officer,
        PostponementRequest("Salle fermée", PostponedBy.CERTIFIER),
    )


def late_result(demo: DemoPeople, scenario: Scenario) -> Scenario:
    """A result that was not notified in time."""
    scenario.runs_clocks = True
    return scenario.to_scheduled().deliberate().wait(30)


def test_staff_read_once_a_day_how_many_files_are_late_and_wait_and_nobody_s_name_in_the_subject(
    demo: DemoPeople, scenario: Scenario
) -> None:
    late_result(demo, scenario)
    timekeeper.travel(scenario.at)
    Scenario(demo, scenario.certification, scenario.at - timedelta(days=1)).register()
    timekeeper.travel(scenario.at)
    mail.outbox.clear()
    morning()
    morning()
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects[demo.officer.email] == "Jalon : 1 dossier en retard"
    assert subjects[demo.head.email] == "Jalon : 1 dossier à traiter aujourd’hui"
    assert (
        subjects[scenario.architect.email] == "Jalon : 1 dossier en retard, 1 à traiter aujourd’hui"
    )
    assert len(told()) == len(set(told()))
    mine = next(one for one in mail.outbox if one.to == [demo.officer.email])
    assert scenario.person.get_full_name() in mine.body
    assert "en retard de 15 jours" in mine.body


def test_staff_are_told_of_the_morning_later_when_the_mail_server_is_away(
    demo: DemoPeople, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    timekeeper.travel(late_result(demo, scenario).at)
    mail.outbox.clear()

    def away(message: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as ill:
        ill.setattr(EmailMessage, "send", away)
        assert morning() == 0
    queued = ProcrastinateJob.objects.filter(task_name="mailbox.tell").latest("pk")
    assert tell(**queued.args) > 0
    assert [demo.officer.email] in [one.to for one in mail.outbox]


def test_a_morning_without_anything_to_do_brings_no_mail(demo: DemoPeople) -> None:
    assert morning() == 0
    assert told() == []


def test_a_certifier_is_not_told_of_a_file_they_cannot_open(scenario: Scenario) -> None:
    scenario.register()
    scenario.do(Act.DROP_OUT, scenario.person, Leaving(DropOutReason.TIME))
    notify(entry_id=scenario.journey.journal.get(act=Act.DROP_OUT).pk)
    assert scenario.demo.officer.email not in told()
    assert scenario.person.email in told()
