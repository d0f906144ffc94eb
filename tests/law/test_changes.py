"""What may change of a journey once it is begun: who accompanies, and who has the file."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon.law import lifecycle, simulation, stages
from jalon.law.admissibility import content_missing
from jalon.law.case import Case, Filing, ValidationState
from jalon.law.changes import alone_for_now, resumed_at
from jalon.law.clocks import add_months
from jalon.law.facts import (
    AccompanimentAsked,
    AccompanimentEnded,
    AmendedPath,
    DatedNote,
    Death,
    EndProposal,
    Leaving,
    Reassignment,
    Reopening,
    Resumption,
    Signature,
    TargetChange,
    Transfer,
)
from jalon.law.guidance import guidance
from jalon.law.rulebook import value
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    DropOutReason,
    End,
    Role,
    Route,
    Scope,
    Stage,
)

from .cases import (
    ADMITTED,
    BLOCS,
    MOMENT,
    ONE,
    SHEET,
    THREE,
    TODAY,
    a_case,
    a_file,
    a_path,
    admissible,
    attempt,
    open_at,
    ready_to_send,
    rule_against,
    under_examination,
)

LEFT = AccompanimentEnded("", 1, 7)
ASKED = AccompanimentAsked(2, "Centre voisin", date(2028, 1, 1), None, left=1, architect=7)
A_MONTH_AGO = TODAY - timedelta(days=30)


def alone(stage: Stage, **changes) -> Case:
    """Return a journey of somebody alone."""
    return a_case(stage, accompaniment=Accompaniment.ALONE, **changes)


@pytest.mark.rule("R-006")
@pytest.mark.parametrize("stage", sorted(stages.UNDER_WAY))
def test_a_candidate_goes_on_alone_from_every_living_stage(stage):
    case = simulation.attempt(a_case(stage), Act.LEAVE_ACCOMPANIMENT, Role.CANDIDATE, LEFT)
    assert case.accompaniment == Accompaniment.ALONE
    assert case.stage == (Stage.REGISTERED if stage in stages.PREPARING else stage)


@pytest.mark.rule("R-006")
@pytest.mark.parametrize("stage", sorted(stages.UNDER_WAY))
def test_accompaniment_is_asked_for_at_every_living_stage_and_taken_on(stage):
    before = a_case(stage) if stage in stages.PREPARING else alone(stage)
    case = simulation.attempt(before, Act.ASK_ACCOMPANIMENT, Role.CANDIDATE, ASKED)
    assert case.accompaniment == Accompaniment.ACCOMPANIED
    act = Act.TAKE_CHARGE if case.stage == Stage.REGISTERED else Act.TAKE_OVER
    assert simulation.attempt(case, act, Role.ARCHITECT).followed


@pytest.mark.rule("R-007")
def test_an_organisation_without_qualiopi_or_closed_is_not_asked():
    case = alone(Stage.REGISTERED, actor=Role.CANDIDATE)
    yesterday = TODAY - timedelta(days=1)
    for cannot in ({"qualiopi_until": yesterday}, {"closed_on": yesterday}):
        assert rule_against(Act.ASK_ACCOMPANIMENT, case, replace(ASKED, **cannot)) == "R-007"
    assert rule_against(Act.ASK_ACCOMPANIMENT, case, ASKED) is None


@pytest.mark.rule("R-006")
def test_the_organisation_that_accompanies_already_is_not_asked_again():
    same = replace(ASKED, organisation=1)
    assert rule_against(Act.ASK_ACCOMPANIMENT, a_case(), same) == "R-006"


def test_an_architect_ends_the_accompaniment_with_a_reason_and_never_the_journey():
    case = admissible(actor=Role.ARCHITECT)
    assert rule_against(Act.END_ACCOMPANIMENT, case, LEFT) == "R-124"
    told = AccompanimentEnded("Trois rendez-vous manqués.", 1, 7)
    after = simulation.attempt(case, Act.END_ACCOMPANIMENT, Role.ARCHITECT, told)
    assert after.stage == Stage.ADMISSIBLE and after.clocks == case.clocks


@pytest.mark.rule("R-017")
def test_who_leaves_before_sending_signs_again_a_file_without_the_opinion():
    after = simulation.attempt(ready_to_send(), Act.LEAVE_ACCOMPANIMENT, Role.CANDIDATE, LEFT)
    file = after.feasibility
    assert (file.opinion, file.confirmed_on, file.sworn_on) == (None, None, None)
    assert content_missing(after) == ()


@pytest.mark.rule("R-006", "R-011", "R-028")
def test_a_person_accompanied_but_left_without_action_signs_and_sends_by_themselves():
    unsigned = a_file(
        opinion=None,
        hours_estimated=False,
        trainings_chosen_on=None,
        confirmed_on=None,
        sworn_on=None,
    )
    busy = a_case(Stage.TAKEN_ON, feasibility=unsigned, accompanist_acted_on=TODAY)
    signature = Signature(read=True, sworn=True, name="Camille Exemple")
    assert rule_against(Act.CONFIRM_FEASIBILITY, busy, signature) == "R-006"
    left = replace(busy, accompanist_acted_on=A_MONTH_AGO)
    unwritten = a_case(Stage.TAKEN_ON, accompanist_acted_on=A_MONTH_AGO)
    assert "n’a rien fait depuis un mois" in guidance(unwritten).title
    signed = simulation.attempt(left, Act.CONFIRM_FEASIBILITY, Role.CANDIDATE, signature)
    sent = simulation.attempt(signed, Act.SEND_FEASIBILITY, Role.CANDIDATE)
    assert sent.stage == Stage.FEASIBILITY_SENT
    assert content_missing(sent) == ()
    assert sent.clock(ClockKind.DECISION).limit_on == add_months(TODAY, 2)
    elsewhere = replace(signed, certifier_outside=True)
    assert attempt(Act.SEND_FEASIBILITY, elsewhere) is not None
    ended = replace(signed, sheet=replace(SHEET, ends_on=TODAY - timedelta(days=1)))
    assert rule_against(Act.SEND_FEASIBILITY, ended) == "R-011"


@pytest.mark.rule("R-006")
@pytest.mark.parametrize("late", [-1, 0])
def test_how_long_a_person_waits_for_who_accompanies_is_a_figure_of_the_rule(late):
    days = value("R-006", "silent_days", TODAY)
    silent = a_case(Stage.TAKEN_ON, accompanist_acted_on=TODAY - timedelta(days=days + late))
    assert alone_for_now(silent) is (late == 0)


@pytest.mark.rule("R-006")
def test_an_opinion_is_not_awaited_from_an_architect_silent_for_a_month():
    waiting = ready_to_send(feasibility=a_file(opinion=None), accompanist_acted_on=TODAY)
    assert content_missing(waiting) == ("l’avis de l’accompagnateur",)
    assert content_missing(replace(waiting, accompanist_acted_on=A_MONTH_AGO)) == ()


def test_who_filed_alone_and_asks_for_help_waits_for_no_opinion():
    filed = Filing("j-1", "RNCP38622", TODAY, Scope.WHOLE)
    file = a_file(opinion=None, hours_estimated=False, trainings_chosen_on=None)
    case = a_case(Stage.FEASIBILITY_INCOMPLETE, feasibility=file, filings=(filed,))
    assert content_missing(case) == ()


def test_a_file_is_handed_only_to_another_person_who_works_there():
    case = admissible(actor=Role.HEAD)
    assert rule_against(Act.REASSIGN, case, Reassignment(2, works_here=False, before=1)) == ""
    assert rule_against(Act.REASSIGN, case, Reassignment(1, works_here=True, before=1)) == ""
    assert rule_against(Act.REASSIGN, case, Reassignment(2, works_here=True, before=1)) is None


def test_a_colleague_takes_over_only_a_file_that_nobody_follows():
    assert rule_against(Act.TAKE_OVER, admissible()) == ""
    assert rule_against(Act.TAKE_OVER, admissible(followed=False)) is None


@pytest.mark.rule("R-088")
def test_a_mandate_is_withdrawn_at_once():
    case = admissible(mandate_on=MOMENT)
    after = simulation.attempt(case, Act.WITHDRAW_MANDATE, Role.CANDIDATE)
    assert after.mandate_on is None
    assert rule_against(Act.SEND_VALIDATION, replace(after, actor=Role.ARCHITECT)) == "R-088"
    assert rule_against(Act.WITHDRAW_MANDATE, after) == "R-088"


@pytest.mark.rule("R-006")
@pytest.mark.parametrize("stage", sorted(stages.UNDER_WAY - stages.PREPARING))
def test_what_an_accompanied_candidate_does_somebody_alone_does_too(stage):
    def open_to_candidates(case):
        rows = lifecycle.open_transitions(
            case.stage, case.route, case.accompaniment, Role.CANDIDATE
        )
        return {row.act for row in rows}

    only_with_somebody = {
        Act.LEAVE_ACCOMPANIMENT,
        Act.GIVE_MANDATE,
        Act.WITHDRAW_MANDATE,
        Act.ACCEPT_AMENDMENT,
        Act.DECLINE_AMENDMENT,
        Act.DECLINE_END,
        Act.DECLINE_POST_JURY,
    }
    lacking = open_to_candidates(a_case(stage)) - open_to_candidates(alone(stage))
    assert lacking <= only_with_somebody


def test_somebody_alone_never_reads_of_an_architect():
    for stage in {Stage.REGISTERED, *stages.UNDER_WAY} - (stages.PREPARING - {Stage.REGISTERED}):
        told = guidance(alone(stage))
        assert "architecte" not in told.who + told.next, stage
    assert not open_at(Act.REASSIGN, alone(Stage.ADMISSIBLE))


# ---------------------------------------------------------------- what is aimed at


def another_target(**changes) -> TargetChange:
    """Return one bloc of the certification aimed at."""
    return replace(
        TargetChange(
            "",
            SHEET.code,
            Scope.BLOCS,
            (ONE,),
            agreed=True,
            sheet=SHEET,
            known_blocs=BLOCS,
            was=SHEET.code,
        ),
        **changes,
    )


@pytest.mark.rule("R-004")
def test_a_candidate_aims_at_some_blocs_until_the_first_deposit_and_never_after():
    case = a_case(Stage.MEETING_HELD)
    assert rule_against(Act.CHANGE_TARGET, case, another_target()) is None
    filed = replace(case, filings=(Filing("j-1", SHEET.code, TODAY, Scope.WHOLE),))
    assert rule_against(Act.CHANGE_TARGET, filed, another_target()) == "R-004"
    assert not open_at(Act.CHANGE_TARGET, a_case(Stage.FEASIBILITY_SENT))


@pytest.mark.rule("R-004")
def test_a_change_of_target_changes_something_that_exists():
    case = a_case(Stage.REGISTERED)
    same = another_target(scope=Scope.WHOLE, blocs=())
    assert rule_against(Act.CHANGE_TARGET, case, same) == "R-004"
    assert rule_against(Act.CHANGE_TARGET, case, another_target(blocs=("AILLEURS",))) == "R-004"


@pytest.mark.rule("R-001")
def test_another_certification_is_aimed_at_only_on_the_same_route():
    on_paper = replace(SHEET, code="RNCP41814", openings=())
    other = another_target(code="RNCP41814", sheet=on_paper, scope=Scope.WHOLE, blocs=())
    assert rule_against(Act.CHANGE_TARGET, a_case(), other) == "R-001"
    open_too = replace(other, sheet=replace(SHEET, code="RNCP41814"))
    assert rule_against(Act.CHANGE_TARGET, a_case(), open_too) is None
    assert rule_against(Act.CHANGE_TARGET, a_case(), replace(open_too, open_beside=1)) == "R-001"


@pytest.mark.rule("R-005")
def test_nobody_changes_for_a_certification_that_they_prepare_at_school():
    pupil = another_target(in_initial_training=True)
    assert rule_against(Act.CHANGE_TARGET, a_case(), pupil) == "R-005"
    on_2002 = a_case(route=Route.LAW_2002)
    assert rule_against(Act.CHANGE_TARGET, on_2002, pupil) != "R-005"


@pytest.mark.rule("R-010")
def test_an_architect_changes_the_target_only_when_the_candidate_asked():
    case = a_case(Stage.MEETING_HELD, actor=Role.ARCHITECT)
    assert rule_against(Act.CHANGE_TARGET, case, another_target(agreed=False)) == "R-010"
    assert rule_against(Act.CHANGE_TARGET, case, another_target()) is None


@pytest.mark.rule("R-004")
def test_a_new_target_undoes_path_opinion_and_signature_and_keeps_what_was_written():
    before = ready_to_send()
    after = simulation.attempt(before, Act.CHANGE_TARGET, Role.CANDIDATE, another_target())
    assert after.stage == Stage.MEETING_HELD
    assert after.targeted_blocs == {ONE}
    file = after.feasibility
    assert (file.opinion, file.confirmed_on, file.trainings_chosen_on) == (None, None, None)
    assert file.experiences == before.feasibility.experiences
    assert file.blocs_completed == before.feasibility.blocs_completed


# ---------------------------------------------------------------- stopping, and coming back


@pytest.mark.parametrize("stage", sorted(stages.LEAVABLE))
def test_a_candidate_stops_at_every_living_stage_and_nobody_in_their_place(stage):
    case = a_case(stage)
    leaving = Leaving(DropOutReason.TIME)
    after = simulation.attempt(case, Act.DROP_OUT, Role.CANDIDATE, leaving)
    assert after.stage == Stage.DROPPED_OUT
    for other in (Role.ARCHITECT, Role.HEAD, Role.CERTIFIER):
        refused = simulation.attempt(case, Act.DROP_OUT, other, leaving)
        assert refused.rule == "TABLE"


def test_an_architect_only_proposes_to_stop_and_the_candidate_decides():
    asked = EndProposal("Trois rendez-vous manqués.", End.STOP)
    proposed = simulation.attempt(admissible(), Act.PROPOSE_END, Role.ARCHITECT, asked)
    assert (proposed.stage, proposed.end_proposed) == (Stage.ADMISSIBLE, End.STOP)
    goes_on = simulation.attempt(proposed, Act.DECLINE_END, Role.CANDIDATE)
    assert (goes_on.stage, goes_on.end_proposed) == (Stage.ADMISSIBLE, None)
    assert rule_against(Act.DECLINE_END, goes_on) == "R-010"


@pytest.mark.parametrize(
    ("stopped", "resumed"),
    [
        (Stage.MEETING_HELD, Stage.MEETING_HELD),
        (Stage.FEASIBILITY_COMPLETE, Stage.FEASIBILITY_INCOMPLETE),
        (Stage.JURY_SCHEDULED, Stage.ADMISSIBLE),
        (Stage.PARTIALLY_CERTIFIED, Stage.PARTIALLY_CERTIFIED),
    ],
)
def test_whoever_comes_back_goes_on_where_they_stopped_or_signs_again(stopped, resumed):
    assert resumed_at(stopped) == resumed


@pytest.mark.rule("R-044")
def test_the_lapse_of_whoever_stopped_never_ceased_to_run():
    case = admissible(validation=ValidationState(blocs=BLOCS))
    stopped = simulation.attempt(
        case, Act.DROP_OUT, Role.CANDIDATE, Leaving(DropOutReason.PERSONAL)
    )
    back = Resumption("", Stage.ADMISSIBLE, lapse_since=ADMITTED.decided_on)
    later = replace(stopped, today=TODAY + timedelta(days=60))
    resumed = simulation.attempt(later, Act.RESUME, Role.CANDIDATE, back)
    before, after = case.clock(ClockKind.LAPSE), resumed.clock(ClockKind.LAPSE)
    assert resumed.stage == Stage.ADMISSIBLE
    assert (after.limit_on, after.state) == (before.limit_on, ClockState.RUNNING)


@pytest.mark.rule("R-047")
def test_an_admissibility_that_is_over_is_not_resumed():
    over = replace(ADMITTED, valid_until=TODAY - timedelta(days=1))
    case = admissible(route=Route.LAW_2002, admissibility=over, stage=Stage.DROPPED_OUT, clocks=())
    back = Resumption("", Stage.ADMISSIBLE, valid_until=over.valid_until)
    assert rule_against(Act.RESUME, case, back) == "R-047"


@pytest.mark.rule("R-001")
def test_nobody_resumes_beside_another_open_journey_on_the_certification():
    case = a_case(Stage.DROPPED_OUT, open_elsewhere=1)
    assert rule_against(Act.RESUME, case, Resumption("", Stage.REGISTERED)) == "R-001"


@pytest.mark.rule("R-090")
def test_an_amended_path_waits_for_the_candidate_and_the_old_one_holds_until_then():
    path = a_path()
    asked = simulation.attempt(admissible(), Act.AMEND_PATH, Role.ARCHITECT, path)
    assert asked.stage == Stage.ADMISSIBLE and asked.amendment_on
    assert rule_against(Act.AMEND_PATH, asked, path) == "R-090"
    answered = simulation.attempt(asked, Act.ACCEPT_AMENDMENT, Role.CANDIDATE, AmendedPath())
    assert answered.amendment_on is None
    assert rule_against(Act.ACCEPT_AMENDMENT, answered, AmendedPath()) == "R-090"


def test_the_file_of_a_dead_person_is_closed_on_proof_and_never_opened_again():
    case = admissible(actor=Role.CERTIFIER)
    assert rule_against(Act.CLOSE_DECEASED, case, Death(TODAY, "")) == "R-124"
    closed = simulation.attempt(
        case, Act.CLOSE_DECEASED, Role.CERTIFIER, Death(TODAY, "Acte de décès")
    )
    assert closed.stage == Stage.ARCHIVED
    assert not [one for one in closed.clocks if one.state == ClockState.RUNNING]
    again = Reopening("Erreur.", Stage.ADMISSIBLE)
    assert rule_against(Act.REOPEN, closed, again) == "R-124"
    note = DatedNote(TODAY, "Courrier de la famille", "Lettre")
    assert rule_against(Act.NOTE_HEIRS_REQUEST, closed, note) is None


@pytest.mark.parametrize("outside", [False, True])
def test_an_administrator_closes_the_file_of_who_died_with_nobody_to_accompany_them(outside):
    alone = admissible(accompaniment=Accompaniment.ALONE, certifier_outside=outside)
    proof = Death(TODAY, "Acte de décès")
    assert simulation.attempt(alone, Act.CLOSE_DECEASED, Role.ADMINISTRATOR, proof).deceased_on
    unproved = replace(alone, actor=Role.ADMINISTRATOR)
    assert rule_against(Act.CLOSE_DECEASED, unproved, Death(TODAY, "")) == "R-124"
    refused = attempt(Act.CLOSE_DECEASED, admissible(actor=Role.ADMINISTRATOR), proof)
    assert refused is not None and "responsable de l’accompagnement" in refused.why


def to_another(**changes):
    """Return a transfer that the law lets through."""
    return replace(Transfer("Il déménage.", certifier=2, delivers=True, before=1), **changes)


@pytest.mark.rule("R-004")
def test_a_file_goes_to_another_certifier_who_delivers_and_says_why():
    case = admissible(actor=Role.CERTIFIER)
    assert rule_against(Act.TRANSFER, case, to_another()) is None
    assert rule_against(Act.TRANSFER, case, to_another(reason=" ")) == "R-124"
    assert rule_against(Act.TRANSFER, case, to_another(delivers=False)) == "R-004"
    assert rule_against(Act.TRANSFER, case, to_another(before=2)) == "R-004"


@pytest.mark.rule("R-004")
def test_a_transfer_touches_neither_stage_nor_delays_nor_what_is_held():
    case = under_examination()
    after = simulation.attempt(case, Act.TRANSFER, Role.CERTIFIER, to_another())
    assert (after.stage, after.clocks, after.acquired_blocs) == (
        case.stage,
        case.clocks,
        case.acquired_blocs,
    )
    assert not open_at(Act.TRANSFER, a_case(Stage.JURY_SCHEDULED, actor=Role.CERTIFIER))


@pytest.mark.rule("R-004")
def test_where_several_certifiers_deliver_the_target_the_candidate_chooses_one_of_them():
    case = a_case(Stage.MEETING_HELD)
    several = another_target(certifiers=(4, 5), was_certifier=1)
    assert rule_against(Act.CHANGE_TARGET, case, several) == "R-004"
    assert rule_against(Act.CHANGE_TARGET, case, replace(several, certifier=6)) == "R-004"
    assert rule_against(Act.CHANGE_TARGET, case, replace(several, certifier=5)) is None
    assert rule_against(Act.CHANGE_TARGET, case, replace(several, was_certifier=4)) is None
    alone = replace(several, certifiers=(4,))
    assert rule_against(Act.CHANGE_TARGET, case, alone) is None


@pytest.mark.rule("R-073")
def test_nobody_aims_at_what_they_hold():
    case = a_case(Stage.MEETING_HELD, targeted_blocs=frozenset({THREE}))
    whole = another_target(scope=Scope.WHOLE, blocs=())
    for held, by_bloc, as_a_whole in (
        (frozenset(), None, None),
        (frozenset({ONE}), "R-073", None),
        (BLOCS, "R-073", "R-073"),
    ):
        assert rule_against(Act.CHANGE_TARGET, case, another_target(held_blocs=held)) == by_bloc
        assert rule_against(Act.CHANGE_TARGET, case, replace(whole, held_blocs=held)) == as_a_whole
