"""Who stood on which side of a file, as its rows and its journal say."""

from django.db.models import QuerySet

from jalon.journeys.models import JournalEntry, Journey
from jalon.law.changes import CHANGE_HANDS
from jalon.law.independence import ACCOMPANY, DECIDE, lost_roles
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.people.policy import ever_held


@enforces("R-063")
def who_accompanied(candidate: int) -> frozenset[int]:
    """Return who accompanied a candidate on any of their journeys, all by number."""
    own = Journey.objects.filter(candidate=candidate)
    acted = JournalEntry.objects.filter(
        journey__in=own, role__in=ACCOMPANY, author__isnull=False
    ).values_list("author", flat=True)
    led = own.filter(architect__isnull=False).values_list("architect", flat=True)
    return frozenset(led.union(acted)) | who_had_the_file(own)


def who_had_the_file(journeys: QuerySet[Journey]) -> frozenset[int]:
    """Return who was an architect of these journeys before, as the journal of each change keeps it."""
    changes = JournalEntry.objects.filter(
        journey__in=journeys,
        act__in=CHANGE_HANDS,
    )
    names = ("architect", "before")
    kept = changes.values_list(*(f"facts__{name}" for name in names))
    return frozenset(number for line in kept for number in line if number)


def decided(viewer: User, journey: Journey) -> bool:
    """Tell whether a person acted for the certifier on a journey, and not only noted what it did."""
    return JournalEntry.objects.filter(
        journey=journey, author=viewer, role__in=DECIDE, channel=""
    ).exists()


def lost(viewer: User, journey: Journey) -> frozenset[Role]:
    """Return the roles that a person does not hold on a journey: nobody is on both sides of it.

    Only those who worked, now or before, for both sides are looked up in the journal.
    """
    held = ever_held(viewer)
    if not held & ACCOMPANY or not held & DECIDE:
        return frozenset()
    return lost_roles(
        accompanied=viewer.pk in who_accompanied(journey.candidate_id),
        decided=decided(viewer, journey),
    )
