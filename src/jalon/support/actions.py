"""What an architect does beside the file: each keeps its own rows, then goes through the one door."""

import dataclasses
import uuid

from django.db import transaction

from jalon.journeys import events
from jalon.journeys.actions import act, locked
from jalon.journeys.models import JournalEntry
from jalon.law.facts import DateKept, FirstMeeting, Path, PostJury
from jalon.law.rulebook import Refusal, Refused
from jalon.law.support import FIRST_MEETING_SUBJECTS, keeps_the_calendar
from jalon.law.vocabulary import Act, Event, MeetingKind, MeetingMode
from jalon.now import today
from jalon.people.models import User
from jalon.people.policy import capacity
from jalon.support.models import Meeting, Milestone, PlannedAction


@transaction.atomic
def hold_first_meeting(
    journey_id: uuid.UUID, by: User, report: FirstMeeting, seen: int | None = None
) -> JournalEntry:
    """Record the first meeting and its report on seven subjects (R-089)."""
    entry = act(journey_id, Act.HOLD_FIRST_MEETING, by=by, facts=report, seen=seen)
    said = {name: getattr(report, name) for name in FIRST_MEETING_SUBJECTS}
    Meeting.objects.create(
        journey_id=journey_id,
        kind=MeetingKind.FIRST,
        mode=report.mode,
        held_on=report.held_on,
        minutes=report.minutes,
        report=said,
        held_by=by,
    )
    return entry


@transaction.atomic
def propose_path(
    journey_id: uuid.UUID, by: User, path: Path, seen: int | None = None
) -> JournalEntry:
    """Propose a path; its milestones replace those of an earlier proposal (R-086, R-090)."""
    entry = act(journey_id, Act.PROPOSE_PATH, by=by, facts=path, seen=seen)
    Milestone.objects.filter(journey_id=journey_id, kept_on__isnull=True).delete()
    Milestone.objects.bulk_create(
        Milestone(journey_id=journey_id, **dataclasses.asdict(milestone))
        for milestone in path.milestones
    )
    return entry


@transaction.atomic
def keep_milestone(milestone: Milestone, by: User) -> None:
    """Note today that a milestone was reached; a second time changes nothing. Raises `Refused` (R-090)."""
    if not keeps_the_calendar(capacity(by, milestone.journey)):
        raise Refused(Refusal("R-090", "Le calendrier est tenu par l’équipe qui accompagne."))
    journey = locked(milestone.journey_id)
    if Milestone.objects.filter(pk=milestone.pk, kept_on__isnull=True).update(kept_on=today()):
        kept = DateKept(milestone.title, milestone.due_on)
        events.record(journey, Event.MILESTONE_KEPT, by=by, facts=kept)


@transaction.atomic
def hold_post_jury(
    journey_id: uuid.UUID, by: User, report: PostJury, seen: int | None = None
) -> JournalEntry:
    """Record the post-jury meeting and its plan (R-081)."""
    entry = act(journey_id, Act.HOLD_POST_JURY, by=by, facts=report, seen=seen)
    Meeting.objects.create(
        journey_id=journey_id,
        kind=MeetingKind.POST_JURY,
        mode=MeetingMode.ON_SITE,
        held_on=report.held_on,
        minutes=report.minutes,
        report={"report": report.report, "alternative": report.alternative},
        held_by=by,
    )
    PlannedAction.objects.bulk_create(
        PlannedAction(journey_id=journey_id, **dataclasses.asdict(action))
        for action in report.actions
    )
    return entry
