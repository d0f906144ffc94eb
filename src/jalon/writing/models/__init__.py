"""The two files, one module each; and what is typed in them."""

from jalon.writing.models.aids import AidTrace, WritingAid
from jalon.writing.models.autosave import Draft, Pen
from jalon.writing.models.feasibility import (
    AdmissibilityRequest,
    BlocClaim,
    CompetenceClaim,
    Experience,
    FeasibilityFile,
)
from jalon.writing.models.helped import HelpedText
from jalon.writing.models.remarks import Remark
from jalon.writing.models.rereading import ReadyBloc, SectionVersion, TickedPoint
from jalon.writing.models.validation import Section, ValidationFile

__all__ = [
    "AdmissibilityRequest",
    "AidTrace",
    "BlocClaim",
    "CompetenceClaim",
    "Draft",
    "Experience",
    "FeasibilityFile",
    "HelpedText",
    "Pen",
    "ReadyBloc",
    "Remark",
    "Section",
    "SectionVersion",
    "TickedPoint",
    "ValidationFile",
    "WritingAid",
]
