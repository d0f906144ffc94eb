"""Signing on the tablet, sending codes, the sheet, and the certificate of a journey (R-110)."""

import pytest
from django.urls import reverse

from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.documents.models import Document
from jalon.law.vocabulary import Presence, SignedHow
from jalon.mailbox.models import AccountMail
from jalon.support import workshops
from jalon.support.models import AttendanceSignature, HalfDay, Meeting, Workshop
from tests.documents.reading import words_of
from tests.support.attendance import DRAWN, a_workshop_held, last_hours
from tests.support.test_workshops import some_people
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-110")]


@pytest.fixture
def two(scenario: Scenario, machining: Certification) -> list[Scenario]:
    """Two people at the end of a morning that the architect of the first led."""
    people = some_people(scenario, machining, 2)
    a_workshop_held(people)
    return people


def page_of(one: Scenario) -> str:
    """Return the address at which a person signs on the tablet."""
    return reverse("architect:sign_half_day", args=[HalfDay.objects.get().pk, one.journey.pk])


def by_hand(one: Scenario) -> dict[str, str]:
    """Return what the page sends when somebody has drawn."""
    return {"facon": "drawn", "vu": last_hours(one).digest, "strokes": DRAWN}


def test_names_lead_to_a_page_where_each_person_signs_and_the_list_says_so(
    two: list[Scenario],
) -> None:
    tablet = browser(two[0].architect)
    listed = tablet.get("/accompagnement/emargement/").content.decode()
    assert "À signer&nbsp;: 2" in listed
    address = reverse("architect:half_day", args=[HalfDay.objects.get().pk])
    assert page_of(two[1]) in tablet.get(address).content.decode()
    shown = tablet.get(page_of(two[1])).content.decode()
    assert "3\xa0h\xa000" in shown and ",00\xa0h" not in shown
    assert "signature.js" in shown
    answer = tablet.post(page_of(two[1]), by_hand(two[1]), follow=True)
    assert "la signature est gardée" in answer.content.decode()
    assert "Signature tracée" in answer.content.decode()
    assert AttendanceSignature.objects.get().person == two[1].person


def test_a_drawing_that_is_none_is_refused_with_a_sentence_and_kept_on_the_page(
    two: list[Scenario],
) -> None:
    tablet = browser(two[0].architect)
    for strokes, why in (("", "Signez dans le cadre"), ("M1 1L2 2", "un point ne suffit pas")):
        answer = tablet.post(page_of(two[0]), by_hand(two[0]) | {"strokes": strokes})
        assert answer.status_code == 409
        assert why in answer.content.decode()
    assert 'value="M1 1L2 2"' in answer.content.decode()
    assert not AttendanceSignature.objects.exists()


def test_who_led_notes_an_agreement_aloud_and_a_colleague_has_no_such_form(
    two: list[Scenario],
) -> None:
    leader, colleague = browser(two[0].architect), browser(two[1].architect)
    aloud = {"facon": "aloud", "vu": last_hours(two[1]).digest, "reason": "Main dans le plâtre"}
    assert "Noter son accord" not in colleague.get(page_of(two[1])).content.decode()
    colleague.post(page_of(two[1]), aloud)
    assert not AttendanceSignature.objects.exists()
    assert "Noter son accord" in leader.get(page_of(two[1])).content.decode()
    shown = leader.post(page_of(two[1]), aloud, follow=True)
    assert "Accord donné à voix haute" in shown.content.decode()


def test_hours_corrected_after_a_signature_ask_for_another(two: list[Scenario]) -> None:
    tablet = browser(two[0].architect)
    tablet.post(page_of(two[0]), by_hand(two[0]))
    entry = two[0].journey.enrolments.get().attendance.get()
    half = entry.half_day.starts_at + (entry.half_day.ends_at - entry.half_day.starts_at) / 2
    workshops.note(
        entry.half_day, entry.enrolment, Presence.PRESENT, two[0].architect, left_at=half
    )
    shown = tablet.get(page_of(two[0])).content.decode()
    assert "elle ne compte plus, signez de nouveau" in " ".join(shown.split())
    list_page = reverse("architect:half_day", args=[entry.half_day_id])
    assert "Heures corrigées&nbsp;: à signer de nouveau" in tablet.get(list_page).content.decode()


def test_codes_leave_to_those_who_have_not_signed_and_to_nobody_else(two: list[Scenario]) -> None:
    tablet, half_day = browser(two[0].architect), HalfDay.objects.get()
    tablet.post(page_of(two[0]), by_hand(two[0]))
    address = reverse("architect:send_codes", args=[half_day.pk])
    answer = tablet.post(address, follow=True)
    assert "1 code envoyé par courriel." in answer.content.decode()
    mail = AccountMail.objects.get()
    assert mail.to == two[1].person.email
    assert "/signature/lien/" in mail.text


def test_who_led_signs_from_their_account_and_their_colleague_finds_no_such_page(
    two: list[Scenario],
) -> None:
    address = reverse("architect:sign_leader", args=[HalfDay.objects.get().pk])
    assert browser(two[1].architect).get(address).status_code == 404
    leader = browser(two[0].architect)
    assert "Signer depuis mon compte" in leader.get(address).content.decode()
    seen = leader.get(address).context["hours"].digest
    leader.post(address, {"facon": "account", "vu": seen})
    given = AttendanceSignature.objects.get()
    assert (given.how, given.journey, given.person) == (
        SignedHow.ACCOUNT,
        None,
        two[0].architect,
    )


def test_the_head_takes_the_sheet_away_as_a_pdf(two: list[Scenario]) -> None:
    address = reverse("architect:attendance_sheet", args=[Workshop.objects.get().pk])
    answer = browser(two[0].demo.head).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert two[1].person.get_full_name() in words_of(answer.content)


def test_a_meeting_is_signed_and_the_certificate_asked_from_the_file(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting()
    architect, meeting = browser(scenario.architect), Meeting.objects.get()
    address = reverse("dossiers:hours", args=[scenario.journey.pk])
    for tab in ("exchanges", "papers"):
        file = reverse(f"dossiers:{tab}", args=[scenario.journey.pk])
        assert address in architect.get(file).content.decode()
    refused = architect.post(address, follow=True)
    assert "Aucune heure n’est signée" in refused.content.decode()
    page = reverse("architect:sign_meeting", args=[meeting.pk])
    assert page in architect.get(address).content.decode()
    architect.post(page, by_hand(scenario))
    done = architect.post(address, follow=True)
    assert "Le certificat de réalisation est établi" in done.content.decode()
    scenario.run_pending_jobs()
    assert Document.objects.get(kind="service").name.startswith("Certificat de réalisation")


def test_a_colleague_reads_the_hours_and_asks_for_no_certificate(two: list[Scenario]) -> None:
    address = reverse("dossiers:hours", args=[two[0].journey.pk])
    colleague = browser(two[1].architect)
    assert "Établir le certificat" not in colleague.get(address).content.decode()
    refused = colleague.post(address, follow=True)
    assert "l’équipe qui accompagne" in refused.content.decode()
