"""What tells a person that their journey, begun before, is followed here from now on."""

from jalon.law.vocabulary import Event, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.mailbox.models import Category


@message(Event.TAKEN_OVER)
class JourneyTakenOver(EventMessage):
    """A journey came in with its history: the candidate reads it, and says what is wrong in it."""

    name = "journey_taken_over"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})
