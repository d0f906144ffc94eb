"""What a journey would become after an act, or after time passed: no database, nothing written.

The same table, the same guards, the same clocks as `journeys.actions.act`; the rows that acts write are
told here as changes of the frozen case. A test does both side by side and compares them after each act.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from jalon.law import adjustments, jury, lifecycle, results, stages
from jalon.law.case import (
    Adjustment,
    Admissibility,
    Case,
    ClockView,
    Filing,
    FraudState,
    ValidationState,
)
from jalon.law.chronology import Delay, after_act
from jalon.law.clocks import Span, alert_days, day_after
from jalon.law.facts import (
    Absence,
    AccompanimentAsked,
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentSharing,
    AdjustmentWithdrawal,
    AmendedPath,
    ComplaintAnswer,
    ComplaintFiled,
    ConditionNotMet,
    DatedNote,
    DayCorrection,
    Death,
    Deliberation,
    EndProposal,
    Equivalents,
    Extension,
    Facts,
    HeldElsewhere,
    JuryElsewhere,
    Nothing,
    OpinionGiven,
    Path,
    PortalNumber,
    PriorBlocAnswer,
    Receipt,
    Rectification,
    Resumption,
    Signature,
    TargetChange,
    Transfer,
)
from jalon.law.rulebook import Refusal
from jalon.law.transitions import ClockMove, Transition
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Addressee,
    ClockKind,
    ClockState,
    Contestation,
    RequestNature,
    Role,
    Scope,
    Stage,
)
from jalon.law.writing import FEASIBILITY
from jalon.now import PARIS

#: At what hour an act is supposed to be done, when only its day is known.
USUAL_HOUR = time(9)

#: In which roles somebody acts for the side that accompanies.
ACCOMPANYING = (Role.ARCHITECT, Role.HEAD)

Change = Callable[[Case, Any], Case]


@dataclass(frozen=True)
class Step:
    """One act of a simulated future: the day, the act, and what it left."""

    on: date
    act: Act
    case: Case


def attempt(case: Case, act: Act, role: Role, facts: Facts | None = None) -> Case | Refusal:
    """Return the case after an act tried by somebody in a role, or why it is refused."""
    facts = facts or Nothing()
    transition = lifecycle.transition_for(
        act, case.stage, case.route, case.accompaniment, case.anchors
    )
    if transition is None or role not in transition.by:
        return Refusal("TABLE", f"« {act.label} » n’est pas possible ici.")
    acting = replace(case, actor=role)
    return lifecycle.refused_by(transition, acting, facts) or apply(acting, transition, facts)


def apply(case: Case, transition: Transition, facts: Facts) -> Case:
    """Return the case after an act that nothing refuses: what it writes, its clocks, its stage."""
    change = CHANGES.get(transition.act)
    after = change(case, facts) if change else case
    if case.actor in ACCOMPANYING and after.accompaniment == Accompaniment.ACCOMPANIED:
        on = facts.happened_on or case.today
        acted_on = max(on, case.accompanist_acted_on or on)
        after = replace(after, accompanist_acted_on=acted_on)
    clocks = clocks_after(after, transition.clocks, facts)
    stage = transition.reaches(case.stage, facts)
    if stage == case.stage and transition.to != stage:
        return replace(after, clocks=clocks)
    if case.stage in stages.PATH_MADE and stage in stages.PATH_TO_MAKE:
        after = replace(after, planned=())
    since = facts.happened_on or case.today
    reached_on = case.reached_on if case.actor == Role.SYSTEM else since
    return replace(after, clocks=clocks, stage=stage, stage_since=since, reached_on=reached_on)


def days_passing(case: Case, days: int) -> Iterator[Step]:
    """Yield each thing that the system does by itself while some days pass, in order.

    The last step carries the case as it stands; use `after_days` when only the end matters.
    """
    for _ in range(days):
        case = replace(case, today=case.today + timedelta(days=1))
        for step in acts_of_the_day(case):
            case = step.case
            yield step


def after_days(case: Case, days: int) -> Case:
    """Return the case once some days have passed and the clocks did what they do."""
    until = case.today + timedelta(days=days)
    for step in days_passing(case, days):
        case = step.case
    return replace(case, today=until)


def acts_of_the_day(case: Case) -> Iterator[Step]:
    """Yield what the clocks bring today: an alert, or the end of a delay."""
    for clock in case.clocks:
        if clock.state != ClockState.RUNNING:
            continue
        due = lifecycle.AUTOMATIC[clock.kind]
        alerts = due.warn if case.today in alert_days(clock) else None
        ends = due.expire if case.today == day_after(clock.limit_on) else None
        for act in (alerts, ends):
            after = attempt(case, act, Role.SYSTEM) if act else None
            if act and isinstance(after, Case):
                case = after
                yield Step(case.today, act, case)


# ---------------------------------------------------------------- clocks


def clocks_after(case: Case, moves: tuple[ClockMove, ...], facts: Facts) -> tuple[ClockView, ...]:
    """Return the clocks of a case after the moves of a row."""
    found = tuple(delay_of(view) for view in case.clocks)
    after = after_act(found, moves, facts, case.today, case)
    return tuple(view_of(delay) for delay in after)


def delay_of(view: ClockView) -> Delay:
    """Return a clock of a case as a story counts it; where its dates come from is not in a case."""
    span = Span(view.target_on, view.limit_on, view.alert_on, "", "", "")
    return Delay(view.kind, view.state, view.started_on, span)


def view_of(delay: Delay) -> ClockView:
    """Return a delay as a case shows it."""
    span = delay.span
    return ClockView(
        delay.kind, delay.state, delay.started_on, span.target_on, span.limit_on, span.alert_on
    )


# ---------------------------------------------------------------- what acts write

CHANGES: dict[Act, Change] = {}


def changes(*acts: Act) -> Callable[[Change], Change]:
    """Register what some acts change of a case."""

    def register(change: Change) -> Change:
        for act in acts:
            CHANGES[act] = change
        return change

    return register


def moment(case: Case) -> datetime:
    """Return the usual hour, in Paris, on the day of the act."""
    return datetime.combine(case.today, USUAL_HOUR, PARIS)


def of_feasibility(case: Case, **values: Any) -> Case:
    """Return the case with some values of its feasibility file changed."""
    return replace(case, feasibility=replace(case.feasibility, **values))


def of_validation(case: Case, **values: Any) -> Case:
    """Return the case with some values of its validation file changed."""
    return replace(case, validation=replace(case.validation, **values))


@changes(Act.PROPOSE_PATH)
def path_proposed(case: Case, facts: Path) -> Case:
    """The hours of the path are those of the feasibility file; its dates are expected."""
    planned = tuple((one.title, one.due_on) for one in facts.milestones)
    return replace(of_feasibility(case, hours_estimated=True), planned=planned)


@changes(Act.ACCEPT_PATH)
def path_accepted(case: Case, facts: Facts) -> Case:
    """The choice of trainings is dated."""
    return of_feasibility(case, trainings_chosen_on=moment(case))


@changes(Act.GIVE_MANDATE)
def mandate_given(case: Case, facts: Signature) -> Case:
    """The mandate is dated."""
    return replace(case, mandate_on=moment(case))


@changes(Act.WITHDRAW_MANDATE)
def mandate_withdrawn(case: Case, facts: Facts) -> Case:
    """Nobody sends in the candidate's place any more."""
    return replace(case, mandate_on=None)


