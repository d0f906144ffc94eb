"""What tells of any act that has no message of its own."""

from functools import cached_property
from typing import Any

from jalon.journeys.models import Clock, JournalEntry
from jalon.journeys.snapshot import clock_view
from jalon.law.clocks import french
from jalon.law.guidance import told_of_clock
from jalon.law.vocabulary import Role
from jalon.mailbox.messages import EntryMessage, general_message
from jalon.mailbox.models import Category
from jalon.now import PARIS, today
from jalon.people.models import User

#: Those whose acts decide something for others, or are the law's own delays.
DECIDERS = frozenset({Role.CERTIFIER, Role.JUROR, Role.ADMINISTRATOR, Role.SYSTEM})


class AnyAct(EntryMessage):
    """What was done, by which side, when, and the next date to keep."""

    guides = True

    def context(self, person: User) -> dict[str, Any]:
        """Return who did it, on which day, and the delay that the law ends first."""
        return super().context(person) | {
            "who": "vous" if self.entry.author_id == person.pk else self.entry.role.label,
            "day": french(self.entry.at.astimezone(PARIS).date()),
            "deadline": self.deadline(person),
            "waits": self.waits,
        }

    def deadline(self, person: User) -> str:
        """Return the next statutory delay of the journey in words, or nothing."""
        clock = self.next_clock
        if clock is None:
            return ""
        if person.pk == self.journey.candidate_id:
            return told_of_clock(clock_view(clock), today())
        return f"{clock.kind.label}, au plus tard le {french(clock.limit_on)}"

    @cached_property
    def next_clock(self) -> Clock | None:
        """Return the statutory delay that ends first, if one runs."""
        begun = self.journey.clocks.running().statutory().filter(started_on__lte=today())
        return begun.order_by("limit_on").first()

    @cached_property
    def waits(self) -> str:
        """Return what staff are told is waited for now."""
        said = self.guidance.waits
        return said[:1].upper() + said[1:]


@general_message
class Decision(AnyAct):
    """An act of the certifier, of an administrator, or of a delay of the law: told to everyone."""

    name = "decision"
    category = Category.DECISIONS

    @classmethod
    def suits(cls, entry: JournalEntry) -> bool:
        """Say whether the act was done by someone who decides."""
        return entry.role in DECIDERS


@general_message
class Progress(AnyAct):
    """An act of the candidate or of who accompanies them."""

    name = "progress"
    category = Category.PROGRESS
