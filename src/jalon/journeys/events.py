"""What happens to a journey beside its acts: recorded in the same journal, numbered in the same sequence."""

from django.db import transaction

from jalon.journeys.actions import append_event
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import capacity
from jalon.journeys.signs import COLUMNS
from jalon.law.facts import Facts, Nothing
from jalon.law.vocabulary import Event, Role
from jalon.people.models import User

#: What of a journey others may have moved meanwhile, and an event reads.
MOVES = ("version", "stage", *COLUMNS.values())


@transaction.atomic
def record(
    journey: Journey,
    event: Event,
    *,
    by: User | None,
    role: Role | None = None,
    facts: Facts | None = None,
) -> JournalEntry:
    """Append an event to the journal of a journey and queue what follows from it.

    The journey's row is locked and its version moves, as for an act; its stage does not. `role` is
    the capacity in which the person was there; unless given, the first one in which they may act.
    Whoever writes rows of their own beside the event locks the journey first, as acts do.
    """
    held = Journey.objects.select_for_update(of=("self",)).only(*MOVES).get(pk=journey.pk)
    for name in MOVES:
        setattr(journey, name, getattr(held, name))
    held_as = role or role_of(by, journey)
    return append_event(journey, event, by=by, role=held_as, facts=facts or Nothing())


def role_of(person: User | None, journey: Journey) -> Role:
    """Return the role in which somebody is on a journey; raises ValueError for a stranger."""
    able = capacity(person, journey) if person else {Role.SYSTEM}
    role = next((role for role in Role if role in able), None)
    if role is None:
        raise ValueError(f"{person} has no role on {journey.reference}")
    return role
