"""Who reads which validation file."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from jalon.journeys.models import Attempt, Journey
from jalon.journeys.policy import accompanies, certifies
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.writing.models import Remark

#: Which attempts holders of a role read, as the rooms above say.
READ_BY: dict[Role, Callable[[User], Q]] = {}


def reads(role: Role) -> Callable[[Callable[[User], Q]], Callable[[User], Q]]:
    """Register which attempts the holders of a role read."""

    def register(condition: Callable[[User], Q]) -> Callable[[User], Q]:
        READ_BY[role] = condition
        return condition

    return register


@enforces("R-123")
def attempts_to_read(viewer: User, journey: Journey) -> QuerySet[Attempt]:
    """Return the attempts whose validation file a person may read, the oldest first (R-123).

    The candidate and who accompanies them read it as it is written; a certifier once it was sent; a
    juror that of the attempt they hear, and no other.
    """
    every = journey.attempts.select_related("validation").order_by("number")
    if reads_as_written(viewer, journey):
        return every
    if certifies(viewer, journey):
        return every.filter(validation__sent_at__isnull=False)
    return every.filter(pk__in=attempts_given_to_read(viewer))


def reads_an_attempt(viewer: User, journey: Journey) -> bool:
    """Say whether a person may read a validation file of a journey, one at least."""
    if not journey.attempts.all():
        return False
    return reads_as_written(viewer, journey) or attempts_to_read(viewer, journey).exists()


def reads_as_written(viewer: User, journey: Journey) -> bool:
    """Say whether a person reads validation files before they are sent."""
    administers = Role.ADMINISTRATOR in roles(viewer)
    return journey.candidate_id == viewer.pk or accompanies(viewer, journey) or administers


def attempts_given_to_read(viewer: User) -> QuerySet[Attempt]:
    """Return the attempts whose file was sent and that a person reads for the role they hold in it."""
    held = roles(viewer)
    readable = Q(pk__in=[])
    for role, condition in READ_BY.items():
        if role in held:
            readable |= condition(viewer)
    return Attempt.objects.filter(readable, validation__sent_at__isnull=False)


def remarks_to_read(viewer: User, journey: Journey) -> QuerySet[Remark]:
    """Return the remarks on the texts of a journey: the candidate's and who accompanies', nobody else's.

    Neither the certifier, nor a juror, nor an administrator reads them.
    """
    if journey.candidate_id == viewer.pk or accompanies(viewer, journey):
        return Remark.objects.filter(section__file__attempt__journey=journey)
    return Remark.objects.none()
