"""The two files, one module each."""

from jalon.writing.models.feasibility import (
    AdmissibilityRequest,
    BlocClaim,
    CompetenceClaim,
    Experience,
    FeasibilityFile,
)
from jalon.writing.models.remarks import Remark
from jalon.writing.models.rereading import ReadyBloc, SectionVersion, TickedPoint
from jalon.writing.models.validation import Section, ValidationFile

__all__ = [
    "AdmissibilityRequest",
    "BlocClaim",
    "CompetenceClaim",
    "Experience",
    "FeasibilityFile",
    "ReadyBloc",
    "Remark",
    "Section",
    "SectionVersion",
    "TickedPoint",
    "ValidationFile",
]
