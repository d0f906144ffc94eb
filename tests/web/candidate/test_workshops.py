"""The candidate's workshops: to choose one, take a seat or wait, leave, read the hours."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Presence
from jalon.people.models import Organisation
from jalon.support import workshops
from jalon.support.models import Workshop
from tests.support.rooms import a_workshop
from tests.support.test_workshops import some_people
from tests.web.browsers import browser
from tests.web.reading import links, read


@pytest.fixture
def two(scenario: Scenario, machining: Certification) -> list[Scenario]:
    people = some_people(scenario, machining, 2)
    timekeeper.travel(max(one.at for one in people))
    return people


def own(one: Scenario, workshop: Workshop | None = None, act: str = "") -> str:
    page = f"/candidat/{one.journey.pk}/ateliers/"
    return f"{page}{workshop.pk}/{act}" if workshop else page


def test_a_candidate_chooses_a_workshop_from_home_and_takes_a_seat(two: list[Scenario]) -> None:
    workshop = a_workshop(two[0], seats=2)
    client = browser(two[0].person)
    assert own(two[0]) in links(client.get("/candidat/"), "ateliers")
    assert own(two[0], workshop) in links(client.get(own(two[0])), "ateliers")
    page = read(client.get(own(two[0], workshop)))
    assert "Places libres" in page and workshop.link not in page
    said = client.post(own(two[0], workshop, "inscription/"), follow=True)
    assert "Votre place est prise." in read(said) and workshop.link in read(said)
    home = read(client.get("/candidat/"))
    assert "Atelier « Rédiger son dossier »" in home and "Inscrit" in home


def test_once_full_a_candidate_waits_and_reads_their_rank(two: list[Scenario]) -> None:
    workshop = a_workshop(two[0])
    workshops.enrol(workshop.pk, two[1].journey.pk, two[1].person)
    client = browser(two[0].person)
    page = read(client.get(own(two[0], workshop)))
    assert "Complet" in page and "M’inscrire sur la liste d’attente" in page
    said = read(client.post(own(two[0], workshop, "inscription/"), follow=True))
    assert "vous attendez au rang 1" in said and "En liste d’attente, au rang 1" in said
    assert workshop.link not in said


def test_a_seat_is_left_only_once_that_is_confirmed(two: list[Scenario]) -> None:
    workshop = a_workshop(two[0])
    for one in two:
        workshops.enrol(workshop.pk, one.journey.pk, one.person)
    client = browser(two[0].person)
    assert "Laisser votre place ?" in read(client.get(own(two[0], workshop, "quitter/")))
    assert workshop.enrolments.seated().get().journey == two[0].journey
    said = read(client.post(own(two[0], workshop, "quitter/"), follow=True))
    assert "Vous n’avez plus de place dans cet atelier." in said
    assert workshop.enrolments.seated().get().journey == two[1].journey


def test_once_begun_a_workshop_is_neither_joined_nor_left(two: list[Scenario]) -> None:
    workshop = a_workshop(two[0])
    workshops.enrol(workshop.pk, two[0].journey.pk, two[0].person)
    timekeeper.travel(workshop.half_days.get().starts_at)
    client = browser(two[0].person)
    said = read(client.post(own(two[0], workshop, "quitter/"), follow=True))
    assert "Cet atelier a commencé" in said
    assert workshop.enrolments.seated().exists()
    assert browser(two[1].person).get(own(two[1], workshop)).status_code == 404


def test_nobody_opens_the_workshops_of_another_team_or_of_another_person(
    two: list[Scenario],
) -> None:
    workshop = a_workshop(two[0])
    client = browser(two[0].person)
    assert client.get(own(two[1], workshop)).status_code == 404
    other = Organisation.objects.exclude(pk=workshop.organisation_id)[0]
    Workshop.objects.filter(pk=workshop.pk).update(organisation=other)
    assert client.get(own(two[0], workshop)).status_code == 404
    assert client.post(own(two[0], workshop, "inscription/")).status_code == 404


def test_a_candidate_reads_how_long_they_were_there_in_decimal_hours(two: list[Scenario]) -> None:
    workshop = a_workshop(two[0])
    seat = workshops.enrol(workshop.pk, two[0].journey.pk, two[0].person)
    half = workshop.half_days.get()
    timekeeper.travel(half.ends_at)
    left = half.starts_at + timedelta(minutes=50)
    workshops.note(half, seat, Presence.PRESENT, two[0].architect, left_at=left)
    assert "En tout : 0 h 50 en atelier." in read(browser(two[0].person).get(own(two[0])))
