"""What tells those who follow a file that the register shortened the sheet that it aims at."""

from functools import cached_property
from typing import Any

from jalon.catalogue.queries import sheet
from jalon.journeys.policy import known_to_certifier
from jalon.law.facts import SheetShortened
from jalon.law.routing import shortening
from jalon.law.rulebook import enforces
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Accompaniment, Event, Role
from jalon.mailbox import recipients
from jalon.mailbox.messages import EventMessage, message
from jalon.mailbox.models import Category
from jalon.people.models import User


@message(Event.SHEET_SHORTENED)
class SheetAlert(EventMessage):
    """The sheet stops, or ends earlier: its architect and its certifier see what becomes of the file."""

    name = "sheet_shortened"
    category = Category.DECISIONS
    roles = frozenset({Role.ARCHITECT, Role.CERTIFIER, Role.CANDIDATE})

    @enforces("R-131")
    def recipients(self) -> list[User]:
        """Return who follows the file: on their own, the candidates themselves.

        A certifier that was asked nothing yet does not know of it.
        """
        roles = {Role.ARCHITECT}
        if self.journey.accompaniment == Accompaniment.ALONE:
            roles = {Role.CANDIDATE}
        if known_to_certifier(self.journey):
            roles.add(Role.CERTIFIER)
        return recipients.people(self.entry, [role for role in Role if role in roles])

    def still_true(self) -> bool:
        """Say whether the file is under way and the sheet still shorter than it was."""
        now = sheet(self.journey.certification, ())
        return self.journey.stage not in ENDS and bool(shortening(self.facts.was, now))

    @cached_property
    def facts(self) -> SheetShortened:
        """Return what the register said before, and what it says now."""
        return self.entry.facts_as(SheetShortened)

    def context(self, person: User) -> dict[str, Any]:
        """Return what was shortened, in words, and which sheet replaces it."""
        facts = self.facts
        return super().context(person) | {
            "shortened": shortening(facts.was, facts.now),
            "successor": facts.successor,
        }
