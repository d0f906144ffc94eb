"""What the author of an act says or brings: one frozen dataclass for each kind of facts."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import ClassVar

from jalon.law.case import Sheet
from jalon.law.dates import Opening
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Addressee,
    AdjustedStep,
    AdjustmentKind,
    AdjustmentOutcome,
    ClockKind,
    College,
    ContactKind,
    Context,
    DocumentKind,
    DropOutReason,
    End,
    EvaluationForm,
    FilePart,
    Gender,
    ImmersionPurpose,
    LeaveFor,
    Mastery,
    MeetingMode,
    Motive,
    Opinion,
    Outcome,
    PanelRole,
    PostponedBy,
    RequestNature,
    Route,
    Scope,
    SessionMode,
    Shared,
    Stage,
    StepKind,
)


@dataclass(frozen=True)
class Facts:
    """What the author of an act says or brings; it is written in the journal as it stands.

    `version` goes up when a kind changes shape: what was written before is upgraded when it is read.
    `unkept` names what is sensitive, and never enters the journal, which is never erased (R-123).
    """

    version: ClassVar[int] = 1
    unkept: ClassVar[frozenset[str]] = frozenset()

    @property
    def happened_on(self) -> date | None:
        """Return the day on which it happened, when its author says it; None for the day of the act."""
        return None


@dataclass(frozen=True)
class Nothing(Facts):
    """An act that brings nothing but itself."""


@dataclass(frozen=True)
class Reason(Facts):
    """An act that must say why, in a sentence."""

    reason: str = ""


@dataclass(frozen=True)
class Leading(Reason):
    """An act whose reasons, once completed, say to which stage it leads."""

    leads_to: Stage = Stage.ARCHIVED


@dataclass(frozen=True)
class Resumption(Leading):
    """A journey that was stopped goes on; the delay that ran then runs from the same day."""

    lapse_since: date | None = None
    answer_since: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class EndProposal(Reason):
    """An architect proposes that a journey ends, and why."""

    end: End = End.STOP


@dataclass(frozen=True)
class TargetRequest(Reason):
    """What is aimed at from now on: a certification by its code, whole or by some of its blocs.

    `agreed` says that the candidate asked for it, when somebody else writes it down; `certifier` is the
    number of the one chosen, where several deliver it.
    """

    code: str = ""
    scope: Scope = Scope.WHOLE
    blocs: tuple[str, ...] = ()
    agreed: bool = False
    in_initial_training: bool = False
    certifier: int | None = None


@dataclass(frozen=True)
class TargetChange(TargetRequest):
    """A new target, its sheet and competences as they stood that day, and what was aimed at before."""

    sheet: Sheet | None = None
    known_blocs: frozenset[str] = frozenset()
    competences: tuple[tuple[str, str], ...] = ()
    open_beside: int = 0
    was: str = ""
    was_blocs: tuple[str, ...] = ()
    certifiers: tuple[int, ...] = ()
    was_certifier: int | None = None
    held_blocs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Death(Facts):
    """The day on which a person died, or was declared absent, and the paper that says so."""

    on: date
    evidence: str = ""


@dataclass(frozen=True)
class Reopening(Leading):
    """A file that was put away goes on from the stage at which it was.

    On the 2002 route, an admissibility that still holds counts again until its limit.
    """

    valid_until: date | None = None


@dataclass(frozen=True)
class Registration(Facts):
    """What a person chooses when registering (R-001…R-011).

    `openings` is the list of the portal for this certification, as it stood: the proof of the route.
    `agreed_to` is the text to which the person gave their agreement, word for word.
    """

    version: ClassVar[int] = 2

    route: Route
    accompaniment: Accompaniment
    scope: Scope
    blocs: tuple[str, ...]
    consent: bool
    in_initial_training: bool
    open_journeys_on_certification: int = 0
    openings: tuple[Opening, ...] = ()
    context: Context = Context.OWN
    agreed_to: str = ""


@dataclass(frozen=True)
class FirstMeeting(Facts):
    """The report of the first meeting: its seven subjects (R-089)."""

    held_on: date
    minutes: int
    mode: MeetingMode
    device_relevance: str
    certification_adequacy: str
    prerequisites: str
    training_needs: str
    calendar: str
    duration: str
    modalities: str

    @property
    def happened_on(self) -> date:
        """Return the day of the meeting."""
        return self.held_on


@dataclass(frozen=True)
class Milestone:
    """One planned date of the personal path (R-090)."""

    title: str
    due_on: date


@dataclass(frozen=True)
class Quote:
    """A provider's price for a training; siren has nine digits, amount is in euro cents."""

    siren: str
    provider: str
    amount: int


