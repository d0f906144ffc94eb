"""Workshops in a browser: axe, the keyboard, narrow screens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.people.models import User
from jalon.support import workshops
from jalon.support.models import Workshop
from tests.conftest import TODAY
from tests.support.attendance import a_workshop_held
from tests.support.rooms import a_workshop

from .looking import looked_over
from .test_agenda import followed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(demo: DemoPeople) -> list[Scenario]:
    """Three people: two of them were in a workshop, and one of these waits for another that is full."""
    timekeeper.travel(TODAY)
    three = [followed(demo, number) for number in (3, 6, 9)]
    a_workshop_held(three[:2])
    timekeeper.travel(timekeeper.now() + timedelta(hours=1))
    full = a_workshop(three[0])
    for one in three[:2]:
        workshops.enrol(full.pk, one.journey.pk, one.person)
    return three


def pages(people: list[Scenario]) -> list[tuple[User, list[str]]]:
    """Return who opens which pages: one workshop is past, the other full with somebody who waits."""
    past, full = Workshop.objects.order_by("pk")
    team = "/accompagnement/ateliers/"
    noted = past.half_days.get()
    own = [f"/candidat/{one.journey.pk}/ateliers/" for one in people]
    return [
        (
            people[0].architect,
            [
                team,
                f"{team}?passes=1",
                f"{team}nouveau/",
                f"{team}{past.pk}/",
                f"{team}{past.pk}/presences/{noted.pk}/",
                f"{team}{full.pk}/",
                reverse("architect:visit_half_day", args=[full.half_days.get().pk]),
                f"{team}{full.pk}/modifier/",
                f"{team}{full.pk}/annuler/",
                reverse("architect:enrol", args=[full.pk]) + f"?q={people[2].person.last_name}",
            ],
        ),
        (people[0].person, [own[0], f"{own[0]}{past.pk}/"]),
        (
            people[1].person,
            [
                f"{own[1]}{full.pk}/",
                reverse("candidate:leave_workshop", args=[people[1].journey.pk, full.pk]),
            ],
        ),
        (people[2].person, [own[2], f"{own[2]}{full.pk}/"]),
    ]


@pytest.mark.rule("R-128")
def test_the_pages_of_workshops_have_no_fault_fit_a_phone_and_answer_the_keyboard(
    desk: Page, live_server: object, people: list[Scenario]
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    wrong: list[str] = []
    for number, (person, paths) in enumerate(pages(people)):
        wrong += looked_over(desk, address, person, paths, f"workshops-{number}")
    assert wrong == []
