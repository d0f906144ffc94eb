"""An architect's day: what is late, today's meetings, what waits for them, and who gave no news."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.vocabulary import Act, Attendance
from jalon.people.models import User
from jalon.support import planning
from jalon.support.models import Booking
from jalon.support.queries import missed, offered
from jalon.web.architect import today
from tests.support.agenda import opened
from tests.trials.pages import read

pytestmark = pytest.mark.django_db


def today_of(person: User, **asked: str) -> str:
    """Return what somebody reads first."""
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("architect:today"), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def block(page: str, name: str) -> str:
    """Return one block of the page."""
    return page.split(f'id="{name}"')[1].split("</section>", maxsplit=1)[0]


def later(scenario: Scenario, days: int) -> None:
    """Live some days later."""
    scenario.wait(days)
    timekeeper.travel(scenario.at)


def test_a_new_registration_waits_for_who_takes_it_with_its_one_button(scenario: Scenario) -> None:
    scenario.register()
    timekeeper.travel(scenario.at)
    waiting = block(today_of(scenario.architect), "attente")
    assert scenario.person.last_name in waiting
    assert "Un architecte doit prendre le dossier en charge" in waiting
    take = reverse("dossiers:act", args=[scenario.journey.pk, Act.TAKE_CHARGE.value])
    assert [one for one in read(waiting).links if "/faire/" in one] == [take]


def test_a_candidate_awaited_for_a_month_without_a_sign_is_there_with_the_reasons_and_a_call(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    later(scenario, 29)
    assert scenario.person.last_name not in block(today_of(scenario.architect), "silence")
    later(scenario, 1)
    silent = block(today_of(scenario.architect), "silence")
    assert "Aucun signe du candidat depuis 30 jours" in silent
    assert "rien de l’équipe depuis" in silent
    call = reverse("dossiers:act", args=[scenario.journey.pk, Act.RECORD_CONTACT.value])
    assert call in read(silent).links


@pytest.mark.parametrize("answered", [True, False])
def test_a_call_takes_somebody_off_the_silent_only_when_it_was_answered(
    scenario: Scenario, answered: bool
) -> None:
    scenario.to_path_accepted()
    later(scenario, 40)
    said = facts.Contact(on=timekeeper.today(), text="Appel du matin.", answered=answered)
    scenario.do(Act.RECORD_CONTACT, scenario.architect, said)
    silent = block(today_of(scenario.architect), "silence")
    assert (scenario.person.last_name in silent) is not answered


def test_what_a_candidate_writes_in_their_file_is_a_sign_of_life(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    later(scenario, 40)
    client = Client()
    client.force_login(scenario.person)
    said = {"goals": "Je veux un métier stable.", "prerequisites": "none"}
    client.post(reverse("writing:goals", args=[scenario.journey.pk]), said)
    assert scenario.person.last_name not in block(today_of(scenario.architect), "silence")


def test_what_an_architect_writes_for_a_candidate_is_the_sign_of_the_team_alone(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    later(scenario, 40)
    client = Client()
    client.force_login(scenario.architect)
    said = {"goals": "Un métier stable.", "prerequisites": "none"}
    client.post(reverse("writing:goals", args=[scenario.journey.pk]), said)
    silent = block(today_of(scenario.architect), "silence")
    assert "Aucun signe du candidat" in silent and "rien de l’équipe" not in silent


def test_a_line_of_a_month_ago_written_today_is_a_sign_of_that_day(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    later(scenario, 40)
    on = timekeeper.today() - timedelta(days=35)
    said = facts.Contact(on=on, text="Rappel noté après coup.", answered=True)
    scenario.do(Act.RECORD_CONTACT, scenario.architect, said)
    journey = Journey.objects.get(pk=scenario.journey.pk)
    assert timekeeper.paris_day(journey.candidate_seen_at) < timekeeper.today()


def test_a_delay_that_is_past_is_first_and_counts_its_days(scenario: Scenario) -> None:
    scenario.register()
    later(scenario, 18)
    page = today_of(scenario.architect)
    assert "3 jours de retard" in block(page, "retard")
    assert page.index('id="retard"') < page.index('id="rendez-vous"') < page.index('id="attente"')


def test_nobody_reads_the_day_of_another_organisation(scenario: Scenario, demo: DemoPeople) -> None:
    scenario.register()
    timekeeper.travel(scenario.at)
    stranger = demo.neighbour.memberships.first().user
    assert scenario.person.last_name not in today_of(stranger, tous="1")


def test_a_day_without_anything_says_so_in_each_block(demo: DemoPeople) -> None:
    page = today_of(demo.architects[0])
    for said in (
        "Rien n’est en retard.",
        "Aucun rendez-vous aujourd’hui.",
        "Rien n’attend de vous.",
    ):
        assert said in page


def test_who_signs_in_to_accompany_begins_with_their_day(demo: DemoPeople) -> None:
    client = Client()
    client.force_login(demo.architects[0])
    assert client.get(reverse("public:after_sign_in"))["Location"] == reverse("architect:today")


@pytest.fixture
def booked(scenario: Scenario) -> Booking:
    """A candidate who took a slot of the next Tuesday at nine, and gave no sign for forty days before it."""
    scenario.register().take_charge()
    timekeeper.travel(scenario.at)
    opened(scenario.architect, scenario.demo.accompanist)
    later(scenario, 40)
    slot = offered(scenario.person, scenario.journey)[0]
    return planning.book(scenario.journey.pk, slot.key, scenario.person)


def test_to_choose_an_hour_is_a_sign_of_life(booked: Booking, scenario: Scenario) -> None:
    assert scenario.person.last_name not in block(today_of(scenario.architect), "silence")


def test_a_meeting_of_today_is_there_with_its_hour_until_somebody_says_what_became_of_it(
    booked: Booking, scenario: Scenario
) -> None:
    timekeeper.travel(booked.starts_at - timedelta(hours=1))
    meetings = block(today_of(scenario.architect), "rendez-vous")
    assert scenario.person.last_name in meetings
    assert "9 h 00" in meetings.replace("\N{NO-BREAK SPACE}", " ")
    timekeeper.travel(booked.starts_at + timedelta(days=1))
    assert "Dire s’il a eu lieu" in block(today_of(scenario.architect), "presences")
    planning.settle(booked, Attendance.NO_SHOW, scenario.architect)
    assert "Dire s’il a eu lieu" not in today_of(scenario.architect)


def test_a_meeting_of_today_that_has_begun_is_read_once_with_its_button(
    booked: Booking, scenario: Scenario
) -> None:
    timekeeper.travel(booked.starts_at + timedelta(hours=3))
    page = today_of(scenario.architect)
    assert "Aucun rendez-vous aujourd’hui." in block(page, "rendez-vous")
    meetings = block(page, "presences")
    assert "Dire s’il a eu lieu" in meetings
    assert meetings.count(reverse("dossiers:journey", args=[scenario.journey.pk])) == 1
    assert f"avec {scenario.architect}" not in meetings


@pytest.mark.parametrize("outcome", [Attendance.HELD, Attendance.NO_SHOW])
def test_a_meeting_that_was_held_is_a_sign_of_that_day_and_one_that_was_missed_a_reason(
    booked: Booking, scenario: Scenario, outcome: Attendance
) -> None:
    timekeeper.travel(booked.ends_at + timedelta(minutes=5))
    planning.settle(booked, outcome, scenario.architect)
    journey = Journey.objects.get(pk=scenario.journey.pk)
    assert (journey.candidate_seen_at == booked.starts_at) is (outcome == Attendance.HELD)
    assert missed([journey]) == ({} if outcome == Attendance.HELD else {journey.pk: booked.on})


def test_the_top_of_the_day_leads_to_each_part_that_holds_something_and_counts_it(
    scenario: Scenario,
) -> None:
    scenario.register()
    later(scenario, 18)
    page = today_of(scenario.architect)
    summary = page.split('aria-label="Sur cette page"')[1].split("</nav>")[0]
    assert read(summary).links == ["#retard"]
    assert "En retard <strong>1</strong>" in summary
    assert 'id="messages"' not in page


def test_a_part_counts_the_lines_that_it_does_not_show(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        one = Scenario(scenario.demo, scenario.certification, scenario.at)
        one.to_scheduled()
    timekeeper.travel(one.at)
    architect = scenario.demo.architects[0]
    Journey.objects.update(architect=architect)
    monkeypatch.setattr(today, "SHOWN", 2)
    announced = block(today_of(architect), "annoncer")
    assert announced.count("Dire que c’est fait") == 2
    assert "Et 1 autre, après ceux-ci." in announced


def test_a_jury_to_announce_is_offered_until_it_is_said_to_be_done(scenario: Scenario) -> None:
    scenario.to_scheduled()
    later(scenario, 0)
    announced = block(today_of(scenario.architect), "annoncer")
    assert scenario.person.last_name in announced and "Dire que c’est fait" in announced
    act = reverse("dossiers:act", args=[scenario.journey.pk, Act.CONFIRM_TOLD.value])
    assert act in announced
    told = facts.DatedNote(on=scenario.at.date(), text="Par téléphone", evidence="")
    scenario.do(Act.CONFIRM_TOLD, scenario.architect, told)
    assert "Jurys à annoncer" not in today_of(scenario.architect)
