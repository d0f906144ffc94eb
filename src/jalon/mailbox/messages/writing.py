"""What tells a candidate that the text they signed is no longer the one that stands."""

from jalon.law.facts import DocumentTouched
from jalon.law.vocabulary import DocumentKind, Event, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.mailbox.models import Category


@message(Event.SIGNATURE_UNDONE)
class SignatureUndone(EventMessage):
    """Somebody else changed a signed file: the candidate reads it again, and signs."""

    name = "signature_undone"
    category = Category.PROGRESS
    roles = frozenset({Role.CANDIDATE})

    def still_true(self) -> bool:
        """Say whether the file still waits for a signature."""
        if self.entry.facts_as(DocumentTouched).kind == DocumentKind.FEASIBILITY:
            return self.journey.feasibility.confirmed_at is None
        return self.journey.attempt.validation.originality_at is None
