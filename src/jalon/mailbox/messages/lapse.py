"""What tells of an admissibility that ends, of what is asked to keep it, and of the answer."""

from typing import Any, ClassVar

from jalon.law.clocks import french
from jalon.law.facts import Claim, Extension, Reason
from jalon.law.vocabulary import Act, ClockKind, Role, Stage
from jalon.mailbox.messages import EntryMessage, message
from jalon.mailbox.messages.news import news_links
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import holders
from jalon.now import today
from jalon.people.models import User


class KeepingMessage(EntryMessage):
    """A message about keeping an admissibility."""

    category = Category.DECISIONS

    def limit(self, *kinds: ClockKind) -> str:
        """Return the last day of a delay that runs, or nothing."""
        clock = self.journey.clocks.running().filter(kind__in=kinds).first()
        return french(clock.limit_on) if clock else ""


class Asked(KeepingMessage):
    """Somebody asked the certifier to keep an admissibility: it waits for an answer.

    `pending` names the moment of the journey at which the demand was made, emptied by the answer.
    """

    pending: ClassVar[str]

    def still_true(self) -> bool:
        """Say whether the demand still waits."""
        return getattr(self.journey, self.pending) is not None

    def context(self, person: User) -> dict[str, Any]:
        """Return why it is asked, and whether the reader is the one who answers."""
        answers = person in holders(self.journey, Role.CERTIFIER)
        why = self.entry.facts_as(Reason).reason
        return super().context(person) | {"why": why, "answers": answers}


@message(Act.CLAIM_REASON)
class ReasonClaimed(Asked):
    """A candidate says why no step was recorded in six months (R-044)."""

    name = "reason_claimed"
    pending = "reason_claimed_at"

    def context(self, person: User) -> dict[str, Any]:
        """Return what proves it, and until when a step is awaited."""
        proof = self.entry.facts_as(Claim).evidence
        return super().context(person) | {"proof": proof, "limit": self.limit(ClockKind.LAPSE)}


@message(Act.ASK_EXTENSION)
class ExtensionAsked(Asked):
    """A candidate asks for more time (R-047)."""

    name = "extension_asked"
    pending = "extension_asked_at"

    def context(self, person: User) -> dict[str, Any]:
        """Return until when the admissibility holds."""
        return super().context(person) | {"limit": self.limit(ClockKind.VALIDITY)}


@message(Act.GRANT_REASON, Act.REFUSE_REASON)
class ReasonAnswered(KeepingMessage):
    """The certifier says whether a reason is legitimate, and until when a step is awaited (R-044)."""

    name = "reason_answered"
    roles = frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD})

    def still_true(self) -> bool:
        """Say whether the admissibility is still at stake."""
        return self.journey.stage == Stage.ADMISSIBLE

    def context(self, person: User) -> dict[str, Any]:
        """Return the answer, why, and the new limit."""
        return super().context(person) | {
            "granted": self.entry.word == Act.GRANT_REASON,
            "why": self.entry.facts_as(Reason).reason,
            "limit": self.limit(ClockKind.LAPSE),
        }


@message(Act.EXTEND_VALIDITY, Act.REFUSE_EXTENSION)
class ExtensionAnswered(KeepingMessage):
    """The certifier gives more time, or does not (R-047)."""

    name = "extension_answered"
    roles = frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD})

    def context(self, person: User) -> dict[str, Any]:
        """Return the answer, why, and until when the admissibility holds."""
        granted = self.entry.word == Act.EXTEND_VALIDITY
        extended = self.entry.facts_as(Extension).reason if granted else ""
        return super().context(person) | {
            "granted": granted,
            "why": extended if granted else self.entry.facts_as(Reason).reason,
            "limit": self.limit(ClockKind.VALIDITY),
        }


@message(Act.WARN_LAPSE, Act.WARN_VALIDITY)
class AdmissibilityEnding(KeepingMessage):
    """An admissibility ends: in three months, then in one, on the 2002 route (R-046, R-047)."""

    name = "admissibility_ending"
    category = Category.REMINDERS

    def still_true(self) -> bool:
        """Say whether the delay still runs."""
        running = self.journey.clocks.running()
        return running.filter(kind=self.kind, limit_on__gte=today()).exists()

    @property
    def kind(self) -> ClockKind:
        """Return the delay that this reminder is about."""
        return ClockKind.VALIDITY if self.entry.word == Act.WARN_VALIDITY else ClockKind.LAPSE

    def context(self, person: User) -> dict[str, Any]:
        """Return the last day, and how many are left."""
        clock = self.journey.clocks.running().get(kind=self.kind)
        return super().context(person) | {
            "limit": french(clock.limit_on),
            "left": (clock.limit_on - today()).days,
            "lapses": clock.kind == ClockKind.LAPSE,
            **news_links(self.journey),
        }


@message(Act.ADMIT_TACITLY)
class SilenceTold(KeepingMessage):
    """A certifier let the two months go by: an administrator calls them (R-029)."""

    name = "silence_told"
    roles = frozenset({Role.ADMINISTRATOR})

    def still_true(self) -> bool:
        """Say whether the admissibility by silence is the one in force."""
        decision = self.journey.decisions.in_force().first()
        return bool(decision and decision.tacit)
