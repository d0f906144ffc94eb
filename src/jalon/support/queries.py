"""Reads of accompaniment: each takes the viewer first, save what is the same for everybody."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet

from jalon.journeys.models import Journey
from jalon.journeys.policy import accompanies, in_hand
from jalon.law.meetings import HORIZON, NOTICE
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Attendance, Role
from jalon.now import midnight, now, paris_day
from jalon.people.models import CoverPeriod, Membership, User
from jalon.people.policy import organisations, roles
from jalon.people.queries import works_for
from jalon.support.models import (
    Absence,
    Booking,
    EarlierOffer,
    HalfDay,
    Meeting,
    OpeningHours,
    Site,
    TravelTime,
)
from jalon.support.models.agenda import GIVEN_UP, SiteQuerySet
from jalon.support.slots import DAY, Slot, free_slots, takes
from jalon.support.territories import holiday

#: A free slot, and the opening that it is cut from.
Opened = tuple[Slot, OpeningHours]


@enforces("R-089")
def meetings(viewer: User, journey: Journey) -> list[Meeting]:
    """Return the meetings of a journey with their reports, the latest first.

    They are the work of who accompanies and of the candidate: a certifier does not read them.
    """
    if not reads_meetings(viewer, journey):
        return []
    return list(journey.meetings.select_related("held_by"))


def reads_meetings(viewer: User, journey: Journey) -> bool:
    """Say whether somebody reads when the candidate of a journey meets who accompanies them."""
    mine = journey.candidate_id == viewer.pk or accompanies(viewer, journey)
    return mine or Role.ADMINISTRATOR in roles(viewer)


def next_booking(viewer: User, journey: Journey) -> Booking | None:
    """Return the meeting to come of a journey, for those who read its meetings."""
    if not reads_meetings(viewer, journey):
        return None
    return booking_to_come(journey)


def booking_to_come(journey: Journey) -> Booking | None:
    """Return the meeting to come of a journey, or None."""
    return journey.bookings.to_come().select_related("site", "architect").first()


def receives(journey: Journey) -> bool:
    """Say whether who accompanies a candidate has opened hours in which to meet."""
    return OpeningHours.objects.filter(
        architect=journey.architect_id, organisation=journey.organisation_id
    ).exists()


def sites(viewer: User) -> SiteQuerySet:
    """Return the sites of the organisations in which somebody accompanies."""
    return Site.objects.filter(organisation__in=organisations(viewer, Role.ARCHITECT, Role.HEAD))


def openings(viewer: User) -> QuerySet[OpeningHours]:
    """Return somebody's own openings."""
    return OpeningHours.objects.filter(architect=viewer).select_related("site")


def absences(viewer: User) -> QuerySet[Absence]:
    """Return somebody's own absences, those that are over aside."""
    return Absence.objects.filter(architect=viewer, ends_on__gte=now().date())


def travel_minutes(architect: int) -> int:
    """Return how long somebody takes from one site to another."""
    said = TravelTime.objects.filter(architect=architect).first()
    return said.minutes if said else TravelTime.USUAL


# ---------------------------------------------------------------- what is free


def free(architect: int, within: int | None, after: datetime, before: datetime) -> list[Slot]:
    """Return the free slots of an architect in an organisation, for whoever asks."""
    return [slot for slot, _ in free_in(architect, within, after, before)]


def free_in(
    architect: int,
    within: int | None,
    after: datetime,
    before: datetime,
    *,
    moved: Booking | None = None,
) -> list[Opened]:
    """Return the free slots of an architect in an organisation, that of a meeting to move included.

    An hour that is kept for somebody is free for them alone.
    """
    opened = {
        one.pk: one
        for one in OpeningHours.objects.filter(
            architect=architect, organisation=within
        ).select_related("site")
    }
    away = Absence.objects.filter(
        architect=architect, ends_on__gte=after.date() - DAY, starts_on__lte=before.date() + DAY
    )
    taken = Booking.objects.standing().filter(
        architect=architect, ends_at__gt=after - DAY, starts_at__lt=before + DAY
    )
    kept = EarlierOffer.objects.in_force().filter(
        architect=architect, ends_at__gt=after - DAY, starts_at__lt=before + DAY
    )
    if moved is not None:
        taken = taken.exclude(pk=moved.pk)
        kept = kept.exclude(wish__journey=moved.journey_id)
    led = HalfDay.objects.filter(
        workshop__led_by=architect,
        workshop__cancelled_at=None,
        ends_at__gt=after - DAY,
        starts_at__lt=before + DAY,
    ).select_related("workshop")
    found = free_slots(
        [one.as_hours() for one in opened.values()],
        [one.as_away() for one in away],
        [one.as_taken() for found in (taken, kept, led) for one in found],
        travel=timedelta(minutes=travel_minutes(architect)),
        holiday=holiday,
        after=after,
        before=before,
    )
    return [(slot, opened[slot.opening]) for slot in found]


