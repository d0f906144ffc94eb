"""What tells people that who accompanies changed: the organisation that is left, and the candidate."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from jalon.law.facts import AccompanimentAsked, AccompanimentEnded, Reassignment
from jalon.law.vocabulary import Act, Role
from jalon.mailbox import recipients
from jalon.mailbox.messages import EntryMessage, message
from jalon.mailbox.models import Category
from jalon.people.models import User


@message(Act.END_ACCOMPANIMENT)
class AccompanimentOver(EntryMessage):
    """The organisation ends its accompaniment: the candidate goes on, alone or with another (R-006)."""

    name = "accompaniment_over"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def context(self, person: User) -> dict[str, Any]:
        """Return why, and where another organisation is asked."""
        ask = reverse("dossiers:act", args=[self.journey.pk, Act.ASK_ACCOMPANIMENT.value])
        ended = self.entry.facts_as(AccompanimentEnded)
        return super().context(person) | {"why": ended.reason, "ask": settings.SITE_ADDRESS + ask}


@message(Act.LEAVE_ACCOMPANIMENT, Act.ASK_ACCOMPANIMENT)
class FileLeft(EntryMessage):
    """A candidate went on without the organisation, or with another: who accompanied is told."""

    name = "file_left"
    category = Category.PROGRESS

    def recipients(self) -> list[User]:
        """Return who accompanied, or whoever answers for them there."""
        left = self.entry.facts_as(self.kind)
        return recipients.accompanists_of(left.left, left.architect)

    @property
    def kind(self) -> type[AccompanimentAsked] | type[AccompanimentEnded]:
        """Return the kind of facts that this act keeps."""
        asked = self.entry.word == Act.ASK_ACCOMPANIMENT
        return AccompanimentAsked if asked else AccompanimentEnded

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Le parcours {self.journey.reference} continue sans votre organisme"

    def path(self) -> str:
        """Return the caseload: the file is no longer theirs to open."""
        return reverse("architect:caseload")


@message(Act.REASSIGN)
class FileHandedOn(EntryMessage):
    """A file is no longer theirs: who had it is told, if they still work there."""

    name = "file_handed_on"
    category = Category.PROGRESS

    def recipients(self) -> list[User]:
        """Return who had the file."""
        before = self.entry.facts_as(Reassignment).before
        found = recipients.still_there(self.journey.organisation_id, before)
        return [person for person in found if person.pk != self.entry.author_id]

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Le parcours {self.journey.reference} est confié à un collègue"
