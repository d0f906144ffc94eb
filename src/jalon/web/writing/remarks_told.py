"""Remarks as both sides read them: by question, those still to settle first."""

from dataclasses import dataclass

from django.db.models import QuerySet

from jalon.law.vocabulary import RemarkState
from jalon.writing.models import Remark, Section


@dataclass(frozen=True)
class OfQuestion:
    """A question of the text, and the remarks on what was answered to it."""

    name: str
    label: str
    remarks: list[Remark]


def told(remarks: QuerySet[Remark]) -> list[OfQuestion]:
    """Return the remarks of one text under their questions; a question without any is left out."""
    found = sorted(
        remarks.select_related("author", "section"), key=lambda one: one.state != RemarkState.OPEN
    )
    return [
        OfQuestion(name, label_of(name), own)
        for name in Section.QUESTIONS
        if (own := [one for one in found if one.question == name])
    ]


def label_of(question: str) -> str:
    """Return a question in the words the candidate is asked."""
    return str(getattr(Section, question).field.verbose_name)