@changes(Act.TAKE_CHARGE, Act.TAKE_OVER, Act.REASSIGN)
def followed(case: Case, facts: Facts) -> Case:
    """Somebody who works there has the file."""
    return replace(case, followed=True)


@changes(Act.LEAVE_ACCOMPANIMENT, Act.END_ACCOMPANIMENT)
def alone(case: Case, facts: Facts) -> Case:
    """Nobody accompanies any more."""
    case = in_other_hands(case)
    return replace(
        case,
        accompaniment=Accompaniment.ALONE,
        qualiopi_until=None,
        organisation_closed_on=None,
        accompanist_acted_on=None,
    )


@changes(Act.ASK_ACCOMPANIMENT)
def accompanied(case: Case, facts: AccompanimentAsked) -> Case:
    """The organisation that is asked accompanies, as soon as somebody there takes the file."""
    case = in_other_hands(case)
    return replace(
        case,
        accompaniment=Accompaniment.ACCOMPANIED,
        qualiopi_until=facts.qualiopi_until,
        organisation_closed_on=facts.closed_on,
        accompanist_acted_on=case.today,
    )


def in_other_hands(case: Case) -> Case:
    """Return the case once who accompanied is gone: no mandate, no opinion, and a file to sign again."""
    case = replace(case, followed=False, mandate_on=None, end_proposed=None, amendment_on=None)
    case = replace(case, adjustments=adjustments.without_accompaniment(case))
    kept = frozenset(one for one in case.complaints if one[1] == Addressee.CERTIFIER)
    erasures = case.erasures & {number for number, _ in kept}
    left = case.complaints_left | {number for number, _ in case.complaints - kept}
    case = replace(case, complaints=kept, complaints_left=left, erasures=erasures)
    if case.stage not in FEASIBILITY.stages:
        return case
    return of_feasibility(case, opinion=None, confirmed_on=None, sworn_on=None)


