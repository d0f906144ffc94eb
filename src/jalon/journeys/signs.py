"""When each side of a journey was last seen: kept on the journey, so that a list can ask for the silent."""

from datetime import datetime

from jalon.journeys.models import JournalEntry, Journey
from jalon.law.attention import gives_sign
from jalon.law.facts import Facts
from jalon.law.vocabulary import Role
from jalon.now import moment_of, now
from jalon.people.models import User

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


def seen(journey: Journey, *sides: Role, at: datetime | None = None) -> None:
    """Note a sign of life that no line of the journal tells: a draft that is written, a meeting chosen or held."""
    moment = at or now()
    moved = [COLUMNS[side] for side in sides if later(journey, COLUMNS[side], moment)]
    if moved:
        Journey.objects.filter(pk=journey.pk).update(
            **{column: getattr(journey, column) for column in moved}
        )


def side_of(journey: Journey, person: User) -> Role:
    """Return the side on which somebody stands who writes in a file: the candidate's, or the team's."""
    return Role.CANDIDATE if person.pk == journey.candidate_id else Role.ARCHITECT
