"""What was said around a journey, read in one timeline, noted in two clicks, corrected without being lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.facts import Contact, Leaving
from jalon.law.vocabulary import (
    Act,
    ContactKind,
    DropOutReason,
    MeetingKind,
    MeetingMode,
    Occasion,
)
from jalon.mailbox.jobs import tell
from jalon.people.models import User
from jalon.support.models import Meeting, ReportCorrection
from jalon.support.planning import book
from jalon.support.queries import offered
from jalon.support.workshops import delivered
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

TABS = ("", "echanges/", "ecrits/", "documents/", "journal/")


def read(scenario: Scenario, viewer: User, tab: str = "echanges/") -> str:
    """Return what somebody reads on a tab of the file, on the day it has come to."""
    timekeeper.travel(scenario.at)
    page = browser(viewer).get(f"/dossiers/{scenario.journey.pk}/{tab}")
    return " ".join(page.content.decode().split())


def noted(scenario: Scenario, viewer: User, **said: str) -> int:
    """Send the short form that notes an exchange; return what the page answers."""
    timekeeper.travel(scenario.at)
    address = reverse("dossiers:act", args=[scenario.journey.pk, Act.RECORD_CONTACT.value])
    typed = {"kind": "call", "on": scenario.at.date().isoformat(), "text": "Appel.", **said}
    return browser(viewer).post(address, typed).status_code


def first_report(scenario: Scenario) -> Meeting:
    """Return the first meeting of a journey."""
    return scenario.journey.meetings.get(kind=MeetingKind.FIRST)


def corrected(scenario: Scenario, viewer: User, meeting: Meeting, **said: str) -> int:
    """Send the page that corrects a report; return what the page answers."""
    address = reverse("dossiers:correct_report", args=[scenario.journey.pk, meeting.pk])
    return browser(viewer).post(address, dict(meeting.report) | said).status_code


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_says_who_how_to_call_them_what_to_do_and_notes_an_exchange(
    scenario: Scenario, tab: str
) -> None:
    scenario.register().take_charge()
    scenario.person.phone = "06 12 34 56 78"
    scenario.person.save()
    page = read(scenario, scenario.architect, tab)
    head = page.split('class="file-head"')[1].split('class="tabs"')[0]
    for said in (
        scenario.person.get_full_name(),
        'href="tel:0612345678"',
        Act.HOLD_FIRST_MEETING.label,
        Act.RECORD_CONTACT.label,
        Act.END_ACCOMPANIMENT.label,
    ):
        assert said in head
    assert page.count('aria-current="page"') == 1
    links = [reverse(f"dossiers:{name}", args=[scenario.journey.pk]) for name in NAMES]
    assert all(f'href="{link}"' in page for link in links)


NAMES = ("journey", "exchanges", "written", "papers", "journal")


@pytest.mark.parametrize("tab", TABS)
def test_a_candidate_and_a_juror_are_led_from_every_tab_to_their_own_pages(
    demo: DemoPeople, scenario: Scenario, tab: str
) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    address = f"/dossiers/{scenario.journey.pk}/{tab}"
    own = browser(scenario.person).get(address)
    assert own.headers["Location"] == reverse("candidate:journey", args=[scenario.journey.pk])
    juror = browser(demo.jurors[0].user).get(address)
    assert juror.headers["Location"] == reverse("juror:home")


def test_a_call_is_noted_with_what_comes_next(scenario: Scenario) -> None:
    scenario.to_complete()
    said = {"text": "Elle attend la réponse.", "answered": "oui", "next_step": "Rappeler lundi"}
    assert noted(scenario, scenario.architect, **said) == 302
    page = read(scenario, scenario.architect)
    assert "Appel" in page and "Elle attend la réponse." in page
    assert "La suite&nbsp;: Rappeler lundi" in page
    assert not scenario.journey.meetings.filter(kind=MeetingKind.FOLLOW_UP).exists()


def test_a_call_without_saying_whether_the_candidate_answered_is_asked_again(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge()
    assert noted(scenario, scenario.architect) == 200
    assert not scenario.journey.journal.filter(act=Act.RECORD_CONTACT).exists()


def test_a_meeting_that_is_noted_counts_among_the_hours_given_and_is_seen_by_the_team_as_a_sign(
    scenario: Scenario,
) -> None:
    scenario.to_admissible().wait(5)
    before = delivered(scenario.journey).individual.delivered
    said = {"kind": "on_site", "minutes": "45", "text": "Plan du dossier."}
    assert noted(scenario, scenario.architect, **said) == 302
    met = scenario.journey.meetings.get(kind=MeetingKind.FOLLOW_UP)
    assert (met.minutes, met.mode) == (45, MeetingMode.ON_SITE)
    assert delivered(scenario.journey).individual.delivered == before + 45
    scenario.journey.refresh_from_db()
    assert scenario.journey.team_seen_at == scenario.journey.candidate_seen_at == scenario.at
    page = read(scenario, scenario.architect)
    assert page.count("Plan du dossier.") == 1


def test_a_meeting_without_its_length_is_refused_with_what_to_do(scenario: Scenario) -> None:
    scenario.to_admissible()
    assert noted(scenario, scenario.architect, kind="remote") == 409
    assert not scenario.journey.meetings.filter(kind=MeetingKind.FOLLOW_UP).exists()


def test_a_meeting_whose_presence_was_noted_is_not_counted_twice_when_its_report_comes(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    on = scenario.at.date()
    Meeting.objects.create(
        journey=scenario.journey,
        kind=MeetingKind.FOLLOW_UP,
        mode=MeetingMode.PHONE,
        held_on=on,
        minutes=60,
        held_by=scenario.architect,
    )
    said = Contact(on, "Relecture.", kind=ContactKind.REMOTE, minutes=50)
    scenario.do(Act.RECORD_CONTACT, scenario.architect, said)
    met = scenario.journey.meetings.get(kind=MeetingKind.FOLLOW_UP)
    assert (met.minutes, met.report["report"]) == (50, "Relecture.")


def test_an_exchange_is_noted_even_once_the_journey_is_over(scenario: Scenario) -> None:
    scenario.to_admissible()
    scenario.do(Act.DROP_OUT, scenario.person, Leaving(DropOutReason.TIME))
    assert noted(scenario, scenario.architect, text="Elle reprendra en mai.", answered="oui") == 302
    assert "Elle reprendra en mai." in read(scenario, scenario.architect)


def test_hours_booked_and_mails_sent_stand_in_the_timeline_without_the_links_of_the_mails(
    met: Scenario,
) -> None:
    slot = offered(met.architect, met.journey)[0]
    booked = book(met.journey.pk, slot.key, met.architect)
    tell(occasion=Occasion.BOOKING_MADE.value, key=booked.told_as)
    page = read(met, met.architect)
    assert "à venir" in page and "courriel envoyé par Jalon" in page
    assert " ".join(f"Rendez-vous pris : {booked.when}".split()) in page
    assert "/rendez-vous/" not in page.split('id="echanges"')[1]


def test_a_corrected_report_shows_who_when_and_why_and_the_first_stays_readable(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    meeting = first_report(scenario)
    was = meeting.report["duration"]
    said = {"duration": "Huit mois plutôt que six.", "why": "Erreur de saisie"}
    assert corrected(scenario, scenario.architect, meeting, **said) == 302
    page = read(scenario, scenario.architect)
    assert "Erreur de saisie" in page and "Huit mois plutôt que six." in page
    assert was in page and "Première version" in page
    meeting.refresh_from_db()
    assert meeting.report["duration"] == was


def test_a_correction_without_a_reason_or_without_a_change_is_refused(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    meeting = first_report(scenario)
    assert corrected(scenario, scenario.architect, meeting, duration="Dix mois.") == 409
    assert corrected(scenario, scenario.architect, meeting, why="Pour voir") == 409
    assert not ReportCorrection.objects.exists()


def test_nobody_but_who_accompanies_corrects_a_report(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility()
    meeting = first_report(scenario)
    colleague = next(one for one in demo.architects if one != scenario.architect)
    strangers = (scenario.person, demo.officer, colleague, demo.administrator, demo.stranger)
    said = {"duration": "Un an.", "why": "Erreur"}
    answers = [corrected(scenario, who, meeting, **said) for who in strangers]
    assert answers == [404] * len(strangers)
    assert corrected(scenario, demo.head, meeting, **said) == 302


@pytest.mark.rule("R-122")
def test_a_corrected_report_is_in_the_copy_and_goes_with_the_journey(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    meeting = first_report(scenario)
    corrected(scenario, scenario.architect, meeting, duration="Un an.", why="Erreur")
    told = TOLD_BY["accompagnement"](scenario.person)["rendez_vous"]
    assert told[0]["corrections"][0]["report"]["duration"] == "Un an."
    ERASED_BY["comptes rendus de rendez-vous"](Erasing(scenario.journey, awarded=False))
    assert not ReportCorrection.objects.exists()


def test_the_exchanges_of_a_long_file_are_read_page_after_page(scenario: Scenario) -> None:
    scenario.to_admissible()
    for number in range(31):
        on = scenario.at.date() - timedelta(days=number)
        Meeting.objects.create(
            journey=scenario.journey,
            kind=MeetingKind.FOLLOW_UP,
            mode=MeetingMode.PHONE,
            held_on=on,
            minutes=30,
            report={"report": f"Séance {number}."},
            held_by=scenario.architect,
        )
    first, second = (
        read(scenario, scenario.architect, f"echanges/?page={page}") for page in (1, 2)
    )
    assert "Séance 0." in first and "Plus ancien" in first and "Plus récent" not in first
    assert "Séance 0." not in second and "Plus récent" in second
    assert "Rien n’est noté" in read(scenario, scenario.architect, "echanges/?page=900")
