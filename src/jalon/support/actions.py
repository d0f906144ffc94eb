"""What an architect does beside the acts of the table."""

from django.db import transaction

from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.policy import capacity
from jalon.law.facts import DateKept
from jalon.law.rulebook import Refusal, Refused
from jalon.law.support import keeps_the_calendar
from jalon.law.vocabulary import Event
from jalon.now import today
from jalon.people.models import User
from jalon.support.models import Milestone


@transaction.atomic
def keep_milestone(milestone: Milestone, by: User) -> None:
    """Note today that a milestone was reached; a second time changes nothing. Raises `Refused` (R-090)."""
    if not keeps_the_calendar(capacity(by, milestone.journey)):
        raise Refused(Refusal("R-090", "Le calendrier est tenu par l’équipe qui accompagne."))
    journey = locked(milestone.journey_id)
    if Milestone.objects.to_come().filter(pk=milestone.pk).update(kept_on=today()):
        kept = DateKept(milestone.title, milestone.due_on)
        events.record(journey, Event.MILESTONE_KEPT, by=by, facts=kept)
