"""The notes that a team takes for itself: written, put right within the hour, then only added to."""

import uuid
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.policy import accompanies, capacity
from jalon.law import notes as law
from jalon.law.rulebook import refuse
from jalon.now import now
from jalon.people.models import Organisation, User
from jalon.support.models import TeamNote


def reads_team_notes(viewer: User, journey: Journey) -> bool:
    """Say whether somebody reads the notes of a team: its members, and neither candidate nor administrator."""
    return accompanies(viewer, journey) and journey.candidate_id != viewer.pk


def notes(viewer: User, journey: Journey) -> QuerySet[TeamNote]:
    """Return the notes of a journey for those who read them, the latest first.

    Those of an organisation that the candidate left stay with it: the next one does not read them.
    """
    if not reads_team_notes(viewer, journey):
        return TeamNote.objects.none()
    return of_the_team(journey)


def of_the_team(journey: Journey) -> QuerySet[TeamNote]:
    """Return the notes written in the organisation that accompanies a journey now."""
    return TeamNote.objects.filter(journey=journey, organisation=journey.organisation_id)


@transaction.atomic
def write(journey_id: uuid.UUID, by: User, text: str) -> TeamNote:
    """Write a note; raises `Refused`."""
    journey = locked(journey_id)
    refuse(law.may_note(capacity(by, journey)))
    return TeamNote.objects.create(
        journey=journey,
        organisation=cast(Organisation, journey.organisation),
        author=by,
        text=text,
        at=now(),
    )


@transaction.atomic
def change(journey_id: uuid.UUID, number: int, by: User, text: str) -> None:
    """Put a note of one's own right within the hour; raises `Refused`, or DoesNotExist."""
    journey = locked(journey_id)
    refuse(law.may_note(capacity(by, journey)))
    note = notes(by, journey).get(pk=number)
    refuse(law.may_change(note.at, now(), mine=note.author_id == by.pk))
    note.text = text
    note.save(update_fields=["text"])
