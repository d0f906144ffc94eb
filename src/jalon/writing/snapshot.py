"""What the two files say of a journey, as the law needs to know it (R-013, R-014, R-050, R-051)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from jalon.catalogue.models import Competence
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import contributes
from jalon.law.case import FeasibilityState, ValidationState
from jalon.law.cerfa import Activity, activities_lacking
from jalon.law.vocabulary import Route
from jalon.now import paris_day
from jalon.prepared import AnyOf, Given, Prepared
from jalon.writing.models import (
    AdmissibilityRequest,
    BlocClaim,
    CompetenceClaim,
    Experience,
    FeasibilityFile,
    Section,
    ValidationFile,
)
from jalon.writing.models.feasibility import who_asks

#: What a request of the 2002 route may not leave without, as seen from the file.
REQUEST = tuple(f"request__{name}" for name in AdmissibilityRequest.REQUIRED)


@Prepared
def told_of_feasibility() -> "QuerySet[Any, Any]":
    """Return all that is asked of the database by `feasibility`."""
    experiences = (
        Experience.objects.filter(journey=OuterRef("journey"))
        .order_by()
        .values("journey")
        .annotate(count=Count("pk"))
    )
    described = BlocClaim.objects.filter(feasibility=OuterRef("pk"), done=True)
    return (
        FeasibilityFile.objects.filter(AnyOf(F("journey_id"), Given("journeys")))
        .annotate(
            experience_count=Coalesce(
                Subquery(experiences.values("count"), output_field=IntegerField()), 0
            ),
            described=ArraySubquery(described.values("bloc__code")),
            unanswered=ArraySubquery(unanswered().values("title")),
            validation=Subquery(last_validation()),
        )
        .values(
            "journey_id",
            "kind",
            "admissible_until",
            "civil_status",
            "prerequisites",
            "experience_count",
            "described",
            "unanswered",
            "validation",
            "trainings_chosen_at",
            "opinion",
            "confirmed_at",
            "sworn_at",
            "completed_on",
            "hours_individual",
            *REQUEST,
        )
    )


@contributes
def files(journeys: Sequence[Journey]) -> Mapping[UUID, Mapping[str, Any]]:
    """Return what is in each feasibility file, as the gate needs to know it, and in the last validation file."""
    lacking = activities_of([one for one in journeys if one.route == Route.LAW_2002])
    by_pk = {journey.pk: journey for journey in journeys}
    return {
        pk: {"feasibility": feasibility_state(row, by_pk[pk], lacking.get(pk, ()))}
        | ({"validation": validation_state(row["validation"])} if row["validation"] else {})
        for row in told_of_feasibility.rows(journeys=list(by_pk))
        for pk in (row["journey_id"],)
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


def feasibility_state(
    row: Mapping[str, Any], journey: Journey, activities: tuple[str, ...]
) -> FeasibilityState:
    """Return what was read of a file as the law sees it, with what its activities lack (2002)."""
    return FeasibilityState(
        kind=row["kind"],
        admissible_until=row["admissible_until"],
        civil_status_complete=who_asks(row["civil_status"], journey.candidate).complete,
        prerequisites=row["prerequisites"] or None,
        experiences=row["experience_count"],
        blocs_completed=frozenset(row["described"]),
        competences_unanswered=tuple(row["unanswered"]),
        trainings_chosen_on=row["trainings_chosen_at"],
        opinion=row["opinion"] or None,
        confirmed_on=row["confirmed_at"],
        sworn_on=row["sworn_at"],
        completed_on=row["completed_on"],
        hours_estimated=row["hours_individual"] is not None,
        nature=row["request__nature"] or None,
        request_complete=all(row[name] for name in REQUEST),
        activities_lacking=activities,
    )


def last_validation() -> "QuerySet[Any, Any]":
    """Return the validation file of the last attempt of a journey (the outer row), as JSON."""
    sections = (
        Section.objects.asked()
        .filter(file=OuterRef("pk"))
        .order_by("competence__bloc__position", "competence__position")
    )
    return (
        ValidationFile.objects.filter(attempt__journey=OuterRef("journey"))
        .order_by("-attempt__number")
        .values(
            one=JSONObject(
                unwritten=ArraySubquery(sections.unwritten().values("competence__title")),
                blocs=ArraySubquery(sections.values("competence__bloc__code")),
                originality_at="originality_at",
                sent_at="sent_at",
            )
        )[:1]
    )


def validation_state(said: Mapping[str, Any]) -> ValidationState:
    """Return what is in a validation file as the law sees it."""
    signed, sent = said["originality_at"], said["sent_at"]
    return ValidationState(
        sections_missing=tuple(said["unwritten"]),
        blocs=frozenset(said["blocs"]),
        originality_on=datetime.fromisoformat(signed) if signed else None,
        sent_on=paris_day(datetime.fromisoformat(sent)) if sent else None,
    )
