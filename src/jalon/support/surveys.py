"""Asking candidates what they think of their accompaniment once it ends, and reading the answers without names."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from jalon.journeys.actions import locked
from jalon.journeys.figures import Team
from jalon.journeys.models import Journey
from jalon.journeys.telling import tell
from jalon.law import survey as law
from jalon.law.figures import Span, fewest_people
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Occasion
from jalon.now import midnight, today
from jalon.support.models import Meeting, Survey, SurveyAnswer


def to_ask() -> QuerySet[Journey]:
    """Return those whose accompaniment gave its result or ended lately, and who were not asked."""
    since = midnight(today() - timedelta(days=law.ASKED_WITHIN))
    return ended().filter(stage_since__gte=since)


def ended() -> QuerySet[Journey]:
    """Return the journeys whose accompaniment gave its result or ended, and whose candidate was not asked."""
    met = Meeting.objects.filter(journey=OuterRef("pk"))
    known = Journey.objects.filter(stage__in=law.ASKED_AT, survey=None, purged_at=None)
    living = known.filter(organisation__isnull=False, candidate__deceased_on=None)
    return living.filter(Exists(met)).order_by("pk")


@transaction.atomic
def ask(journey: Journey, organisation: int) -> Survey | None:
    """Ask a candidate about who accompanied them, and have them told; None when they were asked already."""
    asked, new = Survey.objects.get_or_create(
        journey=journey, defaults={"organisation_id": organisation}
    )
    if new:
        tell(Occasion.SURVEY_ASKED, str(asked.pk))
    return asked if new else None


@transaction.atomic
def answer(journey_id: uuid.UUID, said: Mapping[str, str]) -> None:
    """Keep an answer, apart from who gave it; raises `Refused`, or DoesNotExist for who was not asked."""
    asked = Survey.objects.select_for_update().get(journey=locked(journey_id))
    refuse(law.something_said(said, answered=asked.answered))
    SurveyAnswer.objects.create(
        organisation_id=asked.organisation_id, month=today().replace(day=1), **said
    )
    asked.answered = True
    asked.save(update_fields=["answered"])


def opinions(team: Team, span: Span) -> list[law.Opinion]:
    """Return what the candidates of a team answered in the months of a span, question by question."""
    found = SurveyAnswer.objects.filter(month__lte=span.last).order_by("month", "pk")
    if team.organisations is not None:
        found = found.filter(organisation__in=team.organisations)
    answers = list(found.values("organisation", "month", *law.QUESTIONS))
    return law.opinions(answers, fewest_people(today()), span.first.replace(day=1))