@dataclass(frozen=True)
class Training:
    """A training that the path proposes, with its quotes (R-086, R-087)."""

    title: str
    quotes: tuple[Quote, ...] = ()
    disproportion_reason: str = ""


@dataclass(frozen=True)
class Immersion:
    """Days in a company under a convention (R-098, R-099); `employed` says that an employer signs it too."""

    host: str
    siren: str
    purpose: ImmersionPurpose
    starts_on: date
    ends_on: date
    days: int
    prescriber: str
    employed: bool = False
    employer: str = ""
    renewed: bool = False


@dataclass(frozen=True)
class Path(Facts):
    """The personal path: milestones up to the jury, hours, trainings, immersions (R-086, R-090, R-098)."""

    version: ClassVar[int] = 2

    milestones: tuple[Milestone, ...]
    hours_individual: Decimal
    hours_group: Decimal
    hours_training: Decimal
    mode: MeetingMode
    trainings: tuple[Training, ...] = ()
    immersions: tuple[Immersion, ...] = ()


@dataclass(frozen=True)
class PathAnswer(Facts):
    """The candidate's acceptance, with the trainings chosen among those proposed, maybe none."""

    trainings_chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class AmendedPath(PathAnswer):
    """The acceptance of an amended path, with the dates that hold from then on (R-090)."""

    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class AccompanimentRequest(Facts):
    """The organisation, by its number, that a candidate asks to accompany them from now on."""

    organisation: int
    reason: str = ""


@dataclass(frozen=True)
class AccompanimentAsked(Facts):
    """The organisation asked, as it stood that day, and who accompanied before (R-007)."""

    organisation: int
    name: str
    qualiopi_until: date | None
    closed_on: date | None
    reason: str = ""
    left: int | None = None
    architect: int | None = None


@dataclass(frozen=True)
class AccompanimentEnded(Facts):
    """Why an accompaniment ends, and who accompanied until then."""

    reason: str
    left: int | None
    architect: int | None


@dataclass(frozen=True)
class Reminder(Facts):
    """The team reminds a candidate; the day of the reminder before, whoever sent it, if any."""

    last_on: date | None = None


@dataclass(frozen=True)
class ReassignmentRequest(Facts):
    """The colleague, by their number, to whom a file is handed."""

    architect: int
    reason: str = ""


@dataclass(frozen=True)
class Reassignment(Facts):
    """The colleague to whom a file is handed, whether they work there, and who had it before."""

    architect: int
    works_here: bool
    before: int | None
    reason: str = ""


@dataclass(frozen=True)
class TransferRequest(Reason):
    """The certifier, by its number, to whom a file goes, and why."""

    certifier: int = 0


@dataclass(frozen=True)
class Transfer(Reason):
    """The certifier to whom a file goes, as it stood that day, and the one that had it."""

    certifier: int = 0
    name: str = ""
    delivers: bool = False
    works_here: bool = True
    before: int | None = None
    before_name: str = ""


@dataclass(frozen=True)
class OpinionGiven(Facts):
    """The accompanist's opinion and its reasons (R-015, R-016)."""

    opinion: Opinion
    comment: str


@dataclass(frozen=True)
class Signature(Facts):
    """A statement that the candidate read and signed: the boxes ticked, and the name typed.

    On the 2002 route, each statement of the form is ticked, and the place is told (R-041).
    """

    read: bool = False
    sworn: bool = False
    name: str = ""
    statements: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Missing(Facts):
    """What must be added or mended before a file can be examined."""

    items: tuple[str, ...]
    comment: str = ""


@dataclass(frozen=True)
class Receipt(Facts):
    """The day on which the complete file was received; the day it was sent, unless one is given (R-026)."""

    received_on: date | None = None


