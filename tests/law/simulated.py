"""A journey simulated act by act, and facts that the law lets through on it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any, get_origin, get_type_hints

from jalon.law import (
    adjustments,
    complaints,
    lifecycle,
    outside,
    rectification,
    results,
    simulation,
)
from jalon.law.case import (
    Case,
    FeasibilityState,
)
from jalon.law.cerfa import Statement
from jalon.law.facts import (
    Absence,
    AccompanimentAsked,
    AccompanimentEnded,
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentSharing,
    AdjustmentWithdrawal,
    Annulment,
    ComplaintAnswer,
    ComplaintFiled,
    ConditionNotMet,
    Contact,
    Convening,
    DatedNote,
    DayCorrection,
    Decision,
    Deliberation,
    Equivalent,
    Equivalents,
    Extension,
    Facts,
    FirstMeeting,
    FraudOpening,
    HeldElsewhere,
    JuryElsewhere,
    Lapse,
    Leave,
    Leaving,
    Milestone,
    Missing,
    Nothing,
    OpinionGiven,
    Overturning,
    Path,
    PathAnswer,
    PostJury,
    PostJuryProposal,
    Postponement,
    PriorBlocAnswer,
    Reason,
    Reassignment,
    Receipt,
    Rectification,
    Reopening,
    Resumption,
    Score,
    Signature,
    Step,
    TargetChange,
    Transfer,
    ValidationSent,
)
from jalon.law.rulebook import Refusal
from jalon.law.transitions import Transition
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Addressee,
    AdjustedStep,
    AdjustmentKind,
    AdjustmentOutcome,
    ClockKind,
    ClockState,
    DropOutReason,
    Mastery,
    MeetingMode,
    Opinion,
    Outcome,
    PostponedBy,
    Role,
    Route,
    Scope,
    Stage,
    StepKind,
)

from .cases import (
    SIGNED,
    a_convening,
    a_deliberation,
    a_file,
    a_first_meeting,
    a_path,
    a_post_jury,
)

UNSIGNED = {"confirmed_on": None, "sworn_on": None}


@dataclass
class SimulatedJourney:
    """A journey on its way, without a database: its case today, and the acts done so far."""

    case: Case
    journal: list[tuple[Act, Role, Stage]] = field(default_factory=list)
    brought: list[Facts] = field(default_factory=list)
    began: Accompaniment = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.case.accompaniment

    def do(self, act: Act, role: Role, facts: Facts | None = None) -> str | None:
        """Try an act; return the rule that refuses it ("TABLE" when there is no row), or None."""
        after = simulation.attempt(self.case, act, role, facts)
        if isinstance(after, Refusal):
            return after.rule
        self.journal.append((act, role, self.case.stage))
        self.brought.append(facts or Nothing())
        self.case = after
        return None

    def wait(self, days: int) -> None:
        """Let days pass; the system does what each day brings."""
        until = self.case.today + timedelta(days=days)
        for step in simulation.days_passing(self.case, days):
            self.journal.append((step.act, Role.SYSTEM, self.case.stage))
            self.brought.append(Nothing())
            self.case = step.case
        self.case = replace(self.case, today=until)

    @property
    def living(self) -> list[ClockKind]:
        """Return the kinds of the clocks that run or stand still."""
        return [clock.kind for clock in self.case.clocks if clock.state == ClockState.RUNNING]

    def replay(self) -> Stage:
        """Return the stage that the journal alone leads to."""
        stage, shape = Stage.REGISTERED, self.began
        for (act, _, _), facts in zip(self.journal, self.brought, strict=True):
            transition = lifecycle.transition_for(act, stage, self.case.route, shape)
            assert transition is not None
            stage, shape = transition.reaches(stage, facts), transition.turns_to(shape)
        return stage


# ---------------------------------------------------------------- what an act may bring


def good_facts(transition: Transition, case: Case, won: frozenset[str]) -> Facts:
    """Return facts that the law lets through on this journey today, the jury awarding some blocs."""
    kind = transition.judged
    return FACTS[kind](case, won) if kind in FACTS else plain_facts(kind, case)


def plain_facts(kind: type[Facts], case: Case) -> Facts:
    """Return facts of a kind that nothing more is known of: today, a sentence, yes, one, the first."""
    said = get_type_hints(kind)
    return kind(**{one.name: plain(said[one.name], case) for one in fields(kind)})


def plain(kind: Any, case: Case) -> Any:
    """Return a value of a kind, as plain as can be."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    known = {date: case.today, str: "Une phrase.", bool: True, int: 1}
    if kind in known:
        return known[kind]
    return () if get_origin(kind) is tuple else None


