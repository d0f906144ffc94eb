"""What reminds whoever is awaited, and tells those who can call them."""

from functools import cached_property
from typing import Any

from jalon.journeys.models import Clock
from jalon.law.clocks import french
from jalon.law.vocabulary import Act, ClockKind, ClockState
from jalon.mailbox.messages import EntryMessage, message
from jalon.mailbox.messages.news import news_links
from jalon.mailbox.models import Category
from jalon.now import PARIS
from jalon.people.models import User


@message(Act.CHASE, Act.REPORT_NO_ANSWER)
class AnswerAwaited(EntryMessage):
    """A week, then two, without an answer."""

    name = "answer_awaited"
    category = Category.REMINDERS
    guides = True

    def still_true(self) -> bool:
        """Say whether nothing came since: no answer, and nothing else to wait for."""
        wait = self.wait
        return (
            wait is not None
            and wait.state in (ClockState.RUNNING, ClockState.EXPIRED)
            and wait.started_on <= self.entry.at.astimezone(PARIS).date()
        )

    def context(self, person: User) -> dict[str, Any]:
        """Return since which day an answer is awaited."""
        since = french(self.wait.started_on) if self.wait else ""
        return super().context(person) | {"since": since} | news_links(self.journey)

    @cached_property
    def wait(self) -> Clock | None:
        """Return the delay of the answer that is awaited, or was last."""
        waits = self.journey.clocks.filter(kind=ClockKind.ANSWER)
        return waits.order_by("started_on", "pk").last()


@message(Act.REMIND)
class TeamReminder(EntryMessage):
    """Somebody of the team asks a candidate how they are getting on."""

    name = "team_reminder"
    category = Category.REMINDERS
    guides = True

    def still_true(self) -> bool:
        """Say whether the candidate did nothing since."""
        there = self.journey.stage == self.entry.stage_after
        return there and self.journey.candidate_seen_at <= self.entry.at

    def context(self, person: User) -> dict[str, Any]:
        """Return who asks."""
        return super().context(person) | {"sender": self.entry.author} | news_links(self.journey)
