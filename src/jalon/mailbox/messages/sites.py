"""What tells colleagues that a site closes at which they still receive."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from jalon.law.vocabulary import Occasion
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import accompanists_of
from jalon.people.models import User
from jalon.support.models import Booking, Site, Workshop
from jalon.support.sites import meetings_at, workshops_at

#: How many meetings and workshops the e-mail names; the page of the site has them all.
NAMED = 10


@message(Occasion.SITE_CLOSED)
class SiteClosed(Message[Site]):
    """A colleague closes a site: whoever still receives there moves their meetings and their workshops.

    The key says also from which day, and who closed it: they know.
    """

    name = "site_closed"
    category = Category.DECISIONS

    def __init__(self, about: Site, key: str) -> None:
        super().__init__(about, key)
        _, day, by = key.split(".")
        self.closes_on, self.by = date.fromisoformat(day), int(by)

    @classmethod
    def find(cls, key: str) -> "SiteClosed | None":
        """Return the message about the site of a number."""
        found = Site.objects.filter(pk=key.partition(".")[0]).first()
        return cls(found, key) if found else None

    def meetings(self) -> QuerySet[Booking]:
        """Return the meetings that are still to come there."""
        return meetings_at(self.about, self.closes_on)

    def workshops(self) -> QuerySet[Workshop]:
        """Return the workshops that are still to come there."""
        return workshops_at(self.about, self.closes_on)

    def recipients(self) -> list[User]:
        """Return who receives there after that day, or whoever answers for them; not who closed it."""
        receiving = {one.architect_id for one in self.meetings()}
        receiving |= {one.led_by_id for one in self.workshops()}
        told = {
            person.pk: person
            for one in sorted(receiving - {self.by})
            for person in accompanists_of(self.about.organisation_id, one)
        }
        return [person for person in told.values() if person.pk != self.by]

    def still_true(self) -> bool:
        """Say whether the site still closes on that day."""
        return self.about.closes_on == self.closes_on

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Site fermé : {self.about.name}"

    def path(self) -> str:
        """Return the page of the site, with what is still to come there."""
        return reverse("architect:site", args=[self.about.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return the site, and what the person still has there."""
        return {
            "site": self.about,
            "closes_on": self.closes_on,
            "meetings": self.meetings().filter(architect=person)[:NAMED],
            "workshops": self.workshops().filter(led_by=person)[:NAMED],
        }
