"""Signatures of the time given: drawn, by code, aloud; what they prove, and when they count no more (R-110)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import Scenario
from jalon.journeys.jobs import erase
from jalon.journeys.rights import TOLD_BY
from jalon.law.facts import Leaving
from jalon.law.rulebook import Refused
from jalon.law.signatures import CODE_SERVES, LINK_SERVES, MOST_CODES, MOST_TRIES
from jalon.law.vocabulary import Act, Attendance, DropOutReason, MeetingKind, Presence, SignedHow
from jalon.support import planning, workshops
from jalon.support.attendance import Hours, find, hours_of, sheet_of
from jalon.support.links import hours_to_sign, signing_token
from jalon.support.models import AttendanceSignature, HalfDay, Meeting, SigningCode
from jalon.support.queries import offered
from jalon.support.signatures import send_code, sign, sign_as_leader, sign_by_code
from tests.support.attendance import DRAWN, a_workshop_held, last_hours
from tests.support.test_workshops import some_people

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-110")]


@pytest.fixture
def two(scenario: Scenario, machining: Certification) -> list[Scenario]:
    """Two people, whom two architects follow, at the end of a morning that the first of them led."""
    people = some_people(scenario, machining, 2)
    a_workshop_held(people)
    return people


def drawn(one: Scenario, hours: Hours, by: Scenario | None = None) -> AttendanceSignature:
    """Sign on the tablet of an architect."""
    who = (by or one).architect
    return sign(hours, SignedHow.DRAWN, who, hours.digest, strokes=DRAWN)


def noted_late(one: Scenario, minutes: int) -> None:
    """Note, once more, that a person came late."""
    entry = one.journey.enrolments.get().attendance.get()
    late = entry.half_day.starts_at + timedelta(minutes=minutes)
    workshops.note(
        entry.half_day, entry.enrolment, Presence.PRESENT, one.architect, arrived_at=late
    )


def test_a_person_signs_on_the_tablet_of_who_led_whoever_follows_their_file(
    two: list[Scenario],
) -> None:
    hours = last_hours(two[1])
    assert (hours.to_sign, hours.minutes) == (True, 180)
    given = drawn(two[1], hours, by=two[0])
    assert (given.how, given.strokes, given.noted_by) == (
        SignedHow.DRAWN,
        DRAWN,
        two[0].architect,
    )
    assert last_hours(two[1]).signature == given
    assert drawn(two[1], last_hours(two[1])) == given
    assert AttendanceSignature.objects.count() == 1


def test_a_presence_noted_anew_takes_the_signature_away_and_asks_for_another(
    two: list[Scenario],
) -> None:
    first = drawn(two[0], last_hours(two[0]))
    noted_late(two[0], 10)
    hours = last_hours(two[0])
    assert (hours.signature, hours.changed_since, hours.to_sign) == (None, True, True)
    assert workshops.delivered(two[0].journey).group.delivered == 170
    second = drawn(two[0], hours)
    assert second != first
    assert last_hours(two[0]).signature == second
    assert first.minutes == 180


def test_who_signs_hours_that_changed_meanwhile_reads_them_again(two: list[Scenario]) -> None:
    shown = last_hours(two[0])
    noted_late(two[0], 10)
    with pytest.raises(Refused, match="Les heures ont changé"):
        drawn(two[0], shown)
    assert not AttendanceSignature.objects.exists()


def test_who_was_absent_signs_nothing(two: list[Scenario]) -> None:
    shown = last_hours(two[0])
    entry = two[0].journey.enrolments.get().attendance.get()
    workshops.note(entry.half_day, entry.enrolment, Presence.ABSENT, two[0].architect)
    with pytest.raises(Refused, match="Notez d’abord la présence"):
        drawn(two[0], shown)


def test_neither_a_stranger_nor_the_person_themselves_signs_on_the_tablet(
    two: list[Scenario],
) -> None:
    hours = last_hours(two[0])
    for who in (two[0].demo.stranger, two[0].person, two[0].demo.officer):
        with pytest.raises(Refused, match="l’équipe qui accompagne"):
            sign(hours, SignedHow.DRAWN, who, hours.digest, strokes=DRAWN)


def test_who_led_notes_an_agreement_said_aloud_with_its_reason_and_a_colleague_does_not(
    two: list[Scenario],
) -> None:
    leader, colleague = two[0].architect, two[1].architect
    hours = last_hours(two[1])
    with pytest.raises(Refused, match="Seule la personne qui a animé"):
        sign(hours, SignedHow.ALOUD, colleague, hours.digest, reason="Main dans le plâtre")
    with pytest.raises(Refused, match="Dites pourquoi"):
        sign(hours, SignedHow.ALOUD, leader, hours.digest)
    given = sign(hours, SignedHow.ALOUD, leader, hours.digest, reason="Main dans le plâtre")
    assert (given.reason, given.strokes) == ("Main dans le plâtre", "")


def test_who_led_signs_once_a_half_day_from_the_tablet_or_their_account(
    two: list[Scenario],
) -> None:
    half_day = HalfDay.objects.get()
    seen = sheet_of(half_day).leader.digest
    with pytest.raises(Refused, match="Seule la personne qui a animé signe"):
        sign_as_leader(half_day, two[1].architect, seen, SignedHow.ACCOUNT)
    given = sign_as_leader(half_day, two[0].architect, seen, SignedHow.ACCOUNT)
    again = sign_as_leader(half_day, two[0].architect, seen, SignedHow.DRAWN, DRAWN)
    assert given == again == sheet_of(half_day).leader.signature
    HalfDay.objects.update(ends_at=half_day.ends_at + timedelta(minutes=30))
    assert sheet_of(HalfDay.objects.get()).leader.changed_since


# ---------------------------------------------------------------- from afar


def test_a_code_signs_once_and_what_is_kept_of_it_opens_nothing(two: list[Scenario]) -> None:
    hours = last_hours(two[0])
    code = send_code(hours, two[0].architect)
    assert code.isdecimal()
    assert len(code) == 6
    assert code not in SigningCode.objects.get().secret
    given = sign_by_code(hours, code, hours.digest, two[0].person)
    assert (given.how, given.noted_by) == (SignedHow.CODE, two[0].person)
    with pytest.raises(Refused, match="il ne reste rien à faire"):
        send_code(hours, two[0].person)


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(two: list[Scenario]) -> None:
    hours = last_hours(two[0])
    code = send_code(hours, two[0].person)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for left in range(MOST_TRIES - 1, 0, -1):
        with pytest.raises(Refused, match="il vous reste"):
            sign_by_code(hours, wrong, hours.digest, two[0].person)
        assert SigningCode.objects.get().tries == MOST_TRIES - left
    for typed in (wrong, code):
        with pytest.raises(Refused, match="Trop d’essais"):
            sign_by_code(hours, typed, hours.digest, two[0].person)
    again = send_code(hours, two[0].person)
    sign_by_code(hours, again, hours.digest, two[0].person)


def test_a_code_is_over_after_a_quarter_of_an_hour_and_once_another_is_sent(
    two: list[Scenario],
) -> None:
    hours = last_hours(two[0])
    with pytest.raises(Refused, match="Demandez d’abord un code"):
        sign_by_code(hours, "123456", hours.digest, two[0].person)
    first, second = (send_code(hours, two[0].person) for _ in range(2))
    if first != second:
        with pytest.raises(Refused, match="n’est pas le bon"):
            sign_by_code(hours, first, hours.digest, two[0].person)
    timekeeper.travel(timekeeper.now() + CODE_SERVES)
    with pytest.raises(Refused, match="ne sert plus"):
        sign_by_code(hours, second, hours.digest, two[0].person)


def test_a_code_sent_for_other_hours_signs_nothing(two: list[Scenario]) -> None:
    code = send_code(last_hours(two[0]), two[0].person)
    noted_late(two[0], 10)
    hours = last_hours(two[0])
    with pytest.raises(Refused, match="Les heures ont changé"):
        sign_by_code(hours, code, hours.digest, two[0].person)


def test_no_more_than_five_codes_leave_in_a_day(two: list[Scenario]) -> None:
    hours = last_hours(two[0])
    for _ in range(MOST_CODES):
        send_code(hours, two[0].person)
    with pytest.raises(Refused, match="Assez de codes"):
        send_code(hours, two[0].person)
    timekeeper.travel(timekeeper.now() + timedelta(days=1))
    send_code(hours, two[0].person)
    assert SigningCode.objects.count() == 1


def test_a_link_leads_to_its_hours_for_a_month_and_to_nothing_else(two: list[Scenario]) -> None:
    token = signing_token(last_hours(two[0]))
    found = hours_to_sign(token)
    assert found is not None
    assert (found.journey, found.number) == (two[0].journey, last_hours(two[0]).number)
    assert hours_to_sign(token + "x") is None
    timekeeper.travel(timekeeper.now() + LINK_SERVES)
    assert hours_to_sign(token) is None


# ---------------------------------------------------------------- meetings


def a_meeting(one: Scenario) -> Meeting:
    """Return a meeting that was held without a report to write."""
    return Meeting.objects.create(
        journey=one.journey,
        kind=MeetingKind.FOLLOW_UP,
        mode="phone",
        held_on=timekeeper.today(),
        minutes=50,
        held_by=one.architect,
    )


def test_a_meeting_is_signed_with_who_follows_the_file(two: list[Scenario]) -> None:
    meeting = a_meeting(two[0])
    hours = find(two[0].journey, "rendez-vous", meeting.pk)
    assert hours is not None
    assert hours.minutes == 50
    with pytest.raises(Refused, match="l’équipe qui accompagne"):
        sign(hours, SignedHow.DRAWN, two[1].architect, hours.digest, strokes=DRAWN)
    given = drawn(two[0], hours)
    assert given.meeting == meeting
    assert find(two[1].journey, "rendez-vous", meeting.pk) is None


def test_a_meeting_that_was_signed_is_not_said_to_be_missed(met: Scenario) -> None:
    met.first_meeting()
    timekeeper.travel(met.at)
    key = offered(met.person, met.journey)[0].key
    booked = planning.book(met.journey.pk, key, met.architect)
    timekeeper.travel(booked.ends_at)
    held = planning.settle(booked, Attendance.HELD, met.architect)
    drawn(met, first_unsigned(Meeting.objects.latest("pk")))
    with pytest.raises(Refused, match="il a eu lieu"):
        planning.settle(held, Attendance.NO_SHOW, met.architect)
    assert Meeting.objects.latest("pk").signatures.exists()


# ---------------------------------------------------------------- what the database keeps


def refused_by_the_database(**said: object) -> None:
    """Try to write a signature, and be refused."""
    usual = {"how": "drawn", "minutes": 180, "digest": "a" * 64, "strokes": DRAWN}
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceSignature.objects.create(**usual | said)


def test_the_database_refuses_the_signature_of_who_was_not_there_whoever_writes(
    two: list[Scenario],
) -> None:
    one, other = two
    half_day, meeting = HalfDay.objects.get(), a_meeting(one)
    entry = other.journey.enrolments.get().attendance.get()
    entry.presence = Presence.ABSENT
    entry.save()
    by = {"noted_by": one.architect}
    refused_by_the_database(journey=other.journey, person=other.person, half_day=half_day, **by)
    refused_by_the_database(journey=one.journey, person=other.person, half_day=half_day, **by)
    refused_by_the_database(journey=other.journey, person=other.person, meeting=meeting, **by)
    refused_by_the_database(person=other.architect, half_day=half_day, **by)
    own = {"journey": one.journey, "person": one.person, "half_day": half_day} | by
    refused_by_the_database(**own, strokes="")
    refused_by_the_database(**own, strokes="<svg/>")
    refused_by_the_database(**own, how="aloud", strokes="", reason=" ")
    refused_by_the_database(**own, minutes=0)
    AttendanceSignature.objects.create(
        **own, how="drawn", minutes=180, digest="a" * 64, strokes=DRAWN
    )


def test_a_signature_is_neither_changed_nor_deleted(two: list[Scenario]) -> None:
    given = AttendanceSignature.objects.filter(pk=drawn(two[0], last_hours(two[0])).pk)
    for change in ({"minutes": 10}, {"strokes": ""}, {"digest": "b" * 64}, {"reason": "Non"}):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            given.update(**change)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        given.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            cursor.execute("TRUNCATE support_attendancesignature")


@pytest.mark.rule("R-122")
def test_an_erased_journey_keeps_that_hours_were_signed_and_loses_the_hand_that_drew(
    two: list[Scenario],
) -> None:
    for one in two:
        drawn(one, last_hours(one))
    send_code(first_unsigned(a_meeting(two[0])), two[0].architect)
    two[0].at = timekeeper.now()
    two[0].do(Act.DROP_OUT, two[0].person, Leaving(DropOutReason.TIME))
    for days in (340, 370):
        timekeeper.travel(two[0].at + timedelta(days=days))
        erase()
    mine = two[0].journey.signatures.get()
    assert (mine.strokes, mine.minutes) == ("", 180)
    assert hours_of(two[0].journey)[0].signature == mine
    assert two[1].journey.signatures.get().strokes == DRAWN
    assert not SigningCode.objects.exists()


def first_unsigned(meeting: Meeting) -> Hours:
    """Return the hours of a meeting."""
    found = find(meeting.journey, "rendez-vous", meeting.pk)
    assert found
    return found


def test_a_copy_tells_each_signature_and_no_code(two: list[Scenario]) -> None:
    hours = last_hours(two[0])
    send_code(hours, two[0].architect)
    drawn(two[0], hours)
    (told,) = TOLD_BY["signatures de présence"](two[0].person)
    assert (told["strokes"], told["minutes"], told["how"]) == (DRAWN, 180, "drawn")
    assert told["noted_by"] == str(two[0].architect)
    assert TOLD_BY["signatures de présence"](two[1].person) == []


def test_the_hours_of_a_journey_stand_by_day_with_what_waits(two: list[Scenario]) -> None:
    a_meeting(two[0])
    drawn(two[0], first_unsigned(Meeting.objects.latest("pk")))
    waiting = [one.kind for one in hours_of(two[0].journey) if one.to_sign]
    assert waiting == ["demi-journee"]
