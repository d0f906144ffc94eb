"""Seats of a workshop taken, awaited and given up; who was there; the time that a journey was given."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.journeys.models import Journey
from jalon.journeys.rights import TOLD_BY
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import (
    EnrolmentState,
    MeetingKind,
    MeetingMode,
    OrganisationKind,
    Presence,
    Stage,
)
from jalon.people.models import Organisation
from jalon.support import workshops
from jalon.support.jobs import release_seats
from jalon.support.models import Enrolment, Meeting, Workshop
from tests.conftest import TODAY
from tests.people import demo_people
from tests.support.rooms import a_morning, a_workshop

ENROLLED, WAITING, CANCELLED = EnrolmentState


def some_people(scenario: Scenario, machining: Certification, count: int) -> list[Scenario]:
    """Return journeys that are taken on, of as many people."""
    people = [Scenario(scenario.demo, machining, TODAY, number=n) for n in range(3, 3 + count)]
    return [one.register().take_charge() for one in people]


@pytest.fixture
def three(scenario: Scenario, machining: Certification) -> list[Scenario]:
    people = some_people(scenario, machining, 3)
    timekeeper.travel(max(one.at for one in people))
    return people


def enrol(workshop: Workshop, one: Scenario) -> Enrolment:
    return workshops.enrol(workshop.pk, one.journey.pk, one.person)


def states(workshop: Workshop) -> list[EnrolmentState]:
    return [one.state for one in workshop.enrolments.order_by("pk")]


def test_once_a_workshop_is_full_who_enrols_waits(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0], seats=2)
    for one in three:
        enrol(workshop, one)
    assert states(workshop) == [ENROLLED, ENROLLED, WAITING]


def test_who_enrols_twice_keeps_the_same_seat(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    assert enrol(workshop, three[0]) == enrol(workshop, three[0])
    assert states(workshop) == [ENROLLED]


def test_who_waited_longest_moves_up_when_somebody_cancels(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    first, second, _ = (enrol(workshop, one) for one in three)
    assert workshops.cancel(first, three[0].person) == [second]
    assert states(workshop) == [CANCELLED, ENROLLED, WAITING]


def test_who_comes_back_goes_to_the_end_of_the_list(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    first, second, third = (enrol(workshop, one) for one in three)
    workshops.cancel(first, three[0].person)
    timekeeper.travel(timekeeper.now() + timedelta(minutes=1))
    enrol(workshop, three[0])
    assert workshops.cancel(second, three[1].person) == [third]
    assert states(workshop) == [WAITING, CANCELLED, ENROLLED]


def test_who_leaves_the_waiting_list_moves_nobody_up(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    _, second, _ = (enrol(workshop, one) for one in three)
    assert workshops.cancel(second, three[1].person) == []
    assert states(workshop) == [ENROLLED, CANCELLED, WAITING]


def test_a_journey_that_ended_is_passed_over_and_gives_its_seat_up(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    first, second, third = (enrol(workshop, one) for one in three)
    ended = [first.journey_id, second.journey_id]
    Journey.objects.filter(pk__in=ended).update(stage=Stage.DROPPED_OUT)
    assert workshops.cancel(first, three[0].person) == [third]
    assert states(workshop) == [CANCELLED, WAITING, ENROLLED]
    with pytest.raises(Refused, match="parcours est terminé"):
        enrol(workshop, three[0])


def test_a_journey_that_ends_or_goes_elsewhere_leaves_its_seat_to_who_waits(
    three: list[Scenario],
) -> None:
    workshop = a_workshop(three[0])
    first, second, third = (enrol(workshop, one) for one in three)
    assert release_seats() == 0
    Journey.objects.filter(pk=first.journey_id).update(stage=Stage.DROPPED_OUT)
    assert release_seats() == 1
    assert states(workshop) == [CANCELLED, ENROLLED, WAITING]
    elsewhere = three[0].demo.neighbour
    Journey.objects.filter(pk=second.journey_id).update(organisation=elsewhere)
    assert release_seats() == 1
    assert states(workshop) == [CANCELLED, CANCELLED, ENROLLED]
    Journey.objects.filter(pk=third.journey_id).update(stage=Stage.DROPPED_OUT)
    timekeeper.travel(workshop.half_days.get().starts_at)
    assert release_seats() == 0
    assert states(workshop) == [CANCELLED, CANCELLED, ENROLLED]


def test_nobody_is_in_two_workshops_at_once(three: list[Scenario]) -> None:
    first, same_hours, after = (a_workshop(three[0]) for _ in range(3))
    after.half_days.update(
        starts_at=F("starts_at") + timedelta(hours=3), ends_at=F("ends_at") + timedelta(hours=3)
    )
    seated = enrol(first, three[0])
    with pytest.raises(Refused, match="Un autre atelier est déjà choisi"):
        enrol(same_hours, three[0])
    assert enrol(after, three[0]).state == ENROLLED
    workshops.cancel(seated, three[0].person)
    assert enrol(same_hours, three[0]).state == ENROLLED


def test_the_architect_enrols_and_another_candidate_does_not(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    with pytest.raises(Refused, match="Seuls le candidat"):
        workshops.enrol(workshop.pk, three[0].journey.pk, three[1].person)
    made = workshops.enrol(workshop.pk, three[0].journey.pk, three[0].architect)
    assert made.state == ENROLLED


def test_a_workshop_of_another_team_or_that_has_begun_takes_nobody(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    elsewhere = Organisation.objects.exclude(pk=workshop.organisation_id).filter(
        kind=OrganisationKind.ACCOMPANIST
    )
    other = elsewhere.first() or Organisation.objects.exclude(pk=workshop.organisation_id)[0]
    Workshop.objects.filter(pk=workshop.pk).update(organisation=other)
    with pytest.raises(Refused, match="autre organisme"):
        enrol(workshop, three[0])
    workshop.save()
    made = enrol(workshop, three[0])
    timekeeper.travel(timekeeper.now() + timedelta(days=2))
    with pytest.raises(Refused, match="a commencé"):
        enrol(workshop, three[1])
    with pytest.raises(Refused, match="a commencé"):
        workshops.cancel(made, three[0].person)


def test_the_database_refuses_a_seat_too_many_whoever_writes(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    enrol(workshop, three[0])
    waits = enrol(workshop, three[1])
    with pytest.raises(IntegrityError, match="the workshop is full"), transaction.atomic():
        Enrolment.objects.filter(pk=waits.pk).update(state=ENROLLED)
    with pytest.raises(IntegrityError, match="the workshop is full"), transaction.atomic():
        Enrolment.objects.create(workshop=workshop, journey=three[2].journey, state=ENROLLED)
    Workshop.objects.filter(pk=workshop.pk).update(capacity=2)
    Enrolment.objects.filter(pk=waits.pk).update(state=ENROLLED)
    with pytest.raises(IntegrityError, match="the workshop is full"), transaction.atomic():
        Workshop.objects.filter(pk=workshop.pk).update(capacity=1)


def test_two_half_days_of_a_workshop_do_not_overlap(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    with pytest.raises(IntegrityError, match="follow_each_other"), transaction.atomic():
        a_morning(workshop)
    a_morning(workshop, days=3)


def test_presence_is_noted_by_the_team_from_its_hour_on(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    seated, waits = enrol(workshop, three[0]), enrol(workshop, three[1])
    morning, architect = workshop.half_days.get(), three[0].architect
    with pytest.raises(Refused, match="n’a pas commencé"):
        workshops.note(morning, seated, Presence.PRESENT, architect)
    timekeeper.travel(morning.starts_at)
    with pytest.raises(Refused, match="l’équipe qui accompagne"):
        workshops.note(morning, seated, Presence.PRESENT, three[0].person)
    with pytest.raises(Refused, match="pas de place"):
        workshops.note(morning, waits, Presence.PRESENT, three[1].architect)
    with pytest.raises(Refused, match="de cet atelier"):
        other = a_morning(a_workshop(three[0]), days=-1)
        workshops.note(other, seated, Presence.PRESENT, architect)
    workshops.note(morning, seated, Presence.ABSENT, architect)
    late = morning.starts_at + timedelta(minutes=10)
    entry = workshops.note(morning, seated, Presence.PRESENT, architect, arrived_at=late)
    assert entry.minutes == 170
    assert seated.attendance.count() == 1


def test_time_given_is_set_against_the_hours_of_the_accepted_path(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting().propose_path()
    assert workshops.delivered(scenario.journey).group.planned == 0
    scenario.accept_path()
    timekeeper.travel(scenario.at)
    workshop = a_workshop(scenario)
    seated, morning = enrol(workshop, scenario), workshop.half_days.get()
    timekeeper.travel(morning.ends_at)
    left = morning.ends_at - timedelta(minutes=80)
    workshops.note(morning, seated, Presence.PRESENT, scenario.architect, left_at=left)
    before = sum(scenario.journey.meetings.values_list("minutes", flat=True))
    Meeting.objects.create(
        journey=scenario.journey,
        kind=MeetingKind.FOLLOW_UP,
        mode=MeetingMode.PHONE,
        held_on=timekeeper.today(),
        minutes=50,
        held_by=scenario.architect,
    )
    given = workshops.delivered(scenario.journey)
    assert (given.individual.planned, given.individual.delivered) == (14 * 60, before + 50)
    assert (given.group.planned, given.group.delivered) == (6 * 60, 100)
    assert (str(given.group.planned_hours), str(given.group.delivered_hours)) == ("6.00", "1.67")


def test_a_copy_tells_the_workshops_and_each_half_day(three: list[Scenario]) -> None:
    workshop = a_workshop(three[0])
    seated, morning = enrol(workshop, three[0]), workshop.half_days.get()
    timekeeper.travel(morning.starts_at)
    workshops.note(morning, seated, Presence.EXCUSED, three[0].architect)
    (told,) = TOLD_BY["ateliers"](three[0].person)
    assert told["workshop"] == "Atelier « Rédiger son dossier »"
    assert [one["presence"] for one in told["presences"]] == [Presence.EXCUSED]
    assert TOLD_BY["ateliers"](three[1].person) == []


ROUNDS = 15


@pytest.mark.django_db(transaction=True)
def test_of_three_people_who_want_the_last_seat_in_the_same_instant_one_gets_it() -> None:
    with timekeeper.at(TODAY):
        demo = demo_people()
        machining = Certification.objects.get(code="RNCP38901")
        people = [
            Scenario(demo, machining, TODAY, number=number).register().take_charge()
            for number in (3, 4, 5)
        ]
        workshop = a_workshop(people[0])
        for _ in range(ROUNDS):
            press_at_once(workshop, people)
            assert sorted(states(workshop)) == sorted([ENROLLED, WAITING, WAITING])
            Enrolment.objects.all().delete()


def press_at_once(workshop: Workshop, people: list[Scenario]) -> None:
    """Let several people enrol in the same instant."""
    ready = threading.Barrier(len(people))

    def press(one: Scenario) -> None:
        try:
            ready.wait(10)
            enrol(workshop, one)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[one]) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
