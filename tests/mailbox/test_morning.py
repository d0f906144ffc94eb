"""The e-mail of a working day: whom one meets, what is late, in counts; nothing on an empty day, nor when away."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.mailbox.jobs import morning
from jalon.mailbox.models import MorningOff
from jalon.mailbox.rights import notices
from jalon.now import PARIS
from jalon.support import planning
from jalon.support.actions import note_absence
from jalon.support.models import Booking
from jalon.support.queries import offered
from tests.support.covers import replacement
from tests.support.messages import ASKED, a_message
from tests.support.rooms import a_workshop
from tests.web.browsers import browser

#: Before work begins, on the Tuesday of the meeting.
EARLY = datetime(2027, 3, 2, 7, 30, tzinfo=PARIS)


@pytest.fixture
def meeting(met: Scenario) -> Booking:
    """A meeting on Tuesday at nine."""
    slot = offered(met.person, met.journey)[0]
    return planning.book(met.journey.pk, slot.key, met.person)


def written(at: datetime = EARLY) -> dict[str, tuple[str, str]]:
    """Return the subject and the text that each person receives in the morning of a day."""
    mail.outbox.clear()
    with timekeeper.at(at):
        morning()
    return {one.to[0]: (one.subject, one.body.replace("\xa0", " ")) for one in mail.outbox}


def test_an_architect_reads_the_meetings_of_the_day_counted_in_the_subject(
    met: Scenario, meeting: Booking
) -> None:
    subject, body = written()[met.architect.email]
    assert subject.startswith("Jalon : 1 rendez-vous")
    assert met.person.last_name not in subject
    assert f"9 h 00 : {met.person.get_full_name()}, Caen" in body


def test_candidates_who_wait_for_an_answer_are_counted_and_nothing_they_wrote_is_quoted(
    met: Scenario,
) -> None:
    for _ in range(2):
        a_message(met)
    subject, body = written(timekeeper.now())[met.architect.email]
    assert "1 candidat attend votre réponse" in subject
    assert "1 candidat attend votre réponse" in body and ASKED not in body


def test_workshops_led_that_day_are_told_with_their_hours(met: Scenario) -> None:
    led = a_workshop(met)
    half = led.half_days.get()
    subject, body = written(half.starts_at - timedelta(hours=2))[led.led_by.email]
    assert "1 atelier" in subject
    assert led.theme.label in body


def test_nothing_leaves_on_a_day_off_or_when_there_is_nothing(
    met: Scenario, meeting: Booking
) -> None:
    Booking.objects.update(starts_at=EARLY + timedelta(days=5), ends_at=EARLY + timedelta(days=5.1))
    assert written(EARLY + timedelta(days=5)) == {}
    labour_day = datetime(2028, 5, 1, 7, 30, tzinfo=PARIS)
    Booking.objects.update(
        starts_at=labour_day + timedelta(hours=2), ends_at=labour_day + timedelta(hours=3)
    )
    assert written(labour_day) == {}


def test_whoever_is_away_gets_none_and_who_replaces_them_reads_their_day(
    met: Scenario, meeting: Booking, demo: DemoPeople
) -> None:
    colleague = next(one for one in demo.architects if one != met.architect)
    replacement(met.architect, colleague)
    sent = written()
    assert met.architect.email not in sent
    subject, body = sent[colleague.email]
    assert subject.startswith("Jalon : 1 rendez-vous")
    assert (
        f"{met.person.get_full_name()}, Caen (à la place de {met.architect.get_full_name()})"
        in body
    )


def test_whoever_is_absent_that_day_gets_none_and_who_leads_the_team_reads_whom_nobody_receives(
    met: Scenario, meeting: Booking, demo: DemoPeople
) -> None:
    day = date(2027, 3, 2)
    note_absence(met.architect, {"starts_on": day, "ends_on": day})
    sent = written()
    assert met.architect.email not in sent
    subject, body = sent[demo.head.email]
    assert "1 rendez-vous que personne ne reçoit" in subject
    assert f"9 h 00 : {met.person.get_full_name()}, avec {met.architect.get_full_name()}" in body
    colleague = next(one for one in demo.architects if one != met.architect)
    replacement(met.architect, colleague)
    assert "personne ne reçoit" not in " ".join(subject for subject, _ in written().values())


def test_the_workshop_of_who_is_absent_that_day_is_told_to_who_leads_the_team(
    met: Scenario, demo: DemoPeople
) -> None:
    led = a_workshop(met)
    half = led.half_days.get()
    early = half.starts_at - timedelta(hours=2)
    assert "personne n’anime" not in written(early).get(demo.head.email, ("", ""))[0]
    note_absence(led.led_by, {"starts_on": half.on, "ends_on": half.on})
    subject, body = written(early)[demo.head.email]
    assert "1 atelier que personne n’anime" in subject
    assert f"{led.theme.label}, avec {led.led_by.get_full_name()}" in body


def test_it_is_turned_off_and_on_in_the_settings_of_the_agenda(
    met: Scenario, meeting: Booking
) -> None:
    client = browser(met.architect)
    page = reverse("architect:morning")
    client.post(page, {"recevoir": "0"})
    assert met.architect.email not in written()
    assert len(notices(met.architect)["sans_courriel_du_matin"]) == 1
    settings = client.get(reverse("architect:agenda_settings")).content.decode()
    assert "Le recevoir" in settings
    client.post(page, {"recevoir": "1"})
    assert not MorningOff.objects.exists()
    assert met.architect.email in written()
