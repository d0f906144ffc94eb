"""An appointment by the link of its mail, without signing in: what it opens, and when it serves no more."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Attendance, Occasion
from jalon.mailbox.jobs import tell
from jalon.support import planning
from jalon.support.links import CHANGES_A_MEETING, booking_of, token_of
from jalon.support.models import Booking
from jalon.support.queries import offered
from tests.support.agenda import opened
from tests.web.reading import links, read


@pytest.fixture
def booked(scenario: Scenario) -> Booking:
    """A meeting that a candidate took, on Tuesday at nine."""
    scenario.register().take_charge()
    timekeeper.travel(scenario.at)
    opened(scenario.architect, scenario.demo.accompanist)
    slot = offered(scenario.person, scenario.journey)[0]
    return planning.book(scenario.journey.pk, slot.key, scenario.person)


def address(booking: Booking, name: str = "booking") -> str:
    return reverse(f"public:{name}", args=[token_of(booking)])


def test_the_link_of_the_mail_opens_the_appointment_without_signing_in(booked: Booking) -> None:
    tell(occasion=Occasion.BOOKING_MADE, key=booked.told_as)
    [body] = [one.body for one in mail.outbox if one.to == [booked.journey.candidate.email]]
    path, sooner = re.findall(r"https?://[^/\s]+(/rendez-vous/lien/\S+)", body)
    assert sooner == f"{path}plus-tot/"
    answer = Client().get(path)
    assert "Mardi 2 mars 2027 à 9 h 00" in read(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert booked.journey.candidate.last_name not in read(answer)
    assert booked.journey.reference not in read(answer)


def test_opening_every_page_of_the_link_changes_nothing(booked: Booking) -> None:
    client = Client()
    for name in ("booking", "move_booking", "cancel_booking"):
        page = client.get(address(booked, name))
        assert page.status_code == 200
        for link in links(page, "creneau="):
            assert client.get(address(booked, name) + link).status_code == 200
    before = (booked.starts_at, Attendance.EXPECTED, 0)
    booked.refresh_from_db()
    assert (booked.starts_at, booked.attendance, booked.revision) == before


def test_the_link_moves_once_however_often_the_button_is_pressed(booked: Booking) -> None:
    client = Client()
    move = address(booked, "move_booking")
    other = links(client.get(move), "creneau=")[1].removeprefix("?creneau=")
    for _ in range(2):
        done = client.post(move, {"creneau": other}, follow=True)
        assert "Votre rendez-vous est déplacé : mardi 2 mars 2027 à 11 h 00." in read(done)
    booked.refresh_from_db()
    assert (booked.revision, booked.changed_by) == (1, booked.journey.candidate)


def test_the_link_cancels_then_serves_no_more(booked: Booking) -> None:
    client = Client()
    done = client.post(address(booked, "cancel_booking"), {"reason": ""}, follow=True)
    assert "Votre rendez-vous est annulé." in read(done)
    assert "Ce lien ne sert plus" in read(done) and done.status_code == 410
    booked.refresh_from_db()
    assert booked.attendance == Attendance.EXCUSED
    for name in ("booking", "move_booking", "cancel_booking"):
        assert client.post(address(booked, name), {"creneau": "1-1"}).status_code == 410


def test_a_link_ends_at_the_hour_it_was_written_for(booked: Booking) -> None:
    token, starts_at = token_of(booked), booked.starts_at
    later = offered(booked.journey.candidate, booked.journey, booked)[-1]
    planning.move(booked, later.key, booked.journey.candidate)
    booked.refresh_from_db()
    with timekeeper.at(starts_at - timedelta(minutes=1)):
        assert booking_of(token) == booked
    with timekeeper.at(starts_at):
        assert booking_of(token) is None
        assert booking_of(token_of(booked)) == booked


def test_a_link_is_for_one_meeting_and_one_purpose(booked: Booking) -> None:
    token = token_of(booked)
    expires = int(booked.starts_at.timestamp())
    other_purpose = signing.dumps([booked.pk, expires], salt="another purpose")
    another = signing.dumps([booked.pk + 1, expires], salt=CHANGES_A_MEETING)
    for wrong in (other_purpose, another, token[:-1], token + "x", "x", "\x00", "a:b:c"):
        answer = Client().get(reverse("public:booking", args=[wrong]))
        assert answer.status_code == 410, wrong
    assert booking_of(token) == booked


def test_a_closed_account_opens_nothing_by_its_links(booked: Booking) -> None:
    booked.journey.candidate.is_active = False
    booked.journey.candidate.save()
    assert Client().get(address(booked)).status_code == 410


def test_another_site_sends_nothing_in_the_name_of_who_holds_a_link(booked: Booking) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(address(booked, "cancel_booking"), {"reason": ""}).status_code == 403
    booked.refresh_from_db()
    assert booked.attendance == Attendance.EXPECTED
