"""Reads of journeys: each takes the viewer first, and shows what the policy lets them see."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from jalon.journeys.models import (
    AccessLog,
    Adjustment,
    BlocAward,
    Clock,
    Complaint,
    JournalEntry,
    Journey,
    ListRead,
)
from jalon.journeys.models.complaint import LEFT
from jalon.journeys.policy import (
    accompanies,
    capacity,
    certifies,
    in_hand,
    reads_notes,
    reporting,
    visible,
)
from jalon.journeys.snapshot import clock_view, snapshot
from jalon.law import case as law_case
from jalon.law import jury, lifecycle, results, writing
from jalon.law.admissibility import bloc_filing_warning, filing_warning
from jalon.law.dates import Opening
from jalon.law.facts import Deliberation, Facts, Rectification, Registration
from jalon.law.jury import no_qualification_rule
from jalon.law.lateness import open_clocks
from jalon.law.outside import may_be_reported
from jalon.law.routing import (
    delivery_warning,
    forecast_jury_on,
    opening_on,
    sheet_ending_warning,
    sheet_shortened_warning,
)
from jalon.law.rulebook import Refusal, enforces
from jalon.law.stages import ENDS
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Act, Addressee, AdjustedStep, Role, Stage
from jalon.now import now, paris_day
from jalon.people.models import Membership, Organisation, User
from jalon.people.policy import organisations, roles
from jalon.people.queries import accompanying

#: Whom and what a line about a journey names.
SHOWN = ("candidate", "certification", "architect", "organisation", "certifier")


def journeys(viewer: User) -> QuerySet[Journey]:
    """Return the journeys a person may see, with what a list shows of each."""
    return with_what_is_shown(Journey.objects.filter(visible(viewer)))


def with_what_is_shown(found: QuerySet[Journey]) -> QuerySet[Journey]:
    """Return the same journeys, with whom and what a list names, and their open delays."""
    open_clocks = Clock.objects.open().order_by("limit_on")
    return found.select_related(*SHOWN).prefetch_related(
        Prefetch("clocks", queryset=open_clocks, to_attr="open_clocks")
    )


def truth(condition: Q) -> Case:
    """Return a condition as an expression, true or false and never unknown."""
    return Case(When(condition, then=Value(True)), default=Value(False))


#: For how long what is read part by part, as players do, is one look.
ONE_LOOK = timedelta(minutes=10)


@enforces("R-124")
def journey(viewer: User, id: uuid.UUID, *, what: str = "dossier", part: bool = False) -> Journey:
    """Return one journey; a professional's look at it is recorded, once for all its parts. Raises DoesNotExist."""
    seen = Journey.objects.filter(visible(viewer)).select_related(*SHOWN)
    found = seen.select_related("candidate__candidate_profile").get(pk=id)
    if found.candidate_id != viewer.pk and not (part and looked_lately(viewer, found, what)):
        AccessLog.objects.create(journey=found, reader=viewer, what=what)
    return found


def looked_lately(viewer: User, journey: Journey, what: str) -> bool:
    """Say whether somebody looked at this of a journey a moment ago."""
    since = now() - ONE_LOOK
    return journey.reads.filter(reader=viewer, what=what, at__gt=since).exists()


@enforces("R-124")
def reads(viewer: User, journey: Journey | None = None) -> QuerySet[AccessLog]:
    """Return who of the staff looked, the latest first: at one's own files, or at one that is led.

    A file's looks are for its candidate, the heads of the organisation that accompanies, and the
    administrators.
    """
    leading = Q(journey__organisation__in=organisations(viewer, Role.HEAD))
    seen = Q(journey__candidate=viewer)
    if journey is not None:
        every = Role.ADMINISTRATOR in roles(viewer)
        seen = Q(journey=journey) & (Q() if every else seen | leading)
    return (
        AccessLog.objects.filter(seen)
        .select_related("reader", "journey__certification")
        .prefetch_related("reader__memberships__organisation")
        .order_by("-at", "-pk")
    )


