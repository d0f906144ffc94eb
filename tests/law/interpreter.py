"""A journey without a database: the table of the law carried out on a frozen picture."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from jalon.law import jury, lifecycle
from jalon.law.case import (
    Admissibility,
    Case,
    ClockView,
    FeasibilityState,
    FraudState,
    ValidationState,
)
from jalon.law.clocks import day_after, span
from jalon.law.facts import (
    Absence,
    Contact,
    Convening,
    DatedNote,
    Decision,
    Deliberation,
    Facts,
    FirstMeeting,
    FraudOpening,
    Lapse,
    Leaving,
    Milestone,
    Missing,
    Nothing,
    OpinionGiven,
    Path,
    PathAnswer,
    PostJury,
    Reason,
    Score,
    Signature,
)
from jalon.law.lifecycle import AUTOMATIC, ClockMove, Expire, Pause, Resume, Start, Stop, Transition
from jalon.law.vocabulary import (
    Act,
    ClockKind,
    ClockState,
    Contestation,
    DropOutReason,
    Mastery,
    Opinion,
    Outcome,
    Role,
    Route,
    Stage,
)
from jalon.now import PARIS

from .pictures import (
    SIGNED,
    a_convening,
    a_deliberation,
    a_file,
    a_first_meeting,
    a_path,
    a_post_jury,
)

LIVING = (ClockState.RUNNING, ClockState.PAUSED)
UNSIGNED = {"confirmed_on": None, "sworn_on": None}


@dataclass
class Walk:
    """A journey on its way: its picture today, and the acts done so far."""

    case: Case
    journal: list[tuple[Act, Role, Stage]] = field(default_factory=list)

    def do(self, act: Act, role: Role, facts: Facts | None = None) -> str | None:
        """Try an act; return the rule that refuses it ("TABLE" when there is no row), or None."""
        facts = facts or Nothing()
        case = replace(self.case, actor=role)
        transition = lifecycle.transition_for(act, case.stage, case.route, case.accompaniment)
        if transition is None or role not in transition.actors:
            return "TABLE"
        if refusal := lifecycle.refused_by(transition, case, facts):
            return refusal.rule
        effect = EFFECTS.get(act)
        after = effect(case, facts) if effect else case
        after = replace(after, clocks=moved(after, transition.clocks, facts))
        self.case = replace(after, stage=transition.reaches(case.stage))
        self.journal.append((act, role, case.stage))
        return None

    def wait(self, days: int) -> None:
        """Let days pass one by one; the system does what each day brings."""
        for _ in range(days):
            self.case = replace(self.case, today=self.case.today + timedelta(days=1))
            for clock in self.case.clocks:
                if clock.state == ClockState.RUNNING:
                    self._ring(clock)

    def _ring(self, clock: ClockView) -> None:
        due = AUTOMATIC[clock.kind]
        if due.warn and clock.alert_on == self.case.today:
            self.do(due.warn, Role.SYSTEM)
        if due.expire and self.case.today == day_after(clock.limit_on):
            refused = self.do(due.expire, Role.SYSTEM)
            assert refused is None, f"{due.expire} at {self.case.stage}: {refused}"

    @property
    def living(self) -> list[ClockKind]:
        """Return the kinds of the clocks that run or stand still."""
        return [clock.kind for clock in self.case.clocks if clock.state in LIVING]

    def replay(self) -> Stage:
        """Return the stage that the journal alone leads to."""
        stage = Stage.REGISTERED
        for act, _, _ in self.journal:
            transition = lifecycle.transition_for(
                act, stage, self.case.route, self.case.accompaniment
            )
            assert transition is not None
            stage = transition.reaches(stage)
        return stage


def moved(case: Case, moves: tuple[ClockMove, ...], facts: Facts) -> tuple[ClockView, ...]:
    """Return the clocks of a journey after the moves of a row."""
    clocks = case.clocks
    for move in moves:
        match move:
            case Start(kind=kind, basis=basis) if move.serves(case.route, case.accompaniment):
                clocks = ended(clocks, kind, ClockState.STOPPED) + started(case, kind, basis, facts)
            case Stop(kind=kind):
                clocks = ended(clocks, kind, ClockState.STOPPED)
            case Expire(kind=kind):
                clocks = ended(clocks, kind, ClockState.EXPIRED)
            case Pause(kind=kind):
                clocks = ended(clocks, kind, ClockState.PAUSED)
            case Resume():
                raise AssertionError("no row of the table resumes a clock")
    return clocks


def ended(
    clocks: tuple[ClockView, ...], kind: ClockKind, state: ClockState
) -> tuple[ClockView, ...]:
    """Return the clocks with the living one of a kind put in a state."""
    return tuple(
        replace(clock, state=state) if clock.kind == kind and clock.state in LIVING else clock
        for clock in clocks
    )


def started(case: Case, kind: ClockKind, basis: str, facts: Facts) -> tuple[ClockView, ...]:
    """Return the new clock of a kind, or nothing when the facts name no day."""
    named = case.today if basis == "today" else getattr(facts, basis)
    if named is None:
        return ()
    since = case.today if kind == ClockKind.VALIDITY else named
    dates = span(kind, since, valid_until=named)
    return (
        ClockView(kind, ClockState.RUNNING, since, dates.target_on, dates.limit_on, dates.alert_on),
    )


# ---------------------------------------------------------------- what an act writes


def moment(case: Case) -> datetime:
    """Return nine o'clock in Paris on the day of the act."""
    return datetime.combine(case.today, time(9), PARIS)


