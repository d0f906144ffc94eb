"""What tells a candidate the decision on their admissibility."""

from functools import cached_property
from typing import Any

from jalon.journeys.models import AdmissibilityDecision, Clock
from jalon.law.clocks import french
from jalon.law.facts import DayCorrection
from jalon.law.vocabulary import Act, ClockKind, ClockState, Role, Stage
from jalon.mailbox.messages import EntryMessage, message
from jalon.mailbox.models import Category
from jalon.people.models import User


@message(
    Act.DECLARE_ADMISSIBLE,
    Act.DECLARE_INADMISSIBLE,
    Act.ADMIT_TACITLY,
    Act.CONFIRM_TACIT,
    Act.OVERTURN_TACIT,
)
class AdmissibilityDecided(EntryMessage):
    """Admissible or not, by the certifier or by its silence: and what to do from there."""

    name = "admissibility_decided"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def still_true(self) -> bool:
        """Say whether the decision in force is still the one that this act made."""
        made = self.entry.stage_after == Stage.ADMISSIBLE
        return self.decision is not None and self.decision.admissible == made

    def context(self, person: User) -> dict[str, Any]:
        """Return the decision, its day, and until when it holds."""
        return super().context(person) | {
            "decision": self.decision,
            "decided_on": french(self.decision.decided_on) if self.decision else "",
            "to_read": self.to_read,
            "step_before": self.limit(ClockKind.LAPSE),
            "valid_until": self.limit(ClockKind.VALIDITY),
        }

    @cached_property
    def decision(self) -> AdmissibilityDecision | None:
        """Return the decision in force."""
        return self.journey.decisions.in_force().prefetch_related("gaps").first()

    @property
    def to_read(self) -> bool:
        """Say whether the decision names gaps or gives advice."""
        return bool(self.decision and (self.decision.recommendations or self.decision.gaps.all()))

    def limit(self, kind: ClockKind) -> str:
        """Return the last day of a delay that runs, or nothing."""
        clock = next((one for one in self.running if one.kind == kind), None)
        return french(clock.limit_on) if clock else ""

    @cached_property
    def running(self) -> list[Clock]:
        """Return the delays that run."""
        return list(self.journey.clocks.running())


@message(Act.CORRECT_DAY)
class DayCorrected(EntryMessage):
    """A day that was noted wrong is put right, and the limits that follow from it."""

    name = "day_corrected"
    category = Category.DECISIONS

    def still_true(self) -> bool:
        """Say whether the file is still where it was: the day matters no more afterwards."""
        return self.journey.stage == self.entry.stage_after

    def context(self, person: User) -> dict[str, Any]:
        """Return the two days, why, and the last days of the delays that run."""
        said = self.entry.facts_as(DayCorrection)
        running = self.journey.clocks.filter(state=ClockState.RUNNING).order_by("limit_on")
        return super().context(person) | {
            "received": self.entry.stage_after == Stage.FEASIBILITY_COMPLETE,
            "right_on": french(said.right_on),
            "before": french(said.before) if said.before else "",
            "reason": said.reason,
            "limits": [(one.kind.label, french(one.limit_on)) for one in running],
        }
