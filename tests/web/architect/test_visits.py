"""What is taken along to a visit: who is expected, on screen and on paper."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.journeys.models import ListRead
from jalon.law.vocabulary import Attendance
from jalon.support import workshops
from jalon.support.models import Booking, HalfDay
from jalon.support.planning import book, give_up
from jalon.support.queries import offered
from tests.support.agenda import opened
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