@changes(Act.GIVE_OPINION)
def opinion_given(case: Case, facts: OpinionGiven) -> Case:
    """The opinion; whoever signed before signs again (R-017)."""
    return of_feasibility(case, opinion=facts.opinion, confirmed_on=None, sworn_on=None)


@changes(Act.CONFIRM_FEASIBILITY)
def feasibility_confirmed(case: Case, facts: Signature) -> Case:
    """Confirmation and sworn statement carry the same moment."""
    return of_feasibility(case, confirmed_on=moment(case), sworn_on=moment(case))


@changes(Act.ALLOW_EXTRA_FILING)
def extra_filing_allowed(case: Case, facts: Any) -> Case:
    """The certifier's reason lifts the cap."""
    return replace(case, extra_filing_reason=facts.reason)


@changes(Act.CONFIRM_SHEET)
def sheet_confirmed(case: Case, facts: Any) -> Case:
    """The certifier's word on what follows."""
    return replace(case, sheet_statement=facts.reason)


@changes(Act.SEND_FEASIBILITY, Act.DEPOSIT_FEASIBILITY)
def feasibility_sent(case: Case, facts: Facts) -> Case:
    """The first sending is the one that counts for the year."""
    if any(filing.journey == case.journey for filing in case.filings):
        return case
    on = facts.happened_on or case.today
    filing = Filing(case.journey, case.sheet.code, on, case.scope)
    return replace(case, filings=(*case.filings, filing))


@changes(Act.DECLARE_INCOMPLETE)
def feasibility_returned(case: Case, facts: Facts) -> Case:
    """The candidate will confirm and sign again."""
    case = undecided(case)
    return of_feasibility(case, completed_on=None, confirmed_on=None, sworn_on=None)


@changes(Act.DECLARE_COMPLETE)
def feasibility_complete(case: Case, facts: Receipt) -> Case:
    """The day of receipt is known; silence had not decided yet."""
    return of_feasibility(undecided(case), completed_on=facts.received_on)


def undecided(case: Case) -> Case:
    """Return the case without a decision in force, and no step counted since."""
    if case.admissibility is None:
        return case
    return replace(case, admissibility=None, steps_since_admissibility=0)


def decided(case: Case, facts: Any, *, admissible: bool) -> Case:
    """Return the case with a decision of today in force; a favourable one opens the writing."""
    until = getattr(facts, "valid_until", None)
    return decided_as(case, Admissibility(admissible, False, case.today, until))


def decided_as(case: Case, decision: Admissibility) -> Case:
    """Return the case with a decision in force: the identity document served, and is gone (R-036)."""
    case = replace(case, admissibility=decision, identity_document=False)
    return writing_opened(case) if decision.admissible else case


def writing_opened(case: Case) -> Case:
    """Return the case with a validation file, if it had none, and no step counted yet."""
    steps = 0 if case.clock(ClockKind.LAPSE) is None else case.steps_since_admissibility
    if case.validation.blocs:
        return case
    return replace(
        case,
        steps_since_admissibility=steps,
        validation=ValidationState(sections_missing=case.unwritten, blocs=case.missing_blocs),
    )


@changes(Act.DECLARE_ADMISSIBLE, Act.CONFIRM_TACIT)
def admitted(case: Case, facts: Facts) -> Case:
    """A favourable decision."""
    return decided(case, facts, admissible=True)


