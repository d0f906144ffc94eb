"""What is brought back from a visit: noted once, and never written over what was changed meanwhile."""

import uuid
from datetime import time, timedelta

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Attendance, EnrolmentState, MeetingKind, Presence, SignedHow
from jalon.support import workshops
from jalon.support.attendance import hours_of
from jalon.support.models import AttendanceSignature, Booking, Enrolment, HalfDay, Meeting
from jalon.support.planning import book
from jalon.support.queries import offered
from jalon.support.visits import (
    Answer,
    Brought,
    bring_to_half_day,
    bring_to_meeting,
    hours_carried,
)
from tests.support.agenda import opened
from tests.support.attendance import DRAWN
from tests.support.rooms import a_workshop
from tests.support.test_workshops import some_people

pytestmark = pytest.mark.django_db

PRESENT, ABSENT = Answer(Presence.PRESENT), Answer(Presence.ABSENT)


@pytest.fixture
def seat(scenario: Scenario, machining: Certification) -> Enrolment:
    """A seat in a workshop whose half-day just ended."""
    (one,) = some_people(scenario, machining, 1)
    timekeeper.travel(one.at)
    found = workshops.enrol(a_workshop(one).pk, one.journey.pk, one.person)
    timekeeper.travel(HalfDay.objects.get().ends_at)
    return found


def bring(
    seat: Enrolment,
    answer: Answer,
    told: str = "",
    hours: str = "",
    strokes: str = "",
    number: uuid.UUID | None = None,
    since: tuple[uuid.UUID, ...] = (),
) -> uuid.UUID:
    """Bring an answer back as a device does that knows nothing else; return its number."""
    half_day, number = HalfDay.objects.get(), number or uuid.uuid4()
    brought = Brought(answer, hours or hours_carried(half_day), told, strokes, number, since)
    bring_to_half_day(half_day, seat, brought, half_day.workshop.led_by)
    return number


def test_an_answer_is_written_as_a_page_writes_it_and_read_back_and_nothing_else_is() -> None:
    late = Answer(Presence.PRESENT, time(9, 15))
    assert str(late) == "present|09:15|"
    assert Answer.read("present|09:15|", Presence) == late
    assert late.said == "Présent, arrivée 9 h 15".replace(" h ", "\xa0h\xa0")
    assert str(Answer()) == "" and Answer().said == "rien de noté"
    for rubbish in ("", "present", "here||", "present|9:15|", "present|25:00|", "present|||"):
        with pytest.raises(ValueError):
            Answer.read(rubbish, Presence)


def test_a_presence_brought_back_twice_is_noted_once(seat: Enrolment) -> None:
    late = HalfDay.objects.get().starts + timedelta(minutes=15)
    answer = Answer(Presence.PRESENT, late.time().replace(second=0, microsecond=0))
    bring(seat, answer)
    noted = seat.attendance.get()
    assert (noted.presence, noted.minutes) == (Presence.PRESENT, 165)
    timekeeper.travel(timekeeper.now() + timedelta(hours=1))
    bring(seat, answer)
    assert seat.attendance.get().noted_at == noted.noted_at


def test_what_a_colleague_noted_meanwhile_is_never_written_over(seat: Enrolment) -> None:
    workshops.note(HalfDay.objects.get(), seat, Presence.EXCUSED, seat.workshop.led_by)
    with pytest.raises(Refused, match=r"notée entre-temps.*Absence excusée"):
        bring(seat, PRESENT)
    assert seat.attendance.get().presence == Presence.EXCUSED
    bring(seat, PRESENT, told="excused||")
    assert seat.attendance.get().presence == Presence.PRESENT


def test_a_device_whose_first_answer_was_lost_on_the_way_back_corrects_it(seat: Enrolment) -> None:
    lost = bring(seat, PRESENT)
    bring(seat, ABSENT, since=(lost,))
    assert seat.attendance.get().presence == Presence.ABSENT


def test_a_correction_back_to_an_earlier_answer_is_not_undone_by_one_that_the_network_repeats(
    seat: Enrolment,
) -> None:
    half_day = HalfDay.objects.get()
    workshops.note(half_day, seat, Presence.ABSENT, seat.workshop.led_by)
    lost = bring(seat, PRESENT, told=str(ABSENT))
    workshops.note(half_day, seat, Presence.ABSENT, seat.workshop.led_by)
    with pytest.raises(Refused, match=r"notée entre-temps.*Absent"):
        bring(seat, PRESENT, told=str(ABSENT), number=lost, since=(lost,))
    with pytest.raises(Refused, match=r"notée entre-temps.*Absent"):
        bring(seat, Answer(Presence.EXCUSED), told=str(ABSENT), since=(lost,))
    assert seat.attendance.get().presence == Presence.ABSENT


