"""Rehearsals of the jury: the mock grid that is written bloc by bloc, then shared with its candidate."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import TruncDate

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys import events, signs
from jalon.journeys.actions import locked
from jalon.journeys.models import Attempt, Journey
from jalon.journeys.policy import accompanies, capacity, in_hand
from jalon.law import rehearsal as law
from jalon.law.facts import RehearsalShared
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Attendance, Event, MeetingKind, MeetingMode, Readiness, Role
from jalon.now import PARIS, now, today
from jalon.people.models import User
from jalon.support import planning
from jalon.support.models import Booking, Meeting, MockFinding, MockGrid

#: What was found of a competence, and the remark beside it.
Findings = Mapping[Competence, tuple[Readiness, str]]


@dataclass(frozen=True)
class Held:
    """When and how a rehearsal was held that nobody has noted yet."""

    on: date
    minutes: int
    mode: MeetingMode


@dataclass(frozen=True)
class Read:
    """A bloc of a grid as pages show it: each competence with its finding, None while there is none."""

    bloc: Bloc
    lines: Sequence[tuple[Competence, MockFinding | None]]

    @property
    def found(self) -> int:
        """Return of how many competences something was found."""
        return sum(finding is not None for _, finding in self.lines)

    @property
    def asked(self) -> int:
        """Return how many competences there are."""
        return len(self.lines)


# ---------------------------------------------------------------- who reads what


def grid(viewer: User, journey: Journey, number: int) -> MockGrid:
    """Return a grid of a journey for those who read it; raises DoesNotExist."""
    found = journey.mock_grids.select_related("written_by", "meeting").get(pk=number)
    if not reads(viewer, journey, shared=found.shared_at is not None):
        raise MockGrid.DoesNotExist
    return found


def reads(viewer: User, journey: Journey, *, shared: bool) -> bool:
    """Say whether somebody reads the grids of a journey: those that are shared, or those being written."""
    able = capacity(viewer, journey)
    return law.reads_grid(able, shared=shared, accompanies=accompanies(viewer, journey))


def shared_with(viewer: User, journey: Journey) -> QuerySet[MockGrid]:
    """Return the grids that were shared, for those who read them, the latest first."""
    found = MockGrid.objects.shared().filter(journey=journey)
    return (
        found.select_related("written_by") if reads(viewer, journey, shared=True) else found.none()
    )


def open_grid(journey: Journey) -> MockGrid | None:
    """Return the grid that is being written, None when there is none."""
    return MockGrid.objects.open().filter(journey=journey).first()


def blocs(journey: Journey) -> QuerySet[Bloc]:
    """Return the blocs that the jury will judge, in order, with their competences and criteria."""
    attempt = max(journey.attempts.all(), key=lambda one: one.number, default=None)
    aimed = attempt.blocs.all() if attempt else journey.targeted.all()
    competences = Competence.objects.order_by("position").prefetch_related("criteria")
    return aimed.order_by("position").prefetch_related(Prefetch("competences", competences))


def read(found: MockGrid | None, journey: Journey) -> list[Read]:
    """Return each bloc of a grid with what was found; a grid that is not begun has nothing yet.

    One that was shared tells of the competences that it was about, whatever the journey aims at since.
    """
    findings = found.findings.select_related("competence__bloc") if found else ()
    kept = {one.competence_id: one for one in findings}
    if found and found.shared_at:
        return read_as_shared(list(kept.values()))
    return [
        Read(bloc, [(one, kept.get(one.pk)) for one in bloc.competences.all()])
        for bloc in blocs(journey)
    ]


def read_as_shared(findings: Sequence[MockFinding]) -> list[Read]:
    """Return what was found, bloc by bloc, in the order of the référentiel."""
    told: dict[int, list[MockFinding]] = {}
    for one in sorted(findings, key=in_order):
        told.setdefault(one.competence.bloc_id, []).append(one)
    return [
        Read(some[0].competence.bloc, [(one.competence, one) for one in some])
        for some in told.values()
    ]


def in_order(finding: MockFinding) -> tuple[int, int]:
    """Return where a finding stands in the référentiel."""
    return finding.competence.bloc.position, finding.competence.position


def unrehearsed(found: QuerySet[Journey]) -> QuerySet[Journey]:
    """Keep, of some journeys, those that have a jury set, and no rehearsal held or booked for this passage."""
    passages = Attempt.objects.filter(journey=OuterRef("pk")).order_by("-number")
    held = Meeting.objects.filter(
        journey=OuterRef("pk"),
        kind=MeetingKind.REHEARSAL,
        held_on__gte=OuterRef("passage_opened_on"),
    )
    booked = Booking.objects.filter(
        journey=OuterRef("pk"), kind=MeetingKind.REHEARSAL, attendance=Attendance.EXPECTED
    )
    opened = Subquery(passages.values(day=TruncDate("opened_at", tzinfo=PARIS))[:1])
    to_judge = found.filter(stage__in=law.OFFERED_AT).annotate(passage_opened_on=opened)
    return to_judge.filter(~Exists(held), ~Exists(booked))


def to_offer(viewer: User) -> QuerySet[Journey]:
    """Return the files in the hands of somebody to whose candidates a rehearsal is to be offered."""
    found = unrehearsed(Journey.objects.filter(in_hand(viewer))).select_related("candidate")
    return found.order_by("stage_since", "pk")


# ---------------------------------------------------------------- what is written


@transaction.atomic
def write(journey_id: uuid.UUID, by: User, bloc: Bloc, findings: Findings) -> MockGrid:
    """Write what is found of a bloc, in the place of what was; begin the grid if need be; raises `Refused`."""
    found = begin(journey_id, by)
    found.findings.filter(competence__bloc=bloc).delete()
    MockFinding.objects.bulk_create(
        MockFinding(grid=found, competence=one, readiness=readiness, comment=comment)
        for one, (readiness, comment) in findings.items()
        if one.bloc_id == bloc.pk
    )
    return found


@transaction.atomic
def advise(journey_id: uuid.UUID, by: User, advice: str) -> MockGrid:
    """Write the advice of a grid as a whole; raises `Refused`."""
    found = begin(journey_id, by)
    found.advice = advice
    found.save(update_fields=["advice"])
    return found


def begin(journey_id: uuid.UUID, by: User) -> MockGrid:
    """Return the grid that is being written, a new one if need be, its journey locked; raises `Refused`."""
    journey = writable(journey_id, by)
    signs.seen(journey, Role.ARCHITECT)
    return open_grid(journey) or MockGrid.objects.create(journey=journey, written_by=by)


def writable(journey_id: uuid.UUID, by: User) -> Journey:
    """Return a journey, locked, whose grid somebody may write; raises `Refused`."""
    journey = locked(journey_id)
    refuse(law.may_rehearse(capacity(by, journey), journey.stage))
    return journey


def unnoted(journey: Journey) -> Meeting | None:
    """Return the last rehearsal that was held and that no grid tells of yet."""
    held = journey.meetings.filter(kind=MeetingKind.REHEARSAL, mock_grid=None)
    return held.order_by("held_on", "pk").last()


@transaction.atomic
def share(journey_id: uuid.UUID, by: User, held: Held | None = None) -> MockGrid:
    """Let the candidate read the grid, and have them told; raises `Refused`.

    Without a rehearsal noted before, `held` says when it was: it then counts among the meetings.
    """
    journey = writable(journey_id, by)
    found = open_grid(journey)
    every = read(found, journey)
    refuse(
        law.may_share(
            sum(one.found for one in every),
            sum(one.asked for one in every),
            found.advice if found else "",
        )
    )
    assert found
    found.meeting = unnoted(journey) or note(journey, by, held)
    found.shared_at = now()
    found.save(update_fields=["meeting", "shared_at"])
    told = RehearsalShared(found.pk, found.meeting.held_on, found.meeting.minutes)
    events.record(journey, Event.REHEARSAL_SHARED, by=by, facts=told)
    return found


def note(journey: Journey, by: User, held: Held | None) -> Meeting:
    """Write a rehearsal among the meetings that were held; raises `Refused`."""
    refuse(law.was_held(held.on if held else None, held.minutes if held else 0, today()))
    assert held
    made = Meeting.objects.create(
        journey=journey,
        kind=MeetingKind.REHEARSAL,
        mode=held.mode,
        held_on=held.on,
        minutes=held.minutes,
        held_by=by,
    )
    planning.report(made)
    return made
