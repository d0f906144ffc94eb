"""Reading a file whole before it leaves, and after: each text beside what the certification asks.

Those who write and those who decide read the same words.
"""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.documents import queries as documents
from jalon.documents.generated.feasibility import sections_of
from jalon.documents.models import Origin
from jalon.journeys import queries
from jalon.journeys.models import Attempt, Journey
from jalon.journeys.policy import capacity, reads_sensitive
from jalon.law import writing
from jalon.law.admissibility import content_missing
from jalon.law.vocabulary import Act
from jalon.people.models import User
from jalon.web.access import Visit, followed, found
from jalon.web.writing.pages import shared
from jalon.writing import aids
from jalon.writing.models import Section
from jalon.writing.policy import attempts_to_read, remarks_to_read


@login_required
@require_safe
def review(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Read the whole file, each answer beside what the certification asks."""
    journey = followed(request, id, "lecture du dossier de faisabilité")
    writes = bool(capacity(request.user, journey) & writing.FEASIBILITY.writers)
    position = queries.position(request.user, journey)
    return render(
        request,
        "writing/review.html",
        shared(request, journey)
        | {
            "file": journey.feasibility,
            "sections": sections_of(journey, whole=reads_sensitive(request.user, journey)),
            "blocs": journey.targeted.prefetch_related("competences__criteria").order_by(
                "position"
            ),
            "claims": {one.competence_id: one for one in journey.feasibility.competences.all()},
            "texts": {one.bloc_id: one.text for one in journey.feasibility.blocs.all()},
            "documents": documents.documents(request.user, journey).filter(origin=Origin.UPLOADED),
            "missing": content_missing(position.case),
            "signs": any(transition.act == Act.CONFIRM_FEASIBILITY for transition in position.acts),
            "writes": writes,
            "editable": writes and journey.stage in writing.FEASIBILITY.stages,
        },
    )


@login_required
@require_safe
def reading(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Read a validation file, each text beside the competence and its criteria."""
    journey = found(request, id, "lecture du dossier de validation")
    attempt = attempts_to_read(request.user, journey).last()
    if attempt is None:
        raise Http404
    return render(
        request,
        "writing/reading.html",
        shared(request, journey)
        | {
            "attempt": attempt,
            "file": attempt.validation,
            "sections": sections_to_read(attempt),
            "remarks": remarks_open(request.user, journey),
            "helped_by": aids.helped_by(journey),
            "adjustments": aids.as_adjustments(request.user, journey),
            "helps": writing.may_help(journey.stage, capacity(request.user, journey)) is None,
        },
    )


def remarks_open(person: User, journey: Journey) -> bool:
    """Say whether a person has remarks to say on the texts of a journey, or to read again."""
    return bool(capacity(person, journey) & writing.REMARKERS) and (
        journey.stage in writing.VALIDATION.stages or remarks_to_read(person, journey).exists()
    )


def sections_to_read(attempt: Attempt) -> list[Section]:
    """Return the texts of an attempt, with what the certification asks of each."""
    return list(
        attempt.validation.sections.asked()
        .select_related("competence__bloc")
        .prefetch_related("competence__criteria", "evidence", "helped")
    )