def test_an_answer_that_arrives_after_the_one_that_replaced_it_is_done_no_more(
    seat: Enrolment,
) -> None:
    late = uuid.uuid4()
    bring(seat, ABSENT, since=(late,))
    HalfDay.objects.get().attendance.all().delete()
    with pytest.raises(Refused, match="notée entre-temps"):
        bring(seat, PRESENT, number=late, since=(late,))
    assert not seat.attendance.exists()


def test_an_answer_under_hours_that_changed_is_not_kept_and_says_the_hours_of_now(
    seat: Enrolment,
) -> None:
    carried = hours_carried(HalfDay.objects.get())
    HalfDay.objects.update(starts_at=HalfDay.objects.get().starts_at - timedelta(hours=1))
    with pytest.raises(Refused, match="Les heures ont changé") as refused:
        bring(seat, PRESENT, hours=carried)
    assert HalfDay.objects.get().when in refused.value.refusal.why
    assert not seat.attendance.exists()


def test_who_gave_their_seat_up_is_not_noted(seat: Enrolment) -> None:
    seat.becomes(EnrolmentState.CANCELLED)
    with pytest.raises(Refused, match="inscrivez-la d’abord"):
        bring(seat, PRESENT)


def test_a_meeting_that_was_moved_is_not_noted_as_held(
    scenario: Scenario, machining: Certification
) -> None:
    (one,) = some_people(scenario, machining, 1)
    timekeeper.travel(one.at)
    opened(one.architect, one.demo.accompanist)
    met: Booking = book(one.journey.pk, offered(one.person, one.journey)[0].key, one.person)
    carried = hours_carried(met)
    timekeeper.travel(met.ends_at)
    answer = Answer(Attendance.NO_SHOW)
    with pytest.raises(Refused, match="Les heures ont changé"):
        bring_to_meeting(met, Brought(answer, "other/hours", ""), one.architect)
    for _ in range(2):
        bring_to_meeting(met, Brought(answer, carried, ""), one.architect)
    met.refresh_from_db()
    assert met.attendance == Attendance.NO_SHOW
    with pytest.raises(Refused, match="Absence sans prévenir"):
        bring_to_meeting(met, Brought(Answer(Attendance.HELD), carried, ""), one.architect)


@pytest.mark.rule("R-110")
def test_a_signature_drawn_away_from_the_network_counts_once_under_the_hours_that_were_shown(
    seat: Enrolment,
) -> None:
    for _ in range(2):
        bring(seat, PRESENT, strokes=DRAWN)
    signed = AttendanceSignature.objects.get()
    (hours,) = hours_of(seat.journey)
    assert hours.signature == signed
    assert (signed.how, signed.strokes, signed.minutes) == (SignedHow.DRAWN, DRAWN, 180)


@pytest.mark.rule("R-110")
def test_a_signature_that_is_refused_leaves_the_answer_to_be_looked_at_again_with_it(
    seat: Enrolment,
) -> None:
    for answer, strokes, why in (
        (PRESENT, "M1 1L2 2", "un point ne suffit pas"),
        (ABSENT, DRAWN, "Notez d’abord la présence"),
    ):
        with pytest.raises(Refused, match=why):
            bring(seat, answer, strokes=strokes)
    assert not seat.attendance.exists() and not AttendanceSignature.objects.exists()


@pytest.mark.rule("R-110")
def test_nobody_signs_hours_that_a_colleague_noted_otherwise_meanwhile(seat: Enrolment) -> None:
    half_day = HalfDay.objects.get()
    left = half_day.ends_at - timedelta(hours=1)
    workshops.note(half_day, seat, Presence.PRESENT, seat.workshop.led_by, left_at=left)
    with pytest.raises(Refused, match="notée entre-temps"):
        bring(seat, PRESENT, strokes=DRAWN)
    assert not AttendanceSignature.objects.exists()


@pytest.mark.rule("R-110")
def test_a_meeting_is_signed_as_it_is_noted_and_one_that_has_a_report_after_it(
    scenario: Scenario, machining: Certification
) -> None:
    (one,) = some_people(scenario, machining, 1)
    timekeeper.travel(one.at)
    opened(one.architect, one.demo.accompanist)
    met: Booking = book(one.journey.pk, offered(one.person, one.journey)[0].key, one.person)
    timekeeper.travel(met.ends_at)
    brought = Brought(Answer(Attendance.HELD), hours_carried(met), "", DRAWN)
    with pytest.raises(Refused, match="une fois son compte rendu écrit"):
        bring_to_meeting(met, brought, one.architect)
    Booking.objects.update(kind=MeetingKind.FOLLOW_UP)
    for _ in range(2):
        bring_to_meeting(met, brought, one.architect)
    (hours,) = hours_of(one.journey)
    assert hours.signature == AttendanceSignature.objects.get()
    Meeting.objects.update(minutes=met.minutes + 30)
    again = Brought(brought.answer, brought.carried, "held||", DRAWN)
    with pytest.raises(Refused, match="Les heures ont changé depuis"):
        bring_to_meeting(met, again, one.architect)
