"""The plan after a jury, followed: each action is kept on a day, moved or given up with its reason (R-081)."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet

from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.models import BlocAward, Journey
from jalon.journeys.policy import capacity, in_hand
from jalon.law import plan as law
from jalon.law.facts import PlanTouched
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Event, MeetingKind
from jalon.now import now, paris_day, today
from jalon.people.models import User
from jalon.support.models import PlannedAction
from jalon.support.reports import standing


@transaction.atomic
def keep(journey_id: uuid.UUID, number: int, by: User, on: date) -> None:
    """Note that an action was done on a day; raises `Refused`, or DoesNotExist."""
    journey, action = touched(journey_id, number, by)
    refuse(law.kept_on_a_past_day(on, paris_day(journey.registered_at), today()))
    action.kept_on = on
    written(journey, action, Event.PLAN_ACTION_KEPT, by)


@transaction.atomic
def move(journey_id: uuid.UUID, number: int, by: User, due_on: date, reason: str) -> None:
    """Plan an action for another day, the first one being kept; raises `Refused`, or DoesNotExist."""
    journey, action = touched(journey_id, number, by)
    refuse(law.moved_with_a_reason(due_on, action.due_on, today(), reason))
    action.moved_from = action.planned_on
    action.due_on, action.reason = due_on, reason.strip()
    written(journey, action, Event.PLAN_ACTION_MOVED, by)


@transaction.atomic
def give_up(journey_id: uuid.UUID, number: int, by: User, reason: str) -> None:
    """Give an action up; raises `Refused`, or DoesNotExist."""
    journey, action = touched(journey_id, number, by)
    refuse(law.said_why(reason))
    action.given_up_on, action.reason = today(), reason.strip()
    written(journey, action, Event.PLAN_ACTION_GIVEN_UP, by)


def touched(journey_id: uuid.UUID, number: int, by: User) -> tuple[Journey, PlannedAction]:
    """Return a journey, locked, with an action of its plan that somebody may touch; raises `Refused`."""
    journey = locked(journey_id)
    action = PlannedAction.objects.get(pk=number, journey=journey)
    able = capacity(by, journey)
    refuse(
        law.may_follow(
            able, kept=action.kept_on is not None, given_up=action.given_up_on is not None
        )
    )
    return journey, action


def written(journey: Journey, action: PlannedAction, event: Event, by: User) -> None:
    """Keep what was said of an action, and have the journal tell that it was."""
    action.changed_at, action.changed_by = now(), by
    action.save()
    events.record(journey, event, by=by, facts=PlanTouched(action.pk, action.bloc, action.due_on))


def another_project(journey: Journey) -> str:
    """Return the other project that the last meeting after a jury noted, as it stands; empty without one."""
    meeting = journey.meetings.filter(kind=MeetingKind.POST_JURY).first()
    return standing(meeting).get("alternative", "") if meeting else ""


# ---------------------------------------------------------------- what is late


def late() -> QuerySet[PlannedAction]:
    """Return the actions whose day is past while they are awaited, those of blocs obtained since aside."""
    obtained = BlocAward.objects.held().filter(
        journey=OuterRef("journey"), bloc__code=OuterRef("bloc")
    )
    awaited = PlannedAction.objects.to_come().filter(
        journey__stage__in=law.AWAITED_AT, due_on__lt=today()
    )
    return awaited.filter(~Exists(obtained)).order_by("due_on", "pk")


def late_in_hand(viewer: User) -> QuerySet[PlannedAction]:
    """Return the late actions of the files in the hands of somebody, the longest late first."""
    return late().filter(in_hand(viewer, "journey__")).select_related("journey__candidate")


def late_since(journeys: Iterable[Journey]) -> dict[uuid.UUID, date]:
    """Return since when the plan of each of some journeys is late, for who already sees them."""
    found = late().filter(journey__in=list(journeys)).order_by().values_list("journey")
    return dict(found.annotate(Min("due_on")))
