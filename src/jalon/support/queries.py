"""Reads of accompaniment: each takes the viewer first."""

from jalon.journeys.models import Journey
from jalon.journeys.policy import accompanies
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.support.models import Meeting


@enforces("R-089")
def meetings(viewer: User, journey: Journey) -> list[Meeting]:
    """Return the meetings of a journey with their reports, the latest first.

    They are the work of who accompanies and of the candidate: a certifier does not read them.
    """
    mine = journey.candidate_id == viewer.pk or accompanies(viewer, journey)
    if not mine and Role.ADMINISTRATOR not in roles(viewer):
        return []
    return list(journey.meetings.select_related("held_by"))
