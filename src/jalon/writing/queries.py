"""Reads of the two files."""

from jalon.journeys.models import Attempt


def progress(attempt: Attempt) -> tuple[int, int]:
    """Return how many competences are written for an attempt, and how many there are to write."""
    sections = list(attempt.validation.sections.asked())
    return sum(section.written for section in sections), len(sections)
