"""The sheet of a workshop and the certificate of a journey say the same hours (R-110)."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.documents.models import Document
from jalon.documents.queries import readable
from jalon.journeys.actions import act
from jalon.law.facts import Reason, ServiceCertified
from jalon.law.rulebook import Refused
from jalon.law.signatures import against_planned, in_hours, lasting
from jalon.law.vocabulary import Act, DocumentKind, Event, Presence, SignedHow
from jalon.support import workshops
from jalon.support.attendance import hours_of, sheets
from jalon.support.models import HalfDay, Meeting, Workshop
from jalon.support.papers import attendance_sheet
from jalon.support.service import by_kind, certify, given_by
from jalon.support.signatures import sign, sign_as_leader
from tests.documents.reading import printed, words_of
from tests.support.attendance import DRAWN, a_workshop_held, last_hours
from tests.support.test_workshops import some_people
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-110")]


def signed(one: Scenario) -> None:
    """Sign the last hours of a person on the tablet of who follows them."""
    hours = last_hours(one)
    sign(hours, SignedHow.DRAWN, one.architect, hours.digest, strokes=DRAWN)


@pytest.fixture
def accompanied(scenario: Scenario) -> Scenario:
    """A journey whose path plans hours, with a first meeting and a morning, both to be signed."""
    scenario.register().take_charge().first_meeting().propose_path().accept_path()
    a_workshop_held([scenario])
    scenario.at = timekeeper.now()
    return scenario


def test_a_certificate_of_nothing_is_refused_and_so_is_that_of_a_stranger(
    accompanied: Scenario,
) -> None:
    with pytest.raises(Refused, match="Aucune heure n’est signée"):
        certify(accompanied.journey, accompanied.architect)
    signed(accompanied)
    for who in (accompanied.demo.stranger, accompanied.person):
        with pytest.raises(Refused, match="l’équipe qui accompagne"):
            certify(accompanied.journey, who)


def test_the_certificate_counts_what_is_signed_and_names_how_much_is_not(
    accompanied: Scenario,
) -> None:
    signed(accompanied)
    entry = certify(accompanied.journey, accompanied.architect)
    given = entry.facts_as(ServiceCertified)
    assert (entry.event, given.group_signed, given.individual_signed, given.waiting) == (
        Event.SERVICE_CERTIFIED,
        180,
        0,
        1,
    )
    words = printed(accompanied, "service").replace("\xa0", " ")
    for expected in (
        "Certificat de réalisation",
        accompanied.demo.accompanist.name,
        accompanied.demo.accompanist.siret,
        "Action permettant de faire valider les acquis de l’expérience (VAE)",
        "Individuel 14,00 h 0,00 h",
        "Collectif 6,00 h 3,00 h",
        "Total 20,00 h 3,00 h",
        "1 séance n’est pas signée : elle ne compte pas.",
    ):
        assert expected in words, expected


def test_the_certificate_is_read_by_the_team_and_the_candidate_and_not_by_the_certifier(
    accompanied: Scenario,
) -> None:
    signed(accompanied)
    certify(accompanied.journey, accompanied.architect)
    accompanied.run_pending_jobs()
    paper = Document.objects.get(kind=DocumentKind.SERVICE)
    for who in (accompanied.person, accompanied.architect, accompanied.demo.head):
        assert paper in readable(who)
    assert paper not in readable(accompanied.demo.officer)


def test_a_certificate_is_printed_by_itself_when_the_accompaniment_ends(
    accompanied: Scenario,
) -> None:
    signed(accompanied)
    act(
        accompanied.journey.pk,
        Act.LEAVE_ACCOMPANIMENT,
        by=accompanied.person,
        facts=Reason("Je continue sans aide."),
    )
    words = printed(accompanied, "service").replace("\xa0", " ")
    assert "Durée réalisée 3,00 h" in words
    assert f"Signé par {accompanied.demo.accompanist.name} " in words


def test_no_certificate_is_printed_when_nothing_was_signed(accompanied: Scenario) -> None:
    act(
        accompanied.journey.pk,
        Act.LEAVE_ACCOMPANIMENT,
        by=accompanied.person,
        facts=Reason("Je continue sans aide."),
    )
    accompanied.run_pending_jobs()
    assert not Document.objects.filter(kind=DocumentKind.SERVICE).exists()


def test_what_another_organisation_gave_is_not_certified_by_this_one(
    accompanied: Scenario,
) -> None:
    signed(accompanied)
    assert given_by(accompanied.journey, accompanied.demo.neighbour.pk) is None
    Meeting.objects.update(held_by=accompanied.demo.stranger)
    here = hours_of(accompanied.journey, accompanied.demo.accompanist.pk)
    assert [one.kind for one in here] == ["demi-journee"]


def noted_at_random(workshop: Workshop, people: list[Scenario], chance: random.Random) -> None:
    """Note late arrivals, early exits and absences; let some sign."""
    for half_day in workshop.half_days.all():
        for one in people:
            enrolment = workshop.enrolments.get(journey=one.journey)
            there = chance.random() < 0.8
            late, early = (timedelta(minutes=chance.randint(0, 80)) for _ in range(2))
            workshops.note(
                half_day,
                enrolment,
                Presence.PRESENT if there else Presence.ABSENT,
                one.architect,
                arrived_at=half_day.starts_at + late if there else None,
                left_at=half_day.ends_at - early if there else None,
            )
    for one in people:
        for hours in hours_of(one.journey):
            if hours.to_sign and chance.random() < 0.7:
                sign(hours, SignedHow.DRAWN, one.architect, hours.digest, strokes=DRAWN)


@pytest.mark.parametrize("seed", range(4))
def test_the_sheet_and_the_certificates_of_its_people_say_the_same_hours(
    scenario: Scenario, machining: Certification, seed: int
) -> None:
    people = some_people(scenario, machining, 3)
    workshop = a_workshop_held(people, days=3)
    noted_at_random(workshop, people, random.Random(seed))
    words = words_of(attendance_sheet(workshop)).replace("\xa0", " ")
    total = 0
    for one in people:
        given = given_by(one.journey, workshop.organisation_id)
        minutes = given.group_signed if given else 0
        there = workshops.delivered(one.journey).group.delivered
        unsigned = [hours for hours in hours_of(one.journey) if hours.half_day and hours.to_sign]
        assert minutes == there - sum(hours.minutes for hours in unsigned)
        said = f"{lasting(minutes)}, soit {in_hours(minutes)}".replace("\xa0", " ")
        assert f"{one.person.get_full_name()} {said}" in words
        total += minutes
    said = f"{lasting(total)}, soit {in_hours(total)}".replace("\xa0", " ")
    assert f"Total de l’atelier {said}" in words


def test_the_sheet_says_how_each_person_signed_and_draws_it(
    scenario: Scenario, machining: Certification
) -> None:
    people = some_people(scenario, machining, 3)
    workshop = a_workshop_held(people)
    signed(people[0])
    hours, leader = last_hours(people[1]), workshop.led_by
    sign(hours, SignedHow.ALOUD, leader, hours.digest, reason="Main dans le plâtre")
    half_day = HalfDay.objects.get()
    (sheet,) = sheets([half_day])
    sign_as_leader(half_day, leader, sheet.leader.digest, SignedHow.ACCOUNT)
    pdf = attendance_sheet(workshop)
    words = words_of(pdf).replace("\xa0", " ")
    for expected in (
        "Feuille d’émargement",
        "Rédiger son dossier",
        f"Animé par {leader.get_full_name()}",
        "Signature tracée le",
        f"noté par {leader.get_full_name()} : Main dans le plâtre",
        "Non signé",
        "Signé depuis son compte le",
        "3 h 00, soit 3,00 h",
    ):
        assert expected in words, expected
    assert b"Signature de" in pdf or "Signature de".encode("utf-16-be") in pdf


def test_what_was_given_is_said_against_what_the_path_plans_to_both_sides(
    accompanied: Scenario,
) -> None:
    assert against_planned(60, 60) == "tout est donné"
    assert against_planned(60, 150) == f"{lasting(90)} de plus que prévu"
    assert against_planned(0, 30) == "rien n’était prévu" and against_planned(0, 0) == ""
    alone, _ = by_kind(accompanied.journey, hours_of(accompanied.journey))
    left = f"encore {lasting(alone.planned - alone.given)} à donner"
    assert alone.given and alone.said == left
    for who, name in ((accompanied.architect, "dossiers"), (accompanied.person, "candidate")):
        page = browser(who).get(reverse(f"{name}:hours", args=[accompanied.journey.pk]))
        assert left in page.content.decode(), name
