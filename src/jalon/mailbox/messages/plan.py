"""What tells the other side that an action of the plan after a jury was moved or given up."""

from typing import Any

from jalon.law.clocks import french
from jalon.law.facts import PlanTouched
from jalon.law.vocabulary import Event, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.people.models import User
from jalon.support.models import PlannedAction


@message(Event.PLAN_ACTION_MOVED, Event.PLAN_ACTION_GIVEN_UP)
class PlanChanged(EventMessage):
    """An action was moved or given up: the candidate tells who accompanies, and the reverse."""

    name = "plan_changed"
    roles = frozenset({Role.CANDIDATE, Role.ARCHITECT})

    @property
    def action(self) -> PlannedAction | None:
        """Return the action, None once it was erased."""
        number = self.entry.facts_as(PlanTouched).action if self.entry.facts else 0
        return PlannedAction.objects.filter(pk=number).first()

    def still_true(self) -> bool:
        """Say whether the action still stands as it was told."""
        action = self.action
        if action is None or action.kept_on:
            return False
        given_up = self.entry.word is Event.PLAN_ACTION_GIVEN_UP
        return given_up or action.due_on == self.entry.facts_as(PlanTouched).due_on

    def context(self, person: User) -> dict[str, Any]:
        """Return also who said so, what the action is, and the day to which it was moved."""
        moved = self.entry.word is Event.PLAN_ACTION_MOVED
        due_on = self.entry.facts_as(PlanTouched).due_on
        return super().context(person) | {
            "who": str(self.entry.author),
            "action": self.action,
            "moved_to": french(due_on) if moved else "",
        }
