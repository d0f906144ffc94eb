"""The two files, one module each."""

from jalon.writing.models.feasibility import (
    AdmissibilityRequest,
    BlocClaim,
    CompetenceClaim,
    Experience,
    FeasibilityFile,
)
from jalon.writing.models.validation import Section, ValidationFile

__all__ = [
    "AdmissibilityRequest",
    "BlocClaim",
    "CompetenceClaim",
    "Experience",
    "FeasibilityFile",
    "Section",
    "ValidationFile",
]
