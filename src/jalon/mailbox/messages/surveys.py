"""What asks a candidate for their opinion at the end of an accompaniment, once, with one reminder at most."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from jalon.law.survey import REMINDED_AFTER
from jalon.law.vocabulary import Occasion
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category
from jalon.now import midnight
from jalon.people.models import User
from jalon.support.models import Survey


@message(Occasion.SURVEY_ASKED)
class SurveyAsked(Message[Survey]):
    """Five questions, on one page; nobody has to answer."""

    name = "survey_asked"

    @classmethod
    def find(cls, key: str) -> "SurveyAsked | None":
        """Return the message about somebody who was asked."""
        asked = Survey.objects.select_related("journey__candidate", "organisation").filter(pk=key)
        found = asked.first()
        return cls(found) if found else None

    def recipients(self) -> list[User]:
        """Return the candidate; nobody writes to the dead."""
        candidate = self.about.journey.candidate
        return [candidate] if candidate.deceased_on is None else []

    def still_true(self) -> bool:
        """Say whether no answer was given yet."""
        return not self.about.answered

    def title(self) -> str:
        """Return what the page of notices says."""
        return "Votre avis sur votre accompagnement"

    def path(self) -> str:
        """Return the page of the questions."""
        return reverse("candidate:survey", args=[self.about.journey_id])

    def context(self, person: User) -> dict[str, Any]:
        """Return who accompanied."""
        return {"organisation": self.about.organisation.name}


@message(Occasion.SURVEY_ASKED)
class SurveyReminder(SurveyAsked):
    """The same, once more, for who did not answer."""

    name = "survey_reminder"
    category = Category.REMINDERS

    def when(self) -> datetime:
        """Return the morning on which one reminds."""
        day = self.about.asked_on + timedelta(days=REMINDED_AFTER)
        return midnight(day) + timedelta(hours=9)
