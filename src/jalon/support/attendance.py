"""What each person has to sign, and what they signed: of a half-day, of a workshop, of a journey."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.journeys.models import Journey
from jalon.law import signatures as law
from jalon.law.clocks import WEEKDAYS, french, french_hour
from jalon.law.vocabulary import EnrolmentState, Presence, Role
from jalon.now import now
from jalon.people.models import Membership, User
from jalon.people.policy import organisations
from jalon.support.models import (
    AttendanceEntry,
    AttendanceSignature,
    Enrolment,
    HalfDay,
    Meeting,
    Workshop,
)
from jalon.support.territories import local, zone_said

#: How the two things that are signed are called in addresses, and in what is signed.
HALF_DAY, MEETING, LEADING = "demi-journee", "rendez-vous", "animation"


@dataclass(frozen=True)
class Hours:
    """Hours of one person, to be signed or signed; without a journey, those of who led a half-day.

    `signed` are all their signatures of it: only one under the hours as they are now counts.
    """

    person: User
    minutes: int
    digest: str
    when: str
    on: date
    journey: Journey | None = None
    half_day: HalfDay | None = None
    meeting: Meeting | None = None
    signed: tuple[AttendanceSignature, ...] = ()

    @property
    def signature(self) -> AttendanceSignature | None:
        """Return the signature that counts, None when there is none."""
        return next((one for one in self.signed if one.digest == self.digest), None)

    @property
    def changed_since(self) -> bool:
        """Say whether the person signed other hours than those that are noted now."""
        return bool(self.signed) and self.signature is None

    @property
    def to_sign(self) -> bool:
        """Say whether the person was there and has not signed for it."""
        return self.minutes > 0 and self.signature is None

    @property
    def counted(self) -> law.Counted:
        """Return it as the law counts it."""
        return law.Counted(self.minutes, self.signature is not None)

    @property
    def kind(self) -> str:
        """Return how what is signed is called in addresses."""
        return MEETING if self.meeting else HALF_DAY

    @property
    def number(self) -> int:
        """Return the number of what is signed."""
        thing = self.meeting or self.half_day
        assert thing
        return thing.pk

    @property
    def what(self) -> str:
        """Return what is signed, in a few words."""
        if self.meeting:
            return f"Rendez-vous\N{NO-BREAK SPACE}: {self.meeting.kind.label.lower()}"
        assert self.half_day
        return str(self.half_day.workshop)


@dataclass(frozen=True)
class Row:
    """One person of a half-day, as the page and the sheet show them."""

    enrolment: Enrolment
    presence: Presence | None
    hours: Hours

    @property
    def journey(self) -> Journey:
        """Return their journey."""
        return self.enrolment.journey


@dataclass(frozen=True)
class Sheet:
    """A half-day: everybody who has a seat in it, and who led it."""

    half_day: HalfDay
    rows: tuple[Row, ...]
    leader: Hours

    @property
    def to_sign(self) -> list[Hours]:
        """Return the hours of those who were there and have not signed."""
        return [row.hours for row in self.rows if row.hours.to_sign]

    @property
    def signed(self) -> int:
        """Return how many people have signed the hours that are noted."""
        return sum(row.hours.signature is not None for row in self.rows)

    @property
    def unsaid(self) -> int:
        """Return of how many people nobody noted whether they were there."""
        return sum(row.presence is None for row in self.rows)


# ---------------------------------------------------------------- the hours of one thing


def hours_of_entry(
    entry: AttendanceEntry | None,
    half_day: HalfDay,
    journey: Journey,
    signed: Iterable[AttendanceSignature] = (),
) -> Hours:
    """Return the hours of one person of a half-day, as they are noted; none before."""
    begins = max((entry and entry.arrived_at) or half_day.starts_at, half_day.starts_at)
    ends = min((entry and entry.left_at) or half_day.ends_at, half_day.ends_at)
    minutes = entry.minutes if entry else 0
    return Hours(
        person=journey.candidate,
        minutes=minutes,
        digest=between(journey.candidate, f"{HALF_DAY} {half_day.pk}", begins, ends, minutes),
        when=from_to(begins, ends, half_day.workshop),
        on=local(half_day.starts_at, half_day.workshop.territory).date(),
        journey=journey,
        half_day=half_day,
        signed=tuple(signed),
    )


def hours_of_leader(half_day: HalfDay, signed: Iterable[AttendanceSignature] = ()) -> Hours:
    """Return the hours of who led a half-day: all of it."""
    workshop, begins, ends = half_day.workshop, half_day.starts_at, half_day.ends_at
    minutes = int((ends - begins).total_seconds() // 60)
    return Hours(
        person=workshop.led_by,
        minutes=minutes,
        digest=between(workshop.led_by, f"{LEADING} {half_day.pk}", begins, ends, minutes),
        when=from_to(begins, ends, workshop),
        on=local(begins, workshop.territory).date(),
        half_day=half_day,
        signed=tuple(signed),
    )


def hours_of_meeting(
    meeting: Meeting, journey: Journey, signed: Iterable[AttendanceSignature] = ()
) -> Hours:
    """Return the hours of a meeting that was held."""
    day, what = meeting.held_on.isoformat(), f"{MEETING} {meeting.pk}"
    return Hours(
        person=journey.candidate,
        minutes=meeting.minutes,
        digest=law.digest(journey.candidate_id, what, day, "", meeting.minutes),
        when=f"{french(meeting.held_on)}, avec {meeting.held_by.get_full_name()}",
        on=meeting.held_on,
        journey=journey,
        meeting=meeting,
        signed=tuple(signed),
    )


def between(person: User, what: str, begins: datetime, ends: datetime, minutes: int) -> str:
    """Return what tells some hours of a person from any other."""
    since, until = (one.astimezone(UTC).isoformat() for one in (begins, ends))
    return law.digest(person.pk, what, since, until, minutes)


def from_to(begins: datetime, ends: datetime, workshop: Workshop) -> str:
    """Return some hours as the people of their place say them."""
    place = workshop.territory
    since, until = local(begins, place), local(ends, place)
    day = f"{WEEKDAYS[since.weekday()]} {french(since.date())}"
    hours = f"de {french_hour(since.time())} à {french_hour(until.time())}"
    return f"{day}, {hours}{zone_said(place)}"


# ---------------------------------------------------------------- a half-day, a workshop


def half_days(viewer: User) -> QuerySet[HalfDay]:
    """Return the half-days that were held, of the teams in which somebody accompanies, the latest first."""
    here = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    noted = AttendanceEntry.objects.filter(half_day=OuterRef("pk"))
    held = Q(workshop__cancelled_at=None) | Q(Exists(noted))
    begun = HalfDay.objects.filter(held, workshop__organisation__in=here, starts_at__lte=now())
    return begun.select_related("workshop__site", "workshop__led_by").order_by("-starts_at", "-pk")


def workshops(viewer: User) -> QuerySet[Workshop]:
    """Return the workshops of the teams in which somebody accompanies."""
    here = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    return Workshop.objects.filter(organisation__in=here).select_related(
        "organisation", "site", "led_by"
    )


def sheet_of(half_day: HalfDay) -> Sheet:
    """Return who is on the sheet of one half-day, by name."""
    return sheets([half_day])[0]


def sheets(found: Iterable[HalfDay]) -> list[Sheet]:
    """Return the sheets of some half-days, in as many statements as for one."""
    days = list(found)
    entries: dict[tuple[int, int], AttendanceEntry] = {}
    for entry in AttendanceEntry.objects.filter(half_day__in=days).select_related("half_day"):
        entries[entry.half_day_id, entry.enrolment_id] = entry
    signed: dict[tuple[int, object], list[AttendanceSignature]] = defaultdict(list)
    for one in AttendanceSignature.objects.filter(half_day__in=days):
        signed[one.half_day_id or 0, one.journey_id].append(one)
    seated: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in enrolled(days):
        seated[enrolment.workshop_id].append(enrolment)
    return [
        Sheet(
            day,
            tuple(
                row(enrolment, day, entries.get((day.pk, enrolment.pk)), signed)
                for enrolment in seated[day.workshop_id]
            ),
            hours_of_leader(day, signed[day.pk, None]),
        )
        for day in days
    ]


def enrolled(days: Iterable[HalfDay]) -> QuerySet[Enrolment]:
    """Return who has a seat in the workshops of some half-days, or was noted there, by name."""
    workshops = {day.workshop_id for day in days}
    noted = AttendanceEntry.objects.filter(enrolment=OuterRef("pk"))
    return (
        Enrolment.objects.filter(workshop__in=workshops)
        .filter(Q(state=EnrolmentState.ENROLLED) | Q(Exists(noted)))
        .select_related("journey__candidate")
        .order_by("journey__candidate__last_name", "journey__candidate__first_name", "pk")
    )


def row(
    enrolment: Enrolment,
    day: HalfDay,
    entry: AttendanceEntry | None,
    signed: dict[tuple[int, object], list[AttendanceSignature]],
) -> Row:
    """Return one person of a half-day."""
    journey = enrolment.journey
    hours = hours_of_entry(entry, day, journey, signed[day.pk, journey.pk])
    return Row(enrolment, entry.presence if entry else None, hours)


# ---------------------------------------------------------------- a journey


def hours_of(journey: Journey, organisation: int | None = None) -> list[Hours]:
    """Return the hours that the candidate was there, of meetings and of half-days, the earliest first.

    With an organisation, only those that it gave.
    """
    signed: dict[tuple[int | None, int | None], list[AttendanceSignature]] = defaultdict(list)
    for one in journey.signatures.all():
        signed[one.half_day_id, one.meeting_id].append(one)
    found = [
        hours_of_meeting(one, journey, signed[None, one.pk])
        for one in meetings_given(journey, organisation)
    ]
    found += [
        hours_of_entry(one, one.half_day, journey, signed[one.half_day_id, None])
        for one in entries_given(journey, organisation)
    ]
    return sorted(found, key=lambda one: (one.on, one.kind, one.number))


def meetings_given(journey: Journey, organisation: int | None) -> QuerySet[Meeting]:
    """Return the meetings of a journey; with an organisation, those that its people held."""
    held = journey.meetings.select_related("held_by")
    if organisation is None:
        return held
    team = Membership.objects.filter(organisation=organisation, user=OuterRef("held_by"))
    return held.filter(Exists(team))


def entries_given(journey: Journey, organisation: int | None) -> QuerySet[AttendanceEntry]:
    """Return the half-days at which a candidate was present; with an organisation, those of its workshops."""
    there = AttendanceEntry.objects.filter(
        enrolment__journey=journey, presence=Presence.PRESENT
    ).select_related("half_day__workshop__site")
    if organisation is None:
        return there
    return there.filter(half_day__workshop__organisation=organisation)


def find(journey: Journey, kind: str, number: int) -> Hours | None:
    """Return the hours of a journey that an address names, None when there are none."""
    found = hours_of(journey)
    return next((one for one in found if (one.kind, one.number) == (kind, number)), None)