@enforces("R-124")
def lists_read(viewer: User, *, exported: bool) -> QuerySet[ListRead]:
    """Return the lists that people took away, or opened here, the latest first.

    A head sees what those of their organisation did; an administrator, everybody.
    """
    found = ListRead.objects.filter(exported=exported)
    if Role.ADMINISTRATOR not in roles(viewer):
        here = Membership.objects.filter(organisation__in=organisations(viewer, Role.HEAD))
        found = found.filter(reader__in=here.values("user"))
    return found.select_related("reader").order_by("-at", "-pk")


def own_journeys(candidate: User) -> list[Journey]:
    """Return the journeys of a candidate, those that go on first, the latest before the others."""
    own = Journey.objects.filter(candidate=candidate).select_related(
        "candidate__candidate_profile",
        "certification",
        "architect",
        "organisation",
        "certifier",
    )
    return sorted(own.order_by("-registered_at"), key=lambda one: one.stage in ENDS)


def under_way(candidate: User) -> QuerySet[Journey]:
    """Return the journeys of a candidate that have not come to an end."""
    return Journey.objects.under_way().filter(candidate=candidate)


@dataclass(frozen=True)
class Position:
    """Where a journey stands for somebody: what they may try, what they should know, its clocks.

    `reports` are the acts of somebody outside that this person may write down.
    """

    case: law_case.Case
    acts: tuple[Transition, ...]
    reports: tuple[Transition, ...]
    blocked: tuple[tuple[Transition, Refusal], ...]
    warnings: tuple[Refusal, ...]
    clocks: tuple[Clock, ...]

    @property
    def deadlines(self) -> tuple[Clock, ...]:
        """Return the running delays that the law sets and that have begun, the nearest first."""
        begun = (clock for clock in self.clocks if clock.started_on <= self.case.today)
        return tuple(clock for clock in begun if clock.running and clock.statutory)

    @property
    def open_clocks(self) -> tuple[Clock, ...]:
        """Return the delays that are open: the late ones first, then the nearest."""
        awaited = open_clocks(self.case)
        return tuple(
            sorted(
                (clock for clock in self.clocks if clock_view(clock) in awaited),
                key=lambda clock: clock.limit_on,
            )
        )

    @property
    def late_clocks(self) -> tuple[Clock, ...]:
        """Return the delays whose limit is past and whose act is still awaited."""
        return tuple(clock for clock in self.open_clocks if clock.limit_on < self.case.today)


def position(viewer: User, journey: Journey) -> Position:
    """Return where a journey stands for a person who sees it; its rows are read once."""
    able = capacity(viewer, journey)
    role = next((role for role in Role if role in (able or roles(viewer))), Role.CANDIDATE)
    case = snapshot(journey, role)
    clocks = sorted(
        journey.clocks.all(),
        key=lambda one: (not one.running, one.ended_on or one.limit_on, one.limit_on),
    )
    rows = open_to(case, able)
    return Position(
        case,
        tuple(transition for transition in rows if lifecycle.offered(transition, case)),
        reports(viewer, journey, case),
        blocked(rows, case),
        warnings(case),
        tuple(clocks),
    )


def reports(viewer: User, journey: Journey, case: law_case.Case) -> tuple[Transition, ...]:
    """Return the acts of those outside that a person may write down now."""
    as_they = replace(case, reported=True)
    return tuple(
        row
        for row in open_to(as_they, reporting(viewer, journey))
        if lifecycle.offered(row, as_they) and may_be_reported(row)
    )


def blocked(
    rows: Iterable[Transition], case: law_case.Case
) -> tuple[tuple[Transition, Refusal], ...]:
    """Return the rows that would go on and cannot yet, each with its rule: not what is not theirs."""
    waiting = ((row, lifecycle.not_offered_because(row, case)) for row in rows if row.explains)
    return tuple((row, why) for row, why in waiting if why and why.rule)


def open_to(case: law_case.Case, able: frozenset[Role]) -> tuple[Transition, ...]:
    """Return the rows of the table open to somebody with these roles, offered or not."""
    found: dict[str, Transition] = {}
    for role in Role:
        if role in able:
            for transition in lifecycle.open_transitions(
                case.stage, case.route, case.accompaniment, role, case.anchors
            ):
                found.setdefault(transition.act, transition)
    return tuple(found.values())


