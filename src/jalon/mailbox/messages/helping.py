"""What tells a candidate that somebody typed a text for them, which they are to read again."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from jalon.law.facts import TextHelped
from jalon.law.vocabulary import Event, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.people.models import User
from jalon.writing.models import HelpedText


@message(Event.TEXT_PROPOSED)
class TextProposed(EventMessage):
    """Somebody typed a text for a candidate."""

    name = "text_proposed"
    roles = frozenset({Role.CANDIDATE})

    @cached_property
    def helped(self) -> HelpedText | None:
        """Return the text, None once it was erased."""
        number = self.entry.facts_as(TextHelped).text if self.entry.facts else 0
        return HelpedText.objects.filter(pk=number).first()

    def still_true(self) -> bool:
        """Say whether it still waits for its candidate."""
        return self.helped is not None and self.helped.waits

    def path(self) -> str:
        """Return the page where it is read again."""
        number = self.entry.facts_as(TextHelped).text
        return reverse("writing:helped", args=[self.journey.pk, number])

    def title(self) -> str:
        """Return what the page of notices says."""
        return "Un texte écrit pour vous est à relire"

    def context(self, person: User) -> dict[str, Any]:
        """Return also who typed it."""
        return super().context(person) | {"writer": self.helped.writer if self.helped else ""}
