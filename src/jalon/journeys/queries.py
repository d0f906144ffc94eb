"""Reads of journeys: each takes the viewer first, and shows what the policy lets them see."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from jalon.journeys.models import AccessLog, Clock, JournalEntry, Journey
from jalon.journeys.picture import picture
from jalon.law import lifecycle, writing
from jalon.law.admissibility import bloc_filing_warning
from jalon.law.case import Case
from jalon.law.lifecycle import Transition
from jalon.law.routing import delivery_warning
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import Accompaniment, ClockKind, ClockState, Role, Route, Stage
from jalon.people.models import User
from jalon.people.policy import capacity, roles, visible


def journeys(viewer: User) -> QuerySet[Journey]:
    """Return the journeys a person may see, with what a list shows of each."""
    return (
        Journey.objects.filter(visible(viewer))
        .distinct()
        .select_related("candidate", "certification", "architect", "organisation")
        .prefetch_related(
            Prefetch(
                "clocks",
                queryset=Clock.objects.filter(state=ClockState.RUNNING).order_by("limit_on"),
                to_attr="running_clocks",
            )
        )
    )


def caseload(
    viewer: User, *, stages: Iterable[Stage] = (), text: str = "", mine: bool = False
) -> QuerySet[Journey]:
    """Return a caseload, the longest waiting first; words forgive accents and case."""
    found = journeys(viewer)
    if stages := list(stages):
        found = found.filter(stage__in=stages)
    if mine:
        found = found.filter(mine_or_nobodys(viewer))
    for word in text.split():
        found = found.filter(
            Q(candidate__last_name__unaccent__icontains=word)
            | Q(candidate__first_name__unaccent__icontains=word)
            | Q(reference__icontains=word)
            | Q(certification__title__unaccent__icontains=word)
            | Q(certification__code__icontains=word)
        )
    return found.order_by("stage_since", "pk")


def mine_or_nobodys(viewer: User) -> Q:
    """Return the condition that keeps an architect's own files and those nobody took on yet."""
    return Q(architect=viewer) | Q(architect__isnull=True, stage=Stage.REGISTERED)


def counts(viewer: User, *, mine: bool = False) -> dict[Stage, int]:
    """Return how many journeys stand at each stage, among those a person may see."""
    wanted = visible(viewer) & mine_or_nobodys(viewer) if mine else visible(viewer)
    rows = (
        Journey.objects.filter(wanted)
        .values("stage").annotate(count=Count("pk", distinct=True)).order_by()
    )  # fmt: skip
    return {Stage(row["stage"]): row["count"] for row in rows}


@enforces("R-124")
def journey(viewer: User, id: uuid.UUID, *, what: str = "dossier") -> Journey:
    """Return one journey; a professional's look at it is recorded. Raises DoesNotExist."""
    found = journeys(viewer).select_related("feasibility", "certifier").get(pk=id)
    if found.candidate_id != viewer.pk:
        AccessLog.objects.create(journey=found, reader=viewer, what=what)
    return found


def current(candidate: User) -> Journey | None:
    """Return the journey a candidate is on: the open one, else the latest."""
    own = Journey.objects.filter(candidate=candidate).select_related(
        "certification", "feasibility", "architect", "organisation", "certifier"
    )
    return (
        own.exclude(stage__in=lifecycle.ENDS).order_by("-registered_at").first()
        or own.order_by("-registered_at").first()
    )


def may(viewer: User, journey: Journey) -> tuple[Transition, ...]:
    """Return the rows of the table that this person may try on this journey now."""
    able = capacity(viewer, journey)
    found: dict[str, Transition] = {}
    for role in Role:
        if role in able:
            for line in lifecycle.open_rows(
                Stage(journey.stage),
                Route(journey.route),
                Accompaniment(journey.accompaniment),
                role,
            ):
                found.setdefault(line.act, line)
    if not found:
        return ()
    standing = case(viewer, journey)
    return tuple(line for line in found.values() if lifecycle.offered(line, standing))


def case(viewer: User, journey: Journey) -> Case:
    """Return the picture of a journey for the lists of what is missing that pages show."""
    able = capacity(viewer, journey) or roles(viewer)
    role = next((role for role in Role if role in able), Role.CANDIDATE)
    return picture(journey, role)


def warnings(viewer: User, journey: Journey) -> list[Refusal]:
    """Return what people should know of a journey though nothing forbids it (R-012, R-020)."""
    picture_now = case(viewer, journey)
    planned = picture_now.hearing_on
    waited_for = picture_now.clock(ClockKind.HEARING)
    forecast = planned or (waited_for.target_on if waited_for else picture_now.today)
    found = (
        [delivery_warning(picture_now.sheet, forecast)]
        if journey.step not in lifecycle.ENDS
        else []
    )
    if journey.step in writing.EDITABLE_FEASIBILITY:
        found.append(bloc_filing_warning(picture_now))
    return [warning for warning in found if warning]


def journal(viewer: User, journey: Journey) -> QuerySet[JournalEntry]:
    """Return the acts of a journey, the latest first."""
    return (
        JournalEntry.objects.filter(
            journey=journey, journey__in=Journey.objects.filter(visible(viewer))
        )
        .select_related("author")
        .order_by("-number")
    )


def clocks(viewer: User, journey: Journey) -> QuerySet[Clock]:
    """Return the clocks of a journey, the living ones first."""
    return Clock.objects.filter(
        journey=journey, journey__in=Journey.objects.filter(visible(viewer))
    ).order_by("ended_on", "limit_on")
