"""The frozen snapshot of journeys that the law looks at, made of what each room contributes.

Every part costs the same number of statements for two hundred journeys as for one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject

from jalon.catalogue.models import Bloc, Competence, Opening
from jalon.catalogue.queries import sheet
from jalon.journeys.models import (
    Adjustment,
    BlocAward,
    Clock,
    Complaint,
    JournalEntry,
    Journey,
    PriorBloc,
)
from jalon.journeys.models.attempt import TOLD
from jalon.law import case as law_case
from jalon.law import dates
from jalon.law.case import Admissibility, Case, ClockView, Filing, FraudState, Sheet
from jalon.law.changes import BEGIN_ACCOMPANIMENT
from jalon.law.jury import CALLED_OR_MISSED, CALLED_OR_TOLD
from jalon.law.settings import Settings, Settled
from jalon.law.stages import PATH_MADE, PATH_TO_MAKE
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Addressee,
    AdjustedStep,
    AdjustmentOutcome,
    ClockKind,
    Contestation,
    Event,
    Outcome,
    RequestNature,
    Role,
    Scope,
    Setting,
    Stage,
)
from jalon.now import paris_day, today
from jalon.people.models import BlocEquivalence, CertifierSetting, User
from jalon.people.queries import accompanying
from jalon.prepared import AnyOf, Given, Prepared

#: What a room knows of some journeys: fields of the case, by journey.
Part = Callable[[Sequence[Journey]], Mapping[UUID, Mapping[str, Any]]]

PARTS: list[Part] = []

#: The journeys that are asked about, and the day, in a query prepared once.
OF_THESE = AnyOf(F("pk"), Given("journeys"))
TODAY = Given("today", DateField())


def contributes(part: Part) -> Part:
    """Register what a room adds to the snapshot: one statement, whatever the number of journeys."""
    PARTS.append(part)
    return part


def snapshot(journey: Journey, actor: Role) -> Case:
    """Return what the law needs to know of a journey, as it stands now, for someone who acts."""
    return snapshots([journey], actor)[journey.pk]


def snapshots(journeys: Sequence[Journey], actor: Role) -> dict[UUID, Case]:
    """Return the snapshot of each journey, read together.

    Attempts, decisions and clocks are read with the journeys when they were not: the page that shows
    them reads them no more.
    """
    prefetch_related_objects(
        journeys,
        "certification",
        "organisation",
        "certifier",
        "candidate__candidate_profile",
        "attempts",
        "decisions",
        "clocks",
    )
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for part in PARTS:
        for pk, values in part(journeys).items():
            found[pk] |= values
    return {journey.pk: Case(**own(journey, actor), **found[journey.pk]) for journey in journeys}


def own(journey: Journey, actor: Role) -> dict[str, Any]:
    """Return what the rows of a journey say by themselves."""
    attempt = max(journey.attempts.all(), key=lambda one: one.number, default=None)
    decision = journey.decision
    return {
        "journey": str(journey.pk),
        "today": today(),
        "actor": actor,
        "route": journey.route,
        "accompaniment": journey.accompaniment,
        "scope": journey.scope,
        "stage": journey.stage,
        "stage_since": paris_day(journey.stage_since),
        "attempt": attempt.number if attempt else 1,
        "registered_on": paris_day(journey.registered_at),
        "signs_as": names_of(journey.candidate),
        "reached_on": journey.reached_on,
        "mandate_on": journey.mandate_at,
        "end_proposed": journey.end_proposed or None,
        "amendment_on": journey.amendment_at,
        "deceased_on": journey.candidate.deceased_on,
        "certifier_outside": not journey.certifier.works_here,
        "qualiopi_until": journey.organisation.qualiopi_until if journey.organisation else None,
        "organisation_closed_on": journey.organisation.closed_on if journey.organisation else None,
        "admissibility": Admissibility(
            decision.admissible, decision.tacit, decision.decided_on, decision.holds_until
        )
        if decision
        else None,
        "extra_filing_reason": journey.extra_filing_reason,
        "sheet_statement": journey.sheet_statement,
        "frozen_on": journey.frozen_on,
        "portal_number_noted": bool(journey.portal_number),
        "erased": journey.purged_at is not None,
        "clocks": tuple(clock_view(clock) for clock in journey.clocks.all()),
        "reason_claimed_on": journey.reason_claimed_at,
        "extension_asked_on": journey.extension_asked_at,
        "contestation": journey.contestation,
        "hearing_on": attempt.hearing_on if attempt else None,
        "outcome": (attempt.outcome or None) if attempt else None,
        "condition": attempt.condition if attempt and not attempt.condition_lifted_on else "",
        "results_recorded": int(bool(attempt and attempt.outcome)),
        "documents_requested_on": journey.documents_requested_at,
        "documents_issued_on": journey.documents_issued_at,
        "post_jury_proposed_on": attempt.post_jury_proposed_on if attempt else None,
        "post_jury_declined_on": attempt.post_jury_declined_on if attempt else None,
        "post_jury_on": attempt.post_jury_on if attempt else None,
        "fraud": fraud_state(journey),
    }


def names_of(candidate: User) -> tuple[str, ...]:
    """Return the names that a candidate signs with: that of the account, and that of birth."""
    profile = getattr(candidate, "candidate_profile", None)
    names = [candidate.get_full_name()]
    if profile and profile.birth_name:
        names.append(f"{candidate.first_name} {profile.birth_name}")
    return tuple(names)


def clock_view(clock: Clock) -> ClockView:
    """Return a clock as the law sees it."""
    return ClockView(
        clock.kind, clock.state, clock.started_on, clock.target_on, clock.limit_on, clock.alert_on
    )


def fraud_state(journey: Journey) -> FraudState | None:
    """Return the contradictory procedure under way, or None (R-082)."""
    if not journey.fraud_opened_on or not journey.fraud_answer_by:
        return None
    return FraudState(journey.fraud_opened_on, journey.fraud_answer_by, journey.fraud_answered_on)


@Prepared
def told_of_blocs() -> "QuerySet[Any, Any]":
    """Return all that is asked of the database by `blocs_and_steps`."""
    openings = Opening.objects.filter(certification=OuterRef("certification")).order_by("start")
    settled = CertifierSetting.objects.filter(organisation=OuterRef("certifier"))
    told = JournalEntry.objects.filter(journey=OuterRef("pk"), facts__has_key="milestones")
    undone = JournalEntry.objects.filter(
        journey=OuterRef("journey"),
        number__gt=OuterRef("number"),
        stage_before__in=PATH_MADE,
        stage_after__in=PATH_TO_MAKE,
    )
    paths = told.exclude(act=Act.AMEND_PATH).exclude(Exists(undone)).order_by("-number")
    of_sheet = Bloc.objects.filter(
        certification=OuterRef("certification"), version=OuterRef("sheet_version")
    )
    aimed = Bloc.objects.filter(targeting_journeys=OuterRef("pk"))
    held = (
        BlocAward.objects.still_valid(TODAY)
        .counted_on(OuterRef("pk"))
        .filter(
            journey__candidate=OuterRef("candidate"), bloc__certification=OuterRef("certification")
        )
    )
    over = (
        BlocAward.objects.over(TODAY)
        .counted_on(OuterRef("pk"))
        .filter(
            journey__candidate=OuterRef("candidate"), bloc__certification=OuterRef("certification")
        )
    )
    elsewhere = held.filter(~Q(journey=OuterRef("pk")) | Q(attempt__isnull=True))
    formerly = BlocAward.objects.acquired_for_good(TODAY).filter(
        journey__candidate=OuterRef(OuterRef("candidate")), bloc__code=OuterRef("former__code")
    )
    equivalent = BlocEquivalence.objects.in_force(TODAY).filter(
        Exists(formerly),
        organisation=OuterRef("certifier"),
        bloc__certification=OuterRef("certification"),
    )
    complaints = Complaint.objects.filter(journey=OuterRef("pk"))
    adjustments = Adjustment.objects.filter(journey=OuterRef("pk")).order_by("number")
    prior = PriorBloc.objects.pending().filter(journey=OuterRef("pk"))
    shortened = JournalEntry.objects.filter(journey=OuterRef("pk"), event=Event.SHEET_SHORTENED)
    called = JournalEntry.objects.filter(journey=OuterRef("pk"), act__in=CALLED_OR_MISSED)
    handed = JournalEntry.objects.filter(journey=OuterRef("pk"), act=Act.TRANSFER)
    spoken = JournalEntry.objects.filter(journey=OuterRef("pk"), act__in=CALLED_OR_TOLD)
    put_away = JournalEntry.objects.filter(journey=OuterRef("pk"), act=Act.ARCHIVE)
    asked = Competence.objects.filter(bloc__targeting_journeys=OuterRef("pk")).order_by(
        "bloc__position", "position"
    )
    steps = JournalEntry.objects.filter(journey=OuterRef("pk"), act=Act.RECORD_STEP)
    beside = (
        Journey.objects.under_way()
        .filter(candidate=OuterRef("candidate"), certification=OuterRef("certification"))
        .exclude(pk=OuterRef("pk"))
    )
    there = accompanying(OuterRef("organisation")).filter(user=OuterRef("architect"))
    lines = JournalEntry.objects.acts().filter(journey=OuterRef("pk"))
    begun = lines.filter(act__in=BEGIN_ACCOMPANIMENT).order_by("-number")
    team = lines.filter(role__in=(Role.ARCHITECT, Role.HEAD)).order_by("-occurred_on")
    lapse = JournalEntry.objects.filter(journey=OuterRef("pk"), act=Act.CONFIRM_LAPSE)
    filed = Journey.objects.filter(candidate=OuterRef("candidate"), filed_at__isnull=False)
    return Journey.objects.filter(OF_THESE).values(
        "pk",
        followed=Exists(there),
        begun_on=Subquery(begun.values("occurred_on")[:1]),
        acted_on=Subquery(team.values("occurred_on")[:1]),
        filed=ArraySubquery(
            filed.order_by("filed_at", "pk").values(
                one=JSONObject(
                    journey="pk",
                    code="certification__code",
                    scope="scope",
                    filed_at="filed_at",
                    filed_referential="filed_referential",
                    referential="certification__referential",
                    contestation="contestation",
                    lapse_confirmed=Exists(lapse),
                )
            )
        ),
        openings=ArraySubquery(
            openings.values(one=JSONObject(start="start", end="end", source="source"))
        ),
        settled=ArraySubquery(
            settled.order_by("start", "at", "pk").values(
                one=JSONObject(setting="setting", start="start", value="value")
            )
        ),
        planned=Subquery(paths.values("facts__milestones")[:1]),
        all_codes=ArraySubquery(of_sheet.values("code")),
        aimed_codes=ArraySubquery(aimed.values("code")),
        held_codes=ArraySubquery(
            held.filter(TOLD | Q(journey=OuterRef("pk"))).values("bloc__code")
        ),
        known_codes=ArraySubquery(held.told().values("bloc__code")),
        elsewhere_codes=ArraySubquery(elsewhere.told().values("bloc__code")),
        over_codes=ArraySubquery(over.told().values("bloc__code")),
        equivalent_codes=ArraySubquery(equivalent.values("bloc__code")),
        complaints_open=ArraySubquery(
            complaints.waiting()
            .of_now()
            .values(one=JSONObject(number="number", to="to", nature="nature"))
        ),
        complaints_left=ArraySubquery(complaints.waiting().told_before().values("number")),
        complaints_filed=ArraySubquery(complaints.values("number")),
        adjusted=ArraySubquery(
            adjustments.standing().values(
                one=JSONObject(
                    number="number",
                    step="step",
                    asked_on="asked_on",
                    outcome="outcome",
                    jury_may_know="jury_may_know",
                )
            )
        ),
        adjustments_made=ArraySubquery(adjustments.values("number")),
        prior_codes=ArraySubquery(prior.values("bloc__code")),
        handed_on=Subquery(handed.order_by("-number").values("occurred_on")[:1]),
        put_away_from=Subquery(put_away.order_by("-number").values("stage_before")[:1]),
        sheet_was=Subquery(shortened.order_by("-number").values("facts__was")[:1]),
        missed=Subquery(called.order_by("-number").values("facts__outcome")[:1]),
        spoken=Subquery(spoken.order_by("-number").values("act")[:1]),
        asked_blocs=ArraySubquery(asked.values("bloc__code")),
        asked_titles=ArraySubquery(asked.values("title")),
        steps_on=ArraySubquery(steps.values("facts__on")),
        open_beside=ArraySubquery(beside.values("pk")),
    )


@contributes
def blocs_and_steps(journeys: Sequence[Journey]) -> Mapping[UUID, Mapping[str, Any]]:
    """Return each certification and its blocs, those aimed at and held, and the steps recorded.

    With them goes what the certifier settled by its own rules, who follows the file, and every
    feasibility file that its candidate ever submitted.
    """
    by_pk = {journey.pk: journey for journey in journeys}
    return {
        row["pk"]: {
            "sheet": sheet(by_pk[row["pk"]].certification, map(opening, row["openings"])),
            "settings": Settings(tuple(map(settlement, row["settled"]))),
            "planned": tuple(map(milestone, row["planned"] or ())),
            "all_blocs": frozenset(row["all_codes"]),
            "targeted_blocs": frozenset(row["aimed_codes"]),
            "acquired_blocs": frozenset(row["held_codes"]),
            "known_blocs": frozenset(row["known_codes"]),
            "elsewhere_blocs": frozenset(row["elsewhere_codes"]),
            "over_blocs": frozenset(row["over_codes"]) - frozenset(row["held_codes"]),
            "equivalent_blocs": frozenset(row["equivalent_codes"])
            & frozenset(row["all_codes"]) - frozenset(row["held_codes"]),
            "complaints": frozenset(
                (one["number"], Addressee(one["to"])) for one in row["complaints_open"]
            ),
            "erasures": frozenset(
                one["number"]
                for one in row["complaints_open"]
                if one["nature"] == RequestNature.ERASURE
            ),
            "complaints_left": frozenset(row["complaints_left"]),
            "complaints_filed": len(row["complaints_filed"]),
            "adjustments": tuple(map(adjustment, row["adjusted"])),
            "adjustments_asked": len(row["adjustments_made"]),
            "prior_blocs": frozenset(row["prior_codes"]),
            "sheet_was": sheet_before(row["sheet_was"]),
            "received_on": row["handed_on"],
            "archived_from": Stage(row["put_away_from"]) if row["put_away_from"] else None,
            "missed": Outcome(row["missed"]) if row["missed"] else None,
            "told_of_hearing": row["spoken"] == Act.CONFIRM_TOLD,
            "competences": tuple(zip(row["asked_blocs"], row["asked_titles"], strict=True)),
            "steps_since_admissibility": steps_counted(by_pk[row["pk"]], row["steps_on"]),
            "open_elsewhere": len(row["open_beside"]),
            "followed": row["followed"],
            "accompanist_acted_on": acted_on(by_pk[row["pk"]], row["begun_on"], row["acted_on"]),
            "filings": tuple(map(filing, row["filed"])),
        }
        for row in told_of_blocs.rows(journeys=list(by_pk), today=today())
    }


def opening(row: Mapping[str, str | None]) -> dates.Opening:
    """Return a time of the portal from its JSON."""
    start, end = (
        date.fromisoformat(day) if (day := row[name]) else None for name in ("start", "end")
    )
    return dates.Opening(start, end, row["source"] or "")


def adjustment(row: Mapping[str, Any]) -> law_case.Adjustment:
    """Return a request for an adjustment from its JSON."""
    return law_case.Adjustment(
        row["number"],
        AdjustedStep(row["step"]),
        date.fromisoformat(row["asked_on"]),
        AdjustmentOutcome(row["outcome"]) if row["outcome"] else None,
        jury_may_know=row["jury_may_know"],
    )


def sheet_before(row: Mapping[str, Any] | None) -> Sheet | None:
    """Return what the register said of a sheet before it shortened it, from its JSON."""
    return msgspec.convert(row, Sheet) if row else None


def milestone(row: Mapping[str, str]) -> tuple[str, date]:
    """Return a date of the personal path from its JSON."""
    return row["title"], date.fromisoformat(row["due_on"])


def settlement(row: Mapping[str, Any]) -> Settled:
    """Return what a certifier settled from its JSON."""
    return Settled(Setting(row["setting"]), date.fromisoformat(row["start"]), row["value"])


def steps_counted(journey: Journey, steps_on: Sequence[str]) -> int:
    """Count the steps, given by their ISO days, since the last time the lapse clock started (R-045)."""
    starts = [one.started_on for one in journey.clocks.all() if one.kind == ClockKind.LAPSE]
    if not starts or journey.decision is None:
        return 0
    return sum(day >= max(starts).isoformat() for day in steps_on)


def acted_on(journey: Journey, *days: date | None) -> date | None:
    """Return when who accompanies last acted; what they did for an organisation that was left does not count."""
    return last_day(*days) if journey.accompaniment == Accompaniment.ACCOMPANIED else None


def last_day(*days: date | None) -> date | None:
    """Return the last of some days, or None."""
    return max((day for day in days if day), default=None)


def filing(row: Mapping[str, Any]) -> Filing:
    """Return a feasibility file that was submitted from its JSON (R-018…R-025)."""
    return Filing(
        journey=row["journey"],
        code=row["code"],
        submitted_on=paris_day(datetime.fromisoformat(row["filed_at"])),
        scope=Scope(row["scope"]),
        lapsed=row["lapse_confirmed"] and row["contestation"] != Contestation.ACCEPTED,
        referential_changed=row["filed_referential"] != row["referential"],
    )
