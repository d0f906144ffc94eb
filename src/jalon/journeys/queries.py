"""Reads of journeys: each takes the viewer first, and shows what the policy lets them see."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from jalon.journeys.models import AccessLog, BlocAward, Clock, JournalEntry, Journey
from jalon.journeys.models.journey import waits_for
from jalon.journeys.policy import capacity, reporting, visible
from jalon.journeys.snapshot import snapshot
from jalon.law import lifecycle, writing
from jalon.law.admissibility import bloc_filing_warning
from jalon.law.case import Case
from jalon.law.dates import Opening
from jalon.law.facts import Registration
from jalon.law.outside import may_be_reported
from jalon.law.routing import delivery_warning, opening_on
from jalon.law.rulebook import Refusal, enforces
from jalon.law.stages import ENDS, StageFilter
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Act, ClockKind, Pending, Role, Stage
from jalon.now import paris_day
from jalon.people.models import Membership, Organisation, User
from jalon.people.policy import roles
from jalon.people.queries import accompanying

#: Whom and what a line about a journey names.
SHOWN = ("candidate", "certification", "architect", "organisation")


def journeys(viewer: User) -> QuerySet[Journey]:
    """Return the journeys a person may see, with what a list shows of each."""
    return (
        Journey.objects.filter(visible(viewer))
        .select_related(*SHOWN)
        .prefetch_related(
            Prefetch(
                "clocks",
                queryset=Clock.objects.running().statutory().order_by("limit_on"),
                to_attr="running_clocks",
            )
        )
    )


def caseload(
    viewer: User,
    *,
    stages: Iterable[Stage] = (),
    pending: Iterable[Pending] = (),
    text: str = "",
    mine: bool = False,
) -> QuerySet[Journey]:
    """Return a caseload, the nearest deadline first, then the longest waiting.

    It keeps the journeys at some stages, and those on which something waits. Words forgive accents
    and case.
    """
    found = journeys(viewer)
    stages, pending = list(stages), list(pending)
    if stages or pending:
        found = found.filter(Q(stage__in=stages) | waits_for(pending))
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
    running = Clock.objects.running().statutory().filter(journey=OuterRef("pk"))
    due = Subquery(running.order_by("limit_on").values("limit_on")[:1])
    return found.annotate(due_on=due).order_by(
        F("due_on").asc(nulls_last=True), "stage_since", "pk"
    )


def mine_or_nobodys(viewer: User) -> Q:
    """Return the condition that keeps an architect's own files and those nobody took on yet."""
    return Q(architect=viewer) | Q(architect__isnull=True, stage=Stage.REGISTERED)


def counts(
    viewer: User, filters: Sequence[StageFilter], *, mine: bool = False
) -> list[tuple[StageFilter, int]]:
    """Return each filter with how many journeys it keeps, among those a person may see."""
    wanted = visible(viewer) & mine_or_nobodys(viewer) if mine else visible(viewer)
    kept = {
        f"kept_{number}": Count("pk", filter=Q(stage__in=one.stages) | waits_for(one.pending))
        for number, one in enumerate(filters)
    }
    found = Journey.objects.filter(wanted).aggregate(**kept)
    return [(one, found[f"kept_{number}"]) for number, one in enumerate(filters)]


@enforces("R-124")
def journey(viewer: User, id: uuid.UUID, *, what: str = "dossier") -> Journey:
    """Return one journey; a professional's look at it is recorded. Raises DoesNotExist."""
    seen = Journey.objects.filter(visible(viewer)).select_related(*SHOWN, "certifier")
    found = seen.select_related("candidate__candidate_profile").get(pk=id)
    if found.candidate_id != viewer.pk:
        AccessLog.objects.create(journey=found, reader=viewer, what=what)
    return found


def current(candidate: User) -> Journey | None:
    """Return the journey a candidate is on: the open one, else the latest."""
    own = Journey.objects.filter(candidate=candidate).select_related(
        "candidate__candidate_profile",
        "certification",
        "architect",
        "organisation",
        "certifier",
    )
    return (
        own.under_way().order_by("-registered_at").first() or own.order_by("-registered_at").first()
    )


def under_way(candidate: User) -> QuerySet[Journey]:
    """Return the journeys of a candidate that have not come to an end."""
    return Journey.objects.under_way().filter(candidate=candidate)


@dataclass(frozen=True)
class Position:
    """Where a journey stands for somebody: what they may try, what they should know, its clocks.

    `reports` are the acts of somebody outside that this person may write down.
    """

    case: Case
    acts: tuple[Transition, ...]
    reports: tuple[Transition, ...]
    warnings: tuple[Refusal, ...]
    clocks: tuple[Clock, ...]

    @property
    def deadlines(self) -> tuple[Clock, ...]:
        """Return the running delays that the law sets, the nearest first."""
        return tuple(clock for clock in self.clocks if clock.running and clock.statutory)


