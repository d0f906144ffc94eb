"""What tells of adjustments: whoever answers for the step, then the candidate; never what is needed (R-123)."""

from typing import Any

from jalon.journeys.models import Adjustment
from jalon.law.adjustments import holder
from jalon.law.facts import AdjustmentAnswer, AdjustmentNamed
from jalon.law.vocabulary import Act, Addressee, AdjustedStep, Role
from jalon.mailbox import recipients
from jalon.mailbox.messages import EntryMessage, message
from jalon.mailbox.models import Category
from jalon.people.models import User


@message(Act.ASK_ADJUSTMENT, Act.SHARE_ADJUSTMENT, Act.WITHDRAW_ADJUSTMENT)
class AdjustmentAsked(EntryMessage):
    """Something is needed, or no longer, for a step: whoever answers for it is told, and nobody else."""

    name = "adjustment_asked"
    category = Category.DECISIONS

    def recipients(self) -> list[User]:
        """Return who answers; who accompanies passes on what is for a certifier outside."""
        certifying = holder(self.step) == Addressee.CERTIFIER
        inside = certifying and self.journey.certifier.works_here
        role = Role.CERTIFIER if inside else Role.ARCHITECT
        return recipients.people(self.entry, [role])

    @property
    def step(self) -> AdjustedStep:
        """Return the step that the request is about."""
        if self.entry.word == Act.ASK_ADJUSTMENT:
            return self.entry.adjustment.step
        number = self.entry.facts_as(AdjustmentNamed).number
        return Adjustment.objects.get(journey=self.journey, number=number).step

    def context(self, person: User) -> dict[str, Any]:
        """Return whether an answer is awaited, and whether somebody outside gives it."""
        return super().context(person) | {
            "asked": self.entry.word == Act.ASK_ADJUSTMENT,
            "passes_on": holder(self.step) == Addressee.CERTIFIER
            and not self.journey.certifier.works_here,
        }


@message(Act.ANSWER_ADJUSTMENT)
class AdjustmentAnswered(EntryMessage):
    """A request has its answer, which the candidate reads on their page: an e-mail says nothing of health."""

    name = "adjustment_answered"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def context(self, person: User) -> dict[str, Any]:
        """Return what was answered, in a word."""
        answer = self.entry.facts_as(AdjustmentAnswer)
        return super().context(person) | {"outcome": answer.outcome.label.lower()}
