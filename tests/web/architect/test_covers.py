"""The pages of a replacement: planned by who leaves, seen by who replaces, its meetings moved or given."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.actions import act
from jalon.law.facts import ReassignmentRequest
from jalon.law.vocabulary import Act, Attendance
from jalon.people.models import CoverPeriod, User
from jalon.support.jobs import release
from jalon.support.models import Absence, Booking
from jalon.support.queries import offered
from tests.mailbox.test_meetings import book, run_tells, sent
from tests.support.agenda import opened
from tests.support.covers import again, replacement
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(scenario: Scenario) -> Scenario:
    """A journey whose architect receives on Tuesdays."""
    scenario.register().take_charge()
    timekeeper.travel(scenario.at)
    opened(scenario.architect, scenario.demo.accompanist)
    return scenario


@pytest.fixture
def bruno(met: Scenario) -> User:
    """A colleague of that architect."""
    return next(one for one in met.demo.architects if one != met.architect)


def days(first: int, last: int) -> dict[str, str]:
    """Return the two days of a form, so many days from today."""
    day = timekeeper.today()
    return {
        "starts_on": (day + timedelta(days=first)).isoformat(),
        "ends_on": (day + timedelta(days=last)).isoformat(),
    }


def test_who_leaves_names_who_replaces_them_and_sees_the_meetings_of_those_days(
    met: Scenario, bruno: User
) -> None:
    booked = book(met)
    anne = browser(met.architect)
    said = {"absent": met.architect.pk, "cover": bruno.pk} | days(0, 60)
    page = anne.post(reverse("architect:new_cover"), said, follow=True).content.decode()
    assert "Vous êtes tous deux prévenus" in page
    assert met.person.get_full_name() in page and booked.when in page
    assert f"Confier à {bruno}" in page
    assert f"{bruno} pour {met.architect}" in anne.get(reverse("architect:covers")).content.decode()
    refused = anne.post(reverse("architect:new_cover"), said)
    assert refused.status_code == 409 and "remplace déjà" in refused.content.decode()


def test_who_replaces_sees_for_whom_in_the_day_and_in_the_list(met: Scenario, bruno: User) -> None:
    page = browser(bruno)
    said = f"pour {met.architect}"
    assert said not in page.get(reverse("architect:today")).content.decode()
    replacement(met.architect, bruno)
    assert said in page.get(reverse("architect:today")).content.decode()
    assert said in page.get(reverse("architect:caseload")).content.decode()
    assert said not in browser(met.architect).get(reverse("architect:today")).content.decode()


def test_a_meeting_to_note_of_who_is_away_says_with_whom_it_was(met: Scenario, bruno: User) -> None:
    booked = book(met)
    timekeeper.travel(booked.ends_at + timedelta(hours=1))
    replacement(met.architect, bruno)
    for name in ("architect:today", "architect:agenda"):
        page = " ".join(browser(bruno).get(reverse(name)).content.decode().split())
        assert f"avec {met.architect}" in page, name
        own = " ".join(browser(met.architect).get(reverse(name)).content.decode().split())
        assert f"avec {met.architect}" not in own, name


def test_the_page_of_the_journal_says_for_whom(met: Scenario, bruno: User) -> None:
    replacement(met.architect, bruno)
    third = next(one for one in met.demo.architects if one not in (bruno, met.architect))
    act(met.journey.pk, Act.REASSIGN, by=again(bruno), facts=ReassignmentRequest(third.pk, ""))
    journal = reverse("dossiers:journal", args=[met.journey.pk])
    text = " ".join(browser(met.demo.head).get(journal).content.decode().split())
    assert f"{bruno.get_full_name()}, pour {met.architect.get_full_name()}" in text


def test_a_meeting_of_the_absence_is_given_at_the_same_hour_and_stands(
    met: Scenario, bruno: User
) -> None:
    booked = book(met)
    made = replacement(met.architect, bruno, days=60)
    address = reverse("architect:entrust", args=[made.pk])
    browser(met.architect).post(address, {"rendez_vous": booked.pk})
    run_tells()
    booked.refresh_from_db()
    assert (booked.architect, booked.attendance) == (bruno, Attendance.EXPECTED)
    assert met.person.email in {one.to[0] for one in sent("booking_moved")}
    assert release() == 0
    booked.refresh_from_db()
    assert booked.awaited


def test_all_meetings_are_given_but_those_of_an_hour_that_is_not_free(
    met: Scenario, bruno: User
) -> None:
    booked = book(met)
    Absence.objects.create(architect=bruno, starts_on=booked.on, ends_on=booked.on)
    made = replacement(met.architect, bruno, days=60)
    anne = browser(met.architect)
    address = reverse("architect:entrust", args=[made.pk])
    page = anne.post(address, follow=True).content.decode()
    assert f"{bruno.get_full_name()} n’est pas libre" in page
    assert Booking.objects.get(pk=booked.pk).architect == met.architect
    Absence.objects.all().delete()
    page = anne.post(address, follow=True).content.decode()
    assert f"1 rendez-vous confié à {bruno}" in page and "Aucun rendez-vous à déplacer" in page
    assert Booking.objects.get(pk=booked.pk).architect == bruno


def test_a_candidate_chooses_an_hour_of_who_replaces_on_the_days_of_the_absence(
    met: Scenario, bruno: User
) -> None:
    opened(bruno, met.demo.accompanist, weekday=3)
    made = replacement(met.architect, bruno, starts=3, days=14)
    slots = offered(met.person, met.journey)
    within = [one for one in slots if one.starts_at.date() <= made.ends_on]
    assert {
        one.starts_at.weekday() for one in within if one.starts_at.date() >= made.starts_on
    } == {3}
    assert slots == sorted(slots, key=lambda one: one.starts_at)
    after = [one for one in slots if one.starts_at.date() > made.ends_on]
    assert {one.starts_at.weekday() for one in after} == {1}


def test_who_replaces_takes_nothing_back_and_who_leaves_does(met: Scenario, bruno: User) -> None:
    made = replacement(met.architect, bruno)
    end = reverse("architect:end_cover", args=[made.pk])
    browser(bruno).post(end)
    made.refresh_from_db()
    assert made.ended_at is None
    page = browser(met.architect).post(end, follow=True).content.decode()
    assert "Le remplacement est retiré" in page
    assert CoverPeriod.objects.get().ended_at is not None
    assert f"pour {met.architect}" not in browser(bruno).get("/accompagnement/").content.decode()


def test_a_colleague_who_has_no_part_in_a_replacement_is_told_nothing(
    met: Scenario, bruno: User
) -> None:
    made = replacement(met.architect, bruno)
    third = next(one for one in met.demo.architects if one not in (bruno, met.architect))
    assert browser(third).get(reverse("architect:cover", args=[made.pk])).status_code == 404
