"""Who is told of an act: each person once, whatever the mail server does, with nothing to overhear."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import Act
from jalon.mailbox.jobs import notify
from jalon.mailbox.models import Notice

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


def test_a_subject_tells_nothing_and_no_mail_carries_a_secret(scenario: Scenario) -> None:
    scenario.to_complete().run_pending_jobs()
    people = {
        scenario.person.last_name,
        scenario.person.first_name,
        scenario.certification.title,
        scenario.journey.reference,
    }
    assert len(mail.outbox) > 10
    for message in mail.outbox:
        assert not any(word in message.subject for word in people), message.subject
        assert "/compte/" not in message.body
        assert f"/dossiers/{scenario.journey.pk}/" in message.body
