"""What tells that the registration of a certification ends soon."""

from typing import Any

from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.journeys.policy import known_to_certifier
from jalon.journeys.snapshot import snapshot
from jalon.law.clocks import french
from jalon.law.routing import ends_soon
from jalon.law.stages import UNDECIDED
from jalon.law.vocabulary import Occasion, Role
from jalon.mailbox.messages import Message, message, reached
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import holders
from jalon.now import today
from jalon.people.models import User


@message(Occasion.SHEET_ENDING)
class SheetEnding(Message[Journey]):
    """The registration of what a journey aims at ends in less than three months (R-011)."""

    name = "sheet_ending"
    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "SheetEnding | None":
        """Return the message about a journey."""
        known = Journey.objects.select_related("candidate", "certification", "certifier")
        journey = known.filter(pk=key).first()
        return cls(journey) if journey else None

    def recipients(self) -> list[User]:
        """Return the candidate, who accompanies them, and a certifier who knows of it, each once."""
        roles = {Role.CANDIDATE} | ({Role.ARCHITECT} if self.about.organisation_id else set())
        if known_to_certifier(self.about):
            roles.add(Role.CERTIFIER)
        found = {one.pk: one for role in Role if role in roles for one in holders(self.about, role)}
        return list(found.values())

    def still_true(self) -> bool:
        """Say whether the journey goes on and the registration still ends soon."""
        living = Journey.objects.under_way().filter(pk=self.about.pk).exists()
        return living and ends_soon(snapshot(self.about, Role.SYSTEM).sheet, today())

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"L’enregistrement de « {self.about.certification.title} » prend bientôt fin"

    def path(self) -> str:
        """Return the page of the journey."""
        return reverse("dossiers:journey", args=[self.about.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return the last day, and whether the person must be admissible before it."""
        ends_on = self.about.certification.ends_on
        return {
            "journey": self.about,
            "certification": self.about.certification,
            "certifier": reached(self.about.certifier),
            "architect": self.about.architect,
            "mine": self.about.candidate_id == person.pk,
            "answers": person in holders(self.about, Role.CERTIFIER),
            "ends_on": french(ends_on) if ends_on else "",
            "undecided": self.about.stage in UNDECIDED,
        }
