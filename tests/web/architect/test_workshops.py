"""Workshops as a team sets them up, changes them, fills them, and notes who came."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import EnrolmentState, MeetingMode, Presence
from jalon.support import workshops
from jalon.support.models import AttendanceEntry, Booking, Enrolment, Workshop
from jalon.support.planning import book
from jalon.support.queries import offered
from tests.support.agenda import overseas, site
from tests.support.rooms import a_workshop
from tests.support.test_workshops import some_people
from tests.web.browsers import browser
from tests.web.reading import links, read

LIST = "/accompagnement/ateliers/"


@pytest.fixture
def three(scenario: Scenario, machining: Any) -> list[Scenario]:
    """Three candidates whom the team follows."""
    people = some_people(scenario, machining, 3)
    timekeeper.travel(max(one.at for one in people))
    return people


def in_days(days: int) -> str:
    return (timekeeper.today() + timedelta(days=days)).isoformat()


def written(scenario: Scenario, **changes: Any) -> dict[str, Any]:
    """Return what a form of a workshop says: from afar, a morning in ten days."""
    return {
        "theme": "writing",
        "led_by": scenario.architect.pk,
        "mode": "remote",
        "link": "https://visio.exemple.fr/atelier",
        "capacity": "8",
        "day_1": in_days(10),
        "from_1": "09:00",
        "to_1": "12:00",
    } | changes


def made(scenario: Scenario, **changes: Any) -> Workshop:
    """Set up a workshop through its page."""
    answer = browser(scenario.architect).post(f"{LIST}nouveau/", written(scenario, **changes))
    assert answer.status_code == 302, read(answer)
    return Workshop.objects.latest("pk")


def as_shown(workshop: Workshop, scenario: Scenario, **changes: Any) -> dict[str, Any]:
    """Return what the form that changes a workshop says, as its page shows it."""
    said = written(scenario, seen=str(workshop.revision), capacity=str(workshop.capacity))
    for row, half in enumerate(workshop.half_days.all(), 1):
        said |= {
            f"day_{row}": half.on.isoformat(),
            f"from_{row}": half.starts.strftime("%H:%M"),
            f"to_{row}": half.ends.strftime("%H:%M"),
            f"number_{row}": str(half.pk),
        }
    return said | changes


def change(workshop: Workshop, scenario: Scenario, **changes: Any) -> Any:
    workshop.refresh_from_db()
    page = reverse("architect:change_workshop", args=[workshop.pk])
    said = as_shown(workshop, scenario, **changes)
    return browser(scenario.architect).post(page, said, follow=True)


def page_of(workshop: Workshop, person: Any) -> str:
    return read(browser(person).get(reverse("architect:workshop", args=[workshop.pk])))


def test_a_workshop_is_set_up_and_listed_with_its_seats(three: list[Scenario]) -> None:
    workshop = made(three[0], day_2=in_days(11), from_2="14:00", to_2="17:00")
    assert workshop.half_days.count() == 2 and workshop.organisation == three[0].demo.accompanist
    page = read(browser(three[0].demo.head).get(LIST))
    assert "Atelier « Rédiger son dossier »" in page and "0 sur 8 places" in page
    assert "à 14 h 00 – 17 h 00" in page
    assert "Aucun atelier prévu" in read(browser(three[0].demo.stranger).get(LIST))
    assert LIST in links(browser(three[0].architect).get("/accompagnement/agenda/"), "ateliers")


def test_hours_are_those_of_the_territory_of_the_site(met: Scenario) -> None:
    far = overseas(met.demo.accompanist)
    workshop = made(met, mode="on_site", site=far.pk, link="")
    half = workshop.half_days.get()
    assert half.starts_at.hour == 5 and half.starts.hour == 9
    assert "9 h 00 – 12 h 00 (heure locale : La Réunion)" in page_of(workshop, met.architect)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"theme": ""}, "Thème"),
        ({"mode": "on_site"}, "Choisissez le site"),
        ({"mode": "phone"}, "Comment ?"),
        ({"link": ""}, "Écrivez le lien"),
        ({"link": "javascript:alert(1)"}, "URL valide"),
        ({"capacity": "0"}, "Places"),
        ({"capacity": "51"}, "Places"),
        ({"day_1": ""}, "Jour"),
        ({"from_1": ""}, "Complétez, ou effacez toute la demi-journée"),
        ({"to_1": "08:00"}, "finit après son début"),
        ({"to_1": "18:00"}, "six heures au plus"),
        ({"day_1": "2027-02-01"}, "Choisissez une date à venir"),
        ({"day_1": "0001-01-01"}, "Vérifiez l’année"),
        ({"day_1": "9999-12-31"}, "Vérifiez l’année"),
        ({"day_1": "2031-03-01"}, "Choisissez une date à venir"),
        ({"day_1": "2027-03-28", "from_1": "02:30"}, "Cette heure n’existe pas ce jour-là"),
    ],
)
def test_a_workshop_that_cannot_be_held_says_what_to_mend(
    met: Scenario, wrong: dict[str, str], told: str
) -> None:
    answer = browser(met.architect).post(f"{LIST}nouveau/", written(met, **wrong))
    assert told in read(answer)
    assert not Workshop.objects.exists()


def test_half_days_that_overlap_are_refused(met: Scenario) -> None:
    said = written(met, day_2=in_days(10), from_2="11:00", to_2="13:00")
    answer = browser(met.architect).post(f"{LIST}nouveau/", said)
    assert answer.status_code == 409 and "se recouvrent" in read(answer)


def test_who_leads_is_in_one_place_at_a_time(met: Scenario) -> None:
    booked = book(met.journey.pk, offered(met.person, met.journey)[0].key, met.person)
    hours = {"day_1": booked.on.isoformat(), "from_1": "08:00", "to_1": "10:00"}
    answer = browser(met.architect).post(f"{LIST}nouveau/", written(met, **hours))
    assert answer.status_code == 409 and "n’est pas libre à ces heures" in read(answer)
    made(met)
    again = browser(met.architect).post(f"{LIST}nouveau/", written(met))
    assert again.status_code == 409 and "n’est pas libre à ces heures" in read(again)


def test_no_slot_is_offered_during_a_workshop_that_the_architect_leads(met: Scenario) -> None:
    first = offered(met.person, met.journey)[0]
    hours = {"day_1": "2027-03-02", "from_1": "09:30", "to_1": "11:00"}
    workshop = made(met, **hours)
    free = [
        one for one in offered(met.person, met.journey) if one.starts_at.date() == date(2027, 3, 2)
    ]
    assert first not in free and [one.starts_at.hour for one in free] == [10]
    answer = browser(met.architect).post(
        reverse("architect:cancel_workshop", args=[workshop.pk]), {"reason": ""}
    )
    assert answer.status_code == 302 and offered(met.person, met.journey)[0] == first


def test_more_seats_move_the_waiting_list_up_and_fewer_than_taken_are_refused(
    three: list[Scenario],
) -> None:
    workshop = a_workshop(three[0])
    for one in three:
        workshops.enrol(workshop.pk, one.journey.pk, one.person)
    assert "L’atelier est modifié" in read(change(workshop, three[0], capacity="3"))
    assert workshop.enrolments.seated().count() == 3
    refused = read(change(workshop, three[0], capacity="2"))
    assert "gardez au moins 3 places" in refused
    workshop.refresh_from_db()
    assert workshop.capacity == 3


def test_half_days_move_by_a_day_at_once_one_is_withdrawn_one_is_added(
    three: list[Scenario],
) -> None:
    workshop = made(three[0], day_2=in_days(11), from_2="09:00", to_2="12:00")
    first, second = workshop.half_days.all()
    change(workshop, three[0], day_1=in_days(11), day_2=in_days(12))
    assert [one.on for one in workshop.half_days.all()] == [
        first.on + timedelta(days=1),
        second.on + timedelta(days=1),
    ]
    workshop.refresh_from_db()
    assert workshop.revision == 1
    gone = {"day_1": "", "from_1": "", "to_1": ""}
    change(workshop, three[0], **gone, day_3=in_days(20), from_3="14:00", to_3="16:00")
    assert workshop.withdrawn.get().number == first.pk
    assert workshop.half_days.earliest("starts_at") == second
    assert workshop.half_days.count() == 2


def test_a_half_day_that_clashes_with_the_workshop_of_somebody_enrolled_is_refused(
    three: list[Scenario],
) -> None:
    workshop = made(three[0])
    leads = three[1].demo.head
    other = made(three[0], led_by=leads.pk, day_1=in_days(15))
    for one in (workshop, other):
        workshops.enrol(one.pk, three[0].journey.pk, three[0].person)
    clash = {"day_2": in_days(15), "from_2": "11:00", "to_2": "13:00"}
    answer = change(workshop, three[0], **clash)
    assert answer.status_code == 409
    assert f"{three[0].person.get_full_name()} n’est pas libre à ces heures" in read(answer)
    assert workshop.half_days.count() == 1


def test_a_workshop_that_began_takes_no_new_half_day_but_the_next_ones_move(
    three: list[Scenario],
) -> None:
    workshop = made(three[0], day_2=in_days(12), from_2="09:00", to_2="12:00")
    first, second = workshop.half_days.all()
    timekeeper.travel(first.starts_at + timedelta(minutes=1))
    row = {"day_1": second.on.isoformat(), "from_1": "09:00", "to_1": "12:00"}
    row |= {"number_1": str(second.pk), "number_2": "", "day_2": "", "from_2": "", "to_2": ""}
    added = {"day_2": in_days(5), "from_2": "09:00", "to_2": "12:00"}
    assert "Cet atelier a commencé : créez un autre atelier" in read(
        change(workshop, three[0], **(row | added))
    )
    change(workshop, three[0], **(row | {"from_1": "10:00"}))
    second.refresh_from_db()
    assert second.starts.hour == 10
    assert workshop.half_days.filter(pk=first.pk, starts_at=first.starts_at).exists()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(three: list[Scenario]) -> None:
    workshop = made(three[0])
    stale = as_shown(workshop, three[0], theme="jury")
    change(workshop, three[0], from_1="10:00")
    page = reverse("architect:change_workshop", args=[workshop.pk])
    answer = browser(three[0].demo.head).post(page, stale)
    assert answer.status_code == 409 and "a changé depuis que vous avez ouvert" in read(answer)


def test_a_cancelled_workshop_frees_everybody_and_takes_nobody(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    for one in three:
        workshops.enrol(workshop.pk, one.journey.pk, one.person)
    client = browser(three[0].architect)
    page = reverse("architect:cancel_workshop", args=[workshop.pk])
    assert "inscrites (1) et en attente (2)" in read(client.get(page))
    assert "L’atelier est annulé" in read(
        client.post(page, {"reason": "Salle fermée"}, follow=True)
    )
    assert not workshop.enrolments.standing().exists()
    shown = page_of(workshop, three[0].architect)
    assert "Annulé le" in shown and "Salle fermée" in shown
    assert "Cet atelier est annulé" in read(client.post(page, {"reason": ""}))
    assert "Annulé" in read(client.get(f"{LIST}?passes=1"))


def test_a_candidate_of_a_colleague_is_found_by_name_and_enrolled_once(
    three: list[Scenario], demo: DemoPeople
) -> None:
    workshop = a_workshop(three[0])
    colleague = next(one for one in demo.architects if one != three[0].architect)
    client = browser(colleague)
    page = reverse("architect:enrol", args=[workshop.pk])
    name = three[0].person.last_name
    assert three[0].person.get_full_name() in read(client.get(f"{page}?q={name}"))
    said = read(client.post(page, {"parcours": three[0].journey.pk}, follow=True))
    assert f"{three[0].person.get_full_name()} : inscrit" in said
    assert "Aucun candidat de l’équipe" in read(client.get(f"{page}?q={name}"))
    assert client.post(page, {"parcours": "x"}).status_code == 404
    assert browser(demo.stranger).post(page, {"parcours": three[1].journey.pk}).status_code == 404


def test_who_is_taken_off_leaves_the_seat_to_who_waited(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    first, second, _ = (workshops.enrol(workshop.pk, one.journey.pk, one.person) for one in three)
    page = reverse("architect:take_off", args=[workshop.pk, first.pk])
    said = read(browser(three[0].architect).post(page, follow=True))
    assert f"La place va à {three[1].person.get_full_name()}" in said
    assert Enrolment.objects.get(pk=first.pk).state == EnrolmentState.CANCELLED
    assert Enrolment.objects.get(pk=second.pk).state == EnrolmentState.ENROLLED
    assert "Liste d’attente : 1" in said and "Inscrits : 1" in said


def test_everybody_is_noted_in_one_form_and_minutes_are_said_in_decimal_hours(
    three: list[Scenario],
) -> None:
    workshop = made(three[0])
    seats = [workshops.enrol(workshop.pk, one.journey.pk, one.person) for one in three]
    half = workshop.half_days.get()
    client = browser(three[0].architect)
    page = reverse("architect:presence", args=[workshop.pk, half.pk])
    first, second, third = (one.pk for one in seats)
    everybody = {
        f"presence_{first}": "present",
        f"presence_{second}": "present",
        f"arrived_{second}": "09:10",
        f"left_{second}": "11:00",
        f"presence_{third}": "excused",
    }
    early = client.post(page, everybody)
    assert early.status_code == 409 and "n’a pas commencé" in read(early)
    assert not AttendanceEntry.objects.exists()
    timekeeper.travel(half.ends_at)
    said = read(client.post(page, everybody, follow=True))
    assert "Les présences sont notées." in said
    assert "3 h 00" in said and "1 h 50" in said and "absence excusée" in said
    assert 'value="09:10"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ({"presence": "absent", "arrived": "09:10"}, "Effacez les heures d’une personne absente"),
        ({"presence": "present", "arrived": "08:00"}, "Vérifiez les heures"),
        ({"presence": "present", "left": "13:00"}, "Vérifiez les heures"),
        ({"arrived": "09:10"}, "Dites d’abord si la personne était là"),
    ],
)
def test_hours_that_make_no_sense_are_said_beside_the_person_and_nobody_is_noted(
    three: list[Scenario], hours: dict[str, str], told: str
) -> None:
    workshop = made(three[0])
    seats = [workshops.enrol(workshop.pk, one.journey.pk, one.person) for one in three]
    half = workshop.half_days.get()
    timekeeper.travel(half.ends_at)
    said = {f"{name}_{seats[0].pk}": value for name, value in hours.items()}
    said[f"presence_{seats[1].pk}"] = Presence.PRESENT.value
    page = reverse("architect:presence", args=[workshop.pk, half.pk])
    answer = browser(three[0].architect).post(page, said)
    assert told in read(answer) and three[0].person.get_full_name() in read(answer)
    assert not AttendanceEntry.objects.exists()


def test_the_days_of_who_leads_show_in_the_agenda_today_and_on_the_file(
    three: list[Scenario],
) -> None:
    workshop = made(three[0])
    workshops.enrol(workshop.pk, three[0].journey.pk, three[0].person)
    half, client = workshop.half_days.get(), browser(three[0].architect)
    page = reverse("architect:workshop", args=[workshop.pk])
    week = client.get(f"/accompagnement/agenda/?semaine={half.on.isoformat()}")
    assert page in links(week, "ateliers") and "1 inscrit" in read(week)
    file = client.get(reverse("dossiers:journey", args=[three[0].journey.pk]))
    assert page in links(file, "ateliers")
    timekeeper.travel(half.starts_at - timedelta(minutes=30))
    today = client.get("/accompagnement/aujourdhui/")
    assert page in links(today, "ateliers") and "Noter les présences" not in read(today)


def test_today_asks_for_the_presences_until_everybody_is_noted(three: list[Scenario]) -> None:
    workshop = made(three[0])
    seats = [workshops.enrol(workshop.pk, one.journey.pk, one.person) for one in three[:2]]
    half, client = workshop.half_days.get(), browser(three[0].architect)
    timekeeper.travel(half.ends_at + timedelta(days=1))
    presences = reverse("architect:presence", args=[workshop.pk, half.pk])
    for one in seats:
        assert presences in links(client.get("/accompagnement/aujourdhui/"), "presences")
        workshops.note(half, one, Presence.PRESENT, three[0].architect)
    assert not links(client.get("/accompagnement/aujourdhui/"), "presences")


def test_a_meeting_is_not_booked_by_who_is_at_a_site_far_away_right_after(met: Scenario) -> None:
    elsewhere = site(met.demo.accompanist, "Alençon", address="2 rue de l’Exemple")
    day = {"day_1": "2027-03-02", "from_1": "08:00", "to_1": "09:00"}
    made(met, mode="on_site", site=elsewhere.pk, link="", **day)
    free = [one.starts_at.hour for one in offered(met.person, met.journey)][:2]
    assert free == [9, 10] and not Booking.objects.filter(mode=MeetingMode.ON_SITE).exists()


def test_a_long_waiting_list_is_read_page_by_page_and_ranks_go_on(
    three: list[Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jalon.web.architect.workshops.ROWS", 1)
    workshop = made(three[0], capacity=1)
    for one in three:
        workshops.enrol(workshop.pk, one.journey.pk, one.person)
    assert three[1].person.last_name in page_of(workshop, three[0].architect)
    address = f"/accompagnement/ateliers/{workshop.pk}/?page=2"
    second = read(browser(three[0].architect).get(address))
    before, waiting = second.split("Liste d’attente")
    assert three[2].person.get_full_name() in waiting
    assert three[1].person.get_full_name() not in waiting
    assert three[0].person.get_full_name() in before
    assert "2." in waiting
