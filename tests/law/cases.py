"""Journeys and facts that the law lets through, which each test spoils in one respect."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from jalon.law import lifecycle
from jalon.law.case import Admissibility, Case, ClockView, FeasibilityState, Sheet, ValidationState
from jalon.law.cerfa import Nature
from jalon.law.clocks import span
from jalon.law.dates import Opening
from jalon.law.facts import (
    Absence,
    BlocVote,
    Convening,
    Decision,
    Deliberation,
    Facts,
    FirstMeeting,
    Member,
    Milestone,
    Nothing,
    Path,
    PlanAction,
    PostJury,
    Quote,
    Registration,
    Score,
    Signature,
    Training,
)
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    College,
    DocumentKind,
    EvaluationForm,
    Gender,
    Mastery,
    MeetingMode,
    Opinion,
    Outcome,
    PanelRole,
    Prerequisites,
    Role,
    Route,
    Scope,
    SessionMode,
    Stage,
)

TODAY = date(2027, 3, 15)
MOMENT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
OPEN = Opening(date(2024, 4, 13), source="Arrêté de démonstration")
SHEET = Sheet("RNCP38622", True, True, date(2029, 2, 9), openings=(OPEN,))
BLOCS = frozenset({"RNCP38622BC01", "RNCP38622BC02", "RNCP38622BC03"})
ONE, TWO, THREE = sorted(BLOCS)


def attempt(act: Act, case: Case, facts: Facts | None = None) -> Refusal | None:
    """Try an act of the table on a journey; the act must exist there."""
    stage = None if act == Act.REGISTER else case.stage
    transition = lifecycle.transition_for(act, stage, case.route, case.accompaniment)
    assert transition is not None, f"{act} has no row at {case.stage}"
    return lifecycle.refused_by(transition, case, facts or Nothing())


def rule_against(act: Act, case: Case, facts: Facts | None = None) -> str | None:
    """Return the id of the rule that refuses an act, or None when it passes."""
    refusal = attempt(act, case, facts)
    return refusal.rule if refusal else None


def open_at(act: Act, case: Case) -> bool:
    """Say whether the table has a row for an act on such a journey."""
    return lifecycle.transition_for(act, case.stage, case.route, case.accompaniment) is not None


def a_case(stage: Stage = Stage.REGISTERED, **changes: Any) -> Case:
    """Return an accompanied France VAE journey on a whole certification."""
    return replace(
        Case(
            journey="j-1",
            today=TODAY,
            actor=Role.CANDIDATE,
            route=Route.FRANCE_VAE,
            accompaniment=Accompaniment.ACCOMPANIED,
            scope=Scope.WHOLE,
            stage=stage,
            sheet=SHEET,
            all_blocs=BLOCS,
            targeted_blocs=BLOCS,
            registered_on=date(2027, 1, 4),
            signs_as=("Camille Exemple",),
            qualiopi_until=date(2028, 1, 1),
            identity_document=True,
            document_kinds=frozenset({DocumentKind.EXPERIENCE_PROOF}),
        ),
        **changes,
    )


def a_registration(**changes: Any) -> Registration:
    """Return a registration on the portal's route, accompanied, for the whole certification."""
    return replace(
        Registration(
            route=Route.FRANCE_VAE,
            accompaniment=Accompaniment.ACCOMPANIED,
            scope=Scope.WHOLE,
            blocs=(),
            consent=True,
            in_initial_training=False,
        ),
        **changes,
    )


def a_first_meeting(**changes: Any) -> FirstMeeting:
    """Return the report of a first meeting that covers its seven subjects."""
    return replace(
        FirstMeeting(
            held_on=TODAY,
            minutes=60,
            mode=MeetingMode.ON_SITE,
            device_relevance="Oui, sept ans d’usinage.",
            certification_adequacy="Oui.",
            prerequisites="Aucun.",
            training_needs="Programmation.",
            calendar="Jury en décembre.",
            duration="Neuf mois.",
            modalities="Sur place, le mardi.",
        ),
        **changes,
    )


def a_training(**changes: Any) -> Training:
    """Return a training with three comparable quotes."""
    quotes = tuple(
        Quote(siren, f"Organisme {siren[0]}", 100_000 + 5_000 * rank)
        for rank, siren in enumerate(("100000009", "200000008", "300000007"))
    )
    return replace(Training("Programmation", quotes), **changes)


def a_path(**changes: Any) -> Path:
    """Return a path with two milestones to come and one training."""
    return replace(
        Path(
            milestones=(
                Milestone("Dossier de faisabilité", date(2027, 4, 15)),
                Milestone("Jury", date(2027, 12, 1)),
            ),
            hours_individual=Decimal(15),
            hours_group=Decimal(4),
            hours_training=Decimal(14),
            mode=MeetingMode.ON_SITE,
            trainings=(a_training(),),
        ),
        **changes,
    )


SIGNED = Signature(read=True, sworn=True, name="Camille Exemple")


def a_file(**changes: Any) -> FeasibilityState:
    """Return a feasibility file that lacks nothing."""
    return replace(
        FeasibilityState(
            civil_status_complete=True,
            prerequisites=Prerequisites.NONE,
            experiences=2,
            blocs_completed=BLOCS,
            trainings_chosen_on=MOMENT,
            opinion=Opinion.FAVOURABLE,
            confirmed_on=MOMENT,
            sworn_on=MOMENT,
            hours_estimated=True,
            nature=Nature.FIRST,
            request_complete=True,
        ),
        **changes,
    )


def ready_to_send(**changes: Any) -> Case:
    """Return a journey whose feasibility file may leave."""
    return replace(a_case(Stage.PATH_ACCEPTED, feasibility=a_file()), **changes)


