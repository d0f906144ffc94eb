"""Meetings booked, moved, given up and settled; two people who want the same hour."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo import texts
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Attendance, MeetingKind, MeetingMode
from jalon.people.models import User
from jalon.support import planning
from jalon.support.actions import note_absence
from jalon.support.models import Booking
from jalon.support.queries import offered
from tests.conftest import TODAY
from tests.people import demo_people
from tests.support.agenda import opened, site


def first_free(scenario: Scenario, by: User | None = None) -> str:
    return offered(by or scenario.person, scenario.journey)[0].key


def book(scenario: Scenario, by: User | None = None) -> Booking:
    by = by or scenario.person
    return planning.book(scenario.journey.pk, first_free(scenario, by), by)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def why(refused: pytest.ExceptionInfo[Refused]) -> str:
    return plain(refused.value.refusal.why)


def test_a_candidate_books_the_first_free_hour_of_who_accompanies(met: Scenario) -> None:
    booked = book(met)
    assert plain(booked.when) == "mardi 2 mars 2027 à 9 h 00"
    assert (booked.architect, booked.kind) == (met.architect, MeetingKind.FIRST)
    assert (booked.mode, booked.minutes) == (MeetingMode.ON_SITE, 60)
    assert booked.where == "Caen, 1 rue de l’Exemple"
    again = [slot.starts_at for slot in offered(met.person, met.journey)]
    assert booked.starts_at not in again


def test_a_candidate_has_one_meeting_to_come_at_a_time(met: Scenario) -> None:
    book(met)
    with pytest.raises(Refused) as refused:
        book(met)
    assert why(refused).startswith("Un rendez-vous est déjà prévu : mardi 2 mars 2027 à 9 h 00.")


def test_a_candidate_gives_some_notice_and_who_accompanies_needs_none(met: Scenario) -> None:
    opened(met.architect, met.demo.accompanist, weekday=0, mode=MeetingMode.PHONE)
    at_eleven = [slot.starts_at.date() for slot in offered(met.architect, met.journey)]
    assert at_eleven[0] == timekeeper.today()
    assert offered(met.person, met.journey)[0].starts_at > timekeeper.now() + timedelta(hours=12)


def test_nobody_books_where_nobody_accompanies_yet_nor_once_all_is_over(
    scenario: Scenario,
) -> None:
    scenario.register()
    with pytest.raises(Refused) as refused:
        planning.book(scenario.journey.pk, "1-1", scenario.person)
    assert why(refused).startswith("Personne ne suit encore ce dossier")
    scenario.take_charge()
    scenario.journey.stage = "dropped_out"
    scenario.journey.save()
    with pytest.raises(Refused) as refused:
        planning.book(scenario.journey.pk, "1-1", scenario.person)
    assert why(refused).startswith("Ce parcours est terminé")


def test_a_colleague_or_a_stranger_books_nothing_in_the_name_of_others(
    met: Scenario, demo: DemoPeople
) -> None:
    colleague = next(one for one in demo.architects if one != met.architect)
    for other in (colleague, demo.stranger, demo.officer):
        with pytest.raises(Refused):
            planning.book(met.journey.pk, first_free(met), other)


def test_a_slot_that_is_gone_names_the_next_ones(met: Scenario) -> None:
    key = first_free(met)
    other = Scenario(met.demo, met.certification, TODAY, number=met.number + 3)
    other.register().take_charge()
    planning.book(other.journey.pk, key, other.person)
    with pytest.raises(Refused) as refused:
        planning.book(met.journey.pk, key, met.person)
    assert why(refused) == (
        "Cette heure n’est plus libre. Les prochaines sont : mardi 2 mars 2027 à 10 h 00 ; "
        "mardi 2 mars 2027 à 11 h 00 ; mardi 9 mars 2027 à 9 h 00. Choisissez-en une autre."
    )


def test_a_slot_that_was_never_opened_is_refused_whatever_is_sent(met: Scenario) -> None:
    for key in ("", "0-0", "1-99999999999", "x", "\x00"):
        with pytest.raises(Refused):
            planning.book(met.journey.pk, key, met.person)


def test_a_meeting_is_moved_and_its_hour_is_free_again(met: Scenario) -> None:
    booked = book(met)
    later = offered(met.person, met.journey, booked)[1]
    moved = planning.move(booked, later.key, met.person)
    assert plain(moved.when) == "mardi 2 mars 2027 à 11 h 00"
    assert moved.revision == 1
    assert Booking.objects.count() == 1
    assert booked.starts_at in [slot.starts_at for slot in offered(met.person, met.journey)]


def test_who_gives_a_meeting_up_says_whether_it_is_excused_or_cancelled(met: Scenario) -> None:
    excused = planning.give_up(book(met), met.person)
    assert excused.attendance == Attendance.EXCUSED
    cancelled = planning.give_up(book(met), met.architect, "Salle fermée")
    assert (cancelled.attendance, cancelled.reason) == (Attendance.CANCELLED, "Salle fermée")
    with pytest.raises(Refused) as refused:
        planning.move(cancelled, first_free(met), met.person)
    assert why(refused) == "Ce rendez-vous est annulé : prenez-en un autre."


def test_a_meeting_whose_hour_has_come_is_neither_moved_nor_given_up(met: Scenario) -> None:
    booked = book(met)
    timekeeper.travel(booked.starts_at)
    with pytest.raises(Refused) as refused:
        planning.give_up(booked, met.person)
    assert "est passée" in why(refused)


def test_an_absence_takes_slots_away_and_names_the_meetings_it_touches(met: Scenario) -> None:
    booked = book(met)
    touched = note_absence(met.architect, {"starts_on": booked.on, "ends_on": booked.on})
    assert touched == [booked]
    assert offered(met.person, met.journey)[0].starts_at.date() > booked.on


def test_the_way_between_two_sites_is_left_free_when_booking(met: Scenario) -> None:
    elsewhere = site(met.demo.accompanist, "Alençon")
    opened(met.architect, met.demo.accompanist, starts_at="10:00", site=elsewhere)
    book(met)
    offers = offered(met.architect, met.journey)
    there = [slot for slot in offers if slot.place == elsewhere.pk]
    assert timekeeper.PARIS and there[0].starts_at.astimezone(timekeeper.PARIS).hour == 11


# ---------------------------------------------------------------- what became of it


def test_a_held_follow_up_counts_among_the_meetings_given(met: Scenario) -> None:
    met.first_meeting()
    timekeeper.travel(met.at)
    booked = book(met)
    assert booked.kind == MeetingKind.FOLLOW_UP
    with pytest.raises(Refused) as refused:
        planning.settle(booked, Attendance.HELD, met.architect)
    assert "n’a pas commencé" in why(refused)
    timekeeper.travel(booked.ends_at)
    held = planning.settle(booked, Attendance.HELD, met.architect)
    given = met.journey.meetings.get(kind=MeetingKind.FOLLOW_UP)
    assert (given.minutes, given.held_on, given.held_by) == (60, booked.on, met.architect)
    planning.settle(held, Attendance.NO_SHOW, met.architect)
    assert not met.journey.meetings.filter(kind=MeetingKind.FOLLOW_UP).exists()


def test_the_report_of_the_first_meeting_settles_the_one_that_was_booked(met: Scenario) -> None:
    booked = book(met)
    timekeeper.travel(booked.ends_at)
    met.at = timekeeper.now()
    met.do(Act.HOLD_FIRST_MEETING, met.architect, texts.first_meeting(booked.on))
    booked.refresh_from_db()
    assert booked.attendance == Attendance.HELD
    assert booked.meeting == met.journey.meetings.get()
    with pytest.raises(Refused) as refused:
        planning.settle(booked, Attendance.NO_SHOW, met.architect)
    assert "Le compte rendu" in why(refused)


def test_a_candidate_settles_nothing(met: Scenario) -> None:
    booked = book(met)
    timekeeper.travel(booked.ends_at)
    with pytest.raises(Refused):
        planning.settle(booked, Attendance.HELD, met.person)


# ---------------------------------------------------------------- two at once


def test_the_database_refuses_two_meetings_at_once_whoever_writes(met: Scenario) -> None:
    booked = book(met)
    booked.pk, booked.starts_at = None, booked.starts_at + timedelta(minutes=30)
    with (
        pytest.raises(IntegrityError, match="an_architect_is_in_one_meeting"),
        transaction.atomic(),
    ):
        booked.save(force_insert=True)
    Booking.objects.update(attendance=Attendance.CANCELLED)
    booked.save(force_insert=True)


ROUNDS = 200


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_take_the_same_slot_in_the_same_instant_one_gets_it() -> None:
    with timekeeper.at(TODAY):
        demo = demo_people()
        machining = Certification.objects.get(code="RNCP38901")
        pair = [
            Scenario(demo, machining, TODAY, number=number).register().take_charge()
            for number in (3, 6)
        ]
        assert pair[0].architect == pair[1].architect
        opened(pair[0].architect, demo.accompanist)
        key = offered(pair[0].person, pair[0].journey)[0].key
        for _ in range(ROUNDS):
            got, refusals = race(pair, key)
            assert len(got) == 1 and len(refusals) == 1, (got, refusals)
            assert Booking.objects.count() == 1
            assert plain(refusals[0]).startswith(
                "Cette heure n’est plus libre. Les prochaines sont"
            )
            Booking.objects.all().delete()


def race(pair: list[Scenario], key: str) -> tuple[list[int], list[str]]:
    """Let two people press at once; return the meetings made, and what the others read."""
    got: list[int] = []
    refusals: list[str] = []
    ready = threading.Barrier(len(pair))

    def press(scenario: Scenario) -> None:
        try:
            ready.wait(10)
            got.append(planning.book(scenario.journey.pk, key, scenario.person).pk)
        except Refused as refused:
            refusals.append(refused.refusal.why)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[one]) for one in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got, refusals
