"""An architect's week, from Monday to Friday, before the pages: what AFPI's work is made of."""

import re
from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Browser

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario, partial
from jalon.law import facts
from jalon.law.vocabulary import Act, Attendance, DocumentKind, EnrolmentState, SignedHow, Stage
from jalon.mailbox.models import AccountMail
from jalon.support import workshops
from jalon.support.attendance import hours_of
from jalon.support.models import AttendanceSignature, Booking, Enrolment, HalfDay, Workshop
from jalon.support.signatures import sign
from jalon.writing.models import Section
from tests.conftest import TODAY
from tests.support.agenda import site
from tests.support.attendance import DRAWN

from .driver import Screens
from .screen import Screen
from .test_signing import draw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Numbers of journeys that the first architect of the demonstration follows.
MINE = range(3, 99, 3)


def registered(demo: DemoPeople, number: int) -> Scenario:
    """Return a journey that just began, for the first architect's team."""
    certification = Certification.objects.get(code="RNCP38901")
    return Scenario(demo, certification, TODAY, number=number).register()


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """Return an hour of the week that begins on Monday."""
    moment = datetime.combine(TODAY.date(), time(hour, minute), TODAY.tzinfo)
    return moment + timedelta(days=days)


def test_a_head_reads_the_title_of_each_column_on_a_screen_of_1280_pixels(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    timekeeper.travel(TODAY)
    registered(demo, MINE[0]).take_charge()
    screens = Screens(browser, live_server.url)  # type: ignore[attr-defined]
    desk = screens.of(demo.head).open("/accompagnement/?tous=1")
    titles = desk.page.locator(".caseload thead a")
    assert {"Rendez-vous", "Architecte"} <= set(titles.all_inner_texts())
    cut = "all => all.filter(one => one.offsetWidth > one.parentElement.clientWidth).map(one => one.text)"
    assert not titles.evaluate_all(cut)


def test_files_are_taken_on_and_meetings_are_booked_moved_held_and_missed(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    timekeeper.travel(TODAY)
    screens = Screens(browser, live_server.url)  # type: ignore[attr-defined]
    people = [registered(demo, number) for number in MINE[:3]]
    architect = people[0].architect
    desk = screens.of(architect).open("/accompagnement/aujourdhui/")
    for one in people:
        one.drivers = screens
        one.take_charge()
    desk.open("/accompagnement/").reads(people[2].person.last_name)
    rows = desk.page.locator(".caseload tbody tr")
    tall = "all => Math.max(...all.map(one => one.getBoundingClientRect().height))"
    assert rows.count() == 3 and rows.evaluate_all(tall) <= 44.5

    site(demo.accompanist)
    desk.open("/accompagnement/agenda/").follow("Plages, absences, sites").follow(
        "Ouvrir une plage"
    )
    caen = demo.accompanist.sites.get().pk
    desk.write(
        {
            "weekday": "1",
            "starts_at": "09:00",
            "ends_at": "12:00",
            "minutes": "60",
            "mode": "on_site",
            "site": str(caen),
        }
    ).press("Ouvrir cette plage").reads("Mardi")

    for one, hour in zip(people, ("9 h", "10 h", "11 h"), strict=True):
        phone = screens.of(one.person).open("/candidat/").follow("Prendre rendez-vous")
        phone.follow(hour).press("Oui, confirmer").reads("Mon rendez-vous")
    moved = screens.of(people[2].person).follow("Choisir une autre heure").follow("9 h")
    moved.press("Oui, déplacer à cette heure").reads("Votre rendez-vous est déplacé")

    timekeeper.travel(at(1, 11, 30))
    held, missed, later = Booking.objects.standing().order_by("starts_at")
    for one, word in ((held, "Tenu"), (missed, "Absence")):
        desk.open("/accompagnement/aujourdhui/").reads(one.journey.candidate.last_name)
        desk.open(reverse("architect:booking", args=[one.pk])).press(word)
    became = Booking.objects.order_by("starts_at").values_list("attendance", flat=True)
    assert list(became) == [Attendance.HELD, Attendance.NO_SHOW, Attendance.EXPECTED]
    assert later.starts_at > at(1, 12)
    assert screens.faults == []


def test_a_workshop_of_twelve_fills_lets_somebody_in_and_is_signed_by_each(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    timekeeper.travel(TODAY)
    screens = Screens(browser, live_server.url)  # type: ignore[attr-defined]
    people = [registered(demo, number).take_charge() for number in MINE[:14]]
    architect, caen = people[0].architect, site(demo.accompanist)
    desk = screens.of(architect).open("/accompagnement/ateliers/").follow("Créer un atelier")
    planned = {
        "theme": "writing",
        "mode": "on_site",
        "site": str(caen.pk),
        "capacity": "12",
        "day_1": "2027-03-03",
        "from_1": "09:00",
        "to_1": "12:00",
    }
    desk.write(planned).press("Créer cet atelier").reads("L’atelier est créé")
    made = Workshop.objects.get()

    desk.follow("Inscrire un candidat")
    name = people[0].person.get_full_name()
    desk.open(f"{reverse('architect:enrol', args=[made.pk])}?q={people[0].person.last_name}")
    desk.press(f"Inscrire {name}")
    for one in people[1:11]:
        workshops.enrol(made.pk, one.journey.pk, one.person)
    last = join(screens.of(people[11].person), "Prendre une place", "Vous avez une place")
    for number, one in enumerate(people[12:], start=1):
        waiting = f"En liste d’attente, au rang {number}"
        join(screens.of(one.person), "M’inscrire sur la liste d’attente", waiting)
    last.follow("Laisser ma place").press("Oui, laisser ma place")
    desk.open(reverse("architect:workshop", args=[made.pk])).reads("Inscrits : 12")
    desk.reads("Liste d’attente : 1").reads(people[12].person.get_full_name())

    timekeeper.travel(at(2, 12, 5))
    morning = HalfDay.objects.get()
    desk.open("/accompagnement/aujourdhui/").follow("Noter les présences")
    seated = list(Enrolment.objects.filter(state=EnrolmentState.ENROLLED).order_by("pk"))
    late, absent = seated[1], seated[2]
    desk.page.locator("summary", has_text=late.journey.candidate.get_full_name()).click()
    came = {f"presence_{one.pk}": "present" for one in seated} | {f"presence_{absent.pk}": "absent"}
    desk.write(came | {f"arrived_{late.pk}": "09:20"}).press("Enregistrer les présences")
    desk.reads("2 h 40").follow("Faire signer")

    desk.follow(name)
    draw(desk.page)
    desk.press("Signer").reads("la signature est gardée")
    far = people[12]
    phone = Screen(browser, live_server.url, far.person, width=390, scripts=False)  # type: ignore[attr-defined]
    phone.open("/candidat/").follow("Voir et signer mes heures").follow("Atelier")
    phone.press("Envoyer un code")
    code = re.search(r"Votre code\xa0: (\d{6})", AccountMail.objects.latest("pk").text)
    assert code
    phone.write({"code": code[1]}).press("Signer avec ce code").reads("la signature est gardée")
    for one in people[1:11]:
        for hours in hours_of(one.journey):
            if hours.to_sign:
                sign(hours, SignedHow.DRAWN, architect, hours.digest, strokes=DRAWN)
    desk.open(reverse("architect:sign_leader", args=[morning.pk]))
    desk.press("Signer ces heures").reads("la signature est gardée")
    assert AttendanceSignature.objects.count() == 12  # eleven people and who led, one absent
    with desk.page.expect_download() as sheet:
        desk.open_file(reverse("architect:attendance_sheet", args=[made.pk]))
    assert sheet.value.suggested_filename.endswith(".pdf")
    assert screens.faults == []


def join(phone: Screen, button: str, said: str) -> Screen:
    """Take a seat in the only workshop, or a place on its list."""
    phone.open("/candidat/").follow("Ateliers").follow("Atelier")
    return phone.press(button).reads(said)


def test_files_are_read_again_sent_again_and_followed_to_the_jury_and_after(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    timekeeper.travel(TODAY)
    screens = Screens(browser, live_server.url)  # type: ignore[attr-defined]
    certification = Certification.objects.get(code="RNCP38901")
    back, *written, planned, after = (
        Scenario(demo, certification, TODAY, number=number) for number in MINE[:5]
    )
    desk = screens.of(back.architect)

    back.to_ready().sign(Act.GIVE_MANDATE).send_feasibility().wait(3)
    back.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Justificatif d’emploi",)))
    timekeeper.travel(back.at)
    desk.open("/accompagnement/aujourdhui/").reads(back.person.last_name)
    desk.open(reverse("dossiers:journey", args=[back.journey.pk])).reads("Justificatif d’emploi")
    back.add_document(DocumentKind.EXPERIENCE_PROOF, "attestation.pdf").sign(
        Act.CONFIRM_FEASIBILITY
    )
    back.drivers = Screens(browser, screens.address, only=(back.architect,), known=screens.known)
    back.do(Act.SEND_FEASIBILITY, back.architect).reached(Stage.FEASIBILITY_SENT)

    for one in written:
        one.to_admissible().wait(60).write_validation()
        timekeeper.travel(one.at)
        section = Section.objects.filter(file__attempt__journey=one.journey).earliest("pk")
        where = [one.journey.pk, section.competence_id]
        desk.open(reverse("writing:remarks", args=where)).follow("Remarquer")
        desk.write({"kind": "question", "body": "Avec quel outil ?"}).press(
            "Enregistrer la remarque"
        )
        desk.open(reverse("writing:follow", args=where[:1]))
        marked = desk.page.get_by_role(
            "button", name=re.compile("Marquer ce bloc comme relu et prêt")
        )
        with desk.page.expect_navigation(wait_until="load"):
            marked.first.click()
        desk.reads("Relu et prêt")
        phone = screens.of(one.person).open(reverse("writing:section", args=where))
        phone.reads("Avec quel outil ?")

    planned.to_scheduled().drivers = back.drivers
    timekeeper.travel(planned.at)
    planned.do(Act.CONFIRM_TOLD, planned.architect, facts.DatedNote(planned.at.date()))

    after.to_scheduled().deliberate(partial(after)).wait(6).notify().wait(10)
    timekeeper.travel(after.at)
    after.drivers = back.drivers
    after.post_jury()
    desk.open(reverse("dossiers:exchanges", args=[after.journey.pk])).reads(
        "Retour sur l’entretien"
    )
    screens.of(after.person).open("/candidat/").reads("S’entraîner sur le poste avec le tuteur")
    assert screens.faults == []


def test_a_colleague_is_replaced_and_the_week_is_taken_away(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    timekeeper.travel(TODAY)
    screens = Screens(browser, live_server.url)  # type: ignore[attr-defined]
    followed = [registered(demo, number).take_charge() for number in MINE[:2]]
    architect = followed[0].architect
    colleague = next(one for one in demo.architects if one != architect)
    desk = screens.of(architect).open("/accompagnement/agenda/reglages/")
    desk.open("/accompagnement/remplacements/").follow("Prévoir un remplacement")
    days = {"starts_on": f"{at(1, 0):%F}", "ends_on": f"{at(4, 0):%F}"}
    desk.write({"cover": str(colleague.pk)} | days).press("Prévoir ce remplacement")
    desk.reads(f"{colleague} pour {architect}")

    timekeeper.travel(at(2, 9))
    other = screens.of(colleague).open("/accompagnement/aujourdhui/")
    other.open("/accompagnement/").reads(f"pour {architect}")
    other.follow(followed[1].person.last_name)
    followed[1].drivers, followed[1].at = screens, at(2, 9)
    said = facts.Contact(at(2, 9).date(), "A rappelé : tout va bien.", minutes=15)
    followed[1].do(Act.RECORD_CONTACT, colleague, said)
    journal = reverse("dossiers:journal", args=[followed[1].journey.pk])
    screens.of(architect).open(journal).reads(f"{colleague}, pour {architect}")

    with other.open("/accompagnement/").page.expect_download() as taken:
        other.page.get_by_role("link", name="XLSX").click()
    told = [
        line[0] for line in load_workbook(BytesIO(taken.value.path().read_bytes())).active.values
    ]
    assert {one.journey.reference for one in followed} <= set(told)
    assert screens.faults == []