def warnings(case: law_case.Case) -> tuple[Refusal, ...]:
    """Return what people should know of a journey though nothing forbids it (R-011, R-012, R-020, R-060, R-131)."""
    found = []
    if case.stage not in ENDS:
        ending = sheet_ending_warning(case)
        if not ending or case.sheet.deliverable_until:
            found.append(delivery_warning(case.sheet, forecast_jury_on(case)))
        found.append(ending)
        found.append(sheet_shortened_warning(case))
        found.append(no_qualification_rule(case))
    if case.stage in writing.FEASIBILITY.stages:
        found += [bloc_filing_warning(case), filing_warning(case)]
    return tuple(warning for warning in found if warning)


@dataclass(frozen=True)
class RouteProof:
    """Why a journey follows its route: the day, and the time of the portal that decided, if one did."""

    on: date
    opening: Opening | None


def route_proof(journey: Journey, lines: Iterable[JournalEntry]) -> RouteProof | None:
    """Return what decided the route, from the portal's list as the registration kept it (R-001).

    None when the registration is not among these lines, or kept no list.
    """
    entry = next((one for one in lines if one.act == Act.REGISTER), None)
    if entry is None or entry.facts_version < 2:
        return None
    on = paris_day(journey.registered_at)
    return RouteProof(on, opening_on(entry.facts_as(Registration).openings, on))


@enforces("R-078", "R-083")
def awards(viewer: User, journey: Journey) -> QuerySet[BlocAward]:
    """Return the blocs that a candidate holds of a certification, wherever they were obtained.

    Nobody reads of an award before the result that gives it was notified.
    """
    held = BlocAward.objects.still_valid().told().counted_on(journey.pk)
    seen = Journey.objects.filter(visible(viewer), pk=journey.pk)
    return (
        held.filter(
            journey__candidate__in=seen.values("candidate"),
            bloc__certification=journey.certification_id,
        )
        .select_related("bloc", "journey")
        .order_by("bloc__position", "awarded_on")
    )


@enforces("R-130")
def complaints(viewer: User, journey: Journey | None = None) -> QuerySet[Complaint]:
    """Return the complaints that a person may read, the latest first: theirs, or addressed to them.

    An administrator reads those told to an organisation that the candidate left: they may answer them.
    """
    certifying = Q(
        to=Addressee.CERTIFIER, journey__certifier__in=organisations(viewer, Role.CERTIFIER)
    )
    led = organisations(viewer, Role.HEAD)
    told = Q(accompanist__in=led) | Q(accompanist__isnull=True, journey__organisation__in=led)
    leading = Q(to=Addressee.ACCOMPANIST) & told
    read = Q(journey__candidate=viewer) | certifying | leading
    if Role.ADMINISTRATOR in roles(viewer):
        read |= LEFT
    found = Complaint.objects.filter(read)
    if journey is not None:
        found = found.filter(journey=journey)
    return found.select_related("journey__candidate", "accompanist").order_by("-filed_on", "-pk")


def holds_adjustments_of(viewer: User) -> Q:
    """Return the condition on Journey that keeps those whose accompaniment a person answers for.

    The head does, and the architect of the file or who replaces them; while nobody who still works there has it, any of them.
    """
    there = accompanying(OuterRef("organisation")).filter(user=OuterRef("architect"))
    leading = Q(organisation__in=organisations(viewer, Role.HEAD))
    following = Q(organisation__in=organisations(viewer, Role.ARCHITECT))
    return leading | following & (in_hand(viewer) | Q(~Exists(there)))


@enforces("R-123")
def adjustments(viewer: User, journey: Journey | None = None) -> QuerySet[Adjustment]:
    """Return the requests for an adjustment that a person may read, the latest first.

    Their candidate does, and whoever answers: the architect of the file and the head for what is asked
    of who accompanies, the certifier for the rest. What is asked of a certifier who does not work here
    is passed on by who accompanies. Neither a colleague, nor an administrator, nor a juror reads any.
    """
    found = Adjustment.objects.standing()
    if journey is not None:
        found = found.filter(journey=journey)
    team = Journey.objects.filter(holds_adjustments_of(viewer), pk=OuterRef("journey"))
    theirs = Q(step=AdjustedStep.ACCOMPANIMENT) | Q(journey__certifier__works_here=False)
    certifying = Q(journey__certifier__in=organisations(viewer, Role.CERTIFIER))
    return found.filter(
        Q(journey__candidate=viewer)
        | Q(theirs, Exists(team))
        | Q(certifying, ~Q(step=AdjustedStep.ACCOMPANIMENT))
    ).order_by("-number")


