"""Reads of workshops: each takes the viewer first, save what is the same for everybody."""

from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)

from jalon.journeys.lists import caseload
from jalon.journeys.models import Journey
from jalon.law.stages import ENDS
from jalon.law.vocabulary import EnrolmentState, Role
from jalon.now import midnight, now
from jalon.people.models import CoverPeriod, User
from jalon.people.policy import organisations
from jalon.support.models import (
    Absence,
    AttendanceEntry,
    Enrolment,
    GroupMember,
    HalfDay,
    Workshop,
)
from jalon.support.slots import DAY


def run_by(viewer: User) -> QuerySet[Any]:
    """Return the workshops of the organisations in which somebody accompanies, the nearest first."""
    here = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    return dated(Workshop.objects.filter(organisation__in=here))


def dated(found: QuerySet[Workshop]) -> QuerySet[Any]:
    """Add to workshops when they begin and end, how many have a seat, and how many wait."""
    half_days = HalfDay.objects.filter(workshop=OuterRef("pk")).values("workshop").order_by()
    return (
        found.select_related("site", "led_by", "organisation", "group")
        .prefetch_related("half_days")
        .annotate(
            begins_at=Subquery(half_days.annotate(at=Min("starts_at")).values("at")),
            ended_at=Subquery(half_days.annotate(at=Max("ends_at")).values("at")),
            seated=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ENROLLED)),
            waiting=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.WAITING)),
        )
        .order_by("begins_at", "pk")
    )


def to_come(found: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the workshops that go on or are to come."""
    return found.filter(cancelled_at=None).filter(Q(ended_at__gt=now()) | Q(ended_at=None))


def over(found: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the workshops that are past or cancelled, the latest first."""
    gone = Q(ended_at__lte=now()) | Q(cancelled_at__isnull=False)
    return found.filter(gone).order_by(F("begins_at").desc(nulls_last=True), "-pk")


def enrolled(workshop: Workshop) -> list[Enrolment]:
    """Return who has a seat in a workshop or waits for one, with what was noted of them, by name."""
    noted = Prefetch(
        "attendance", AttendanceEntry.objects.select_related("half_day__workshop__site")
    )
    found = workshop.enrolments.standing().select_related("journey__candidate", "workshop")
    return list(
        found.prefetch_related(noted).order_by(
            "journey__candidate__last_name", "journey__candidate__first_name", "pk"
        )
    )


def enrollable(viewer: User, workshop: Workshop, text: str) -> QuerySet[Journey]:
    """Return the journeys of a team that a name names, and that could take a seat in its workshop."""
    taken = workshop.enrolments.standing().values("journey")
    found = caseload(viewer, text=text).filter(organisation=workshop.organisation_id)
    if workshop.group_id is not None:
        inside = GroupMember.objects.filter(group=workshop.group_id)
        found = found.filter(Exists(inside.filter(journey=OuterRef("pk"))))
    return found.exclude(stage__in=ENDS).exclude(pk__in=taken)


def open_to(journey: Journey) -> QuerySet[Any]:
    """Return the workshops in which a journey may still take a seat, the nearest first."""
    chosen = journey.enrolments.standing().values("workshop")
    return (
        dated(Workshop.objects.filter(for_all_or_theirs(journey)))
        .filter(begins_at__gt=now())
        .exclude(pk__in=chosen)
    )


def for_all_or_theirs(journey: Journey) -> Q:
    """Return the condition on Workshop that keeps those of a journey's team, reserved to its group or to nobody."""
    groups = GroupMember.objects.living().filter(journey=journey).values("group")
    theirs = Q(group=None) | Q(group__in=groups)
    return theirs & Q(organisation=journey.organisation_id, cancelled_at=None)


def seen_from(journey: Journey) -> QuerySet[Any]:
    """Return the workshops that a candidate reads: those open to them, those they chose once."""
    ever = journey.enrolments.values("workshop")
    found = dated(Workshop.objects.filter(for_all_or_theirs(journey) | Q(pk__in=ever)))
    return found.filter(Q(begins_at__gt=now()) | Q(pk__in=ever))


def chosen_by(journey: Journey) -> list[Enrolment]:
    """Return the seats that a journey has, awaits or had, with what was noted, the nearest first."""
    found = journey.enrolments.standing().select_related("workshop__site", "workshop__led_by")
    noted = Prefetch(
        "attendance", AttendanceEntry.objects.select_related("half_day__workshop__site")
    )
    return list(
        found.annotate(begins_at=Min("workshop__half_days__starts_at"))
        .prefetch_related("workshop__half_days", noted)
        .order_by("begins_at", "pk")
    )


def awaited_by(journey: Journey) -> list[Enrolment]:
    """Return the seats of a journey in workshops that go on or are to come."""
    return [one for one in chosen_by(journey) if any(not half.over for half in halves(one))]


def halves(enrolment: Enrolment) -> list[HalfDay]:
    """Return the half-days of the workshop of a seat."""
    return list(enrolment.workshop.half_days.all())


def rank(enrolment: Enrolment) -> int:
    """Return the place of somebody on a waiting list, from one."""
    waiting = list(enrolment.workshop.enrolments.waiting().values_list("pk", flat=True))
    return waiting.index(enrolment.pk) + 1


# ---------------------------------------------------------------- the days of who leads


def left_unled(viewer: User, day: date) -> list[HalfDay]:
    """Return the half-days of a day, in the teams that somebody leads, of who is absent then: nobody leads for them."""
    absent = Absence.objects.filter(starts_on__lte=day, ends_on__gte=day, starts_at__isnull=True)
    replaced = CoverPeriod.objects.in_force(day)
    found = HalfDay.objects.filter(
        Q(workshop__led_by__in=absent.values("architect"))
        | Q(workshop__led_by__in=replaced.values("absent")),
        workshop__organisation__in=organisations(viewer, Role.HEAD),
        workshop__cancelled_at=None,
        starts_at__gte=midnight(day - DAY),
        starts_at__lt=midnight(day + 2 * DAY),
    )
    related = found.select_related("workshop__site", "workshop__led_by")
    return [one for one in related.order_by("starts_at", "pk") if one.on == day]


def led_between(leader: User, first: date, last: date) -> list[HalfDay]:
    """Return the half-days that somebody leads from a day to another, both included, each in its place."""
    near = led(leader).filter(
        starts_at__gte=midnight(first - DAY), starts_at__lt=midnight(last + 2 * DAY)
    )
    return [one for one in near if first <= one.on <= last]


def to_note(leader: User) -> QuerySet[HalfDay]:
    """Return the half-days that somebody leads, that have begun, and of which a presence is not noted."""
    noted = AttendanceEntry.objects.filter(
        half_day=OuterRef(OuterRef("pk")), enrolment=OuterRef("pk")
    )
    unsaid = Enrolment.objects.seated().filter(workshop=OuterRef("workshop"))
    return led(leader).filter(Exists(unsaid.filter(~Exists(noted))), starts_at__lte=now())


def led(leader: User) -> QuerySet[HalfDay]:
    """Return the half-days that somebody leads, in workshops that were not cancelled."""
    found = HalfDay.objects.filter(workshop__led_by=leader, workshop__cancelled_at=None)
    seats = Count(
        "workshop__enrolments",
        filter=Q(workshop__enrolments__state=EnrolmentState.ENROLLED),
    )
    return found.select_related("workshop__site").annotate(seated=seats).order_by("starts_at", "pk")
