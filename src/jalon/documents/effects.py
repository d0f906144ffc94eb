"""What acts do to the files of a journey."""

from typing import Any

from jalon.documents.actions import remove_identity
from jalon.journeys.registry import ActContext, effect
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act


@effect(
    Act.DECLARE_ADMISSIBLE,
    Act.DECLARE_INADMISSIBLE,
    Act.ADMIT_TACITLY,
    Act.CONFIRM_TACIT,
    Act.OVERTURN_TACIT,
)
@enforces("R-036")
def forget_identity(ctx: ActContext[Any]) -> None:
    """The identity documents served to decide on admissibility: they go with the decision."""
    remove_identity(ctx.journey)
