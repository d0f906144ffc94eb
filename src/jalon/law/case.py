"""What the law looks at: a frozen snapshot of a journey, on the day of the act."""

from dataclasses import dataclass, field
from datetime import date, datetime

from jalon.law.dates import Anchors, Opening
from jalon.law.settings import Settings
from jalon.law.vocabulary import (
    Accompaniment,
    Addressee,
    AdjustedStep,
    AdjustmentOutcome,
    ClockKind,
    ClockState,
    Contestation,
    End,
    FeasibilityKind,
    Opinion,
    Outcome,
    Prerequisites,
    Role,
    Route,
    Scope,
    Stage,
)


@dataclass(frozen=True)
class Sheet:
    """A certification as the register and the portal know it on some day."""

    code: str
    in_rncp: bool
    active: bool
    ends_on: date | None
    deliverable_until: date | None = None
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True)
class FeasibilityState:
    """What is in the feasibility file, as the gate needs to know it (R-013, R-014).

    The last three are those of the request of the 2002 route (`law/cerfa.py`).
    """

    kind: FeasibilityKind = FeasibilityKind.FULL
    admissible_until: date | None = None
    civil_status_complete: bool = False
    prerequisites: Prerequisites | None = None
    experiences: int = 0
    blocs_completed: frozenset[str] = frozenset()
    competences_unanswered: tuple[str, ...] = ()
    trainings_chosen_on: datetime | None = None
    opinion: Opinion | None = None
    confirmed_on: datetime | None = None
    sworn_on: datetime | None = None
    hours_estimated: bool = False
    completed_on: date | None = None
    foreign_fields: tuple[str, ...] = ()
    nature: str | None = None
    request_complete: bool = False
    activities_lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class ValidationState:
    """What is in the validation file of the current attempt (R-050, R-051)."""

    sections_missing: tuple[str, ...] = ()
    blocs: frozenset[str] = frozenset()
    originality_on: datetime | None = None
    sent_on: date | None = None


@dataclass(frozen=True)
class Admissibility:
    """The decision in force."""

    admissible: bool
    tacit: bool
    decided_on: date
    valid_until: date | None = None


@dataclass(frozen=True)
class Filing:
    """A feasibility file that this candidate submitted, on this journey or another."""

    journey: str
    code: str
    submitted_on: date
    scope: Scope
    lapsed: bool = False
    referential_changed: bool = False


@dataclass(frozen=True)
class ClockView:
    """A clock as the law sees it."""

    kind: ClockKind
    state: ClockState
    started_on: date
    target_on: date
    limit_on: date
    alert_on: date | None = None


@dataclass(frozen=True)
class FraudState:
    """A contradictory procedure: opened, answered or left unanswered after its delay (R-082)."""

    opened_on: date
    answer_by: date
    answered_on: date | None = None


@dataclass(frozen=True, order=True)
class Adjustment:
    """A request for an adjustment that was not withdrawn: never its words (R-123, R-127)."""

    number: int
    step: AdjustedStep
    asked_on: date
    outcome: AdjustmentOutcome | None = None
    jury_may_know: bool = False


