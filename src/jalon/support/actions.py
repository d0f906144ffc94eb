"""What an architect does beside the acts of the table."""

from jalon.journeys.policy import capacity
from jalon.law.rulebook import Refusal, Refused
from jalon.law.support import keeps_the_calendar
from jalon.now import today
from jalon.people.models import User
from jalon.support.models import Milestone


def keep_milestone(milestone: Milestone, by: User) -> None:
    """Note today that a milestone was reached; a second time changes nothing. Raises `Refused` (R-090)."""
    if not keeps_the_calendar(capacity(by, milestone.journey)):
        raise Refused(Refusal("R-090", "Le calendrier est tenu par l’équipe qui accompagne."))
    Milestone.objects.to_come().filter(pk=milestone.pk).update(kept_on=today())
