"""What the two files hold about a person, for the copy that they may ask for (R-122)."""

from typing import Any

from jalon.journeys.rights import row, tells
from jalon.people.models import User
from jalon.writing.models import (
    AdmissibilityRequest,
    BlocClaim,
    CompetenceClaim,
    Experience,
    FeasibilityFile,
    Section,
    ValidationFile,
)


@tells("experiences")
def experiences(person: User) -> Any:
    """Return the experiences of a person."""
    own = Experience.objects.filter(journey__candidate=person).select_related("journey")
    return [row(one) | {"dossier": one.journey.reference} for one in own]


@tells("dossiers_de_faisabilite")
def feasibility_files(person: User) -> Any:
    """Return each feasibility file, with what was said of each bloc and competence."""
    own = FeasibilityFile.objects.filter(journey__candidate=person).select_related("journey")
    return [feasibility(one) for one in own.order_by("pk")]


def feasibility(file: FeasibilityFile) -> dict[str, Any]:
    """Return what a feasibility file holds."""
    request = AdmissibilityRequest.objects.filter(feasibility=file).first()
    blocs = BlocClaim.objects.filter(feasibility=file).select_related("bloc")
    known = CompetenceClaim.objects.filter(feasibility=file).select_related("competence")
    return row(file) | {
        "dossier": file.journey.reference,
        "demande": row(request) if request else None,
        "blocs": [row(one, "bloc") for one in blocs],
        "competences": [row(one, "competence") for one in known],
    }


@tells("dossiers_de_validation")
def validation_files(person: User) -> Any:
    """Return each validation file, with the texts written for each competence."""
    own = ValidationFile.objects.filter(attempt__journey__candidate=person)
    return [
        row(one, "attempt")
        | {
            "dossier": one.attempt.journey.reference,
            "textes": [
                row(section, "competence")
                for section in Section.objects.filter(file=one).select_related("competence")
            ],
        }
        for one in own.select_related("attempt__journey").order_by("pk")
    ]
