"""Who is told of a seat in a workshop, with which files for their agenda, and when they are reminded."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Stage
from jalon.support import programme, workshops
from jalon.support.jobs import release_seats
from jalon.support.models import Enrolment, Workshop
from jalon.support.programme import Span
from tests.mailbox.test_meetings import remind_at, run_tells, sent
from tests.support.rooms import a_morning, a_workshop
from tests.support.test_workshops import some_people

REMINDERS = ["half_day_in_a_week", "half_day_in_two_days"]


@pytest.fixture
def two(scenario: Scenario, machining: Certification) -> list[Scenario]:
    people = some_people(scenario, machining, 2)
    timekeeper.travel(max(one.at for one in people))
    return people


@pytest.fixture
def workshop(two: list[Scenario]) -> Workshop:
    """A workshop with one seat, in three weeks, then a day later."""
    made = a_workshop(two[0])
    made.half_days.all().delete()
    for days in (21, 22):
        a_morning(made, days)
    return made


def enrol(workshop: Workshop, one: Scenario) -> Enrolment:
    made = workshops.enrol(workshop.pk, one.journey.pk, one.person)
    run_tells()
    return made


def change(workshop: Workshop, one: Scenario, hours: int = 0, **values: Any) -> None:
    """Change a workshop, and begin each half-day later by some hours."""
    later = timedelta(hours=hours)
    spans = [
        Span(half.starts_at + later, half.ends_at + later, half.pk)
        for half in workshop.half_days.all()
    ]
    programme.change(workshop.pk, one.architect, values, spans)
    run_tells()


def events(message: Any) -> list[tuple[str, str, int]]:
    """Return what each file joined to an e-mail does: its method, its name, its number."""
    found = []
    for _, content, kind in message.attachments:
        calendar = Calendar.from_ical(content)
        assert f"method={calendar['method']}" in kind
        [event] = calendar.walk("VEVENT")
        found.append((str(calendar["method"]), str(event["uid"]), int(event["sequence"])))
    return found


def test_who_takes_a_seat_gets_an_invitation_for_each_half_day(
    two: list[Scenario], workshop: Workshop
) -> None:
    enrol(workshop, two[0])
    [told] = sent("workshop_joined")
    assert told.to == [two[0].person.email]
    assert [method for method, _, _ in events(told)] == ["REQUEST", "REQUEST"]
    assert len({uid for _, uid, _ in events(told)}) == 2
    assert all(half.when in told.body for half in workshop.half_days.all())


def test_two_people_of_one_half_day_have_invitations_of_their_own(
    two: list[Scenario], workshop: Workshop
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(capacity=2)
    for one in two:
        enrol(workshop, one)
    first, second = sent("workshop_joined")
    assert not {uid for _, uid, _ in events(first)} & {uid for _, uid, _ in events(second)}


def test_who_waits_is_told_their_rank_and_gets_no_invitation(
    two: list[Scenario], workshop: Workshop
) -> None:
    for one in two:
        enrol(workshop, one)
    [told] = sent("workshop_awaited")
    assert "au rang 1" in told.body and told.attachments == []
    assert remind_at(timekeeper.now() + timedelta(days=14)) == ["half_day_in_a_week"]


def test_who_leaves_has_the_dates_taken_out_and_who_waited_gets_them(
    two: list[Scenario], workshop: Workshop
) -> None:
    seat, _ = (enrol(workshop, one) for one in two)
    workshops.cancel(seat, two[0].person)
    run_tells()
    joined, left, moved = (
        sent(name)[0] for name in ("workshop_joined", "workshop_left", "workshop_moved_up")
    )
    assert [method for method, _, _ in events(left)] == ["CANCEL", "CANCEL"]
    assert [uid for _, uid, _ in events(left)] == [uid for _, uid, _ in events(joined)]
    assert events(left)[0][2] > events(joined)[0][2]
    assert moved.to == [two[1].person.email]
    assert [method for method, _, _ in events(moved)] == ["REQUEST", "REQUEST"]


def test_new_hours_are_told_to_everybody_under_the_same_names_and_a_higher_number(
    two: list[Scenario], workshop: Workshop
) -> None:
    for one in two:
        enrol(workshop, one)
    change(workshop, two[0], hours=1)
    told = sent("workshop_changed")
    assert [one.to for one in told] == [[one.person.email] for one in two]
    before = events(sent("workshop_joined")[0])
    after = events(told[0])
    assert [uid for _, uid, _ in after] == [uid for _, uid, _ in before]
    assert all(new[2] > old[2] for new, old in zip(after, before, strict=True))
    assert told[1].attachments == [] and "liste d’attente" in told[1].body


def test_a_half_day_that_is_withdrawn_is_taken_out_of_agendas(
    two: list[Scenario], workshop: Workshop
) -> None:
    enrol(workshop, two[0])
    first, second = workshop.half_days.all()
    kept = Span(first.starts_at, first.ends_at, first.pk)
    programme.change(workshop.pk, two[0].architect, {}, [kept])
    run_tells()
    [told] = sent("workshop_changed")
    assert {(method, uid.split("@")[0].split("-")[1]) for method, uid, _ in events(told)} == {
        ("REQUEST", str(first.pk)),
        ("CANCEL", str(second.pk)),
    }


def test_more_seats_alone_tell_only_who_moves_up(two: list[Scenario], workshop: Workshop) -> None:
    for one in two:
        enrol(workshop, one)
    change(workshop, two[0], capacity=2)
    assert sent("workshop_changed") == []
    assert [one.to for one in sent("workshop_moved_up")] == [[two[1].person.email]]


def test_a_workshop_that_is_cancelled_is_told_to_who_had_a_seat_and_to_who_waited(
    two: list[Scenario], workshop: Workshop
) -> None:
    for one in two:
        enrol(workshop, one)
    programme.call_off(workshop.pk, two[0].architect, "Salle fermée")
    run_tells()
    told = sent("workshop_cancelled")
    assert [one.to for one in told] == [[one.person.email] for one in two]
    assert all("La raison\xa0: Salle fermée" in one.body for one in told)
    assert {method for method, _, _ in events(told[0])} == {"CANCEL"}


def test_a_candidate_is_reminded_a_week_and_two_days_before_each_half_day(
    two: list[Scenario], workshop: Workshop
) -> None:
    enrol(workshop, two[0])
    planned = sorted(
        (half.starts_at - timedelta(days=days), name)
        for half in workshop.half_days.all()
        for days, name in zip((7, 2), REMINDERS, strict=True)
    )
    for due_at, name in planned:
        assert remind_at(due_at - timedelta(minutes=10)) == []
        assert remind_at(due_at) == [name]


def test_nobody_is_reminded_of_what_was_left_cancelled_or_moved(
    two: list[Scenario], workshop: Workshop
) -> None:
    seat = enrol(workshop, two[0])
    due_at = workshop.half_days.earliest("starts_at").starts_at - timedelta(days=7)
    change(workshop, two[0], hours=3)
    assert remind_at(due_at) == []
    assert remind_at(due_at + timedelta(hours=3)) == ["half_day_in_a_week"]
    seat.refresh_from_db()
    workshops.cancel(seat, two[0].person)
    enrol(workshop, two[1])
    programme.call_off(workshop.pk, two[0].architect)
    run_tells()
    assert remind_at(due_at + timedelta(days=6)) == []


def test_no_more_than_two_reminders_leave_in_a_day(two: list[Scenario]) -> None:
    for hour in (0, 3, 6):
        made = a_workshop(two[0])
        made.half_days.all().delete()
        half = a_morning(made, 21)
        made.half_days.update(
            starts_at=half.starts_at + timedelta(hours=hour),
            ends_at=half.ends_at + timedelta(hours=hour),
        )
        enrol(made, two[0])
    late = timekeeper.now() + timedelta(days=14, hours=7)
    assert remind_at(late) == ["half_day_in_a_week"] * 2


def test_who_leaves_the_waiting_list_gets_nothing_to_take_out_of_an_agenda(
    two: list[Scenario], workshop: Workshop
) -> None:
    _, waits = (enrol(workshop, one) for one in two)
    workshops.cancel(waits, two[1].person)
    run_tells()
    [left] = sent("workshop_left")
    assert left.to == [two[1].person.email] and left.attachments == []
    assert "liste d’attente" in left.body and "fichiers joints" not in left.body


def test_who_waited_for_a_workshop_that_is_cancelled_gets_nothing_to_take_out(
    two: list[Scenario], workshop: Workshop
) -> None:
    for one in two:
        enrol(workshop, one)
    programme.call_off(workshop.pk, two[0].architect)
    run_tells()
    seated, waited = sent("workshop_cancelled")
    assert len(events(seated)) == 2
    assert waited.attachments == [] and "fichiers joints" not in waited.body


def test_the_seat_of_a_journey_that_ends_is_told_to_who_had_it_and_to_who_gets_it(
    two: list[Scenario], workshop: Workshop
) -> None:
    for one in two:
        enrol(workshop, one)
    Journey.objects.filter(pk=two[0].journey.pk).update(stage=Stage.DROPPED_OUT)
    release_seats()
    run_tells()
    [left], [moved] = sent("workshop_left"), sent("workshop_moved_up")
    assert left.to == [two[0].person.email] and moved.to == [two[1].person.email]
    assert "Votre parcours est terminé" in left.body
    assert [method for method, _, _ in events(left)] == ["CANCEL", "CANCEL"]


def test_a_leader_named_by_a_colleague_is_told_and_who_names_themselves_is_not(
    two: list[Scenario], workshop: Workshop
) -> None:
    colleague = two[0].demo.architects[1]
    change(workshop, two[0], led_by=colleague)
    [told] = sent("workshop_led")
    assert told.to == [colleague.email]
    assert all(half.when in told.body for half in workshop.half_days.all())
    assert [method for method, _, _ in events(told)] == ["PUBLISH", "PUBLISH"]
    assert f"/accompagnement/ateliers/{workshop.pk}/" in told.body
    change(workshop, two[0], led_by=two[0].architect)
    assert len(sent("workshop_led")) == 1
