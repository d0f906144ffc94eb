"""The agenda and the appointments in a browser: a phone without script, axe, the keyboard, narrow screens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import MeetingMode
from jalon.people.models import User
from jalon.support import planning
from jalon.support.links import offer_token, token_of
from jalon.support.models import Absence, Booking, Site
from jalon.support.queries import offered
from tests.conftest import TODAY
from tests.support.agenda import kept_for_somebody, opened, overseas, site

from .looking import looked_over
from .screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def followed(demo: DemoPeople, number: int) -> Scenario:
    """Return a journey that the first architect follows; their numbers are three apart."""
    certification = Certification.objects.get(code="RNCP38901")
    return Scenario(demo, certification, TODAY, number=number).register().take_charge()


@pytest.fixture
def week(demo: DemoPeople) -> list[Scenario]:
    """A week as an architect lives it: two sites, telephone, an absence, a meeting past, one to come."""
    timekeeper.travel(TODAY)
    met = [followed(demo, number) for number in (3, 6, 9)]
    architect, home = met[0].architect, demo.accompanist
    elsewhere = site(home, "Alençon", address="2 rue de l’Exemple, Alençon")
    opened(architect, home, ends_at="12:30", minutes=45)
    opened(architect, home, weekday=3, starts_at="13:30", ends_at="17:30", site=elsewhere)
    opened(architect, home, weekday=0, starts_at="08:00", ends_at="12:00", mode=MeetingMode.PHONE)
    opened(architect, home, weekday=2, mode=MeetingMode.PHONE, site=overseas(home))
    Absence.objects.create(
        architect=architect, starts_on="2027-03-05", ends_on="2027-03-05", reason="Formation"
    )
    slots = offered(architect, met[0].journey)
    planning.book(met[0].journey.pk, slots[0].key, architect)
    planning.book(met[1].journey.pk, slots[4].key, architect)
    timekeeper.travel(Booking.objects.earliest("starts_at").ends_at + timedelta(minutes=5))
    return met


def pages(week: list[Scenario]) -> list[tuple[User | None, list[str]]]:
    """Return who opens which pages."""
    past, to_come, to_choose = week
    agenda = "/accompagnement/agenda/"
    slot = offered(to_choose.person, to_choose.journey)[0].key
    booked = Booking.objects.get(journey=to_come.journey)
    held = Booking.objects.get(journey=past.journey)
    own = f"/candidat/{to_come.journey.pk}/rendez-vous/"
    kept = kept_for_somebody(booked)
    place = Site.objects.earliest("pk").pk
    return [
        (
            past.architect,
            [
                agenda,
                f"{agenda}reglages/",
                "/dossiers/agenda/",
                f"{agenda}plage/",
                f"{agenda}absence/",
                f"{agenda}site/",
                f"{agenda}site/{place}/",
                f"{agenda}site/{place}/fermer/",
                f"{agenda}plus-tot/",
                f"{agenda}{booked.pk}/",
                f"{agenda}{held.pk}/",
                reverse("architect:visit_meeting", args=[held.pk]),
                f"{agenda}{booked.pk}/annuler/",
                f"{agenda}dossier/{to_choose.journey.pk}/",
                reverse("dossiers:journey", args=[to_come.journey.pk]),
            ],
        ),
        (
            to_choose.person,
            [
                "/candidat/",
                f"/candidat/{to_choose.journey.pk}/rendez-vous/",
                f"/candidat/{to_choose.journey.pk}/rendez-vous/?creneau={slot}",
            ],
        ),
        (
            to_come.person,
            ["/candidat/", own, f"{own}deplacer/", f"{own}annuler/", f"{own}plus-tot/"],
        ),
        (
            None,
            [
                reverse(f"public:{name}", args=[token_of(booked)])
                for name in ("booking", "move_booking", "cancel_booking", "earlier")
            ]
            + [reverse("public:earlier_offer", args=[offer_token(kept)])],
        ),
        (past.demo.head, [f"{agenda}?de={past.architect.pk}"]),
    ]


@pytest.mark.rule("R-128")
def test_the_pages_of_the_agenda_have_no_fault_fit_a_phone_and_answer_the_keyboard(
    desk: Page, live_server: object, week: list[Scenario]
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    wrong: list[str] = []
    for number, (person, paths) in enumerate(pages(week)):
        wrong += looked_over(desk, address, person, paths, f"agenda-{number}")
    assert wrong == []


@pytest.mark.rule("R-128")
def test_an_appointment_is_taken_moved_and_cancelled_on_a_phone_without_javascript(
    browser: Browser, live_server: object, week: list[Scenario]
) -> None:
    person = week[2].person
    phone = Screen(browser, live_server.url, person, width=390, scripts=False)  # type: ignore[attr-defined]
    phone.open("/candidat/").follow("Prendre rendez-vous")
    phone.follow("9 h 45").reads("Confirmer ce rendez-vous ?")
    phone.press("Oui, confirmer").reads("Mon rendez-vous")
    phone.follow("Choisir une autre heure").follow("11 h 15")
    phone.press("Oui, déplacer à cette heure").reads("Votre rendez-vous est déplacé")
    phone.follow("Annuler ce rendez-vous").press("Oui, annuler ce rendez-vous")
    phone.reads("Votre rendez-vous est annulé.")
    assert Booking.objects.get(journey=week[2].journey).given_up_at is not None
