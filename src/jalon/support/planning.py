"""Meetings as they are booked, moved, given up, and said to have been held or not.

Whoever books holds the journey, then the architect's agenda: what is free is computed while nobody
else takes any of it. The database refuses two meetings at once, whoever writes.
"""

import uuid

from django.db import connection, transaction

from jalon.journeys import signs
from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.journeys.telling import tell
from jalon.law import meetings as law
from jalon.law.cover import free_then
from jalon.law.rulebook import Refused, refuse
from jalon.law.signatures import still_met
from jalon.law.vocabulary import Attendance, MeetingMode, Occasion, Role
from jalon.now import midnight, now, today
from jalon.people.models import User
from jalon.support.freed import end_wish, freed
from jalon.support.models import Booking, Meeting, OpeningHours
from jalon.support.queries import booking_to_come, is_free, offered
from jalon.support.slots import Slot, minute
from jalon.support.territories import said

#: How many free slots are named when the one that was wanted is gone.
NAMED = 3


@transaction.atomic
def book(journey_id: uuid.UUID, key: str, by: User) -> Booking:
    """Book a free slot of whoever accompanies a journey; raises `Refused`, naming the next free ones."""
    journey = held(journey_id, by)
    planned = booking_to_come(journey)
    refuse(law.one_at_a_time(planned.when if planned else ""))
    refuse(law.too_often(changes_today(journey, by)))
    return begin(journey, chosen(journey, key, by), by)


@transaction.atomic
def move(booking: Booking, key: str, by: User, seen: str = "") -> Booking:
    """Move a meeting to come to a free slot; raises `Refused`, naming the next free ones.

    One that stands there already stays: a button pressed twice moves it once. `seen` is how it was
    told on the page that asks, and refused when that changed. Where somebody else receives at that
    slot, the meeting with who was to receive is given up, and another begins.
    """
    journey = held(booking.journey_id, by)
    booking = awaited(booking)
    if key.endswith(f"-{minute(booking.starts_at)}"):
        return booking
    refuse(law.changed_meanwhile(seen, booking.told_as, booking.when))
    refuse(law.too_often(changes_today(journey, by)))
    slot = chosen(journey, key, by, moved=booking)
    if booking.architect_id != OpeningHours.objects.get(pk=slot.opening).architect_id:
        give_up(booking, by)
        return begin(journey, slot, by)
    if slot.starts_at > booking.starts_at:
        end_wish(journey)
    freed(booking.architect_id, booking.starts_at, booking.ends_at)
    booking.revision += 1
    keep(booking, slot, by)
    signs.seen(journey, signs.side_of(journey, by))
    tell(Occasion.BOOKING_MOVED, booking.told_as)
    return booking


@transaction.atomic
def entrust(booking: Booking, to: User, by: User) -> Booking:
    """Give a meeting to come to a colleague at the same hour, and have everyone told; raises `Refused`.

    A colleague who is in another meeting, leads a workshop or is away then is not free.
    """
    journey = locked(booking.journey_id)
    refuse(law.may_book(capacity(by, journey) - {Role.CANDIDATE}))
    hold_agenda(to.pk)
    booking = awaited(booking)
    if booking.architect_id == to.pk:
        return booking
    refuse(free_then(to.get_full_name(), booking.when, free=is_free(to.pk, booking)))
    receive(booking, to, by)
    signs.seen(journey, signs.side_of(journey, by))
    return booking


def follow_the_file(journey: Journey, to: User, by: User | None) -> None:
    """Have the meetings to come of a journey in the agenda of who has it from now on, each told.

    At the same hour when they are free then; one for which they are not is given up, and the candidate
    chooses another.
    """
    hold_agenda(to.pk)
    for booking in journey.bookings.to_come().exclude(architect=to).select_for_update(of=("self",)):
        if is_free(to.pk, booking):
            receive(booking, to, by)
        else:
            give_up(booking, None, law.OTHER_HANDS)


def receive(booking: Booking, to: User, by: User | None) -> None:
    """Write a meeting in the agenda of a colleague who is free, at the same hour; from afar, by their link."""
    journey = booking.journey
    freed(booking.architect_id, booking.starts_at, booking.ends_at)
    booking.architect = to
    if booking.mode == MeetingMode.REMOTE:
        booking.link = own_link(to.pk, journey.organisation_id)
        booking.mode = MeetingMode.REMOTE if booking.link else MeetingMode.PHONE
    booking.revision += 1
    booking.changed_by, booking.changed_at = by, now()
    booking.save()
    tell(Occasion.BOOKING_MOVED, booking.told_as)


def own_link(person: int, organisation: int | None) -> str:
    """Return by which link somebody meets from afar; nothing when they have none: it is by telephone then."""
    own = OpeningHours.objects.filter(architect=person, organisation=organisation)
    found = own.exclude(link="").order_by("-valid_from", "pk").first()
    return found.link if found else ""