def window(viewer: User, journey: Journey) -> tuple[datetime, datetime]:
    """Return between which moments somebody may book on a journey: its candidate gives some notice."""
    at = now()
    notice = NOTICE if journey.candidate_id == viewer.pk else timedelta()
    return at + notice, at + HORIZON


def offered(viewer: User, journey: Journey, moved: Booking | None = None) -> list[Slot]:
    """Return the slots that somebody may book on a journey, the earliest first."""
    return [slot for slot, _ in offered_in(viewer, journey, moved)]


def offered_in(viewer: User, journey: Journey, moved: Booking | None = None) -> list[Opened]:
    """Return the slots that somebody may book on a journey, each with its opening, the earliest first.

    Whoever left offers none, though their hours are still written; on the days of a replacement,
    the slots are those of who replaces.
    """
    architect, within = journey.architect_id, journey.organisation_id
    if architect is None or not works_for(architect, within):
        return []
    after, before = window(viewer, journey)
    covers = list(
        CoverPeriod.objects.crossing(paris_day(after), paris_day(before)).filter(
            absent=architect, organisation=within
        )
    )
    own = [
        one
        for one in free_in(architect, within, after, before, moved=moved)
        if not any(covers_day(cover, one[0].starts_at) for cover in covers)
    ]
    lent = [
        one
        for cover in covers
        for one in free_in(cover.cover_id, within, after, before, moved=moved)
        if covers_day(cover, one[0].starts_at)
    ]
    return [
        one
        for one in sorted([*own, *lent], key=lambda one: (one[0].starts_at, one[0].key))
        if moved is None or one[0].starts_at != moved.starts_at
    ]


def covers_day(cover: CoverPeriod, at: datetime) -> bool:
    """Say whether a moment falls on a day of a replacement."""
    return cover.starts_on <= paris_day(at) <= cover.ends_on


# ---------------------------------------------------------------- the week of an architect


def team(viewer: User) -> list[User]:
    """Return whose agendas somebody reads beside their own: those of the teams of a head."""
    members = Membership.objects.living().filter(
        organisation__in=organisations(viewer, Role.HEAD), role=Role.ARCHITECT
    )
    return list(
        User.objects.filter(memberships__in=members)
        .exclude(pk=viewer.pk)
        .distinct()
        .order_by("last_name", "pk")
    )


def bookings_between(architect: User, first: date, last: date) -> list[Booking]:
    """Return the meetings of an architect from a day to another, both included, each in its place."""
    begins = midnight(first - DAY)
    ends = midnight(last + 2 * DAY)
    near = architect.bookings.filter(starts_at__gte=begins, starts_at__lt=ends).select_related(
        "journey__candidate", "site"
    )
    return [one for one in near if first <= one.on <= last]


def standing_on(architect: User, day: date) -> list[Booking]:
    """Return the meetings of an architect on a day, but those that were given up."""
    found = bookings_between(architect, day, day)
    return [one for one in found if one.attendance not in GIVEN_UP]


def received_on(person: User, day: date) -> list[Booking]:
    """Return the meetings of somebody on a day, and those of whom they replace, by their hours."""
    found = [one for who in [person, *replaced_by(person, day)] for one in standing_on(who, day)]
    return sorted(found, key=lambda one: one.starts_at)


def replaced_by(person: User, day: date) -> list[User]:
    """Return whom somebody replaces on a day."""
    covers = CoverPeriod.objects.in_force(day).filter(cover=person).select_related("absent")
    return [one.absent for one in covers]


