"""Who and what is measured: people and journeys among the originals, the same at every size."""

from dataclasses import dataclass

from jalon.devtools.bench.copying import STRIDE
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.vocabulary import Act, Role, Stage
from jalon.people.models import Membership, User


@dataclass(frozen=True)
class Cast:
    """The people who look, and what they look at."""

    architect: User
    officer: User
    administrator: User
    shown: Journey
    received: Journey
    sending: JournalEntry

    @property
    def own_name(self) -> str:
        """Return a name that the architect looks for among their own files."""
        own = self.architect.accompanied_journeys.filter(candidate_id__lt=STRIDE)
        return own.order_by("candidate_id").values_list("candidate__last_name", flat=True)[0]

    @property
    def own_address(self) -> str:
        """Return an address that one candidate has, at every size: that of a copy bears its number."""
        own = self.architect.accompanied_journeys.filter(candidate_id__gt=STRIDE)
        return own.order_by("candidate_id").values_list("candidate__email", flat=True)[0]


def cast() -> Cast:
    """Return who and what is measured in the present database."""
    originals = Journey.objects.filter(candidate_id__lt=STRIDE).select_related(
        "candidate", "architect"
    )
    shown = originals.filter(stage=Stage.PARTIALLY_CERTIFIED).earliest("candidate_id")
    received = originals.filter(stage=Stage.FEASIBILITY_SENT).earliest("candidate_id")
    return Cast(
        architect=holder(Role.ARCHITECT),
        officer=holder(Role.CERTIFIER),
        administrator=holder(Role.ADMINISTRATOR),
        shown=shown,
        received=received,
        sending=received.journal.get(act=Act.SEND_FEASIBILITY),
    )


def holder(role: Role) -> User:
    """Return the first person who holds a role."""
    return Membership.objects.filter(role=role).earliest("user_id").user