@dataclass(frozen=True)
class GapFound:
    """A distance between the experience and the référentiel: a competence or a bloc, and why."""

    target: str
    text: str


@dataclass(frozen=True)
class Decision(Facts):
    """A decision on admissibility (R-032, R-033).

    `analysis` compares the experience with the référentiel as a whole, where no gap is named.
    """

    gaps: tuple[GapFound, ...] = ()
    recommendations: str = ""
    reason: str = ""
    valid_until: date | None = None
    analysis: str = ""


@dataclass(frozen=True)
class Overturning(Decision):
    """A refusal that undoes a tacit admissibility, and what the candidate said when heard (R-031)."""

    heard_on: date | None = None
    observations: str = ""


@dataclass(frozen=True)
class DatedNote(Facts):
    """Something that happened on a day, with what proves it."""

    on: date
    text: str = ""
    evidence: str = ""

    @property
    def happened_on(self) -> date:
        """Return the day that was noted."""
        return self.on


@dataclass(frozen=True)
class PortalNumber(DatedNote):
    """The registration on the national portal: its day, and the number it gave."""

    number: str = ""


@dataclass(frozen=True)
class Deposit(DatedNote):
    """A file deposited outside: the day, how it went, and how that is known (a `Channel`, as evidence)."""


@dataclass(frozen=True, kw_only=True)
class DayCorrection(Reason):
    """The day that should have been noted, and why another was; the act that it `corrects`, the day
    noted `before` and the earliest that can be (`since`) are completed.
    """

    right_on: date
    corrects: Act | None = None
    before: date | None = None
    since: date | None = None


@dataclass(frozen=True)
class ValidationSent(Facts):
    """A validation file leaves; on the 2002 route, the day by which the certifier's own delay wants a jury."""

    hearing_by: date | None = None


@dataclass(frozen=True)
class SummonsElsewhere(Facts):
    """A certifier who does not work here calls a candidate: the day, the hour if known, the place."""

    held_on: date
    place: str
    starts_at: time | None = None


@dataclass(frozen=True, kw_only=True)
class JuryElsewhere(Leading):
    """What a jury elsewhere gave: its day, the blocs obtained, a condition; `outcome` is completed."""

    held_on: date
    won: tuple[str, ...] = ()
    condition: str = ""
    outcome: Outcome = Outcome.NONE


@dataclass(frozen=True)
class Contact(DatedNote):
    """A call, a message or a meeting: whether the candidate answered, how long it took, what comes next."""

    version: ClassVar[int] = 2

    answered: bool = True
    kind: ContactKind = ContactKind.CALL
    minutes: int = 0
    next_step: str = ""

    @property
    def silent_since(self) -> date | None:
        """Return the day from which an answer is awaited, or None when the candidate answered."""
        return None if self.answered else self.on


@dataclass(frozen=True)
class Step(DatedNote):
    """A step of the journey: one foreseen in the file, or recommended by the decision (R-045)."""

    kind: StepKind | None = None


@dataclass(frozen=True)
class Claim(Reason):
    """A legitimate reason for six months without a step, and what proves it (R-044)."""

    evidence: str = ""
    motive: Motive = Motive.OTHER


@dataclass(frozen=True)
class Extension(Facts):
    """Until when an admissibility is extended, and why (R-047)."""

    valid_until: date
    reason: str = ""


@dataclass(frozen=True)
class Leave(Facts):
    """A leave that an employee asks of their employer for a VAE (L6422-1, R6422-3).

    `agreement` names what allows more hours than the law; `previous_on` is when an earlier leave for a
    VAE began in the same company.
    """

    employer: str
    starts_on: date
    ends_on: date
    hours: int
    purpose: LeaveFor = LeaveFor.BOTH
    agreement: str = ""
    previous_on: date | None = None


@dataclass(frozen=True)
class Lapse(Facts):
    """The human confirmation that nothing excuses the silence (R-044)."""

    no_legitimate_reason: bool
    comment: str = ""


@dataclass(frozen=True)
class Member:
    """A member of a panel, as the law sees them for one candidate."""

    juror: str
    name: str
    role: PanelRole
    qualified: bool
    present: bool
    gender: Gender
    college: College
    union: str = ""
    employer_siren: str = ""
    accompanied_candidate: bool = False
    declared_on: datetime | None = None
    declared_relation: bool = False
    summoned_on: date | None = None


