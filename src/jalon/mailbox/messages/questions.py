"""What tells a certifier that they are asked something, and who accompanies that it is answered."""

from typing import Any

from django.urls import reverse

from jalon.journeys.models import CertifierQuestion
from jalon.law.facts import QuestionTouched
from jalon.law.vocabulary import Event, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.people.models import User


class QuestionMessage(EventMessage):
    """A message about a question to the certifier: its words stay in Jalon."""

    @property
    def question(self) -> CertifierQuestion | None:
        """Return the question, None once it was erased."""
        number = self.entry.facts_as(QuestionTouched).question if self.entry.facts else 0
        return CertifierQuestion.objects.filter(pk=number).first()

    def path(self) -> str:
        """Return the page of the exchanges."""
        return reverse("dossiers:exchanges", args=[self.journey.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return also how the candidate is called: both sides know them."""
        return super().context(person) | {"candidate": self.journey.candidate.get_full_name()}


@message(Event.CERTIFIER_ASKED)
class CertifierAsked(QuestionMessage):
    """Who accompanies asks the certifier something."""

    name = "certifier_asked"
    roles = frozenset({Role.CERTIFIER})

    def still_true(self) -> bool:
        """Say whether the question still waits, for the certifier that was asked."""
        asked = self.question
        if asked is None or asked.answered_on is not None:
            return False
        return asked.certifier_id == self.journey.certifier_id


@message(Event.CERTIFIER_ANSWERED)
class CertifierAnswered(QuestionMessage):
    """The certifier answered."""

    name = "certifier_answered"
    roles = frozenset({Role.ARCHITECT})

    def still_true(self) -> bool:
        """Say whether the answer is still there."""
        return self.question is not None
