"""The candidate's appointments, as they are chosen, moved and cancelled on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Attendance, MeetingMode
from jalon.people.models import Membership
from jalon.support import planning
from jalon.support.models import Booking
from jalon.support.queries import offered
from tests.support.agenda import opened, overseas
from tests.web.browsers import browser
from tests.web.reading import links, read


def address(scenario: Scenario, name: str = "booking") -> str:
    return reverse(f"candidate:{name}", args=[scenario.journey.pk])


def choose_first(scenario: Scenario) -> Booking:
    client = browser(scenario.person)
    first = links(client.get(address(scenario)), "creneau=")[0]
    confirm = client.get(address(scenario) + first)
    assert "Confirmer ce rendez-vous ?" in read(confirm)
    client.post(address(scenario), {"creneau": first.removeprefix("?creneau=")})
    return Booking.objects.get(journey=scenario.journey)


def test_a_candidate_goes_from_their_page_to_a_confirmed_hour(met: Scenario) -> None:
    client = browser(met.person)
    assert address(met) in links(client.get("/candidat/"), "rendez-vous")
    hours = read(client.get(address(met)))
    assert "Mardi 2 mars 2027 mardi 2 mars 2027 à 9 h 00 Caen" in hours
    booked = choose_first(met)
    assert booked.starts.hour == 9
    page = read(client.get("/candidat/"))
    assert f"Mon rendez-vous avec {met.architect.get_full_name()}" in page
    assert "dans 1 jour Mardi 2 mars 2027 à 9 h 00" in page
    assert "Caen, 1 rue de l’Exemple" in page


def test_looking_at_an_hour_books_nothing(met: Scenario) -> None:
    client = browser(met.person)
    for link in links(client.get(address(met)), "creneau="):
        assert client.get(address(met) + link).status_code == 200
    assert not Booking.objects.exists()


def test_hours_are_shown_week_by_week(met: Scenario) -> None:
    client = browser(met.person)
    following = links(client.get(address(met)), "semaine=")
    assert following == ["?semaine=2027-03-08"]
    page = client.get(address(met) + following[0])
    assert "Mardi 9 mars 2027" in read(page) and "Mardi 2 mars 2027" not in read(page)
    assert links(page, "semaine=") == ["?semaine=2027-03-01", "?semaine=2027-03-15"]


@pytest.mark.parametrize(
    "said", ["x", "9999-99-99", "0001-01-01", "9999-12-31", "%00", "2027-02-30"]
)
def test_a_week_that_is_none_shows_the_first_one(met: Scenario, said: str) -> None:
    page = browser(met.person).get(f"{address(met)}?semaine={said}")
    assert "Mardi 2 mars 2027" in read(page)


def test_an_hour_taken_meanwhile_is_told_with_the_next_ones(met: Scenario) -> None:
    client = browser(met.person)
    first = links(client.get(address(met)), "creneau=")[0].removeprefix("?creneau=")
    other = Scenario(met.demo, met.certification, met.at, number=met.number + 3)
    other.register().take_charge()
    planning.book(other.journey.pk, first, other.person)
    answer = client.post(address(met), {"creneau": first})
    assert answer.status_code == 409
    assert (
        "Cette heure n’est plus libre. Les prochaines sont : mardi 2 mars 2027 à 10 h 00 ;"
        in read(answer)
    )
    assert "Cette heure n’est plus libre" in read(client.get(f"{address(met)}?creneau={first}"))


def test_a_candidate_moves_their_appointment(met: Scenario) -> None:
    choose_first(met)
    client = browser(met.person)
    page = client.get(address(met))
    assert "Mardi 2 mars 2027 à 9 h 00" in read(page)
    move = address(met, "move_booking")
    assert move in links(page, "deplacer")
    hours = client.get(move)
    assert "Le rendez-vous du mardi 2 mars 2027 à 9 h 00 tient" in read(hours)
    other = links(hours, "creneau=")[1].removeprefix("?creneau=")
    done = client.post(move, {"creneau": other}, follow=True)
    assert "Votre rendez-vous est déplacé : mardi 2 mars 2027 à 11 h 00." in read(done)
    assert Booking.objects.get().revision == 1


def test_a_candidate_cancels_their_appointment_and_may_choose_again(met: Scenario) -> None:
    booked = choose_first(met)
    client = browser(met.person)
    asked = client.get(address(met, "cancel_booking"))
    assert "Annuler ce rendez-vous ?" in read(asked)
    booked.refresh_from_db()
    assert booked.attendance == Attendance.EXPECTED
    done = client.post(address(met, "cancel_booking"), {"reason": "Équipe de nuit"}, follow=True)
    assert "Votre rendez-vous est annulé." in read(done)
    booked.refresh_from_db()
    assert (booked.attendance, booked.reason) == (Attendance.EXCUSED, "Équipe de nuit")
    assert links(client.get(address(met)), "creneau=")
    for name in ("move_booking", "cancel_booking"):
        assert client.get(address(met, name))["Location"] == address(met)


def test_an_overseas_hour_says_whose_hour_it_is(met: Scenario) -> None:
    site = overseas(met.demo.accompanist)
    opened(met.architect, met.demo.accompanist, weekday=2, mode=MeetingMode.PHONE, site=site)
    page = read(browser(met.person).get(address(met)))
    assert "9 h 00 Téléphone (heure locale : La Réunion)" in page


def test_without_any_free_hour_the_page_says_whom_to_call(met: Scenario) -> None:
    met.architect.opening_hours.all().delete()
    client, name = browser(met.person), met.architect.get_full_name()
    met.architect.phone = ""
    met.architect.save(update_fields=["phone"])
    page = read(client.get(address(met)))
    assert "Aucune heure n’est libre" in page and met.architect.email in page
    assert "Appelez" not in page and f"Écrivez à {name} :" in page
    met.architect.phone = "02 31 00 00 01"
    met.architect.save(update_fields=["phone"])
    assert f"Appelez {name} au 02 31 00 00 01" in read(client.get(address(met)))
    assert address(met) not in links(client.get("/candidat/"), "rendez-vous")


def test_nobody_chooses_before_the_file_is_taken_on(scenario: Scenario) -> None:
    scenario.register()
    timekeeper.travel(scenario.at)
    page = read(browser(scenario.person).get(address(scenario)))
    assert "Personne ne suit encore ce dossier" in page


def test_a_past_appointment_is_no_longer_shown_as_one_to_come(met: Scenario) -> None:
    booked = choose_first(met)
    timekeeper.travel(booked.ends_at + timedelta(hours=1))
    assert offered(met.person, met.journey)
    assert "Mon rendez-vous avec" not in read(browser(met.person).get("/candidat/"))


@pytest.mark.parametrize("name", ["cancel_booking", "move_booking"])
def test_an_appointment_that_changed_since_the_page_was_opened_stays_and_its_new_hour_is_told(
    met: Scenario, name: str
) -> None:
    booked = choose_first(met)
    client, page = browser(met.person), address(met, name)
    slots = offered(met.person, met.journey, booked)
    shown = client.get(f"{page}?creneau={slots[0].key}").content.decode()
    assert f'name="vu" value="{booked.told_as}"' in shown
    moved = planning.move(booked, slots[-1].key, met.architect)
    answer = client.post(page, {"vu": booked.told_as, "creneau": slots[0].key, "reason": ""})
    assert answer.status_code == 409
    assert f"il est maintenant prévu {moved.when}".replace("\xa0", " ") in read(answer)
    booked.refresh_from_db()
    assert (booked.revision, booked.given_up_at) == (1, None)


def test_who_left_is_booked_by_nobody(met: Scenario) -> None:
    [slot, *_] = offered(met.person, met.journey)
    Membership.objects.filter(user=met.architect).update(ended_at=timekeeper.now())
    assert browser(met.person).post(address(met), {"creneau": slot.key}).status_code == 409
    assert not Booking.objects.exists()
