"""What tells a candidate what the jury decided, and what was put right since."""

from functools import cached_property
from typing import Any

from jalon.journeys.models import Attempt
from jalon.law.clocks import french
from jalon.law.facts import Rectification
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


@message(Act.RECTIFY_RESULT)
class ResultRectified(EntryMessage):
    """A result that a candidate was told of is put right: what was wrong, what is so (R-076)."""

    name = "result_rectified"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def still_true(self) -> bool:
        """Say whether nothing was decided since."""
        return self.journey.stage == self.entry.stage_after

    def context(self, person: User) -> dict[str, Any]:
        """Return the error, what is withdrawn and what is given, and what the result is."""
        said = self.entry.facts_as(Rectification)
        return super().context(person) | {
            "error": said.reason,
            "said": said.outcome.label.lower(),
            "lost": self.blocs(said.lost),
            "gained": self.blocs(said.gained),
            "condition": said.condition,
        }

    def blocs(self, codes: tuple[str, ...]) -> list[str]:
        """Return blocs as people name them."""
        found = self.journey.blocs.filter(code__in=codes)
        return [str(bloc) for bloc in found.order_by("position")]
