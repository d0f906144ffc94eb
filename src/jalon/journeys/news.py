"""What a candidate answers to a reminder, without signing in: that they go on, or that they stop."""

import uuid

from django.db import transaction
from django.db.models import Q

from jalon.journeys import events
from jalon.journeys.actions import act, locked
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.facts import Leaving
from jalon.law.news import may_go_on, may_stop
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Act, Event
from jalon.now import today


def said_today(journey: Journey) -> bool:
    """Say whether a candidate said today already that they go on, and nobody proposed since to stop."""
    goes_on = Q(event=Event.GOES_ON) | Q(act=Act.DECLINE_END)
    said = journey.journal.filter(goes_on, occurred_on=today())
    return not journey.end_proposed and said.exists()


@transaction.atomic
def go_on(journey_id: uuid.UUID) -> JournalEntry | None:
    """Note that a candidate goes on, once a day; raises `Refused`.

    Where who accompanies proposed to stop, it is the answer to that.
    """
    journey = locked(journey_id)
    refuse(may_go_on(journey.stage))
    if journey.end_proposed:
        return act(journey.pk, Act.DECLINE_END, by=journey.candidate)
    if said_today(journey):
        return None
    return events.record(journey, Event.GOES_ON, by=journey.candidate)


@transaction.atomic
def stop(journey_id: uuid.UUID, why: Leaving) -> JournalEntry:
    """Stop a journey as its candidate asks, by the one door of acts; raises `Refused`."""
    journey = locked(journey_id)
    refuse(may_stop(journey.stage))
    return act(journey.pk, Act.DROP_OUT, by=journey.candidate, facts=why)
