"""What tells two colleagues that one replaces the other: named, over by itself, taken back."""

from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse

from jalon.law.vocabulary import Occasion
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category
from jalon.now import PARIS
from jalon.people.models import CoverPeriod, User

#: When, on the day after a replacement, both read that it is over.
MORNING = time(7)


class CoverMessage(Message[CoverPeriod]):
    """A message about a replacement, to who is absent and to who replaces them."""

    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "CoverMessage | None":
        """Return the message about the replacement of a number."""
        known = CoverPeriod.objects.select_related("absent", "cover", "named_by")
        found = known.filter(pk=key).first()
        return cls(found) if found else None

    def recipients(self) -> list[User]:
        """Return both."""
        return [self.about.absent, self.about.cover]

    def still_true(self) -> bool:
        """Say whether nobody took it back."""
        return self.about.ended_at is None

    def path(self) -> str:
        """Return the page of the replacement."""
        return reverse("architect:cover", args=[self.about.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return the replacement, and whether the person is the absent one."""
        return {"cover": self.about, "absent": person.pk == self.about.absent_id}


@message(Occasion.COVER_NAMED)
class CoverNamed(CoverMessage):
    """Somebody replaces somebody between two days."""

    name = "cover_named"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Remplacement : {self.about}"


@message(Occasion.COVER_NAMED)
class CoverOver(CoverMessage):
    """The last day is past: each has their own files again."""

    name = "cover_over"

    def when(self) -> datetime:
        """Return the morning after its last day."""
        return datetime.combine(self.about.ends_on + timedelta(days=1), MORNING, PARIS)

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Remplacement terminé : {self.about}"


@message(Occasion.COVER_ENDED)
class CoverEnded(CoverMessage):
    """A replacement is taken back before its last day."""

    name = "cover_ended"

    def still_true(self) -> bool:
        """Say whether it is taken back: nothing brings it back."""
        return self.about.ended_at is not None

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Remplacement retiré : {self.about}"