def _file(**changes: Callable[[Case, Any], Any]) -> Callable[[Case, Any], Case]:
    def effect(case: Case, facts: Any) -> Case:
        values = {name: value(case, facts) for name, value in changes.items()}
        return replace(case, feasibility=replace(case.feasibility, **values))

    return effect


def _set(**changes: Callable[[Case, Any], Any]) -> Callable[[Case, Any], Case]:
    def effect(case: Case, facts: Any) -> Case:
        return replace(case, **{name: value(case, facts) for name, value in changes.items()})

    return effect


def _decide(*, admissible: bool, tacit: bool = False) -> Callable[[Case, Any], Case]:
    def effect(case: Case, facts: Any) -> Case:
        decision = Admissibility(admissible, tacit, case.today, getattr(facts, "valid_until", None))
        return replace(
            case,
            admissibility=decision,
            steps_since_admissibility=0,
            validation=ValidationState(blocs=case.missing_blocs),
        )

    return effect


def _validation(**changes: Callable[[Case, Any], Any]) -> Callable[[Case, Any], Case]:
    def effect(case: Case, facts: Any) -> Case:
        values = {name: value(case, facts) for name, value in changes.items()}
        return replace(case, validation=replace(case.validation, **values))

    return effect


def _deliberate(case: Case, facts: Deliberation) -> Case:
    won = {vote.bloc for vote in facts.votes if jury.bloc_awarded(vote)}
    return replace(
        case,
        outcome=jury.outcome(case, facts),
        results_recorded=1,
        acquired_blocs=case.acquired_blocs | won,
    )


def _next_attempt(case: Case, facts: Facts) -> Case:
    return replace(
        case,
        attempt=case.attempt + 1,
        outcome=None,
        results_recorded=0,
        post_jury_on=None,
        hearing_on=None,
        validation=ValidationState(blocs=case.missing_blocs),
    )


def nothing(case: Case, facts: Any) -> None:
    """Return None: what an act empties."""


EFFECTS: dict[Act, Callable[[Case, Any], Case]] = {
    Act.ACCEPT_PATH: _file(trainings_chosen_on=lambda case, _: moment(case)),
    Act.GIVE_MANDATE: _set(mandate_on=lambda case, _: moment(case)),
    Act.GIVE_OPINION: _file(
        opinion=lambda _, facts: facts.opinion, opinion_on=lambda case, _: moment(case)
    ),
    Act.CONFIRM_FEASIBILITY: _file(
        confirmed_on=lambda case, _: moment(case), sworn_on=lambda case, _: moment(case)
    ),
    Act.DECLARE_INCOMPLETE: _file(confirmed_on=nothing, sworn_on=nothing),
    Act.DECLARE_ADMISSIBLE: _decide(admissible=True),
    Act.DECLARE_INADMISSIBLE: _decide(admissible=False),
    Act.ADMIT_TACITLY: _decide(admissible=True, tacit=True),
    Act.OVERTURN_TACIT: _decide(admissible=False),
    Act.REVOKE_DECISION: _set(admissibility=nothing, validation=lambda *_: ValidationState()),
    Act.RECORD_STEP: _set(
        steps_since_admissibility=lambda case, _: case.steps_since_admissibility + 1
    ),
    Act.CONFIRM_LAPSE: _set(contestation=lambda *_: Contestation.NONE),
    Act.CONTEST_LAPSE: _set(contestation=lambda *_: Contestation.PENDING),
    Act.CANCEL_LAPSE: _set(contestation=lambda *_: Contestation.ACCEPTED),
    Act.UPHOLD_LAPSE: _set(contestation=lambda *_: Contestation.REJECTED),
    Act.SIGN_ORIGINALITY: _validation(originality_on=lambda case, _: moment(case)),
    Act.SEND_VALIDATION: _validation(sent_on=lambda case, _: case.today),
    Act.RETURN_VALIDATION: _validation(originality_on=nothing, sent_on=nothing),
    Act.ACCEPT_VALIDATION: _validation(accepted=lambda *_: True),
    Act.SCHEDULE_HEARING: _set(hearing_on=lambda _, facts: facts.held_on),
    Act.POSTPONE_HEARING: _set(hearing_on=nothing),
    Act.RECORD_ABSENCE: _set(hearing_on=nothing),
    Act.RECORD_DELIBERATION: _deliberate,
    Act.REQUEST_DOCUMENTS: _set(documents_requested_on=lambda case, _: moment(case)),
    Act.ISSUE_DOCUMENTS: _set(documents_requested_on=nothing),
    Act.HOLD_POST_JURY: _set(post_jury_on=lambda _, facts: facts.held_on),
    Act.OPEN_NEXT_ATTEMPT: _next_attempt,
    Act.OPEN_FRAUD: _set(fraud=lambda case, facts: FraudState(case.today, facts.answer_by)),
    Act.ANSWER_FRAUD: _set(fraud=lambda case, _: replace(case.fraud, answered_on=case.today)),
    Act.DISMISS_FRAUD: _set(fraud=nothing),
    Act.REFUSE_FOR_FRAUD: _set(acquired_blocs=lambda *_: frozenset()),
}