def running(kind: ClockKind, start: date, state: ClockState = ClockState.RUNNING) -> ClockView:
    """Return a clock that started on a day."""
    dates = span(kind, start, valid_until=date(2028, 1, 1))
    return ClockView(kind, state, start, dates.target_on, dates.limit_on, dates.alert_on)


def under_examination(complete_on: date = date(2027, 3, 1), **changes: Any) -> Case:
    """Return a journey whose complete file waits for the certifier's decision."""
    return replace(
        ready_to_send(),
        stage=Stage.FEASIBILITY_COMPLETE,
        actor=Role.CERTIFIER,
        clocks=(running(ClockKind.DECISION, complete_on),),
        **changes,
    )


ADMITTED = Admissibility(admissible=True, tacit=False, decided_on=date(2027, 1, 15))
REFUSED_WITH_REASON = Decision(reason="Aucune activité en rapport avec le référentiel.")


def admissible(**changes: Any) -> Case:
    """Return an admissible journey whose validation file is ready to leave."""
    case = replace(
        ready_to_send(),
        stage=Stage.ADMISSIBLE,
        admissibility=ADMITTED,
        validation=ValidationState(blocs=BLOCS, originality_on=MOMENT),
        clocks=(running(ClockKind.LAPSE, ADMITTED.decided_on),),
    )
    return replace(case, **changes)


def a_member(juror: str = "a", **changes: Any) -> Member:
    """Return a qualified, independent, present member of a panel."""
    return replace(
        Member(
            juror=juror,
            name=f"Juré {juror.upper()}",
            role=PanelRole.MEMBER,
            qualified=True,
            present=True,
            gender=Gender.MAN,
            college=College.EMPLOYERS,
            employer_siren="900000009",
            declared_on=MOMENT,
            summoned_on=date(2027, 3, 1),
        ),
        **changes,
    )


def a_panel(**changes: Any) -> tuple[Member, ...]:
    """Return a president and a member; changes bear on the member."""
    return (
        a_member("p", role=PanelRole.PRESIDENT, gender=Gender.WOMAN),
        a_member("m", **changes),
    )


def waiting_for_a_date(**changes: Any) -> Case:
    """Return a journey whose validation file was checked and waits for its jury."""
    case = replace(
        admissible(),
        stage=Stage.VALIDATION_ACCEPTED,
        actor=Role.CERTIFIER,
        validation=ValidationState(blocs=BLOCS, originality_on=MOMENT, sent_on=date(2027, 1, 10)),
        clocks=(running(ClockKind.HEARING, date(2027, 1, 10)),),
    )
    return replace(case, **changes)


def a_convening(**changes: Any) -> Convening:
    """Return a complete summons before an acceptable panel, within the three months."""
    return replace(
        Convening(
            session="s-1",
            held_on=date(2027, 4, 12),
            starts_at=time(9, 0),
            minutes=90,
            mode=SessionMode.ON_SITE,
            form=EvaluationForm.BOTH,
            place="Atelier de démonstration, Caen",
            link="",
            documents="Pièce d’identité",
            accessibility_contact="acces@exemple.fr",
            panel=a_panel(),
        ),
        **changes,
    )


def before_the_jury(**changes: Any) -> Case:
    """Return a journey on the day of its jury."""
    return replace(
        waiting_for_a_date(),
        stage=Stage.JURY_SCHEDULED,
        actor=Role.JUROR,
        today=date(2027, 4, 12),
        hearing_on=date(2027, 4, 12),
        **changes,
    )


def votes(**for_bloc: tuple[int, int, bool | None]) -> tuple[BlocVote, ...]:
    """Return votes on blocs named one, two, three: (for, against, the president's)."""
    names = {"one": ONE, "two": TWO, "three": THREE}
    return tuple(
        BlocVote(names[name], *given, ground="Gamme incomplète." if given[0] <= given[1] else "")
        for name, given in for_bloc.items()
    )


YES, NO = (2, 0, True), (0, 2, False)
ALL_YES = votes(one=YES, two=YES, three=YES)


def a_deliberation(**changes: Any) -> Deliberation:
    """Return the deliberation of an acceptable panel that awards everything."""
    competences = {f"{bloc}-c": bloc for bloc in BLOCS}
    return replace(
        Deliberation(
            session="s-1",
            held_on=date(2027, 4, 12),
            panel=a_panel(),
            scores=tuple(Score(c, bloc, Mastery.MASTERED) for c, bloc in competences.items()),
            competences=frozenset(competences),
            votes=ALL_YES,
            signed_by_president=True,
        ),
        **changes,
    )


def after_a_partial(**changes: Any) -> Case:
    """Return a journey with one bloc acquired and two still to obtain, the meeting held."""
    case = replace(
        before_the_jury(),
        stage=Stage.PARTIALLY_CERTIFIED,
        actor=Role.CANDIDATE,
        today=date(2027, 5, 3),
        acquired_blocs=frozenset({ONE}),
        known_blocs=frozenset({ONE}),
        outcome=Outcome.PARTIAL,
        results_recorded=1,
        post_jury_on=date(2027, 5, 3),
        clocks=(),
    )
    return replace(case, **changes)


def a_post_jury(**changes: Any) -> PostJury:
    """Return the report of a post-jury meeting with an action for each missing bloc."""
    return replace(
        PostJury(
            held_on=date(2027, 5, 3),
            minutes=60,
            report="Deux blocs à reprendre.",
            actions=tuple(
                PlanAction(bloc, "Reprendre la gamme", "Le candidat", date(2027, 7, 1))
                for bloc in (TWO, THREE)
            ),
        ),
        **changes,
    )


EXCUSED = Absence(Outcome.EXCUSED, date(2027, 4, 12), "Hospitalisation.")
