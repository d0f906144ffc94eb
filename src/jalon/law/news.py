"""The news that a candidate gives by the link of a reminder: they go on, or they stop."""

from datetime import timedelta

from jalon.law.rulebook import Refusal
from jalon.law.stages import LEAVABLE, UNDER_WAY
from jalon.law.vocabulary import Stage

#: For how long the link of a reminder takes an answer.
LINK_SERVES = timedelta(days=30)


def may_go_on(stage: Stage) -> Refusal | None:
    """Refuse to go on with what is over."""
    if stage in UNDER_WAY:
        return None
    return Refusal.permission(
        "Ce parcours n’est plus en cours : ouvrez votre page pour le reprendre."
    )


def may_stop(stage: Stage) -> Refusal | None:
    """Refuse to stop by a link where nothing is left to stop."""
    if stage in LEAVABLE:
        return None
    return Refusal.permission("Ce parcours ne s’arrête pas à cette étape : appelez-nous.")
