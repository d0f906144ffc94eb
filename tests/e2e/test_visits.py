"""A visit without network: what is noted there is held on the device, and reaches the database once."""

from collections.abc import Iterator
from datetime import timedelta
from time import sleep

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import MeetingKind, Presence, SignedHow
from jalon.support import workshops
from jalon.support.models import (
    AttendanceEntry,
    AttendanceSignature,
    Booking,
    Enrolment,
    HalfDay,
    Meeting,
    Workshop,
)
from jalon.support.planning import book
from jalon.support.queries import offered
from jalon.web.architect import visits
from tests.conftest import TODAY
from tests.support.agenda import opened
from tests.support.rooms import a_workshop

from .conftest import faults, keep
from .network import Mood, Network
from .screen import sign_in
from .test_agenda import followed
from .test_typing import BACK, HELD, at_work, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.rule("R-110"),
]

KEPT = "async () => (await (await caches.open('visites')).keys()).length > 0"
MORNING = "Vous signez : 3 mars 2027, de 10 h 00 à 13 h 00, soit 3 h 00"
NOTHING_KEPT = "async () => !(await caches.has('visites'))"


class Hall:
    """A workshop that three people attend where the network fails, and the telephone of who leads it."""

    def __init__(self, browser: Browser, address: str, demo: DemoPeople) -> None:
        timekeeper.travel(TODAY)
        self.people: list[Scenario] = [followed(demo, number) for number in (3, 6, 9)]
        workshop = a_workshop(self.people[0], seats=3)
        for one in self.people:
            workshops.enrol(workshop.pk, one.journey.pk, one.person)
        self.half_day = HalfDay.objects.get()
        timekeeper.travel(self.half_day.ends_at)
        self.network = Network(address)
        phone = {"width": 390, "height": 844}
        self.phone = browser.new_context(viewport=phone, locale="fr-FR")  # type: ignore[arg-type]
        self.phone.set_default_timeout(8000)
        self.sign_in()
        self.address = (
            f"{self.network.address}/accompagnement/visite/demi-journee/{self.half_day.pk}/"
        )

    def sign_in(self) -> None:
        """Sign in on the telephone."""
        page = self.phone.new_page()
        sign_in(page, self.network.address, self.people[0].architect)
        page.close()

    def open(self, path: str = "") -> Page:
        """Open a page, that which is taken along to the workshop if no other is said."""
        page = self.phone.new_page()
        page.goto(self.network.address + path if path else self.address)
        return page

    def a_meeting(self) -> Booking:
        """Return a meeting that has no report, just over, of the first of the people."""
        one = self.people[0]
        opened(one.architect, one.demo.accompanist)
        slot = offered(one.person, one.journey)[0].key
        Booking.objects.filter(pk=book(one.journey.pk, slot, one.person).pk).update(
            kind=MeetingKind.FOLLOW_UP
        )
        met = Booking.objects.get()
        timekeeper.travel(met.ends_at)
        return met

    def back(self, page: Page, mood: Mood = Mood.CARRIES) -> None:
        """Let the network come back, and tell the page."""
        self.network.become(mood)
        page.evaluate(BACK)

    def seat(self, place: int) -> Enrolment:
        """Return the seat of one of the people."""
        return Enrolment.objects.get(journey=self.people[place].journey)

    def answer(self, page: Page, place: int, label: str) -> None:
        """Tap the answer of one of the people."""
        card = page.locator(f"[data-number='{self.seat(place).pk}']")
        card.get_by_label(label, exact=True).check()

    def draw(self, page: Page, place: int, hours: str) -> None:
        """Hand the telephone to one of the people, who reads some hours and draws their signature."""
        page.get_by_role("button", name=f"Faire signer : {self.people[place].person}").click()
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text(hours)
        if hours == MORNING and place == 0:
            assert faults(page) == []
            keep(page, "visite-signer")
        box = sheet.locator("canvas").bounding_box()
        assert box
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 90, steps=8)
        page.mouse.up()
        sheet.get_by_role("button", name="Signer ces heures").click()

    def close(self) -> None:
        """End everything."""
        self.phone.close()
        self.network.close()
        for _ in range(40):
            if not at_work():
                return
            sleep(0.05)


@pytest.fixture
def hall(
    browser: Browser, live_server: object, demo: DemoPeople, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hall]:
    """A hall; the browser's clock is not that of the test."""
    monkeypatch.setattr(visits, "KEPT_FOR", timedelta(days=9000))
    found = Hall(browser, live_server.url, demo)  # type: ignore[attr-defined]
    yield found
    found.close()


