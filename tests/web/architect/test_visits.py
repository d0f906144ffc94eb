"""What is taken along to a visit: who is expected, on screen and on paper."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.journeys.models import ListRead
from jalon.law.facts import Reason
from jalon.law.vocabulary import Act, Attendance
from jalon.people.models import User
from jalon.support import workshops
from jalon.support.models import Booking, HalfDay
from jalon.support.planning import book, give_up
from jalon.support.queries import offered
from jalon.support.visits import hours_carried
from tests.support.agenda import opened
from tests.support.attendance import DRAWN
from tests.support.rooms import a_workshop
from tests.support.test_workshops import some_people
from tests.web.browsers import browser
from tests.web.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(scenario: Scenario, machining: Certification) -> list[Scenario]:
    """Three people of whom two have a seat in a workshop to come; the third waits for one."""
    people = some_people(scenario, machining, 3)
    timekeeper.travel(max(one.at for one in people))
    workshop = a_workshop(people[0], seats=2)
    for one in people:
        workshops.enrol(workshop.pk, one.journey.pk, one.person)
    people[0].person.phone = "06 12 34 56 78"
    people[0].person.save()
    return people


def page_of(half_day: HalfDay) -> str:
    return reverse("architect:visit_half_day", args=[half_day.pk])


def test_before_a_workshop_one_page_tells_who_is_expected_how_to_call_them_and_what_they_bring(
    three: list[Scenario],
) -> None:
    shown = read(browser(three[0].architect).get(page_of(HalfDay.objects.get())))
    for one in three[:2]:
        assert one.person.get_full_name() in shown
    assert three[2].person.get_full_name() not in shown
    assert "06 12 34 56 78" in shown
    assert "Pris en charge" in shown
    assert "Apporte : pièce d’identité, CV" in shown
    assert "☐ Absence excusée" in shown
    assert ListRead.objects.get(exported=True).rows == 2


@pytest.mark.rule("R-123")
def test_of_somebody_who_left_the_team_the_page_tells_neither_the_telephone_nor_the_stage(
    three: list[Scenario],
) -> None:
    gone, half_day = three[0], HalfDay.objects.get()
    architect = browser(gone.architect)
    gone.at = timekeeper.now()
    gone.do(Act.LEAVE_ACCOMPANIMENT, gone.person, Reason("Je continue seul."))
    timekeeper.travel(half_day.ends_at)
    shown = read(architect.get(page_of(half_day)))
    assert gone.person.get_full_name() in shown and "06 12 34 56 78" not in shown
    card = shown.split(gone.person.get_full_name())[1][:60]
    assert "N’est plus accompagné par votre équipe" in card


def test_the_page_of_a_workshop_leads_to_what_is_taken_along_and_a_cancelled_one_has_none(
    three: list[Scenario],
) -> None:
    half_day = HalfDay.objects.get()
    architect = browser(three[0].architect)
    workshop = reverse("architect:workshop", args=[half_day.workshop_id])
    assert page_of(half_day) in architect.get(workshop).content.decode()
    half_day.workshop.cancelled_at = timekeeper.now()
    half_day.workshop.save()
    assert page_of(half_day) not in architect.get(workshop).content.decode()
    assert architect.get(page_of(half_day)).status_code == 404


def test_presences_written_on_paper_are_typed_on_the_same_page_afterwards(
    three: list[Scenario],
) -> None:
    half_day = HalfDay.objects.get()
    timekeeper.travel(half_day.ends_at)
    architect = browser(three[0].architect)
    form = architect.get(page_of(half_day)).content.decode()
    own = reverse("architect:sign_leader", args=[half_day.pk])
    assert own in form
    assert own not in browser(three[0].demo.head).get(page_of(half_day)).content.decode()
    notes_at = reverse("architect:presence", args=[half_day.workshop_id, half_day.pk])
    assert f'action="{notes_at}"' in form
    first, second = half_day.workshop.enrolments.seated().order_by("pk")
    said = {f"presence_{first.pk}": "present", f"presence_{second.pk}": "excused"}
    assert all(f'name="{name}"' in form for name in said)
    assert "Les présences sont notées" in read(architect.post(notes_at, said, follow=True))
    assert 'value="present" ' in architect.get(page_of(half_day)).content.decode()
    assert [one.presence for one in half_day.attendance.order_by("enrolment")] == [
        "present",
        "excused",
    ]


def test_a_meeting_is_taken_along_and_noted_from_the_same_page(three: list[Scenario]) -> None:
    one = three[0]
    opened(one.architect, one.demo.accompanist)
    met: Booking = book(one.journey.pk, offered(one.person, one.journey)[0].key, one.person)
    architect = browser(one.architect)
    page = reverse("architect:visit_meeting", args=[met.pk])
    shown = architect.get(reverse("architect:booking", args=[met.pk])).content.decode()
    assert page in shown
    timekeeper.travel(met.ends_at)
    shown = architect.get(page).content.decode()
    assert one.person.get_full_name() in shown and "Absence sans prévenir" in shown
    architect.post(reverse("architect:settle", args=[met.pk]), {"presence": "no_show"})
    met.refresh_from_db()
    assert met.attendance == Attendance.NO_SHOW


def test_a_meeting_that_was_cancelled_is_not_taken_along(three: list[Scenario]) -> None:
    one = three[0]
    opened(one.architect, one.demo.accompanist)
    met = book(one.journey.pk, offered(one.person, one.journey)[0].key, one.person)
    give_up(met, one.person)
    architect = browser(one.architect)
    page = reverse("architect:visit_meeting", args=[met.pk])
    assert architect.get(page).status_code == 404
    assert page not in read(architect.get(reverse("architect:booking", args=[met.pk])))


def brought(half_day: HalfDay, by: Scenario, **other: Any) -> dict[str, Any]:
    """Return what a device sends of the first person of a half-day, who was present."""
    seat = half_day.workshop.enrolments.seated().earliest("pk")
    return {
        "person": by.architect.pk,
        "number": seat.pk,
        "carried": hours_carried(half_day),
        "id": "5a9f3c1e-7c1d-4c7e-9a53-3f8f2b6f0a11",
        "told": "",
        "since": [],
        "answer": "present||",
        "strokes": "",
    } | other


def send(person: User, half_day: HalfDay, said: Any) -> Any:
    """Send it as the script of the page does."""
    address = reverse("architect:bring_half_day", args=[half_day.pk])
    return browser(person).post(address, json.dumps(said), content_type="application/json")


def test_a_device_is_told_what_is_noted_now_whether_it_was_kept_or_refused(
    three: list[Scenario],
) -> None:
    half_day, by = HalfDay.objects.get(), three[0]
    early = send(by.architect, half_day, brought(half_day, by))
    assert (early.status_code, early.json()["noted"]) == (409, "")
    assert "n’a pas commencé" in early.json()["why"]
    timekeeper.travel(half_day.ends_at)
    kept = send(by.architect, half_day, brought(half_day, by))
    assert (kept.status_code, kept.json()["said"]) == (200, "Présent")
    other = send(
        by.architect, half_day, brought(half_day, by, answer="absent||", id=str(uuid.uuid4()))
    )
    assert (other.status_code, other.json()["noted"]) == (409, "present||")
    assert half_day.attendance.get().presence == "present"


@pytest.mark.rule("R-110")
def test_a_signature_that_was_brought_back_is_told_and_shown_on_the_page(
    three: list[Scenario],
) -> None:
    half_day, by = HalfDay.objects.get(), three[0]
    timekeeper.travel(half_day.ends_at)
    kept = send(by.architect, half_day, brought(half_day, by, strokes=DRAWN))
    assert kept.json()["signed"] == "Signature tracée"
    shown = browser(by.architect).get(page_of(half_day)).content.decode()
    assert 'data-signed="Signature tracée"' in shown


def test_a_page_that_is_taken_along_says_what_is_noted_and_until_when_it_is_kept(
    three: list[Scenario],
) -> None:
    half_day = HalfDay.objects.get()
    timekeeper.travel(half_day.ends_at)
    send(three[0].architect, half_day, brought(half_day, three[0]))
    answer = browser(three[0].architect).get(page_of(half_day))
    assert 'data-noted="present||"' in answer.content.decode()
    assert answer["X-Kept-Until"] == (half_day.ends_at + timedelta(days=2)).isoformat()


def test_nobody_sends_in_the_name_of_another_nor_once_the_session_is_over(
    three: list[Scenario],
) -> None:
    half_day, by = HalfDay.objects.get(), three[0]
    timekeeper.travel(half_day.ends_at)
    colleague = send(by.demo.head, half_day, brought(half_day, by))
    assert colleague.status_code == 403 and "un autre nom" in colleague.json()["why"]
    address = reverse("architect:bring_half_day", args=[half_day.pk])
    gone = Client().post(address, "{}", content_type="application/json")
    assert gone.status_code == 401 and "gardé sur cet appareil" in gone.json()["why"]
    unknown = send(by.architect, half_day, brought(half_day, by, number=0))
    assert unknown.status_code == 404 and unknown.json()["closed"]
    assert not half_day.attendance.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "here||"},
        {"answer": None},
        {"told": 3},
        {"id": "1"},
        {"since": [1]},
        {"since": ["5a9f3c1e-7c1d-4c7e-9a53-3f8f2b6f0a11"] * 21},
        {"carried": None},
        {"strokes": ["M1 1L2 2"]},
        {"number": "1"},
        {"person": True},
    ],
)
def test_what_no_page_of_ours_sends_is_refused_in_words(
    three: list[Scenario], wrong: dict[str, Any]
) -> None:
    half_day = HalfDay.objects.get()
    timekeeper.travel(half_day.ends_at)
    answer = send(three[0].architect, half_day, brought(half_day, three[0], **wrong))
    assert answer.status_code == 400 and "n’a pas pu envoyer" in answer.json()["why"]
    assert not half_day.attendance.exists()
