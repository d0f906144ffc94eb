"""What tells somebody that they have a message: its words stay in Jalon, and no e-mail follows another within an hour."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.law.vocabulary import Event, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.mailbox.models import Notice, NoticeState
from jalon.now import now
from jalon.people.models import User
from jalon.support.models.thread import MessageQuerySet
from jalon.support.thread import of_thread

#: Between two e-mails about the messages of one journey to one side.
APART = timedelta(hours=1)


class Written(EventMessage):
    """One side wrote to the other; `from_candidate` says which."""

    from_candidate: ClassVar[bool]

    @property
    def unread(self) -> MessageQuerySet:
        """Return what the side that is told has not opened."""
        every = of_thread(self.journey, own=not self.from_candidate).unread()
        return every.filter(from_candidate=self.from_candidate)

    def recipients(self) -> list[User]:
        """Return the other side; nobody for a message that went the other way."""
        sent_by_candidate = self.entry.role == Role.CANDIDATE
        return super().recipients() if sent_by_candidate == self.from_candidate else []

    def when(self) -> datetime | None:
        """Return now, an hour after the last e-mail to these people when that is later, None when one waits already.

        No other worker writes a notice of the same journey meanwhile.
        """
        Journey.objects.select_for_update().values("pk").get(pk=self.journey.pk)
        told = Notice.objects.filter(
            message=self.name, entry__journey=self.journey, person__in=self.recipients()
        )
        last = told.exclude(state=NoticeState.DROPPED).order_by("-due_at").first()
        if last is None:
            return now()
        if last.state == NoticeState.WAITING and last.due_at > now():
            return None
        return max(now(), last.due_at + APART)

    def still_true(self) -> bool:
        """Say whether there is still something to read."""
        return self.unread.exists()

    def is_for(self, person: User) -> bool:
        """Say whether they still have the file, or replace who has it."""
        return person in self.recipients()

    def path(self) -> str:
        """Return the page of the messages."""
        return reverse("dossiers:thread", args=[self.journey.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return also how the candidate is called, for who accompanies."""
        return super().context(person) | {"candidate": self.journey.candidate.get_full_name()}


@message(Event.MESSAGE_SENT)
class ToTheTeam(Written):
    """A candidate wrote, to who accompanies and who replaces them."""

    name = "message_to_the_team"
    roles = frozenset({Role.ARCHITECT})
    from_candidate = True

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"{self.journey.candidate.get_full_name()} vous a écrit"


@message(Event.MESSAGE_SENT)
class ToTheCandidate(Written):
    """Who accompanies wrote, to the candidate."""

    name = "message_to_the_candidate"
    roles = frozenset({Role.CANDIDATE})
    from_candidate = False

    def title(self) -> str:
        """Return what the page of notices says."""
        return "La personne qui vous accompagne vous a écrit"