def test_presences_and_a_signature_taken_without_network_arrive_once_and_nothing_stays_after_signing_out(
    hall: Hall,
) -> None:
    page = hall.open()
    expect(page.locator("main")).to_contain_text("s’ouvre sans réseau sur cet appareil")
    until(page, KEPT)
    hall.network.become(Mood.CUT)
    page.reload()
    hall.answer(page, 0, "Présent")
    hall.answer(page, 1, "Absence excusée")
    hall.answer(page, 2, "Présent")
    hall.draw(page, 0, MORNING)
    sums = page.get_by_role("status")
    expect(sums).to_contain_text("3 réponses gardées sur cet appareil, dont 1 signature")
    keep(page, "visite-sans-reseau")
    count, clear = page.evaluate(HELD)
    assert count == 3 and not any(word in clear for word in ("present", "excused", "strokes"))
    page.close()
    page = hall.open()
    sums = page.get_by_role("status")
    expect(sums).to_contain_text("3 réponses gardées")
    assert not AttendanceEntry.objects.exists()
    hall.back(page, Mood.LOSES_ANSWERS)
    expect(sums).to_contain_text("3 réponses gardées")
    hall.back(page)
    expect(sums).to_contain_text("Tout est enregistré dans Jalon")
    noted = AttendanceEntry.objects.values_list("enrolment", "presence")
    assert dict(noted) == {
        hall.seat(0).pk: Presence.PRESENT,
        hall.seat(1).pk: Presence.EXCUSED,
        hall.seat(2).pk: Presence.PRESENT,
    }
    signed = AttendanceSignature.objects.get()
    assert (signed.how, signed.person, signed.minutes) == (
        SignedHow.DRAWN,
        hall.people[0].person,
        180,
    )
    expect(page.locator("main")).to_contain_text("Signature tracée")
    for one in hall.people[:2]:
        expect(page.get_by_role("button", name=f"Faire signer : {one.person}")).to_have_count(0)
    assert len(noted) == 3 and page.evaluate(HELD)[0] == 0

    hall.network.become(Mood.CUT)
    hall.answer(page, 1, "Présent")
    hall.answer(page, 2, "Absent")
    hall.draw(page, 1, MORNING)
    expect(sums).to_contain_text("2 réponses gardées")
    HalfDay.objects.update(starts_at=hall.half_day.starts_at - timedelta(minutes=30))
    hall.back(page)
    expect(sums).to_contain_text("À revoir : 2 réponses")
    first = page.get_by_role("group", name="À revoir").first
    expect(first).to_contain_text("Les heures ont changé depuis que cette page a été emportée")
    expect(first).to_contain_text("Noté sur cet appareil : Présent")
    expect(first).to_contain_text("Noté dans Jalon : Absence excusée")
    expect(first).to_contain_text("faites signer de nouveau")
    assert faults(page) == []
    keep(page, "visite-a-revoir")
    first.get_by_role("button", name="Garder ce qui est noté ici").click()
    expect(sums).to_contain_text("À revoir : 1 réponse")
    first.get_by_role("button", name="Garder ce qui est dans Jalon").click()
    until(page, f"async () => (await ({HELD})())[0] === 0")
    assert [one.presence for one in AttendanceEntry.objects.all()] == [Presence.PRESENT] * 3
    assert AttendanceSignature.objects.get() == signed

    asked = page.get_by_role("button", name=f"Faire signer : {hall.people[1].person}")
    expect(asked).to_have_count(0)
    moved = page.locator(f"[data-number='{hall.seat(1).pk}'] [data-moved]")
    expect(moved).to_be_visible()
    page.reload()
    hall.draw(page, 1, "de 9 h 30 à 13 h 00, soit 3 h 30")
    expect(page.get_by_role("status")).to_contain_text("Tout est enregistré dans Jalon")
    assert AttendanceSignature.objects.get(person=hall.people[1].person).minutes == 210

    page.get_by_role("button", name="Quitter").click()
    until(page, NOTHING_KEPT)
    hall.network.become(Mood.CUT)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(hall.address)


def test_a_page_that_may_be_read_no_more_does_not_stay_on_the_device(hall: Hall) -> None:
    page = hall.open()
    until(page, KEPT)
    Workshop.objects.update(cancelled_at=timekeeper.now())
    page.reload()
    expect(page.locator("main")).not_to_contain_text(str(hall.people[0].person))
    until(page, "async () => !(await (await caches.open('visites')).keys()).length")


def test_what_was_noted_of_a_meeting_leaves_from_any_page_once_its_author_signed_in_again(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hall.open()
    until(page, KEPT)
    hall.network.become(Mood.CUT)
    hall.answer(page, 2, "Présent")
    expect(page.get_by_role("status")).to_contain_text("1 réponse gardée")
    page.close()
    hall.network.become(Mood.CARRIES)
    Workshop.objects.update(cancelled_at=timekeeper.now(), reason="Grève")

    met = hall.a_meeting()
    page = hall.open(reverse("architect:visit_meeting", args=[met.pk]))
    until(page, KEPT)
    gone = f"À revoir, {hall.people[2].person}"
    expect(page.get_by_role("group", name=gone)).to_contain_text("ne sont plus dans Jalon")
    Session.objects.all().delete()
    page.get_by_label("Tenu").check()
    hall.draw(page, 0, "Vous signez")
    expect(page.get_by_role("status")).to_contain_text("Votre session est terminée")
    page.get_by_role("button", name="Quitter").click()
    expect(page.get_by_role("status")).to_contain_text("1 réponse n’est pas encore dans Jalon")
    page.close()
    hall.sign_in()
    page = hall.open(reverse("architect:today"))
    page.get_by_role("group", name=gone).get_by_role("button", name="Effacer").click()
    expect(page.get_by_role("status")).to_contain_text(
        "enregistré maintenant dans Jalon : 1 réponse"
    )
    signed = AttendanceSignature.objects.get()
    assert (signed.meeting, signed.minutes) == (Meeting.objects.get(), met.minutes)
    assert page.evaluate(HELD)[0] == 0

    monkeypatch.setattr(visits, "KEPT_FOR", timedelta(days=-9000))
    page.goto(hall.network.address + reverse("architect:visit_meeting", args=[met.pk]))
    hall.network.become(Mood.CUT)
    with pytest.raises(Exception, match="ERR_"):
        page.reload()