@enforces("R-123")
def told_to_the_jury(journey: Journey) -> list[str]:
    """Return what a jury is told of adjustments: what is put in place, and only if the candidate agreed."""
    shared = journey.adjustments.shared_with_the_jury().order_by("number")
    return list(shared.values_list("answer", flat=True))


def grounds(journey: Journey) -> dict[str, str]:
    """Return why the jury did not award each bloc, by its code, as the last notified result says it."""
    told = journey.journal.filter(act__in=results.NOTICES.values()).order_by("number").last()
    if told is None:
        return {}
    said = journey.journal.filter(act__in=results.SAY_WHY)
    known = Q(number__lt=told.number) | Q(act=Act.RECTIFY_RESULT) & ~BEFORE_THE_NOTICE
    found: dict[str, str] = {}
    for line in said.filter(known).order_by("number"):
        found = grounds_after(found, line)
    return found


#: A signed result that is put right before anybody was told of it.
BEFORE_THE_NOTICE = Q(act=Act.RECTIFY_RESULT, stage_after=Stage.DELIBERATED)


def grounds_after(before: dict[str, str], line: JournalEntry) -> dict[str, str]:
    """Return why blocs are not awarded once a jury decided, or its result was rectified."""
    said = line.facts_as(Facts)
    if isinstance(said, Deliberation):
        return {vote.bloc: vote.ground for vote in said.votes if not jury.bloc_awarded(vote)}
    if not isinstance(said, Rectification):
        return before
    kept = {bloc: why for bloc, why in before.items() if bloc not in said.won}
    return kept | dict.fromkeys(said.lost, said.reason)


def journal(viewer: User, journey: Journey) -> QuerySet[JournalEntry]:
    """Return the acts of a journey, the latest first, without the notes that are not for the viewer."""
    seen = Journey.objects.filter(visible(viewer), pk=journey.pk)
    entries = JournalEntry.objects.filter(journey__in=seen)
    if not reads_notes(viewer, journey):
        entries = entries.exclude(act__in=lifecycle.INTERNAL)
    if not certifies(viewer, journey):
        entries = entries.exclude(BEFORE_THE_NOTICE)
    if journey.candidate_id != viewer.pk:
        entries = entries.exclude(act__in=lifecycle.CONFIDENTIAL)
        if not accompanies(viewer, journey):
            entries = entries.exclude(event__in=lifecycle.OF_ACCOMPANIMENT)
    return entries.select_related("author", "acted_for").order_by("-number")


#: No number of an account has more figures.
FIGURES = 9


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
    elif who.isdecimal() and len(who) <= FIGURES:
        found = found.filter(architect=int(who))
    return found.order_by("stage_since", "pk")


def loads(organisation: int) -> dict[int, int]:
    """Return how many journeys under way each person of an organisation has, by number."""
    mine = Journey.objects.filter(organisation=organisation, architect__isnull=False)
    counted = mine.exclude(stage__in=ENDS).values_list("architect").annotate(models.Count("pk"))
    return dict(counted.order_by())


def handed_over(viewer: User, since: datetime) -> QuerySet[JournalEntry]:
    """Return the files that a person handed to colleagues since a moment, the latest first."""
    seen = Journey.objects.filter(visible(viewer))
    found = JournalEntry.objects.filter(
        act=Act.REASSIGN, author=viewer, at__gte=since, journey__in=seen
    )
    return found.select_related("journey__candidate", "journey__architect").order_by("-at", "-pk")


def files_left_by(viewer: User, membership: Membership) -> QuerySet[Journey]:
    """Return the journeys under way that an architect would leave without anybody."""
    found = files_of(viewer, membership.organisation).filter(architect=membership.user_id)
    others = accompanying(membership.organisation_id or 0).filter(user=membership.user_id)
    return found.none() if others.exclude(pk=membership.pk).exists() else found