@dataclass(frozen=True)
class PanelRules:
    """Configuration of the joint jury, by organisation (R-070)."""

    quorum: int = 2
    parity: bool = False


@dataclass(frozen=True)
class Convening(Facts):
    """A candidate is called before a jury (R-052, R-056, R-059…R-069)."""

    session: str
    held_on: date
    starts_at: time | None
    minutes: int
    mode: SessionMode
    form: EvaluationForm
    place: str
    link: str
    documents: str
    accessibility_contact: str
    panel: tuple[Member, ...]
    candidate_sirens: frozenset[str] = frozenset()
    late_reason: str = ""
    imbalance_reason: str = ""
    conflict_reason: str = ""
    helper_sirens: frozenset[str] = frozenset()
    short_notice_reason: str = ""
    rules: PanelRules = field(default_factory=PanelRules)


@dataclass(frozen=True)
class HearingRequest(Facts):
    """A session and an hour for one candidate; the panel is looked up, never brought."""

    session: int
    starts_at: time
    minutes: int = 60
    late_reason: str = ""
    short_notice_reason: str = ""
    conflict_reason: str = ""


@dataclass(frozen=True)
class PostponementRequest(Facts):
    """A hearing is put off; `same_day` says that it was decided on the very day, at the latest."""

    reason: str = ""
    whose: PostponedBy | None = None
    same_day: bool = False


@dataclass(frozen=True)
class Postponement(Facts):
    """A hearing put off: why, whose doing it is, and what the delay is counted from again (R-052).

    `begun` says that the panel had already written something of this candidate.
    """

    reason: str = ""
    whose: PostponedBy | None = None
    same_day: bool = False
    held_on: date | None = None
    begun: bool = False
    deposited_on: date | None = None
    hearing_by: date | None = None


@dataclass(frozen=True)
class Score:
    """What one competence was found to be worth, against the criteria of the référentiel."""

    competence: str
    bloc: str
    mastery: Mastery
    criteria: str = ""


@dataclass(frozen=True)
class BlocVote:
    """The votes on one bloc: in favour, against, and the president's own (None when absent)."""

    bloc: str
    votes_for: int
    votes_against: int
    president_for: bool | None = None
    ground: str = ""
    title: str = ""


@dataclass(frozen=True)
class Deliberation(Facts):
    """What a panel decided for one candidate (R-059…R-077)."""

    session: str
    held_on: date
    panel: tuple[Member, ...]
    scores: tuple[Score, ...]
    competences: frozenset[str]
    votes: tuple[BlocVote, ...]
    rules: PanelRules = field(default_factory=PanelRules)
    condition: str = ""
    imbalance_reason: str = ""
    grounds_confirmed: bool = False
    signed_by_president: bool = False
    candidate_sirens: frozenset[str] = frozenset()
    helper_sirens: frozenset[str] = frozenset()
    conflict_reason: str = ""
    starts_at: datetime | None = None
    signed_at: datetime | None = None


@dataclass(frozen=True)
class MinutesRequest(Facts):
    """The president closes a hearing; presence, scores and votes are those of the panel."""

    hearing: int
    condition: str = ""
    imbalance_reason: str = ""
    conflict_reason: str = ""
    grounds_confirmed: bool = False
    signed: bool = True


@dataclass(frozen=True)
class AbsenceRequest(Facts):
    """The candidate did not come to a hearing, excused or not."""

    hearing: int
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class Absence(Facts):
    """The candidate was not examined (R-084)."""

    outcome: Outcome
    held_on: date
    reason: str = ""
    deposited_on: date | None = None
    hearing_by: date | None = None


@dataclass(frozen=True)
class PanelChange(Facts):
    """Who left a panel, who sits instead, who presides from then on, and why (R-061)."""

    reason: str
    left: str = ""
    joined: str = ""
    president: str = ""


@dataclass(frozen=True)
class LinkLifted(Facts):
    """A link with a candidate that no longer bars a member of a jury, and why (R-064)."""

    juror: str
    reason: str