@changes(Act.DECLARE_INADMISSIBLE, Act.OVERTURN_TACIT)
def not_admitted(case: Case, facts: Facts) -> Case:
    """An unfavourable decision."""
    return decided(case, facts, admissible=False)


@changes(Act.ADMIT_TACITLY)
def admitted_by_silence(case: Case, facts: Facts) -> Case:
    """Silence decided on the day the two months ended, not on the day it was seen."""
    clock = case.clock(ClockKind.DECISION)
    on = clock.limit_on if clock else case.today
    return decided_as(case, Admissibility(True, True, on))


@changes(Act.REVOKE_DECISION)
def decision_revoked(case: Case, facts: Facts) -> Case:
    """No decision is in force any more; what was written is set aside, for the next one."""
    return undecided(case)


@changes(Act.RECORD_STEP)
def step_recorded(case: Case, facts: DatedNote) -> Case:
    """One more step since the delay began."""
    clock = case.clock(ClockKind.LAPSE)
    counted = bool(clock and case.admissibility and facts.on >= clock.started_on)
    return replace(case, steps_since_admissibility=case.steps_since_admissibility + counted)


@changes(Act.CLAIM_REASON)
def reason_claimed(case: Case, facts: Facts) -> Case:
    """A legitimate reason waits for its answer."""
    return replace(case, reason_claimed_on=moment(case))


@changes(Act.GRANT_REASON)
def delay_began_again(case: Case, facts: Facts) -> Case:
    """Steps of the days before no longer count, and the reason is answered."""
    return replace(case, steps_since_admissibility=0, reason_claimed_on=None)


@changes(Act.REFUSE_REASON)
def reason_refused(case: Case, facts: Facts) -> Case:
    """The reason is answered."""
    return replace(case, reason_claimed_on=None)


@changes(Act.ASK_EXTENSION)
def extension_asked(case: Case, facts: Facts) -> Case:
    """An extension waits for its answer."""
    return replace(case, extension_asked_on=moment(case))


@changes(Act.EXTEND_VALIDITY)
def validity_extended(case: Case, facts: Extension) -> Case:
    """The admissibility holds until another day."""
    held = case.admissibility
    longer = replace(held, valid_until=facts.valid_until) if held else None
    return replace(case, admissibility=longer, extension_asked_on=None)


@changes(Act.REFUSE_EXTENSION)
def extension_refused(case: Case, facts: Facts) -> Case:
    """The request is answered."""
    return replace(case, extension_asked_on=None)


@changes(Act.CONFIRM_LAPSE)
def lapsed(case: Case, facts: Facts) -> Case:
    """The admissibility lapsed; so did the file that was sent."""
    filings = tuple(
        replace(filing, lapsed=filing.lapsed or filing.journey == case.journey)
        for filing in case.filings
    )
    return replace(case, contestation=Contestation.NONE, filings=filings)


@changes(Act.CONTEST_LAPSE)
def contested(case: Case, facts: Facts) -> Case:
    """A contestation waits."""
    return replace(case, contestation=Contestation.PENDING)


@changes(Act.CANCEL_LAPSE)
def contestation_accepted(case: Case, facts: Facts) -> Case:
    """The admissibility lives again, from today."""
    filings = tuple(
        replace(filing, lapsed=filing.lapsed and filing.journey != case.journey)
        for filing in case.filings
    )
    return replace(
        case, contestation=Contestation.ACCEPTED, steps_since_admissibility=0, filings=filings
    )


@changes(Act.UPHOLD_LAPSE)
def contestation_rejected(case: Case, facts: Facts) -> Case:
    """The lapse stays."""
    return replace(case, contestation=Contestation.REJECTED)


@changes(Act.SIGN_ORIGINALITY)
def originality_signed(case: Case, facts: Facts) -> Case:
    """The statement is dated."""
    return of_validation(case, originality_on=moment(case))


@changes(Act.SEND_VALIDATION, Act.DEPOSIT_VALIDATION)
def validation_sent(case: Case, facts: Facts) -> Case:
    """The file left today."""
    return of_validation(case, sent_on=facts.happened_on or case.today)


