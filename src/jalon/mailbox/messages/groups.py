"""What tells the referent of a company's group that somebody joined it whom nobody accompanies yet."""

from typing import Any

from django.urls import reverse

from jalon.law.stages import ENDS
from jalon.law.vocabulary import Occasion
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import accompanists_of
from jalon.people.models import User
from jalon.support.models import GroupMember


@message(Occasion.GROUP_JOINED)
class GroupJoined(Message[GroupMember]):
    """A candidate without an architect joined a group: its referent may take them on."""

    name = "group_joined"
    category = Category.PROGRESS

    @classmethod
    def find(cls, key: str) -> "GroupJoined | None":
        """Return the message about the member under a key."""
        related = ("group", "journey__candidate", "journey__certification")
        member = GroupMember.objects.living().filter(pk=key).select_related(*related).first()
        return cls(member) if member else None

    def recipients(self) -> list[User]:
        """Return the referent, or whoever answers for them."""
        group = self.about.group
        return accompanists_of(group.organisation_id, group.referent_id)

    def still_true(self) -> bool:
        """Say whether nobody accompanies the candidate yet, on a journey that goes on."""
        return self.about.journey.architect_id is None and self.about.journey.stage not in ENDS

    def title(self) -> str:
        """Return what the page of notices says."""
        name = self.about.journey.candidate.get_full_name()
        return f"{name} a rejoint votre groupe\N{NO-BREAK SPACE}: à prendre en charge"

    def path(self) -> str:
        """Return the page of the journey, with the button that takes it on."""
        return reverse("dossiers:journey", args=[self.about.journey_id])

    def context(self, person: User) -> dict[str, Any]:
        """Return the group, the journey and its certification."""
        journey = self.about.journey
        return {
            "group": self.about.group,
            "journey": journey,
            "certification": journey.certification,
        }
