"""The links by which a candidate answers a reminder, and what tells of the answer."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.law.news import may_stop
from jalon.law.vocabulary import Act, Event, Role
from jalon.mailbox.messages import EntryMessage, EventMessage, message
from jalon.mailbox.models import Category
from jalon.people.models import User
from jalon.support.links import news_token


def news_links(journey: Journey) -> dict[str, str]:
    """Return the links of a reminder: I go on, and I stop, which is empty where nothing is left to stop."""
    token = news_token(journey)
    goes_on, stops = (
        settings.SITE_ADDRESS + reverse(f"public:{page}", args=[token])
        for page in ("goes_on", "stops")
    )
    return {"goes_on": goes_on, "stops": "" if may_stop(journey.stage) else stops}


@message(Event.GOES_ON)
class CandidateGoesOn(EventMessage):
    """A candidate answered a reminder: they go on."""

    name = "candidate_goes_on"
    roles = frozenset({Role.ARCHITECT})

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"{self.journey.candidate.get_full_name()} continue son parcours"

    def context(self, person: User) -> dict[str, Any]:
        """Return also how the candidate is called."""
        return super().context(person) | {"candidate": self.journey.candidate.get_full_name()}


@message(Act.DROP_OUT)
class JourneyStopped(EntryMessage):
    """A candidate stopped: how to come back."""

    name = "journey_stopped"
    category = Category.DECISIONS
    roles = frozenset({Role.CANDIDATE})

    def still_true(self) -> bool:
        """Say whether they did not come back since."""
        return self.journey.stage == self.entry.stage_after
