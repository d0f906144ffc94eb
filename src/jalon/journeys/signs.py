"""When each side of a journey was last seen: kept on the journey, so that a list can ask for the silent."""

from datetime import datetime

from jalon.journeys.models import JournalEntry, Journey
from jalon.law.attention import gives_sign
from jalon.law.facts import Facts
from jalon.law.vocabulary import Role
from jalon.now import moment_of, now

#: The column of each side.
COLUMNS = {Role.CANDIDATE: "candidate_seen_at", Role.ARCHITECT: "team_seen_at"}


def note(journey: Journey, entry: JournalEntry, facts: Facts) -> list[str]:
    """Note on a journey who a line of its journal shows alive; return the columns that changed."""
    at = moment_of(entry.occurred_on, entry.at)
    return [
        column
        for side, column in COLUMNS.items()
        if side in gives_sign(entry.word, Role(entry.role), facts) and later(journey, column, at)
    ]


def later(journey: Journey, column: str, at: datetime) -> bool:
    """Move a sign of life to a later moment, and say whether it was."""
    moved: bool = at > getattr(journey, column)
    if moved:
        setattr(journey, column, at)
    return moved


def wrote(journey: Journey, *, own: bool) -> None:
    """Note that somebody wrote in a draft: the candidate in their own file, or the team."""
    column = COLUMNS[Role.CANDIDATE if own else Role.ARCHITECT]
    if later(journey, column, now()):
        Journey.objects.filter(pk=journey.pk).update(**{column: getattr(journey, column)})