@transaction.atomic
def give_up(booking: Booking, by: User | None, reason: str = "", seen: str = "") -> Booking:
    """Cancel a meeting to come: its hour is free again; raises `Refused`.

    A candidate excuses themselves, who accompanies cancels; nobody, when the journey ended.
    """
    journey = locked(booking.journey_id)
    able = capacity(by, journey) if by else frozenset({Role.SYSTEM})
    if by:
        refuse(law.may_book(able))
    booking = awaited(booking)
    refuse(law.changed_meanwhile(seen, booking.told_as, booking.when))
    own = Role.CANDIDATE in able
    if by:
        signs.seen(journey, signs.side_of(journey, by))
    booking.attendance = Attendance.EXCUSED if own else Attendance.CANCELLED
    booking.given_up_at = booking.changed_at = now()
    booking.changed_by, booking.reason = by, reason.strip()
    booking.revision += 1
    booking.save()
    end_wish(journey)
    freed(booking.architect_id, booking.starts_at, booking.ends_at)
    tell(Occasion.BOOKING_GIVEN_UP, booking.told_as)
    return booking


@transaction.atomic
def settle(booking: Booking, outcome: Attendance, by: User) -> Booking:
    """Say what became of a meeting whose hour has come; raises `Refused`.

    One that has no report to write counts at once among those that were held, with its length.
    """
    journey = locked(booking.journey_id)
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    writes_report = booking.kind in law.REPORTED_BY
    refuse(
        law.may_settle(
            capacity(by, journey),
            outcome,
            booking.starts_at,
            now(),
            given_up=booking.given_up_at is not None,
            reported=writes_report and booking.meeting_id is not None,
        )
    )
    if not writes_report:
        count(booking, by, held=outcome == Attendance.HELD)
    if outcome == Attendance.HELD:
        signs.seen(journey, Role.CANDIDATE, Role.ARCHITECT, at=booking.starts_at)
    booking.attendance = outcome
    booking.save(update_fields=["attendance", "meeting"])
    return booking


def count(booking: Booking, by: User, *, held: bool) -> None:
    """Write a meeting among those that were held, or take it out again."""
    if held and booking.meeting is None:
        booking.meeting = Meeting.objects.create(
            journey_id=booking.journey_id,
            kind=booking.kind,
            mode=booking.mode,
            held_on=booking.on,
            minutes=booking.minutes,
            held_by=by,
        )
    elif not held and booking.meeting is not None:
        refuse(still_met(signed=booking.meeting.signatures.exists()))
        booking.meeting.delete()
        booking.meeting = None


def report(meeting: Meeting) -> None:
    """Tie the report of a meeting to the one that was booked for that day, which was thus held."""
    near = Booking.objects.select_for_update(of=("self",)).filter(
        journey=meeting.journey, kind=meeting.kind, meeting=None, given_up_at=None
    )
    booked = next((one for one in near if one.on == meeting.held_on), None)
    if booked:
        booked.meeting, booked.attendance = meeting, Attendance.HELD
        booked.save(update_fields=["meeting", "attendance"])


# ---------------------------------------------------------------- inside the lock


def held(journey_id: uuid.UUID, by: User) -> Journey:
    """Return a journey, locked with the agenda of who accompanies it; raises `Refused`."""
    journey = locked(journey_id)
    refuse(law.may_book(capacity(by, journey)))
    refuse(law.may_meet(journey.stage, taken_on=journey.architect_id is not None))
    hold_agenda(journey.architect_id)
    return journey


def hold_agenda(architect: int | None) -> None:
    """Keep others from what is free in an agenda until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('agenda', %s))", [architect])


def awaited(booking: Booking) -> Booking:
    """Return a meeting as it is now; raises `Refused` when it is no longer to come."""
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    refuse(law.still_awaited(booking.attendance, booking.starts_at, now()))
    return booking


def chosen(journey: Journey, key: str, by: User, moved: Booking | None = None) -> Slot:
    """Return the free slot of a key; raises `Refused`, naming the next free ones."""
    slots = offered(by, journey, moved)
    found = next((slot for slot in slots if slot.key == key), None)
    if found is None:
        others = [said(slot.starts_at, slot.territory) for slot in slots[:NAMED]]
        raise Refused(law.taken_meanwhile(others))
    return found


def changes_today(journey: Journey, by: User) -> int:
    """Return how often its candidate changed the meetings of a journey today; never, for anybody else."""
    if journey.candidate_id != by.pk:
        return 0
    changed = journey.bookings.filter(changed_by=by, changed_at__gte=midnight(today()))
    return sum(revision + 1 for revision in changed.values_list("revision", flat=True))


def begin(journey: Journey, slot: Slot, by: User) -> Booking:
    """Write a new meeting at a slot, and have both sides told."""
    made = keep(Booking(journey=journey, kind=law.kind_at(journey.stage)), slot, by)
    signs.seen(journey, signs.side_of(journey, by))
    tell(Occasion.BOOKING_MADE, made.told_as)
    return made


def keep(booking: Booking, slot: Slot, by: User) -> Booking:
    """Write a meeting at a slot, with whom and where its opening says."""
    opening = OpeningHours.objects.get(pk=slot.opening)
    booking.architect_id = opening.architect_id
    booking.mode, booking.link = opening.mode, opening.link
    booking.site_id, booking.territory = opening.site_id, slot.territory
    booking.starts_at, booking.ends_at = slot.starts_at, slot.ends_at
    booking.changed_by, booking.changed_at = by, now()
    booking.save()
    return booking
