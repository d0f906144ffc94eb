"""What jurors see of journeys, and when they act on one."""

from django.db.models import Q

from jalon.journeys.models import Journey
from jalon.journeys.policy import acts_as, sees
from jalon.juries.models import Hearing
from jalon.law.vocabulary import PanelRole, Role
from jalon.people.models import User
from jalon.writing.policy import reads


@sees(Role.JUROR)
def heard_by(viewer: User) -> Q:
    """Return the condition that keeps the journeys heard in a session where a person sits."""
    heard = Hearing.objects.living().filter(session__panel__juror__user=viewer)
    return Q(pk__in=heard.values("attempt__journey"))


@acts_as(Role.JUROR)
def presides(viewer: User, journey: Journey) -> bool:
    """Tell whether a person presides over the hearing planned for the attempt under way."""
    return (
        Hearing.objects.to_come()
        .filter(
            attempt__journey=journey,
            session__panel__juror__user=viewer,
            session__panel__role=PanelRole.PRESIDENT,
        )
        .exists()
    )


@reads(Role.JUROR)
def attempts_heard_by(viewer: User) -> Q:
    """Return the condition that keeps the attempts heard in a session where a person sits."""
    heard = Hearing.objects.living().filter(session__panel__juror__user=viewer)
    return Q(pk__in=heard.values("attempt"))