def position(viewer: User, journey: Journey) -> Position:
    """Return where a journey stands for a person who sees it; its rows are read once."""
    able = capacity(viewer, journey)
    role = next((role for role in Role if role in (able or roles(viewer))), Role.CANDIDATE)
    case = snapshot(journey, role)
    clocks = sorted(
        journey.clocks.all(),
        key=lambda one: (not one.running, one.ended_on or one.limit_on, one.limit_on),
    )
    return Position(
        case, may(case, able), reports(viewer, journey, case), warnings(case), tuple(clocks)
    )


def reports(viewer: User, journey: Journey, case: Case) -> tuple[Transition, ...]:
    """Return the acts of those outside that a person may write down now."""
    as_they = replace(case, reported=True)
    return tuple(row for row in may(as_they, reporting(viewer, journey)) if may_be_reported(row))


def may(case: Case, able: frozenset[Role]) -> tuple[Transition, ...]:
    """Return the rows of the table that somebody with these roles may try now."""
    found: dict[str, Transition] = {}
    for role in Role:
        if role in able:
            for transition in lifecycle.open_transitions(
                case.stage, case.route, case.accompaniment, role, case.anchors
            ):
                found.setdefault(transition.act, transition)
    return tuple(transition for transition in found.values() if lifecycle.offered(transition, case))


def warnings(case: Case) -> tuple[Refusal, ...]:
    """Return what people should know of a journey though nothing forbids it (R-012, R-020)."""
    found = []
    if case.stage not in ENDS:
        waited_for = case.clock(ClockKind.HEARING)
        forecast = case.hearing_on or (waited_for.target_on if waited_for else case.today)
        found.append(delivery_warning(case.sheet, forecast))
    if case.stage in writing.FEASIBILITY.stages:
        found.append(bloc_filing_warning(case))
    return tuple(warning for warning in found if warning)


@dataclass(frozen=True)
class RouteProof:
    """Why a journey follows its route: the day, and the time of the portal that decided, if one did."""

    on: date
    opening: Opening | None


def route_proof(journey: Journey) -> RouteProof | None:
    """Return what decided the route, from the portal's list as it stood then (R-001).

    None when the registration kept no list.
    """
    entry = journey.journal.filter(act=Act.REGISTER, facts_version__gte=2).first()
    if entry is None:
        return None
    on = paris_day(journey.registered_at)
    return RouteProof(on, opening_on(entry.facts_as(Registration).openings, on))


@enforces("R-078", "R-083")
def awards(viewer: User, journey: Journey) -> QuerySet[BlocAward]:
    """Return the blocs that a candidate holds of a certification, wherever they were obtained.

    Nobody reads of an award before the result that gives it was notified.
    """
    held = BlocAward.objects.still_valid().told()
    seen = Journey.objects.filter(visible(viewer), pk=journey.pk)
    return (
        held.filter(
            journey__candidate__in=seen.values("candidate"),
            bloc__certification=journey.certification_id,
        )
        .select_related("bloc", "journey")
        .order_by("bloc__position", "awarded_on")
    )


def journal(viewer: User, journey: Journey) -> QuerySet[JournalEntry]:
    """Return the acts of a journey, the latest first."""
    seen = Journey.objects.filter(visible(viewer), pk=journey.pk)
    entries = JournalEntry.objects.filter(journey__in=seen)
    return entries.select_related("author").order_by("-number")


def files_of(viewer: User, organisation: Organisation | None, who: str = "") -> QuerySet[Journey]:
    """Return the journeys under way that an organisation accompanies, the longest waiting first.

    `who` keeps those of an architect, by number, or "personne": those that nobody who still works
    there has.
    """
    found = journeys(viewer).filter(organisation=organisation).exclude(stage__in=ENDS)
    if organisation is None:
        return found.none()
    if who == "personne":
        there = accompanying(organisation.pk).values("user")
        found = found.filter(Q(architect__isnull=True) | ~Q(architect__in=there))
    elif who.isdigit():
        found = found.filter(architect=int(who))
    return found.order_by("stage_since", "pk")


def files_left_by(viewer: User, membership: Membership) -> QuerySet[Journey]:
    """Return the journeys under way that an architect would leave without anybody."""
    found = files_of(viewer, membership.organisation).filter(architect=membership.user_id)
    others = accompanying(membership.organisation_id or 0).filter(user=membership.user_id)
    return found.none() if others.exclude(pk=membership.pk).exists() else found