@changes(Act.CORRECT_DAY)
def day_corrected(case: Case, facts: DayCorrection) -> Case:
    """A file was received, or deposited, on another day than was noted."""
    if case.stage == Stage.FEASIBILITY_COMPLETE:
        return of_feasibility(case, completed_on=facts.right_on)
    if case.stage == Stage.VALIDATION_SENT:
        case = of_validation(case, sent_on=facts.right_on)
    filings = tuple(
        replace(one, submitted_on=facts.right_on)
        if (one.journey, one.submitted_on) == (case.journey, facts.before)
        and case.stage == Stage.FEASIBILITY_SENT
        else one
        for one in case.filings
    )
    return replace(case, reached_on=facts.right_on, filings=filings)


@changes(Act.RETURN_VALIDATION)
def validation_returned(case: Case, facts: Facts) -> Case:
    """What comes back must be signed again."""
    return of_validation(case, originality_on=None, sent_on=None)


@changes(Act.SCHEDULE_HEARING, Act.NOTE_SUMMONS)
def hearing_scheduled(case: Case, facts: Any) -> Case:
    """The date of the passage."""
    return replace(case, hearing_on=facts.held_on, missed=None, told_of_hearing=False)


@changes(Act.CONFIRM_TOLD)
def candidate_told(case: Case, facts: DatedNote) -> Case:
    """The candidate knows the date: nobody is asked to tell them again."""
    return replace(case, told_of_hearing=True)


@changes(Act.POSTPONE_HEARING)
def hearing_cleared(case: Case, facts: Facts) -> Case:
    """Another date is awaited."""
    return replace(case, hearing_on=None)


@changes(Act.RECORD_ABSENCE)
def hearing_missed(case: Case, facts: Absence) -> Case:
    """Nobody was heard: another date is awaited, and the page says which absence it was."""
    return replace(case, hearing_on=None, missed=facts.outcome)


@changes(Act.RECORD_DELIBERATION)
def deliberated(case: Case, facts: Deliberation) -> Case:
    """What the votes make, and the blocs acquired."""
    won = {vote.bloc for vote in facts.votes if jury.bloc_awarded(vote)}
    return replace(
        case,
        outcome=jury.outcome(case, facts),
        condition=facts.condition,
        results_recorded=1,
        hearing_on=facts.held_on,
        acquired_blocs=case.acquired_blocs | won,
    )


@changes(Act.NOTE_RESULT)
def told_by_a_jury_elsewhere(case: Case, facts: JuryElsewhere) -> Case:
    """What a jury elsewhere gave, and that the person was told of it."""
    held = case.acquired_blocs | set(facts.won)
    return replace(
        case,
        outcome=facts.outcome,
        condition=facts.condition,
        results_recorded=1,
        hearing_on=facts.held_on,
        acquired_blocs=held,
        known_blocs=held,
        documents_issued_on=None,
    )


@changes(
    Act.NOTIFY_FULL,
    Act.NOTIFY_CONDITIONAL,
    Act.NOTIFY_TARGETED,
    Act.NOTIFY_PARTIAL,
    Act.NOTIFY_NONE,
)
def result_known(case: Case, facts: Facts) -> Case:
    """The person knows what they hold, and may ask for documents that say it."""
    return replace(case, known_blocs=case.acquired_blocs, documents_issued_on=None)


@changes(Act.LIFT_CONDITION)
def condition_lifted(case: Case, facts: Facts) -> Case:
    """Documents issued under the condition give way to others."""
    return replace(case, condition="", documents_issued_on=None)


@changes(Act.RECTIFY_RESULT)
def result_rectified(case: Case, facts: Rectification) -> Case:
    """What that jury gave in error is withdrawn, what it forgot is given; who knew is told."""
    held = case.acquired_blocs - frozenset(facts.before) | frozenset(facts.won)
    after = replace(case, acquired_blocs=held, outcome=facts.outcome, condition=facts.condition)
    if case.stage == Stage.DELIBERATED:
        return after
    known = case.known_blocs - frozenset(facts.before) | frozenset(facts.won)
    return replace(after, known_blocs=known, documents_issued_on=None)