def is_away(person: User, day: date) -> bool:
    """Say whether somebody is absent the whole of a day, or replaced on it."""
    away = Absence.objects.filter(
        architect=person, starts_on__lte=day, ends_on__gte=day, starts_at__isnull=True
    )
    return away.exists() or CoverPeriod.objects.in_force(day).filter(absent=person).exists()


def left_alone(viewer: User, day: date) -> list[Booking]:
    """Return the meetings of a day, in the teams that somebody leads, of who is absent then and replaced by nobody."""
    replaced = CoverPeriod.objects.in_force(day).values("absent")
    away = Absence.objects.filter(
        starts_on__lte=day, ends_on__gte=day, starts_at__isnull=True
    ).exclude(architect__in=replaced)
    found = Booking.objects.standing().filter(
        journey__organisation__in=organisations(viewer, Role.HEAD),
        architect__in=away.values("architect"),
        starts_at__gte=midnight(day),
        starts_at__lt=midnight(day + DAY),
    )
    related = ("journey__candidate", "architect", "site")
    return list(found.select_related(*related).order_by("starts_at", "pk"))


def to_settle(architect: User) -> QuerySet[Booking]:
    """Return the meetings of the files of an architect of which nobody said whether they were held.

    Those of a file that changed hands are noted by who has it now: nobody else may.
    """
    unsaid = Booking.objects.to_settle().filter(in_hand(architect, "journey__"))
    return unsaid.select_related("journey__candidate", "site", "architect")


def missed(journeys: Iterable[Journey]) -> dict[UUID, date]:
    """Return the last meeting to which the candidate of each journey did not come, for who already sees them."""
    absent = Booking.objects.filter(journey__in=list(journeys), attendance=Attendance.NO_SHOW)
    last = absent.values_list("journey").annotate(Max("starts_at"))
    return {journey: paris_day(at) for journey, at in last}


def booking(viewer: User, number: int) -> Booking:
    """Return a meeting of an organisation in which somebody accompanies; raises DoesNotExist."""
    here = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    found = Booking.objects.select_related("journey__candidate", "site", "architect")
    return found.get(pk=number, journey__organisation__in=here)


def is_free(person: int, meeting: Booking) -> bool:
    """Say whether somebody is neither in another meeting, nor in a workshop, nor away, during a meeting."""
    within = {"starts_at__lt": meeting.ends_at, "ends_at__gt": meeting.starts_at}
    taken = Booking.objects.standing().filter(architect=person, **within).exclude(pk=meeting.pk)
    led = HalfDay.objects.filter(
        workshop__led_by=person, workshop__cancelled_at__isnull=True, **within
    )
    away = Absence.objects.filter(
        architect=person, starts_on__lte=meeting.on, ends_on__gte=meeting.on
    )
    return not (
        taken.exists()
        or led.exists()
        or any(
            takes(one.as_away(), meeting.starts_at, meeting.ends_at, meeting.territory)
            for one in away
        )
    )


def of_absence(cover: CoverPeriod) -> QuerySet[Booking]:
    """Return the meetings to come that an absent person still has on the days of their replacement."""
    found = cover.absent.bookings.to_come().filter(
        starts_at__gte=midnight(cover.starts_on), starts_at__lt=midnight(cover.ends_on + DAY)
    )
    return found.select_related("journey__candidate", "site")


def changed_since(journeys: Iterable[UUID], since: datetime) -> dict[UUID, Booking]:
    """Return the last meeting of each of some journeys that changed since a moment, for who sees them."""
    found = Booking.objects.filter(journey__in=list(journeys), changed_at__gte=since)
    return {
        one.journey_id: one
        for one in found.select_related("architect", "site").order_by("changed_at", "pk")
    }


def touched(absence: Absence) -> list[Booking]:
    """Return the meetings to come that fall into an absence, by the days of their own place."""
    near = absence.architect.bookings.to_come().filter(
        starts_at__date__gte=absence.starts_on - DAY, starts_at__date__lte=absence.ends_on + DAY
    )
    away = absence.as_away()
    return [
        one
        for one in near.select_related("site", "journey__candidate")
        if takes(away, one.starts_at, one.ends_at, one.territory)
    ]
