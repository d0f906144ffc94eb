"""What an architect does beside the acts of the table."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.policy import capacity
from jalon.law.facts import DateKept
from jalon.law.meetings import HORIZON
from jalon.law.rulebook import Refusal, Refused
from jalon.law.support import keeps_the_calendar
from jalon.law.vocabulary import Event, Role
from jalon.now import midnight, now, today
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support.freed import freed
from jalon.support.models import (
    Absence,
    Booking,
    Milestone,
    OpeningHours,
    Site,
    TravelTime,
)
from jalon.support.queries import touched
from jalon.support.slots import DAY


@transaction.atomic
def keep_milestone(milestone: Milestone, by: User) -> None:
    """Note today that a milestone was reached; a second time changes nothing. Raises `Refused` (R-090)."""
    if not keeps_the_calendar(capacity(by, milestone.journey)):
        raise Refused(Refusal("R-090", "Le calendrier est tenu par l’équipe qui accompagne."))
    journey = locked(milestone.journey_id)
    if Milestone.objects.to_come().filter(pk=milestone.pk).update(kept_on=today()):
        kept = DateKept(milestone.title, milestone.due_on)
        events.record(journey, Event.MILESTONE_KEPT, by=by, facts=kept)


# ---------------------------------------------------------------- the architect's own agenda


@transaction.atomic
def open_hours(by: User, values: Mapping[str, Any]) -> OpeningHours:
    """Open hours of each week in the organisation in which somebody accompanies; raises `Refused`."""
    opened = OpeningHours.objects.create(architect=by, organisation_id=workplace(by), **values)
    freed(by.pk, now(), now() + HORIZON)
    return opened


def add_site(by: User, values: Mapping[str, Any]) -> Site:
    """Name a place where people are received; raises `Refused` when one is named so already."""
    organisation = workplace(by)
    if Site.objects.filter(organisation=organisation, name=values["name"]).exists():
        why = "Un site porte déjà ce nom : choisissez-en un autre."
        raise Refused(Refusal("", why, fields=("name",)))
    return Site.objects.create(organisation_id=organisation, **values)


def note_absence(by: User, values: Mapping[str, Any]) -> list[Booking]:
    """Note days without oneself; return the meetings to come that fall into them, which stay."""
    return touched(Absence.objects.create(architect=by, **values))


@transaction.atomic
def take_back_absence(absence: Absence) -> None:
    """Be there after all: the hours of those days are free again."""
    last = midnight(absence.ends_on + DAY)
    absence.delete()
    freed(absence.architect_id, max(now(), midnight(absence.starts_on)), last)


def take_time_to_travel(by: User, minutes: int) -> None:
    """Say how long one takes from one site to another."""
    TravelTime.objects.update_or_create(architect=by, defaults={"minutes": minutes})


def workplace(by: User) -> int:
    """Return the organisation in which somebody accompanies, the first one; raises `Refused`."""
    found = next(iter(organisations(by, Role.ARCHITECT, Role.HEAD)), None)
    if found is None:
        raise Refused(Refusal.permission("L’agenda est celui de l’équipe qui accompagne."))
    return found