@dataclass(frozen=True)
class Case:
    """A journey as every rule sees it, on the day of the act.

    `competences` holds (bloc code, title) for each competence of the targeted blocs, in order;
    `signs_as` the names under which the candidate is known, first names first. Of the
    `acquired_blocs`, the person was told of the `known_blocs`, and this journey did not give the
    `elsewhere_blocs`; the `over_blocs` were acquired, and their time is over; those in `prior_blocs` are said to be held, and wait for the certifier.
    The `equivalent_blocs` are those that blocs of the former sheet give, and that are not counted yet.
    `complaints` holds the number and the addressee of each complaint that waits for its answer;
    `complaints_left`, the numbers of those that wait too and were told to an organisation that the
    candidate left since, `complaints_led` those among them that the actor's organisation received.
    `adjustments` holds the requests that were not withdrawn, of the `adjustments_asked`.
    `erasures` holds the numbers of those that ask for data to be erased. `frozen_on` is the day since
    which nothing may be erased; `erased` says that personal data already were.
    `archived_from` is the stage at which the journey was put away, if it was.
    `reached_on` is the day on which a person brought the journey to its stage: what the system noted
    by itself since then may be overtaken by something that happened before. `certifier_outside` says
    that the certifier does not work here; `reported`, that the act judged was done elsewhere;
    `received_on`, the day on which another certifier handed the file to it, if one did.
    `followed` says that an architect who still works there has the file, `accompanist_acted_on` when
    that side last acted.
    `planned` holds (title, day) for each date of the personal path; `sheet_statement`, what the
    certifier wrote of a certification whose registration ends meanwhile. `sheet_was` is what the
    register said of it before it shortened it, if it did.
    `missed` says that the last hearing found nobody to hear, absent or excused, and that no other
    date was set since. `told_of_hearing` says that the architect confirmed that the candidate knows the
    date that was set last.
    """

    journey: str
    today: date
    actor: Role
    route: Route
    accompaniment: Accompaniment
    scope: Scope
    stage: Stage
    sheet: Sheet
    all_blocs: frozenset[str]
    targeted_blocs: frozenset[str]
    acquired_blocs: frozenset[str] = frozenset()
    known_blocs: frozenset[str] = frozenset()
    elsewhere_blocs: frozenset[str] = frozenset()
    over_blocs: frozenset[str] = frozenset()
    competences: tuple[tuple[str, str], ...] = ()
    attempt: int = 1
    stage_since: date | None = None
    archived_from: Stage | None = None
    certifier_outside: bool = False
    received_on: date | None = None
    reported: bool = False
    portal_number_noted: bool = False
    prior_blocs: frozenset[str] = frozenset()
    equivalent_blocs: frozenset[str] = frozenset()
    complaints: frozenset[tuple[int, Addressee]] = frozenset()
    complaints_left: frozenset[int] = frozenset()
    complaints_led: frozenset[int] = frozenset()
    complaints_filed: int = 0
    adjustments: tuple[Adjustment, ...] = ()
    adjustments_asked: int = 0
    erasures: frozenset[int] = frozenset()
    frozen_on: date | None = None
    erased: bool = False
    registered_on: date | None = None
    signs_as: tuple[str, ...] = ()
    reached_on: date | None = None
    mandate_on: datetime | None = None
    qualiopi_until: date | None = None
    organisation_closed_on: date | None = None
    open_elsewhere: int = 0
    followed: bool = True
    end_proposed: End | None = None
    amendment_on: datetime | None = None
    deceased_on: date | None = None
    accompanist_acted_on: date | None = None
    identity_document: bool = False
    document_kinds: frozenset[str] = frozenset()
    feasibility: FeasibilityState = field(default_factory=FeasibilityState)
    admissibility: Admissibility | None = None
    validation: ValidationState = field(default_factory=ValidationState)
    filings: tuple[Filing, ...] = ()
    extra_filing_reason: str = ""
    sheet_statement: str = ""
    sheet_was: Sheet | None = None
    planned: tuple[tuple[str, date], ...] = ()
    clocks: tuple[ClockView, ...] = ()
    steps_since_admissibility: int = 0
    reason_claimed_on: datetime | None = None
    extension_asked_on: datetime | None = None
    contestation: Contestation = Contestation.NONE
    hearing_on: date | None = None
    missed: Outcome | None = None
    told_of_hearing: bool = False
    outcome: Outcome | None = None
    condition: str = ""
    results_recorded: int = 0
    documents_requested_on: datetime | None = None
    documents_issued_on: datetime | None = None
    post_jury_proposed_on: date | None = None
    post_jury_declined_on: date | None = None
    post_jury_on: date | None = None
    fraud: FraudState | None = None
    settings: Settings = field(default_factory=Settings)

    def clock(self, kind: ClockKind) -> ClockView | None:
        """Return the latest clock of this kind, or None."""
        return next((clock for clock in reversed(self.clocks) if clock.kind == kind), None)

    @property
    def anchors(self) -> Anchors:
        """Return the days by which the law chooses what governs this journey."""
        filed = next(
            (one.submitted_on for one in self.filings if one.journey == self.journey), None
        )
        return Anchors(act=self.today, begun=self.registered_on, filed=filed)

    @property
    def missing_blocs(self) -> frozenset[str]:
        """Return the targeted blocs that are not acquired yet."""
        return self.targeted_blocs - self.acquired_blocs

    @property
    def unwritten(self) -> tuple[str, ...]:
        """Return the competences that a new validation file asks for: those of the missing blocs."""
        return tuple(title for bloc, title in self.competences if bloc in self.missing_blocs)
