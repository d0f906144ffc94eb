"""What tells a candidate that an hour sooner than theirs is kept for them; it says nothing of why it is free."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from jalon.law.vocabulary import Occasion, Role
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import holders
from jalon.people.models import User
from jalon.support.links import offer_token
from jalon.support.models import EarlierOffer
from jalon.support.queries import booking_to_come


@message(Occasion.EARLIER_OFFERED)
class EarlierOffered(Message[EarlierOffer]):
    """An hour is free sooner, and kept for who waited."""

    name = "earlier_offered"
    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "EarlierOffered | None":
        """Return the message about the hour under a key."""
        known = EarlierOffer.objects.select_related("wish__journey__candidate", "architect", "site")
        kept = known.filter(pk=key).first()
        return cls(kept) if kept else None

    def recipients(self) -> list[User]:
        """Return the candidate."""
        return holders(self.about.wish.journey, Role.CANDIDATE)

    def still_true(self) -> bool:
        """Say whether the hour is still kept."""
        return EarlierOffer.objects.in_force().filter(pk=self.about.pk).exists()

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Une heure plus tôt est gardée pour vous\N{NO-BREAK SPACE}: {self.about.when}"

    def path(self) -> str:
        """Return the page where the candidate says which sooner hours would suit."""
        return reverse("candidate:earlier", args=[self.about.wish.journey_id])

    def context(self, person: User) -> dict[str, Any]:
        """Return the hour, until when it is kept, one's own, and the link that takes it."""
        page = reverse("public:earlier_offer", args=[offer_token(self.about)])
        return {
            "offer": self.about,
            "booking": booking_to_come(self.about.wish.journey),
            "take": settings.SITE_ADDRESS + page,
        }