@dataclass(frozen=True)
class SessionChange(Facts):
    """What of a summons is no longer so, in words, and the whole of it as it is from now on (R-056)."""

    changes: tuple[str, ...]
    held_on: date
    starts_at: time
    minutes: int
    mode: SessionMode
    form: EvaluationForm
    place: str
    link: str
    documents: str
    accessibility_contact: str


@dataclass(frozen=True)
class PlanAction:
    """One thing to do towards a missing bloc: what, who, by when."""

    bloc: str
    action: str
    who: str
    due_on: date


@dataclass(frozen=True)
class PostJury(Facts):
    """The post-jury meeting: a plan towards the missing blocs, or another project (R-081)."""

    held_on: date
    minutes: int
    report: str
    actions: tuple[PlanAction, ...] = ()
    alternative: str = ""

    @property
    def happened_on(self) -> date:
        """Return the day of the meeting."""
        return self.held_on


@dataclass(frozen=True)
class PostJuryProposal(Facts):
    """A meeting after the jury is proposed: maybe a day, how, and a word (R-081)."""

    on: date | None
    mode: MeetingMode
    message: str = ""


@dataclass(frozen=True)
class ConditionNotMet(Leading):
    """A condition was not met: the blocs that it bore on are not acquired (R-085)."""

    blocs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Annulment(Reason):
    """Why a jury is annulled; on the 2002 route, the limits that run again are completed."""

    valid_until: date | None = None
    hearing_by: date | None = None


@dataclass(frozen=True)
class Rectification(Leading):
    """What a jury really gave, where its signed minutes say otherwise, and what proves it (R-076).

    What the minutes gave (`before`), the `outcome` and `valid_until` are completed.
    """

    won: tuple[str, ...] = ()
    condition: str = ""
    evidence: str = ""
    before: tuple[str, ...] = ()
    outcome: Outcome = Outcome.NONE
    valid_until: date | None = None

    @property
    def lost(self) -> tuple[str, ...]:
        """Return the blocs that the minutes gave in error."""
        return tuple(bloc for bloc in self.before if bloc not in self.won)

    @property
    def gained(self) -> tuple[str, ...]:
        """Return the blocs that the minutes forgot."""
        return tuple(bloc for bloc in self.won if bloc not in self.before)


@dataclass(frozen=True)
class HeldElsewhere(Facts):
    """A bloc obtained by a training, another certifier or another journey, and its proof (R-073).

    `document` is the identifier of the file that proves it.
    """

    bloc: str
    where: str
    obtained_on: date
    document: str = ""


@dataclass(frozen=True)
class PriorBlocAnswer(Reason):
    """What the certifier says of a bloc held from elsewhere, once its proof was read."""

    bloc: str = ""


@dataclass(frozen=True)
class Equivalent:
    """A bloc of the former sheet, when it was acquired, and the bloc for which it counts (R-073).

    `source` is what the certifier's table rests on.
    """

    former: str
    bloc: str
    acquired_on: date
    valid_until: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Equivalents(Facts):
    """What a person acquired on the sheet that this one replaces, as the certifier's table counts it."""

    blocs: tuple[Equivalent, ...] = ()


@dataclass(frozen=True)
class ComplaintFiled(Facts):
    """What a candidate complains of, contests or asks about their data, and before whom (R-130)."""

    version: ClassVar[int] = 2

    to: Addressee
    words: str
    nature: RequestNature = RequestNature.COMPLAINT


@dataclass(frozen=True)
class ComplaintAnswer(Facts):
    """The answer to a complaint of the register, by its number, and what was done about it.

    `granted` says that a correction or an erasure was agreed to.
    """

    version: ClassVar[int] = 2

    number: int
    answer: str
    action: str = ""
    granted: bool = False


@dataclass(frozen=True)
class AdjustmentRequest(Facts):
    """What a candidate needs, for which step, and whether the jury may learn what is granted (R-127)."""

    unkept: ClassVar[frozenset[str]] = frozenset({"kinds", "words"})

    step: AdjustedStep
    kinds: tuple[AdjustmentKind, ...] = ()
    words: str = ""
    jury_may_know: bool = False