@changes(Act.ANNUL_HEARING)
def jury_annulled(case: Case, facts: Facts) -> Case:
    """What that jury gave is withdrawn; the same file waits for another one."""
    given = results.own_blocs(case) & case.validation.blocs
    return replace(
        case,
        attempt=case.attempt + 1,
        acquired_blocs=case.acquired_blocs - given,
        known_blocs=case.known_blocs - given,
        outcome=None,
        condition="",
        results_recorded=0,
        hearing_on=None,
        post_jury_proposed_on=None,
        post_jury_declined_on=None,
        post_jury_on=None,
        documents_issued_on=None,
    )


@changes(Act.CONDITION_NOT_MET)
def condition_not_met(case: Case, facts: ConditionNotMet) -> Case:
    """The blocs that the condition bore on are no longer acquired."""
    return replace(
        case,
        acquired_blocs=case.acquired_blocs - frozenset(facts.blocs),
        known_blocs=case.known_blocs - frozenset(facts.blocs),
        outcome=results.without(case, facts.blocs)[1],
        condition="",
        documents_issued_on=None,
    )


@changes(Act.RECORD_PRIOR_BLOC)
def prior_bloc_said(case: Case, facts: HeldElsewhere) -> Case:
    """A bloc from elsewhere waits for the certifier."""
    return replace(case, prior_blocs=case.prior_blocs | {facts.bloc})


@changes(Act.REFUSE_PRIOR_BLOC)
def prior_bloc_refused(case: Case, facts: PriorBlocAnswer) -> Case:
    """The bloc is still to obtain."""
    return replace(case, prior_blocs=case.prior_blocs - {facts.bloc})


@changes(Act.CONFIRM_PRIOR_BLOC)
def prior_bloc_confirmed(case: Case, facts: PriorBlocAnswer) -> Case:
    """The bloc is held: a file under way no longer asks for it."""
    held = frozenset({facts.bloc})
    return held_from_elsewhere(replace(case, prior_blocs=case.prior_blocs - held), held)


@changes(Act.COUNT_EQUIVALENT)
def equivalents_counted(case: Case, facts: Equivalents) -> Case:
    """What was acquired on the former sheet is held on this one."""
    held = frozenset(one.bloc for one in facts.blocs)
    return held_from_elsewhere(case, held)


def held_from_elsewhere(case: Case, held: frozenset[str]) -> Case:
    """Return the case once blocs are held that this journey did not give."""
    after = replace(
        case,
        equivalent_blocs=case.equivalent_blocs - held,
        acquired_blocs=case.acquired_blocs | held,
        known_blocs=case.known_blocs | held,
        elsewhere_blocs=case.elsewhere_blocs | held,
        documents_issued_on=None,
    )
    if case.outcome:
        return after
    titles = {title for bloc, title in case.competences if bloc in held}
    missing = tuple(title for title in case.validation.sections_missing if title not in titles)
    return of_validation(after, blocs=case.validation.blocs - held, sections_missing=missing)


@changes(Act.AWARD_BY_BLOCS)
def awarded_by_blocs(case: Case, facts: Facts) -> Case:
    """Documents of the whole may be asked for."""
    return replace(case, documents_issued_on=None)


@changes(Act.PROPOSE_POST_JURY)
def post_jury_proposed(case: Case, facts: Facts) -> Case:
    """The proposal is dated."""
    return replace(case, post_jury_proposed_on=case.today)


@changes(Act.DECLINE_POST_JURY)
def post_jury_declined(case: Case, facts: Facts) -> Case:
    """The answer is dated."""
    return replace(case, post_jury_declined_on=case.today)


@changes(Act.REQUEST_DOCUMENTS)
def documents_requested(case: Case, facts: Facts) -> Case:
    """The request is dated."""
    return replace(case, documents_requested_on=moment(case))


@changes(Act.ISSUE_DOCUMENTS)
def documents_issued(case: Case, facts: Facts) -> Case:
    """The request is answered."""
    return replace(case, documents_requested_on=None, documents_issued_on=moment(case))


@changes(Act.HOLD_POST_JURY)
def post_jury_held(case: Case, facts: Any) -> Case:
    """The day of the meeting."""
    return replace(case, post_jury_on=facts.held_on)


