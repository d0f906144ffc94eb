"""Who is told of a meeting, with which file for their agenda, and when they are reminded of it."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.rights import Erasing
from jalon.law.facts import Leaving
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Attendance, DropOutReason, Occasion
from jalon.mailbox.jobs import remind, tell
from jalon.mailbox.models import Notice, NoticeState
from jalon.mailbox.rights import erase_notices
from jalon.people.models import User
from jalon.support import planning
from jalon.support.jobs import release
from jalon.support.models import Booking
from jalon.support.queries import offered
from tests.support.agenda import opened
from tests.support.covers import replacement

pytestmark = pytest.mark.django_db

REMINDERS = ["booking_in_a_week", "booking_in_two_days", "booking_in_two_hours"]


def run_tells() -> None:
    """Do what was queued to be told, once each."""
    for job in ProcrastinateJob.objects.filter(task_name="mailbox.tell", status="todo"):
        tell(**(json.loads(job.args) if isinstance(job.args, str) else job.args))
    planned = ProcrastinateJob.objects.filter(task_name="mailbox.tell")
    planned._raw_delete(planned.db)


def book(scenario: Scenario, weeks: int = 3, by: User | None = None) -> Booking:
    by = by or scenario.person
    later = timekeeper.now() + timedelta(weeks=weeks)
    slot = next(one for one in offered(by, scenario.journey) if one.starts_at > later)
    booked = planning.book(scenario.journey.pk, slot.key, by)
    run_tells()
    return booked


def sent(name: str = "") -> list[Any]:
    return [one for one in mail.outbox if name in one.extra_headers["X-Jalon-Message"]]


def event_of(message: Any) -> tuple[str, Any]:
    [(file, content, kind)] = message.attachments
    assert file == "rendez-vous.ics"
    calendar = Calendar.from_ical(content)
    assert f"method={calendar['method']}" in kind
    return str(calendar["method"]), calendar.walk("VEVENT")[0]


def remind_at(moment: datetime) -> list[str]:
    """Let the sweep run at a moment; return the names of what left."""
    before = len(mail.outbox)
    with timekeeper.at(moment):
        remind()
    return [one.extra_headers["X-Jalon-Message"] for one in mail.outbox[before:]]


def test_both_sides_are_told_of_an_hour_that_is_taken_with_a_file_for_their_agenda(
    met: Scenario,
) -> None:
    booked = book(met)
    assert {one.to[0] for one in sent()} == {met.person.email, met.architect.email}
    [mine] = sent("booking_made")
    assert "Caen, 1 rue de l’Exemple" in mine.body and booked.when in mine.body
    method, event = event_of(mine)
    assert method == "REQUEST" and str(event["attendee"]) == f"mailto:{met.person.email}"
    assert event.decoded("dtstart") == booked.starts_at
    [theirs] = sent("booking_told")
    assert met.person.get_full_name() in theirs.body


def test_the_file_of_a_move_and_of_a_cancellation_bear_the_same_name_and_a_higher_number(
    met: Scenario,
) -> None:
    booked = book(met)
    other = offered(met.person, met.journey, booked)[0]
    planning.move(booked, other.key, met.person)
    run_tells()
    planning.give_up(booked, met.architect, "Salle fermée")
    run_tells()
    files = [event_of(sent(name)[0]) for name in ("made", "moved", "given_up")]
    assert [method for method, _ in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["uid"]) for _, event in files}) == 1
    assert [event["sequence"] for _, event in files] == [0, 1, 2]
    assert "La raison\xa0: Salle fermée" in sent("given_up")[0].body


def test_who_accompanies_is_not_told_of_what_they_did_themselves(met: Scenario) -> None:
    book(met, by=met.architect)
    assert [one.to for one in sent()] == [[met.person.email]]


def test_a_candidate_is_reminded_a_week_two_days_and_two_hours_before(met: Scenario) -> None:
    starts_at = book(met).starts_at
    early = timedelta(minutes=10)
    for before, name in zip(
        (timedelta(days=7), timedelta(days=2), timedelta(hours=2)), REMINDERS, strict=True
    ):
        assert remind_at(starts_at - before - early) == []
        assert remind_at(starts_at - before) == [name]
        assert remind_at(starts_at - before + early) == []
    assert all(one.to == [met.person.email] for one in sent("booking_in"))


def test_nobody_is_reminded_of_a_meeting_that_was_cancelled(met: Scenario) -> None:
    booked = book(met)
    planning.give_up(booked, met.person)
    for before in (timedelta(days=7), timedelta(days=2), timedelta(hours=2)):
        assert remind_at(booked.starts_at - before) == []
    states = Notice.objects.filter(message__in=REMINDERS).values_list("state", flat=True)
    assert set(states) == {NoticeState.DROPPED}


def test_a_meeting_that_was_moved_is_recalled_at_its_new_hour_only(met: Scenario) -> None:
    booked = book(met)
    old = booked.starts_at
    later = next(
        one
        for one in offered(met.person, met.journey, booked)
        if one.starts_at > old + timedelta(6)
    )
    planning.move(booked, later.key, met.person)
    run_tells()
    assert remind_at(old - timedelta(days=2)) == []
    assert remind_at(later.starts_at - timedelta(days=2)) == ["booking_in_two_days"]


def test_a_worker_that_was_stopped_sends_the_nearest_reminder_alone(met: Scenario) -> None:
    starts_at = book(met).starts_at
    assert remind_at(starts_at - timedelta(hours=47)) == ["booking_in_two_days"]
    assert remind_at(starts_at - timedelta(minutes=30)) == ["booking_in_two_hours"]
    assert remind_at(starts_at + timedelta(minutes=1)) == []


def test_whoever_just_took_an_hour_is_not_reminded_at_once(met: Scenario) -> None:
    slot = offered(met.person, met.journey)[0]
    planning.book(met.journey.pk, slot.key, met.person)
    run_tells()
    assert list(Notice.objects.filter(message__in=REMINDERS).values_list("message", flat=True)) == [
        "booking_in_two_hours"
    ]


def test_a_person_gets_two_reminders_a_day_at_most(met: Scenario) -> None:
    booked = book(met)
    due_at = booked.starts_at - timedelta(days=7)
    week_before = Notice.objects.get(message="booking_in_a_week")
    Notice.objects.bulk_create(
        Notice(
            message=name,
            about="1.0",
            person=met.person,
            title="Rappel",
            path="/",
            created_at=timekeeper.now(),
            due_at=due_at,
            state=NoticeState.SENT,
            sent_at=due_at,
        )
        for name in REMINDERS[:2]
    )
    assert remind_at(due_at) == []
    week_before.refresh_from_db()
    assert week_before.state == NoticeState.ENOUGH
    assert remind_at(booked.starts_at - timedelta(days=2)) == ["booking_in_two_days"]


def test_a_candidate_who_changes_again_and_again_is_asked_to_call(met: Scenario) -> None:
    with pytest.raises(Refused) as refused:
        for _ in range(6):
            slot = offered(met.person, met.journey)[0]
            booked = planning.book(met.journey.pk, slot.key, met.person)
            planning.give_up(booked, met.person)
    assert "appelez la personne qui vous accompagne" in refused.value.refusal.why
    assert Booking.objects.count() == 5


def test_the_hour_of_a_journey_that_ended_is_given_back_and_both_are_told(met: Scenario) -> None:
    booked = book(met)
    mail.outbox.clear()
    met.do(Act.DROP_OUT, met.person, Leaving(DropOutReason.TIME))
    assert release() == 1
    assert release() == 0
    run_tells()
    booked.refresh_from_db()
    assert booked.attendance == Attendance.CANCELLED
    assert {one.to[0] for one in sent("booking")} == {met.person.email, met.architect.email}
    assert "Le parcours est terminé." in sent("given_up")[0].body


def test_a_file_in_other_hands_leaves_the_agenda_it_was_in(met: Scenario, demo: DemoPeople) -> None:
    booked = book(met)
    colleague = next(one for one in demo.architects if one != met.architect)
    opened(colleague, demo.accompanist, weekday=3)
    replacement(met.architect, colleague, days=60)
    slot = offered(met.person, met.journey, booked)[0]
    again = planning.move(booked, slot.key, met.person)
    booked.refresh_from_db()
    assert booked.given_up_at is not None
    assert (again.architect, again.pk != booked.pk) == (colleague, True)
    planning.give_up(again, met.person)
    assert release() == 0


def test_the_occasions_of_a_meeting_are_queued_with_what_was_written(met: Scenario) -> None:
    slot = offered(met.person, met.journey)[0]
    booked = planning.book(met.journey.pk, slot.key, met.person)
    queued = ProcrastinateJob.objects.filter(task_name="mailbox.tell").latest("pk")
    assert queued.args == {"occasion": Occasion.BOOKING_MADE, "key": f"{booked.pk}.0"}


def test_once_a_journey_is_erased_nobody_keeps_what_they_were_told_of_its_meetings(
    met: Scenario,
) -> None:
    booked = book(met)
    other = Scenario(met.demo, met.certification, met.at, number=met.number + 3)
    other.register().take_charge()
    book(other)
    assert erase_notices(Erasing(met.journey, awarded=False)) > 0
    kept = Notice.objects.filter(message="booking_told")
    assert not kept.filter(about=booked.told_as).exists()
    assert not kept.filter(title__contains=str(met.person)).exists()
    assert kept.filter(title__contains=str(other.person)).exists()
