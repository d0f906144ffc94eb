"""Taking out again what was put away."""

from jalon.journeys.models import Journey
from jalon.journeys.registry import resolve
from jalon.law.facts import Reason, Reopening
from jalon.law.vocabulary import Act, Stage


@resolve(Act.REOPEN)
def where_it_was(journey: Journey, asked: Reason) -> Reopening:
    """Complete a reopening with the stage at which the journey was put away."""
    put_away = journey.journal.filter(act=Act.ARCHIVE).latest("number")
    return Reopening(asked.reason, Stage(put_away.stage_before))
