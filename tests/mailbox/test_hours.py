"""Who is told that hours wait for a signature, once a day at most, and that a certificate is ready."""

from datetime import timedelta

import pytest
from django.core import mail

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Presence, SignedHow
from jalon.mailbox.jobs import hours, notify
from jalon.support import workshops
from jalon.support.service import certify
from jalon.support.signatures import sign
from tests.mailbox.test_meetings import sent
from tests.support.attendance import DRAWN, a_workshop_held, last_hours

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-110")]


@pytest.fixture
def there(scenario: Scenario) -> Scenario:
    """Somebody who was in a workshop of a morning that just ended."""
    scenario.register().take_charge()
    a_workshop_held([scenario])
    mail.outbox.clear()
    return scenario


def evening(days: int = 0) -> int:
    """Let days pass and the worker tell what waits; return how many e-mails left."""
    timekeeper.travel(timekeeper.now() + timedelta(days=days, hours=1))
    before = len(mail.outbox)
    hours()
    return len(mail.outbox) - before


def test_who_was_there_and_has_not_signed_is_told_once_with_the_page_to_sign(
    there: Scenario,
) -> None:
    assert evening() == 1
    [told] = sent("hours_to_sign")
    assert told.to == [there.person.email]
    assert told.subject == "Jalon : 1 demi-journée à signer"
    assert f"/candidat/{there.journey.pk}/heures/" in told.body
    assert last_hours(there).when in told.body
    assert evening() == 0
    assert evening(days=1) == 0


def test_who_signed_on_the_tablet_is_not_written_to(there: Scenario) -> None:
    signed = last_hours(there)
    sign(signed, SignedHow.DRAWN, there.architect, signed.digest, strokes=DRAWN)
    assert evening() == 0


def test_a_presence_that_is_corrected_is_told_anew_the_next_day(there: Scenario) -> None:
    assert evening() == 1
    seat = there.journey.enrolments.get()
    half_day = seat.workshop.half_days.get()
    timekeeper.travel(timekeeper.now() + timedelta(hours=1))
    workshops.note(half_day, seat, Presence.ABSENT, there.architect)
    assert evening(days=1) == 0
    workshops.note(half_day, seat, Presence.PRESENT, there.architect)
    assert evening() == 1


def test_the_candidate_is_told_that_the_certificate_is_ready_and_what_it_counts(
    there: Scenario,
) -> None:
    signed = last_hours(there)
    sign(signed, SignedHow.DRAWN, there.architect, signed.digest, strokes=DRAWN)
    notify(entry_id=certify(there.journey, there.architect).pk)
    [told] = sent("certificate_ready")
    assert told.to == [there.person.email]
    assert "3\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00" in told.body
    assert "Vous avez encore des heures à signer" not in told.body