#: A file that nobody has: a scenario joins its own.
NO_FILE = "00000000-0000-0000-0000-000000000000"


def _condition_not_met(case: Case, won: frozenset[str]) -> ConditionNotMet:
    lost = tuple(sorted(results.own_blocs(case)))[:1]
    return ConditionNotMet("Titre refusé.", results.without(case, lost)[0], lost)


def _rectification(case: Case, won: frozenset[str]) -> Rectification:
    """Return a rectification of the first bloc that was presented: given, or taken back."""
    so = rectification.given(case) ^ frozenset(sorted(rectification.presented(case))[:1])
    said = Rectification("Erreur de saisie.", won=tuple(sorted(so)), evidence="Grille signée")
    return rectification.rectified(case, said)


def _held_elsewhere(case: Case, won: frozenset[str]) -> HeldElsewhere:
    free = case.all_blocs - case.acquired_blocs - case.prior_blocs
    return HeldElsewhere(max(free, default=""), "Formation", case.today, NO_FILE)


def _complaint_answer(case: Case, won: frozenset[str]) -> ComplaintAnswer:
    number = min(complaints.answerable(case), default=1)
    return ComplaintAnswer(number, "Le résultat est maintenu.")


def _adjustment_answer(case: Case, won: frozenset[str]) -> AdjustmentAnswer:
    number = min(adjustments.to_answer(case), default=1)
    return AdjustmentAnswer(number, AdjustmentOutcome.GRANTED, "Un tiers de temps en plus.")


def _adjustment_sharing(case: Case, won: frozenset[str]) -> AdjustmentSharing:
    return AdjustmentSharing(min(adjustments.of_the_jury(case), default=1), jury_may_know=True)


def _adjustment_withdrawal(case: Case, won: frozenset[str]) -> AdjustmentWithdrawal:
    return AdjustmentWithdrawal(min((one.number for one in case.adjustments), default=1))


def _overturning(case: Case, won: frozenset[str]) -> Overturning:
    return Overturning(reason="Faux certificat.", heard_on=case.today, observations="Il conteste.")


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
    analysis = "" if until is None else "Aucun écart."
    return Decision(reason="Expérience sans rapport.", valid_until=until, analysis=analysis)


def _statements(case: Case) -> dict[str, Any]:
    if case.route != Route.LAW_2002:
        return {}
    return {"statements": tuple(Statement), "place": "Ville-Exemple"}


def _path(case: Case, won: frozenset[str]) -> Path:
    return a_path(milestones=(Milestone("Jury", case.today + timedelta(days=200)),))


def _post_jury(case: Case, won: frozenset[str]) -> PostJury:
    action = a_post_jury().actions[0]
    return a_post_jury(
        held_on=case.today,
        actions=tuple(replace(action, bloc=bloc) for bloc in sorted(case.missing_blocs)),
    )


def _resumption(case: Case) -> Resumption:
    """Return where a journey that stopped goes on, as far as the case alone tells."""
    lapse = case.clock(ClockKind.LAPSE)
    if case.admissibility and case.admissibility.admissible:
        since = lapse.started_on if lapse and not case.steps_since_admissibility else None
        until = case.admissibility.valid_until if case.route == Route.LAW_2002 else None
        return Resumption("", Stage.ADMISSIBLE, lapse_since=since, valid_until=until)
    filed = any(filing.journey == case.journey for filing in case.filings)
    return Resumption("", Stage.FEASIBILITY_INCOMPLETE if filed else Stage.REGISTERED)


def _target(case: Case) -> TargetChange:
    """Return the same certification by one of its blocs."""
    return TargetChange(
        "",
        case.sheet.code,
        Scope.BLOCS,
        (min(case.all_blocs),),
        agreed=True,
        sheet=case.sheet,
        known_blocs=case.all_blocs,
        competences=case.competences,
        was=case.sheet.code,
    )


