"""Where a competence stands among those that a file asks for: its number, the one before and the one after."""

from dataclasses import dataclass

from jalon.writing.models import Section


@dataclass(frozen=True)
class Neighbours:
    """A competence among others, numbered from one; those around it by the numbers in their addresses."""

    place: int
    count: int
    before: int | None
    after: int | None


def around(section: Section) -> Neighbours:
    """Return where the text of a competence stands in its file."""
    every = list(section.file.sections.asked().values_list("competence_id", flat=True))
    here = every.index(section.competence_id)
    return Neighbours(
        place=here + 1,
        count=len(every),
        before=every[here - 1] if here else None,
        after=every[here + 1] if here + 1 < len(every) else None,
    )