@changes(Act.OPEN_NEXT_ATTEMPT)
def next_attempt_opened(case: Case, facts: Facts) -> Case:
    """A new file with the missing blocs only: what was written for the jury before is found again."""
    unwritten = case.missing_blocs - case.validation.blocs
    missing = tuple(title for bloc, title in case.competences if bloc in unwritten)
    return replace(
        case,
        attempt=case.attempt + 1,
        outcome=None,
        condition="",
        results_recorded=0,
        post_jury_proposed_on=None,
        post_jury_declined_on=None,
        post_jury_on=None,
        hearing_on=None,
        validation=ValidationState(sections_missing=missing, blocs=case.missing_blocs),
    )


@changes(Act.OPEN_FRAUD)
def fraud_opened(case: Case, facts: Any) -> Case:
    """The procedure and its delay."""
    return replace(case, fraud=FraudState(case.today, facts.answer_by))


@changes(Act.ANSWER_FRAUD)
def fraud_answered(case: Case, facts: Facts) -> Case:
    """The day of the observations."""
    answered = replace(case.fraud, answered_on=case.today) if case.fraud else None
    return replace(case, fraud=answered)


@changes(Act.DISMISS_FRAUD)
def fraud_dismissed(case: Case, facts: Facts) -> Case:
    """The procedure is over."""
    return replace(case, fraud=None)


@changes(Act.REFUSE_FOR_FRAUD)
def refused_for_fraud(case: Case, facts: Facts) -> Case:
    """What was awarded on this journey is withdrawn; the procedure is over."""
    kept = case.elsewhere_blocs
    return replace(case, acquired_blocs=kept, known_blocs=kept & case.known_blocs, fraud=None)


@changes(Act.FILE_COMPLAINT)
def complaint_filed(case: Case, facts: ComplaintFiled) -> Case:
    """One more complaint waits; the number is that of the register."""
    number = case.complaints_filed + 1
    waiting = case.complaints | {(number, facts.to)}
    asks = facts.nature == RequestNature.ERASURE
    erasures = case.erasures | {number} if asks else case.erasures
    return replace(case, complaints=waiting, complaints_filed=number, erasures=erasures)


@changes(Act.ANSWER_COMPLAINT)
def complaint_answered(case: Case, facts: ComplaintAnswer) -> Case:
    """It no longer waits."""
    answered = {facts.number}
    return replace(
        case,
        complaints=frozenset(one for one in case.complaints if one[0] not in answered),
        complaints_left=case.complaints_left - answered,
        complaints_led=case.complaints_led - answered,
        erasures=case.erasures - answered,
    )


@changes(Act.HOLD_DATA)
def data_held(case: Case, facts: Facts) -> Case:
    """Nothing is erased any more."""
    return replace(case, frozen_on=case.today)


@changes(Act.RELEASE_DATA)
def data_released(case: Case, facts: Facts) -> Case:
    """What is to be erased is erased in its time."""
    return replace(case, frozen_on=None)


@changes(Act.ASK_ADJUSTMENT)
def adjustment_asked(case: Case, facts: AdjustmentRequest) -> Case:
    """One more request waits for its answer."""
    number = case.adjustments_asked + 1
    asked = Adjustment(number, facts.step, case.today, jury_may_know=facts.jury_may_know)
    return replace(case, adjustments=(*case.adjustments, asked), adjustments_asked=number)


@changes(Act.ANSWER_ADJUSTMENT)
def adjustment_answered(case: Case, facts: AdjustmentAnswer) -> Case:
    """It no longer waits."""
    return with_adjustment(case, facts.number, outcome=facts.outcome)


@changes(Act.SHARE_ADJUSTMENT)
def adjustment_shared(case: Case, facts: AdjustmentSharing) -> Case:
    """The jury may learn of it, or not."""
    return with_adjustment(case, facts.number, jury_may_know=facts.jury_may_know)


@changes(Act.WITHDRAW_ADJUSTMENT)
def adjustment_withdrawn(case: Case, facts: AdjustmentWithdrawal) -> Case:
    """Nothing is left of it."""
    left = tuple(one for one in case.adjustments if one.number != facts.number)
    return replace(case, adjustments=left)


def with_adjustment(case: Case, number: int, **changed: Any) -> Case:
    """Return the case with one of its requests changed."""
    return replace(
        case,
        adjustments=tuple(
            replace(one, **changed) if one.number == number else one for one in case.adjustments
        ),
    )


