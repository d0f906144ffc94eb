"""What tells somebody that the copy of their data is ready, or that their data are to be erased."""

from typing import Any

from django.urls import reverse

from jalon.journeys.models import DataCopy
from jalon.law.clocks import french
from jalon.law.facts import ErasureAnnounced
from jalon.law.vocabulary import Event, Occasion, Role
from jalon.mailbox.messages import EventMessage, Message, message
from jalon.mailbox.models import Category
from jalon.now import today
from jalon.people.models import User


@message(Occasion.COPY_READY)
class CopyReady(Message[DataCopy]):
    """The archive is there for some days: its person alone opens it (R-122)."""

    name = "copy_ready"
    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "CopyReady | None":
        """Return the message about a copy."""
        found = DataCopy.objects.select_related("person").filter(pk=key).first()
        return cls(found) if found else None

    def recipients(self) -> list[User]:
        """Return who asked for it."""
        return [self.about.person]

    def still_true(self) -> bool:
        """Say whether it may still be downloaded."""
        until = self.about.available_until
        return until is not None and until >= today()

    def title(self) -> str:
        """Return what the page of notices says."""
        return "La copie de vos données est prête"

    def path(self) -> str:
        """Return the page from which it is downloaded."""
        return reverse("candidate:data")

    def context(self, person: User) -> dict[str, Any]:
        """Return until when it may be downloaded."""
        until = self.about.available_until
        return {"until": french(until) if until else ""}


@message(Event.ERASURE_ANNOUNCED)
class DataToBeErased(EventMessage):
    """A candidate is warned before their data are erased, in time to take them away (R-122)."""

    name = "data_to_be_erased"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def still_true(self) -> bool:
        """Say whether the journey is still to be erased."""
        return self.journey.erasure_announced_on is not None and self.journey.purged_at is None

    def path(self) -> str:
        """Return the page from which a copy is asked for."""
        return reverse("candidate:data")

    def context(self, person: User) -> dict[str, Any]:
        """Return the day from which data are erased."""
        on = self.entry.facts_as(ErasureAnnounced).on
        return super().context(person) | {"erased_on": french(on)}
