"""What the two files say of a journey, as the law needs to know it (R-013, R-014, R-050, R-051)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jalon.catalogue.models import Competence
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import contributes
from jalon.law.case import FeasibilityState, ValidationState
from jalon.law.cerfa import Activity, activities_lacking
from jalon.law.vocabulary import Route
from jalon.now import paris_day
from jalon.writing.models import (
    BlocClaim,
    CompetenceClaim,
    Experience,
    FeasibilityFile,
    Section,
    ValidationFile,
)


@contributes
def feasibility(journeys: Sequence[Journey]) -> Mapping[UUID, Mapping[str, Any]]:
    """Return what is in each feasibility file, as the gate needs to know it."""
    experiences = (
        Experience.objects.filter(journey=OuterRef("journey"))
        .order_by()
        .values("journey")
        .annotate(count=Count("pk"))
    )
    described = BlocClaim.objects.filter(feasibility=OuterRef("pk"), done=True)
    files = (
        FeasibilityFile.objects.filter(journey__in=[journey.pk for journey in journeys])
        .select_related("journey__candidate__candidate_profile", "request")
        .annotate(
            experience_count=Coalesce(
                Subquery(experiences.values("count"), output_field=IntegerField()), 0
            ),
            described=ArraySubquery(described.values("bloc__code")),
            unanswered=ArraySubquery(unanswered().values("title")),
        )
    )
    lacking = activities_of([one for one in journeys if one.route == Route.LAW_2002])
    return {
        file.journey_id: {"feasibility": feasibility_state(file, lacking.get(file.journey_id, ()))}
        for file in files
    }


def activities_of(journeys: Sequence[Journey]) -> dict[UUID, tuple[str, ...]]:
    """Return what the activities of requests of the 2002 route still lack; no statement without one."""
    if not journeys:
        return {}
    found: dict[UUID, list[Activity]] = defaultdict(list)
    for one in Experience.objects.filter(journey__in=[journey.pk for journey in journeys]):
        found[one.journey_id].append(one.activity)
    return {pk: activities_lacking(activities) for pk, activities in found.items()}


def unanswered() -> QuerySet[Competence]:
    """Return the targeted competences of which a feasibility file (the outer row) says nothing."""
    claims = CompetenceClaim.objects.filter(
        feasibility=OuterRef(OuterRef("pk")), competence=OuterRef("pk")
    )
    return (
        Competence.objects.filter(bloc__targeting_journeys=OuterRef("journey"))
        .exclude(Exists(claims))
        .order_by("bloc__position", "position")
    )


def feasibility_state(file: Any, activities: tuple[str, ...]) -> FeasibilityState:
    """Return one annotated file as the law sees it, with what its activities lack (2002)."""
    request = getattr(file, "request", None)
    return FeasibilityState(
        kind=file.kind,
        admissible_until=file.admissible_until,
        civil_status_complete=file.person.complete,
        prerequisites=file.prerequisites or None,
        experiences=file.experience_count,
        blocs_completed=frozenset(file.described),
        competences_unanswered=tuple(file.unanswered),
        trainings_chosen_on=file.trainings_chosen_at,
        opinion=file.opinion or None,
        confirmed_on=file.confirmed_at,
        sworn_on=file.sworn_at,
        completed_on=file.completed_on,
        hours_estimated=file.hours_individual is not None,
        nature=(request.nature or None) if request else None,
        request_complete=bool(request and request.complete),
        activities_lacking=activities,
    )


@contributes
def validation(journeys: Sequence[Journey]) -> Mapping[UUID, Mapping[str, Any]]:
    """Return what is in the validation file of each attempt under way."""
    sections = (
        Section.objects.asked()
        .filter(file=OuterRef("pk"))
        .order_by("competence__bloc__position", "competence__position")
    )
    files = (
        ValidationFile.objects.filter(attempt__journey__in=[journey.pk for journey in journeys])
        .order_by("attempt__journey", "-attempt__number")
        .distinct("attempt__journey")
        .annotate(
            unwritten=ArraySubquery(sections.unwritten().values("competence__title")),
            bloc_codes=ArraySubquery(sections.values("competence__bloc__code")),
        )
        .values("attempt__journey", "unwritten", "bloc_codes", "originality_at", "sent_at")
    )
    return {
        row["attempt__journey"]: {
            "validation": ValidationState(
                sections_missing=tuple(row["unwritten"]),
                blocs=frozenset(row["bloc_codes"]),
                originality_on=row["originality_at"],
                sent_on=paris_day(row["sent_at"]) if row["sent_at"] else None,
            )
        }
        for row in files
    }
