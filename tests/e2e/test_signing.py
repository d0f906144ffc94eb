"""Signing in a browser: a finger on the tablet, a phone without script, axe, the keyboard, narrow screens."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople
from jalon.law.signatures import drawing
from jalon.law.vocabulary import SignedHow
from jalon.mailbox.models import AccountMail
from jalon.people.models import User
from jalon.support.attendance import find, hours_of
from jalon.support.links import signing_token
from jalon.support.models import AttendanceSignature, HalfDay, Meeting
from jalon.support.signatures import sign
from tests.conftest import TODAY
from tests.support.attendance import DRAWN, attended_today

from .looking import looked_over
from .screen import Screen
from .test_agenda import Scenario, followed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.rule("R-110"),
]


@pytest.fixture
def there(demo: DemoPeople) -> Scenario:
    """Somebody who met their architect, and was in a workshop this morning."""
    timekeeper.travel(TODAY)
    one = followed(demo, 3).first_meeting()
    timekeeper.travel(one.at)
    attended_today(one)
    return one


def pages(there: Scenario) -> list[tuple[User | None, list[str]]]:
    """Return who opens which pages; the meeting is signed, the morning is not."""
    morning, meeting = HalfDay.objects.get(), Meeting.objects.get()
    held = find(there.journey, "rendez-vous", meeting.pk)
    assert held
    sign(held, SignedHow.DRAWN, there.architect, held.digest, strokes=DRAWN)
    hours = next(one for one in hours_of(there.journey) if one.to_sign)
    id = there.journey.pk
    return [
        (
            there.architect,
            [
                reverse("architect:attendance"),
                reverse("architect:half_day", args=[morning.pk]),
                reverse("architect:sign_half_day", args=[morning.pk, id]),
                reverse("architect:sign_leader", args=[morning.pk]),
                reverse("architect:sign_meeting", args=[meeting.pk]),
                reverse("dossiers:hours", args=[id]),
            ],
        ),
        (
            there.person,
            [
                reverse("candidate:journey", args=[id]),
                reverse("candidate:hours", args=[id]),
                reverse("candidate:sign", args=[id, hours.kind, hours.number]),
            ],
        ),
        (None, [reverse("public:sign", args=[signing_token(hours)])]),
    ]


@pytest.mark.rule("R-128")
def test_the_pages_that_sign_have_no_fault_fit_a_phone_and_answer_the_keyboard(
    desk: Page, live_server: object, there: Scenario
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    wrong: list[str] = []
    for number, (person, paths) in enumerate(pages(there)):
        wrong += looked_over(desk, address, person, paths, f"signing-{number}")
    assert wrong == []


def draw(page: Page) -> None:
    """Draw two strokes on the sheet, one of which leaves it."""
    box = page.locator("canvas").bounding_box()
    assert box
    for begins, ends in ((0.2, 0.6), (0.5, 1.4)):
        page.mouse.move(box["x"] + box["width"] * begins, box["y"] + box["height"] * 0.2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * ends, box["y"] + box["height"] * 0.8, steps=12)
        page.mouse.up()


def test_a_person_draws_erases_draws_again_and_has_signed(
    browser: Browser, live_server: object, there: Scenario
) -> None:
    tablet = Screen(browser, live_server.url, there.architect, width=820)  # type: ignore[attr-defined]
    said: list[str] = []
    tablet.page.on("console", lambda one: said.append(one.text))
    tablet.open(reverse("architect:attendance")).follow("Atelier «")
    tablet.follow(there.person.get_full_name())
    kept = tablet.page.locator("[name=strokes]")
    draw(tablet.page)
    expect(kept).to_have_value(re.compile(r"^M\d+ \d+L.*M\d+ \d+L"))
    tablet.page.get_by_role("button", name="Effacer").click()
    expect(kept).to_have_value("")
    draw(tablet.page)
    tablet.press("Signer").reads("la signature est gardée").reads("Signature tracée")
    given = AttendanceSignature.objects.get()
    assert drawing(given.strokes) is None
    assert (given.person, given.minutes, tablet.faults, said) == (there.person, 180, [], [])


def test_a_person_signs_by_the_code_of_a_mail_on_a_phone_without_javascript(
    browser: Browser, live_server: object, there: Scenario
) -> None:
    phone = Screen(browser, live_server.url, there.person, width=390, scripts=False)  # type: ignore[attr-defined]
    phone.open("/candidat/").follow("Voir et signer mes heures").follow("Atelier")
    phone.press("Envoyer un code").reads("Un code part vers")
    code = re.search(r"Votre code\xa0: (\d{6})", AccountMail.objects.latest("pk").text)
    assert code
    phone.write({"code": code[1]}).press("Signer avec ce code").reads("la signature est gardée")
    assert AttendanceSignature.objects.get().how == SignedHow.CODE
