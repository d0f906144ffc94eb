"""When a file may be written, and by whom (R-017)."""

from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Role, Stage

EDITABLE_FEASIBILITY = frozenset(
    {Stage.REGISTERED, Stage.TAKEN_ON, Stage.MEETING_HELD, Stage.PATH_PROPOSED,
     Stage.PATH_ACCEPTED, Stage.FEASIBILITY_INCOMPLETE}
)  # fmt: skip
EDITABLE_VALIDATION = frozenset({Stage.ADMISSIBLE, Stage.VALIDATION_RETURNED})
WRITERS = frozenset({Role.CANDIDATE, Role.ARCHITECT, Role.HEAD})


@enforces("R-017")
def may_write(editable: frozenset[Stage], stage: Stage, able: frozenset[Role]) -> Refusal | None:
    """Refuse to change a file that has left; writing in one undoes its signatures."""
    if stage in editable and able & WRITERS:
        return None
    return Refusal("R-017", "Ce dossier n’est plus modifiable à cette étape.")