@dataclass(frozen=True)
class AdjustmentAnswer(Facts):
    """What is answered to a request, by its number: what is put in place, or why nothing is."""

    unkept: ClassVar[frozenset[str]] = frozenset({"words"})

    number: int
    outcome: AdjustmentOutcome
    words: str = ""


@dataclass(frozen=True)
class AdjustmentNamed(Facts):
    """One of a candidate's own requests, by its number."""

    number: int


@dataclass(frozen=True)
class AdjustmentSharing(AdjustmentNamed):
    """Whether the jury may learn what was granted to a request (R-123)."""

    jury_may_know: bool


@dataclass(frozen=True)
class AdjustmentWithdrawal(AdjustmentNamed):
    """A request that its candidate takes back."""


@dataclass(frozen=True)
class FraudOpening(Facts):
    """What is held against the candidate, and the day until which observations are awaited."""

    grounds: str
    answer_by: date


@dataclass(frozen=True)
class Leaving(Facts):
    """Why a journey stops."""

    reason: DropOutReason
    comment: str = ""


@dataclass(frozen=True)
class QuestionTouched(Facts):
    """A question to the certifier that was asked or answered: its words stay in the ledger."""

    question: int


@dataclass(frozen=True)
class MessageSent(Facts):
    """A message between a candidate and who accompanies them: its words stay in the thread."""

    message: int


@dataclass(frozen=True)
class TextHelped(Facts):
    """A text that somebody typed for a candidate: who and what stay with it."""

    text: int


@dataclass(frozen=True)
class AidTouched(Facts):
    """Somebody named to help to write, or taken away: who stays with the list."""

    aid: int


@dataclass(frozen=True)
class RehearsalShared(Facts):
    """The grid of a rehearsal that was shared with its candidate: its words stay in the grid."""

    grid: int
    held_on: date
    minutes: int


@dataclass(frozen=True)
class DocumentTouched(Facts):
    """The document that an event is about.

    Only its kind: a name may hold personal data, and the journal is kept when the file is not.
    """

    kind: DocumentKind


@dataclass(frozen=True)
class DraftChanged(Facts):
    """The part of a feasibility file that somebody of the staff changed; never its words (R-124)."""

    part: FilePart


@dataclass(frozen=True)
class SentUnfinished(Facts):
    """What was still missing, in sentences, when a validation file left all the same."""

    points: tuple[str, ...]


@dataclass(frozen=True)
class DelayChange:
    """A delay as it was counted before and after something was recorded late; None where there is none."""

    kind: ClockKind
    before: date | None
    after: date | None


@dataclass(frozen=True)
class DelaysRecounted(Facts):
    """What a late record changed of the delays."""

    changes: tuple[DelayChange, ...]


@dataclass(frozen=True)
class SheetShortened(Facts):
    """What a sheet of the register said before and says now, and which one replaces it (R-131)."""

    was: Sheet
    now: Sheet
    successor: str = ""


@dataclass(frozen=True)
class ErasureAnnounced(Facts):
    """The day from which personal data are erased (R-122)."""

    on: date


@dataclass(frozen=True)
class DataErased(Facts):
    """How many things were erased, and nothing of what they said (R-122)."""

    count: int


@dataclass(frozen=True)
class DateKept(Facts):
    """A date of the personal path that was kept (R-090)."""

    title: str
    due_on: date


@dataclass(frozen=True)
class PlanTouched(Facts):
    """An action of the plan after a jury that was kept, moved or given up: its words stay in the plan (R-081)."""

    action: int
    bloc: str
    due_on: date


@dataclass(frozen=True)
class ServiceCertified(Facts):
    """What a certificate says was given, in minutes, from the first day that is signed to the last (R-110).

    `waiting` is how many half-days and meetings were not signed that day.
    """

    organisation: int
    since: date
    until: date
    individual_planned: int
    individual_signed: int
    group_planned: int
    group_signed: int
    waiting: int


@dataclass(frozen=True)
class GroupNamed(Facts):
    """The group of a company that a candidate joined or left; `text` names it, and the company."""

    group: int
    text: str


@dataclass(frozen=True)
class EmployerAgreed(Facts):
    """What a candidate lets the company of their group read from now on, all of it; `text` says it in words (R-125)."""

    group: int
    items: tuple[Shared, ...]
    text: str