# ---------------------------------------------------------------- what an act may bring


def good_facts(transition: Transition, case: Case, won: frozenset[str]) -> Facts:
    """Return facts that the law lets through on this journey today, the jury awarding some blocs."""
    return FACTS[transition.facts](case, won)


def _deliberation(case: Case, won: frozenset[str]) -> Deliberation:
    model = a_deliberation()
    return replace(
        model,
        held_on=case.hearing_on or case.today,
        votes=tuple(
            replace(
                model.votes[0],
                bloc=bloc,
                votes_for=2 * (bloc in won),
                votes_against=2 * (bloc not in won),
                ground="Gamme incomplète.",
            )
            for bloc in sorted(case.missing_blocs)
        ),
        scores=tuple(Score(c.competence, c.bloc, Mastery.PARTLY) for c in model.scores),
    )


def _decision(case: Case, won: frozenset[str]) -> Decision:
    until = case.today + timedelta(days=400) if case.route == Route.LAW_2002 else None
    return Decision(reason="Expérience sans rapport.", valid_until=until)


def _path(case: Case, won: frozenset[str]) -> Path:
    return a_path(milestones=(Milestone("Jury", case.today + timedelta(days=200)),))


def _post_jury(case: Case, won: frozenset[str]) -> PostJury:
    action = a_post_jury().actions[0]
    return a_post_jury(
        held_on=case.today,
        actions=tuple(replace(action, bloc=bloc) for bloc in sorted(case.missing_blocs)),
    )


FACTS: dict[type[Facts], Callable[[Case, frozenset[str]], Facts]] = {
    Nothing: lambda *_: Nothing(),
    Reason: lambda *_: Reason("Une raison écrite."),
    FirstMeeting: lambda case, _: a_first_meeting(held_on=case.today),
    Path: _path,
    PathAnswer: lambda *_: PathAnswer(("Programmation",)),
    OpinionGiven: lambda *_: OpinionGiven(Opinion.UNFAVOURABLE, "Peu de programmation."),
    Signature: lambda *_: SIGNED,
    Missing: lambda *_: Missing(("Pièce d’identité lisible",)),
    Decision: _decision,
    Contact: lambda case, _: Contact(case.today, "Message laissé", answered=False),
    DatedNote: lambda case, _: DatedNote(case.today, "Formation suivie", "Attestation"),
    Lapse: lambda *_: Lapse(no_legitimate_reason=True),
    Convening: lambda case, _: a_convening(held_on=case.today, late_reason="Atelier en travaux."),
    Deliberation: _deliberation,
    Absence: lambda case, _: Absence(Outcome.ABSENT, case.hearing_on or case.today),
    PostJury: _post_jury,
    FraudOpening: lambda case, _: FraudOpening("Copie.", case.today + timedelta(days=15)),
    Leaving: lambda *_: Leaving(DropOutReason.JOB),
}

BAD_FACTS: dict[type[Facts], Facts] = {
    Reason: Reason(""),
    Path: a_path(milestones=()),
    Signature: Signature(),
    Missing: Missing(()),
    Lapse: Lapse(no_legitimate_reason=False),
    Convening: a_convening(documents=""),
    Deliberation: a_deliberation(votes=()),
    Absence: Absence(Outcome.NONE, a_deliberation().held_on),
    PostJury: a_post_jury(minutes=0),
    FraudOpening: FraudOpening("", a_deliberation().held_on),
}


def unsigned_file() -> FeasibilityState:
    """Return a feasibility file written but not signed, before the path was accepted."""
    return a_file(trainings_chosen_on=None, opinion=None, opinion_on=None, **UNSIGNED)
