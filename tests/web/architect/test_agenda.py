"""The agenda of who accompanies, as they open it, fill it, and note who came."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.clocks import french
from jalon.law.facts import ReassignmentRequest
from jalon.law.vocabulary import Act, Attendance, MeetingKind, MeetingMode
from jalon.support import planning
from jalon.support.actions import note_absence
from jalon.support.models import Absence, Booking, OpeningHours, Site, TravelTime
from jalon.support.queries import offered
from tests.support.agenda import site
from tests.web.browsers import browser
from tests.web.reading import links, read

AGENDA = "/accompagnement/agenda/"
SETTINGS = "/accompagnement/agenda/reglages/"


def book(scenario: Scenario) -> Booking:
    slot = offered(scenario.person, scenario.journey)[0]
    return planning.book(scenario.journey.pk, slot.key, scenario.person)


def hours(**changes: Any) -> dict[str, Any]:
    return {
        "weekday": "3",
        "starts_at": "14:00",
        "ends_at": "17:00",
        "minutes": "45",
        "mode": "phone",
        "valid_from": "2027-03-01",
    } | changes


def test_the_week_shows_meetings_free_hours_absences_and_holidays(met: Scenario) -> None:
    booked = book(met)
    Absence.objects.create(
        architect=met.architect, starts_on="2027-03-04", ends_on="2027-03-05", reason="Dentiste"
    )
    client = browser(met.architect)
    page = read(client.get(AGENDA))
    assert "Mardi 2 mars 2027" in page and "Premier rendez-vous, 60 min · Caen" in page
    assert met.person.get_full_name() in page
    assert "Libre : 10 h 00, 11 h 00" in page
    assert "Absence Dentiste" in page
    assert reverse("architect:booking", args=[booked.pk]) in links(client.get(AGENDA), "agenda/")
    later = read(client.get(f"{AGENDA}?semaine=2027-03-30"))
    assert "Férié : Lundi de Pâques" in later


def test_a_head_reads_the_agendas_of_the_team_and_nobody_the_reason_of_an_absence(
    met: Scenario, demo: DemoPeople
) -> None:
    book(met)
    Absence.objects.create(
        architect=met.architect, starts_on="2027-03-04", ends_on="2027-03-04", reason="Dentiste"
    )
    page = read(browser(demo.head).get(f"{AGENDA}?de={met.architect.pk}"))
    assert met.person.get_full_name() in page and "Absence" in page
    assert "Dentiste" not in page
    colleague = next(one for one in demo.architects if one != met.architect)
    for other in (colleague, demo.stranger):
        assert browser(other).get(f"{AGENDA}?de={met.architect.pk}").status_code == 404
    assert browser(demo.head).get(f"{AGENDA}?de={demo.stranger.pk}").status_code == 404


@pytest.mark.parametrize("said", ["x", "0001-01-01", "9999-12-31", "%00", "2027-02-30"])
def test_a_week_that_is_none_shows_this_one(met: Scenario, said: str) -> None:
    page = browser(met.architect).get(f"{AGENDA}?semaine={said}")
    assert "Lundi 1er mars 2027" in read(page)


def test_an_architect_opens_hours_and_closes_them(met: Scenario) -> None:
    client = browser(met.architect)
    said = read(client.post(f"{AGENDA}plage/", hours(), follow=True))
    assert "La plage est ouverte." in said
    assert "Jeudi , 14 h 00 – 17 h 00, par 45 minutes" in said
    client.post(f"{AGENDA}plage/", hours(weekday="0"))
    assert OpeningHours.objects.filter(weekday=0).exists()
    made = OpeningHours.objects.get(weekday=3)
    booked = book(met)
    client.post(reverse("architect:end_opening", args=[made.pk]))
    assert not OpeningHours.objects.filter(pk=made.pk).exists()
    assert Booking.objects.filter(pk=booked.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"weekday": ""}, "Jour de la semaine"),
        ({"ends_at": "14:30"}, "Un rendez-vous n’y tient pas"),
        ({"ends_at": "09:00"}, "Un rendez-vous n’y tient pas"),
        ({"mode": "on_site"}, "Choisissez le site"),
        ({"mode": "remote"}, "Écrivez le lien"),
        ({"mode": "remote", "link": "javascript:alert(1)"}, "URL valide"),
        ({"valid_until": "2027-02-01"}, "Cette date vient avant"),
    ],
)
def test_hours_that_cannot_hold_a_meeting_say_what_to_mend(
    met: Scenario, wrong: dict[str, str], told: str
) -> None:
    answer = browser(met.architect).post(f"{AGENDA}plage/", hours(**wrong))
    assert told in read(answer)
    assert OpeningHours.objects.count() == 1


def test_nobody_closes_the_hours_of_another_nor_receives_at_their_site(
    met: Scenario, demo: DemoPeople
) -> None:
    client = browser(demo.stranger)
    mine = OpeningHours.objects.get()
    assert client.post(reverse("architect:end_opening", args=[mine.pk])).status_code == 404
    theirs = site(demo.accompanist).pk
    client.post(f"{AGENDA}plage/", hours(mode="on_site", site=theirs))
    assert OpeningHours.objects.count() == 1


def test_an_absence_names_the_meetings_that_fall_into_it_each_leads_to_its_move_or_to_a_cover(
    met: Scenario,
) -> None:
    booked = book(met)
    client = browser(met.architect)
    said = client.post(f"{AGENDA}absence/", {"starts_on": booked.on.isoformat()}, follow=True)
    assert f"À déplacer ou à annuler : {met.person.get_full_name()}, mardi 2 mars 2027" in read(
        said
    )
    assert links(said, "deplacer") == [reverse("architect:move_booking", args=[booked.pk])]
    (covered,) = links(said, "remplacements/nouveau/?")
    assert f'value="{booked.on.isoformat()}"' in client.get(covered).content.decode()
    client.post(reverse("architect:end_absence", args=[Absence.objects.get().pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": "2027-03-01"},
        {"starts_at": "09:00"},
        {"starts_at": "12:00", "ends_at": "09:00"},
        {"starts_at": "09:00", "ends_at": "12:00", "ends_on": "2027-03-05"},
    ],
)
def test_an_absence_that_makes_no_sense_is_not_noted(met: Scenario, wrong: dict[str, str]) -> None:
    browser(met.architect).post(f"{AGENDA}absence/", {"starts_on": "2027-03-02"} | wrong)
    assert not Absence.objects.exists()


def test_a_site_is_added_once_and_travel_is_said(met: Scenario) -> None:
    client = browser(met.architect)
    said = {"name": "Alençon", "address": "2 rue de l’Exemple", "territory": "metropole"}
    assert "Le site « Alençon » est ajouté." in read(
        client.post(f"{AGENDA}site/", said, follow=True)
    )
    again = client.post(f"{AGENDA}site/", said | {"address": "3 rue de l’Exemple"})
    assert again.status_code == 409 and "Un site porte déjà ce nom" in read(again)
    assert Site.objects.filter(name="Alençon").count() == 1
    client.post(SETTINGS, {"minutes": "55"})
    assert TravelTime.objects.get(architect=met.architect).minutes == 55


def test_an_architect_books_for_a_candidate_from_the_file(met: Scenario) -> None:
    client = browser(met.architect)
    file = reverse("dossiers:journey", args=[met.journey.pk])
    page = reverse("architect:book", args=[met.journey.pk])
    assert page in links(client.get(file), "agenda/")
    first = links(client.get(page), "creneau=")[0].removeprefix("?creneau=")
    done = read(client.post(page, {"creneau": first}, follow=True))
    assert "Le rendez-vous est pris : mardi 2 mars 2027 à 9 h 00." in done
    assert "Mardi 2 mars 2027 à 9 h 00 , premier rendez-vous, Caen" in done
    booked = Booking.objects.get()
    moved = reverse("architect:move_booking", args=[booked.pk])
    other = links(client.get(moved), "creneau=")[0].removeprefix("?creneau=")
    assert "<title>Choisir une autre heure" in client.get(moved).content.decode()
    client.post(moved, {"creneau": other})
    booked.refresh_from_db()
    assert booked.starts.hour == 10
    client.post(reverse("architect:cancel_booking", args=[booked.pk]), {"reason": "Salle fermée"})
    booked.refresh_from_db()
    assert (booked.attendance, booked.reason) == (Attendance.CANCELLED, "Salle fermée")


def test_one_click_notes_who_came_and_a_first_meeting_leads_to_its_report(met: Scenario) -> None:
    booked = book(met)
    timekeeper.travel(booked.ends_at)
    client = browser(met.architect)
    assert "Présences à noter : 1" in read(client.get(AGENDA))
    settle = reverse("architect:settle", args=[booked.pk])
    page = client.post(settle, {"presence": "held"}, follow=True)
    assert "Il reste à écrire le compte rendu." in read(page)
    assert 'value="2027-03-02"' in page.content.decode()
    assert 'value="60"' in page.content.decode()
    booked.refresh_from_db()
    assert booked.attendance == Attendance.HELD
    assert "Présences à noter" not in read(client.get(AGENDA))
    client.post(settle, {"presence": "no_show"})
    booked.refresh_from_db()
    assert booked.attendance == Attendance.NO_SHOW
    assert client.post(settle, {"presence": "nonsense"}).status_code == 404


def test_a_follow_up_that_was_held_is_read_among_the_meetings_of_the_file(met: Scenario) -> None:
    met.first_meeting()
    timekeeper.travel(met.at)
    booked = book(met)
    timekeeper.travel(booked.ends_at)
    client = browser(met.architect)
    client.post(reverse("architect:settle", args=[booked.pk]), {"presence": "held"})
    assert met.journey.meetings.filter(kind=MeetingKind.FOLLOW_UP, minutes=60).exists()
    file = read(client.get(reverse("dossiers:exchanges", args=[met.journey.pk])))
    assert f"{french(booked.on)} Suivi 60 minutes, {met.architect.get_full_name()}" in file


def test_a_meeting_by_telephone_shows_the_number_to_call(met: Scenario) -> None:
    met.person.phone = "06 12 34 56 78"
    met.person.save()
    OpeningHours.objects.update(mode=MeetingMode.PHONE, site=None)
    booked = book(met)
    page = browser(met.architect).get(reverse("architect:booking", args=[booked.pk]))
    assert 'href="tel:0612345678"' in page.content.decode()


def test_what_begins_elsewhere_on_the_eve_stands_in_its_own_day(met: Scenario) -> None:
    far = site(met.demo.accompanist, "Nouméa", territory="nouvelle_caledonie")
    OpeningHours.objects.update(site=far, weekday=0)
    booked = book(met)
    assert booked.on == date(2027, 3, 8)
    assert booked.starts_at.astimezone(timekeeper.PARIS).date() == booked.on - timedelta(days=1)
    page = read(browser(met.architect).get(f"{AGENDA}?semaine=2027-03-08"))
    assert met.person.get_full_name() in page


def test_who_takes_a_file_over_cancels_a_meeting_of_the_one_before_and_lands_in_their_own_week(
    met: Scenario, demo: DemoPeople
) -> None:
    booked = book(met)
    colleague = next(one for one in demo.architects if one != met.architect)
    met.do(Act.REASSIGN, demo.head, ReassignmentRequest(colleague.pk))
    cancel = reverse("architect:cancel_booking", args=[booked.pk])
    done = browser(colleague).post(cancel, {"reason": ""}, follow=True)
    assert (done.status_code, "Le rendez-vous est annulé." in read(done)) == (200, True)


def test_the_presence_at_a_meeting_of_a_file_that_changed_hands_is_noted_by_who_has_it_now(
    met: Scenario, demo: DemoPeople
) -> None:
    booked = book(met)
    met.at = booked.ends_at + timedelta(hours=1)
    timekeeper.travel(met.at)
    colleague = next(one for one in demo.architects if one != met.architect)
    met.do(Act.REASSIGN, demo.head, ReassignmentRequest(colleague.pk))
    assert "Présences à noter" not in read(browser(met.architect).get(AGENDA))
    client = browser(colleague)
    assert "Présences à noter : 1" in read(client.get(AGENDA))
    settle = reverse("architect:settle", args=[booked.pk])
    done = client.post(settle, {"presence": "no_show"}, follow=True)
    assert (done.status_code, "C’est noté" in read(done)) == (200, True)


def test_long_lists_of_absences_and_sites_are_read_to_their_end(met: Scenario) -> None:
    for day in range(30):
        on = timekeeper.today() + timedelta(days=day)
        note_absence(met.architect, {"starts_on": on, "ends_on": on, "reason": f"Motif {day}."})
        site(met.demo.accompanist, f"Lieu {day:02}")
    client = browser(met.architect)
    page = reverse("architect:agenda_settings")
    first = read(client.get(page))
    assert "Motif 24." in first and "Motif 25." not in first
    assert "Lieu 23" in first and "Lieu 25" not in first
    assert "?absences=2#absences" in links(client.get(page), "absences=")
    assert "Motif 29." in read(client.get(page, {"absences": "2"}))
    assert "Lieu 29" in read(client.get(page, {"sites": "2"}))


@pytest.mark.parametrize("page", ["architect:new_opening", "architect:new_workshop"])
def test_who_receives_before_there_is_a_site_is_led_to_add_it(page: str, demo: DemoPeople) -> None:
    who, adding = browser(demo.architects[0]), reverse("architect:new_site")
    assert links(who.get(reverse(page)), adding)
    site(demo.accompanist)
    assert not links(who.get(reverse(page)), adding)
