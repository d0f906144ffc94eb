"""Who is told of an act: each person once, whatever the mail server does, with nothing to overhear."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from jalon.config.stories import House, Walk
from jalon.law.vocabulary import Act
from jalon.mailbox.jobs import notify
from jalon.mailbox.models import Notice

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """Return the addresses of the e-mails sent, in order."""
    return [address for message in mail.outbox for address in message.to]


def test_each_person_is_told_once_however_often_the_job_runs(walk: Walk) -> None:
    entry = walk.register().journey.journal.get(act=Act.REGISTER)
    assert notify(entry_id=entry.pk) == 2
    assert notify(entry_id=entry.pk) == 0
    assert sorted(told()) == sorted([walk.person.email, walk.house.head.email])


def test_staff_are_not_told_of_what_they_did(walk: Walk) -> None:
    walk.register().take_charge()
    entry = walk.journey.journal.get(act=Act.TAKE_CHARGE)
    notify(entry_id=entry.pk)
    assert told() == [walk.person.email]


def test_a_refused_address_keeps_nobody_waiting_and_is_tried_again(
    walk: Walk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = walk.register().journey.journal.get(act=Act.REGISTER)
    send = EmailMessage.send

    def full(message: EmailMessage, fail_silently: bool = False) -> int:
        if message.to == [walk.person.email]:
            raise OSError("boîte pleine")
        return send(message, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", full)
    with pytest.raises(OSError, match="boîte pleine"):
        notify(entry_id=entry.pk)
    assert told() == [house.head.email]
    monkeypatch.setattr(EmailMessage, "send", send)
    assert notify(entry_id=entry.pk) == 1
    assert told() == [house.head.email, walk.person.email]
    assert not Notice.objects.filter(sent_at__isnull=True).exists()


def test_a_subject_tells_nothing_and_no_mail_carries_a_secret(walk: Walk) -> None:
    walk.to_complete().settle()
    people = {
        walk.person.last_name,
        walk.person.first_name,
        walk.certification.title,
        walk.journey.reference,
    }
    assert len(mail.outbox) > 10
    for message in mail.outbox:
        assert not any(word in message.subject for word in people), message.subject
        assert "/compte/" not in message.body
        assert f"/dossiers/{walk.journey.pk}/" in message.body