@changes(Act.ARCHIVE)
def archived(case: Case, facts: Facts) -> Case:
    """Where it was is remembered."""
    return replace(case, archived_from=case.stage)


@changes(Act.CHANGE_TARGET)
def target_changed(case: Case, facts: TargetChange) -> Case:
    """Another target: no path, no opinion and no signature hold any more; what was written stays."""
    assert facts.sheet
    answered = {title for _, title in case.competences} - set(
        case.feasibility.competences_unanswered
    )
    aimed = facts.known_blocs if facts.scope == Scope.WHOLE else frozenset(facts.blocs)
    competences = tuple(one for one in facts.competences if one[0] in aimed)
    case = of_feasibility(
        case,
        competences_unanswered=tuple(title for _, title in competences if title not in answered),
        trainings_chosen_on=None,
        hours_estimated=False,
        opinion=None,
        confirmed_on=None,
        sworn_on=None,
    )
    if facts.code != facts.was:
        case = of_feasibility(case, prerequisites=None)
        case = replace(case, acquired_blocs=frozenset(), known_blocs=frozenset())
        case = replace(case, elsewhere_blocs=frozenset(), open_elsewhere=facts.open_beside)
        case = replace(case, equivalent_blocs=frozenset())
    return replace(
        case,
        sheet=facts.sheet,
        scope=facts.scope,
        all_blocs=facts.known_blocs,
        targeted_blocs=aimed,
        competences=competences,
    )


@changes(Act.TRANSFER)
def transferred(case: Case, facts: Transfer) -> Case:
    """Another certifier has the file; everything else stays as it was."""
    return replace(case, certifier_outside=not facts.works_here, received_on=case.today)


@changes(Act.AMEND_PATH)
def path_amended(case: Case, facts: Facts) -> Case:
    """An amended path waits for an answer; the one that was accepted holds until then."""
    return replace(case, amendment_on=moment(case))


@changes(Act.ACCEPT_AMENDMENT)
def amendment_accepted(case: Case, facts: AmendedPath) -> Case:
    """The dates of the amended path are expected from now on."""
    planned = tuple((one.title, one.due_on) for one in facts.milestones)
    return replace(case, amendment_on=None, planned=planned)


@changes(Act.DECLINE_AMENDMENT)
def amendment_declined(case: Case, facts: Facts) -> Case:
    """Nothing waits any more."""
    return replace(case, amendment_on=None)


@changes(Act.PROPOSE_END)
def end_was_proposed(case: Case, facts: EndProposal) -> Case:
    """The candidate is asked."""
    return replace(case, end_proposed=facts.end)


@changes(Act.DECLINE_END, Act.REORIENT)
def end_was_answered(case: Case, facts: Facts) -> Case:
    """The candidate decided."""
    return replace(case, end_proposed=None)


@changes(Act.DROP_OUT)
def dropped_out(case: Case, facts: Facts) -> Case:
    """Nobody waits for an answer, nor for the candidate before a jury."""
    case = replace(case, end_proposed=None, amendment_on=None)
    return replace(case, hearing_on=None) if case.stage == Stage.JURY_SCHEDULED else case


@changes(Act.RESUME)
def resumed(case: Case, facts: Resumption) -> Case:
    """What leaves again is signed again."""
    if facts.leads_to == Stage.FEASIBILITY_INCOMPLETE:
        return of_feasibility(case, completed_on=None, confirmed_on=None, sworn_on=None)
    if facts.leads_to == Stage.ADMISSIBLE:
        return of_validation(case, originality_on=None, sent_on=None)
    return case


@changes(Act.NOTE_PORTAL_NUMBER)
def registered_on_the_portal(case: Case, facts: PortalNumber) -> Case:
    """The number is known: another would correct it."""
    return replace(case, portal_number_noted=True)


@changes(Act.CLOSE_DECEASED)
def closed(case: Case, facts: Death) -> Case:
    """The file is put away, and nobody is waited for."""
    return replace(dropped_out(case, facts), deceased_on=facts.on)


@changes(Act.NOTE_HEIRS_REQUEST)
def asked_by_heirs(case: Case, facts: Facts) -> Case:
    """The request is dated."""
    return replace(case, documents_requested_on=moment(case))
