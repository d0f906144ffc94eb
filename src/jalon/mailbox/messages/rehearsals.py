"""What tells a candidate that the grid of their rehearsal is theirs to read."""

from typing import Any

from django.urls import reverse

from jalon.law.facts import RehearsalShared
from jalon.law.vocabulary import Event, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.people.models import User
from jalon.support.models import MockGrid


@message(Event.REHEARSAL_SHARED)
class GridShared(EventMessage):
    """Who accompanies shared the grid of a rehearsal."""

    name = "rehearsal_shared"
    roles = frozenset({Role.CANDIDATE})

    @property
    def grid(self) -> MockGrid | None:
        """Return the grid, None once it was erased."""
        number = self.entry.facts_as(RehearsalShared).grid if self.entry.facts else 0
        return MockGrid.objects.select_related("written_by").filter(pk=number).first()

    def still_true(self) -> bool:
        """Say whether the grid is still there."""
        return self.grid is not None

    def path(self) -> str:
        """Return the page of the grid."""
        number = self.entry.facts_as(RehearsalShared).grid
        return reverse("dossiers:rehearsal_grid", args=[self.journey.pk, number])

    def title(self) -> str:
        """Return what the page of notices says."""
        return "La grille de votre entraînement est à lire"

    def context(self, person: User) -> dict[str, Any]:
        """Return also who shared it."""
        return super().context(person) | {"author": str(self.entry.author)}