#: The act whose day may be put right at a stage.
CORRECTED = {
    Stage.FEASIBILITY_SENT: Act.DEPOSIT_FEASIBILITY,
    Stage.FEASIBILITY_COMPLETE: Act.DECLARE_COMPLETE,
    Stage.VALIDATION_SENT: Act.DEPOSIT_VALIDATION,
}
FACTS: dict[type[Facts], Callable[[Case, frozenset[str]], Facts]] = {
    Nothing: lambda *_: Nothing(),
    Reason: lambda *_: Reason("Une raison écrite."),
    FirstMeeting: lambda case, _: a_first_meeting(held_on=case.today),
    Path: _path,
    PathAnswer: lambda *_: PathAnswer(("Programmation",)),
    OpinionGiven: lambda *_: OpinionGiven(Opinion.UNFAVOURABLE, "Peu de programmation."),
    Signature: lambda case, _: replace(SIGNED, name=case.signs_as[0], **_statements(case)),
    JuryElsewhere: lambda case, won: outside.with_outcome(
        case, JuryElsewhere(held_on=case.today, won=tuple(sorted(won & case.targeted_blocs)))
    ),
    Missing: lambda *_: Missing(("Pièce d’identité lisible",)),
    Receipt: lambda case, _: Receipt(case.reached_on or case.today),
    DayCorrection: lambda case, _: DayCorrection(
        reason="Erreur de lecture.",
        right_on=case.feasibility.completed_on or case.reached_on or case.today,
        corrects=CORRECTED.get(case.stage, Act.DEPOSIT_FEASIBILITY),
        before=case.reached_on,
        since=case.registered_on,
    ),
    Decision: _decision,
    PostJuryProposal: lambda case, _: PostJuryProposal(case.today, MeetingMode.REMOTE),
    ConditionNotMet: _condition_not_met,
    Rectification: _rectification,
    ValidationSent: lambda *_: ValidationSent(),
    Annulment: lambda *_: Annulment("Un membre avait accompagné le candidat."),
    Transfer: lambda *_: Transfer("Il déménage.", certifier=2, delivers=True, before=1),
    Equivalents: lambda case, _: Equivalents(
        tuple(Equivalent("", bloc, case.today) for bloc in sorted(case.equivalent_blocs))
    ),
    HeldElsewhere: _held_elsewhere,
    PriorBlocAnswer: lambda case, _: PriorBlocAnswer("Vérifié.", min(case.prior_blocs, default="")),
    ComplaintFiled: lambda *_: ComplaintFiled(Addressee.CERTIFIER, "Je conteste ce résultat."),
    ComplaintAnswer: _complaint_answer,
    AdjustmentRequest: lambda *_: AdjustmentRequest(
        AdjustedStep.FEASIBILITY, (AdjustmentKind.MORE_TIME,), "Je lis lentement."
    ),
    AdjustmentAnswer: _adjustment_answer,
    AdjustmentSharing: _adjustment_sharing,
    AdjustmentWithdrawal: _adjustment_withdrawal,
    Overturning: _overturning,
    Resumption: lambda case, _: _resumption(case),
    TargetChange: lambda case, _: _target(case),
    Reopening: lambda case, _: Reopening("À reprendre.", case.archived_from or Stage.ARCHIVED),
    Contact: lambda case, _: Contact(case.today, "Message laissé", answered=False),
    DatedNote: lambda case, _: DatedNote(case.today, "Formation suivie", "Attestation"),
    Step: lambda case, _: Step(case.today, "Formation suivie", "Attestation", StepKind.PLANNED),
    Extension: lambda case, _: Extension(case.today + timedelta(days=900), "Maternité."),
    Lapse: lambda *_: Lapse(no_legitimate_reason=True),
    Leave: lambda case, _: Leave(
        "Atelier d’essai", case.today + timedelta(days=30), case.today + timedelta(days=33), 24
    ),
    Convening: lambda case, _: a_convening(
        held_on=case.today, late_reason="Atelier en travaux.", short_notice_reason="Son accord."
    ),
    Deliberation: _deliberation,
    Absence: lambda case, _: Absence(Outcome.ABSENT, case.hearing_on or case.today),
    Postponement: lambda case, _: Postponement(
        "Salle fermée.",
        PostponedBy.CERTIFIER,
        same_day=True,
        held_on=case.hearing_on,
        deposited_on=case.validation.sent_on,
    ),
    PostJury: _post_jury,
    FraudOpening: lambda case, _: FraudOpening("Copie.", case.today + timedelta(days=15)),
    Leaving: lambda *_: Leaving(DropOutReason.JOB),
    AccompanimentAsked: lambda case, _: AccompanimentAsked(
        2, "Centre voisin", case.today + timedelta(days=300), None, "", left=1
    ),
    AccompanimentEnded: lambda *_: AccompanimentEnded("Une raison écrite.", 1, 1),
    Reassignment: lambda *_: Reassignment(2, works_here=True, before=1),
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
    Postponement: Postponement("Salle fermée."),
    PostJury: a_post_jury(minutes=0),
    FraudOpening: FraudOpening("", a_deliberation().held_on),
}


def unsigned_file() -> FeasibilityState:
    """Return a feasibility file written but not signed, before the path was accepted."""
    return a_file(trainings_chosen_on=None, opinion=None, **UNSIGNED)
