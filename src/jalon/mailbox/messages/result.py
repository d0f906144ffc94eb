"""What tells a candidate what the jury decided."""

from functools import cached_property
from typing import Any

from jalon.journeys.models import Attempt
from jalon.law.clocks import french
from jalon.law.vocabulary import Act, Role
from jalon.mailbox.messages import EntryMessage, message
from jalon.mailbox.models import Category
from jalon.people.models import User


@message(
    Act.NOTIFY_FULL,
    Act.NOTIFY_CONDITIONAL,
    Act.NOTIFY_TARGETED,
    Act.NOTIFY_PARTIAL,
    Act.NOTIFY_NONE,
)
class ResultNotified(EntryMessage):
    """What was obtained, what is left, and what comes next (R-078, R-081)."""

    name = "result_notified"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def still_true(self) -> bool:
        """Say whether nothing was withdrawn, and no other attempt opened, since."""
        return self.journey.stage == self.entry.stage_after

    def context(self, person: User) -> dict[str, Any]:
        """Return the outcome, its condition, and the blocs acquired that day."""
        outcome = self.attempt.outcome
        return super().context(person) | {
            "outcome": outcome.value,
            "said": outcome.label.lower(),
            "held_on": french(self.attempt.hearing_on) if self.attempt.hearing_on else "",
            "condition": self.attempt.condition,
            "won": self.won,
        }

    @cached_property
    def attempt(self) -> Attempt:
        """Return the attempt that was judged."""
        return self.journey.attempt

    @cached_property
    def won(self) -> list[str]:
        """Return the blocs acquired at this attempt."""
        kept = self.attempt.awards.filter(withdrawn_on__isnull=True).select_related("bloc")
        return [str(award.bloc) for award in kept.order_by("bloc__position")]
