"""What documents do after an act, beside printing: each function registers itself with `@after`."""

from collections import defaultdict
from collections.abc import Callable

from jalon.journeys.models import Journey
from jalon.law.vocabulary import Act

FollowUp = Callable[[Journey], object]

FOLLOW_UPS: dict[str, list[FollowUp]] = defaultdict(list)


def after(*acts: Act) -> Callable[[FollowUp], FollowUp]:
    """Register what the worker does to the documents of a journey once some acts are done."""

    def register(follow: FollowUp) -> FollowUp:
        for act in acts:
            FOLLOW_UPS[act].append(follow)
        return follow

    return register


def follow_up(act: str, journey: Journey) -> None:
    """Do to the documents of a journey what follows from an act; nothing for most acts."""
    for follow in FOLLOW_UPS.get(act, ()):
        follow(journey)
