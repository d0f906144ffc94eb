"""What may change of a journey once it is begun: who accompanies, and who has the file."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon.law import lifecycle, simulation, stages
from jalon.law.admissibility import content_missing
from jalon.law.case import Case, Filing
from jalon.law.facts import AccompanimentAsked, AccompanimentEnded, Reassignment, Signature
from jalon.law.guidance import guidance
from jalon.law.vocabulary import Accompaniment, Act, Role, Scope, Stage

from .cases import MOMENT, TODAY, a_case, a_file, admissible, open_at, ready_to_send, rule_against

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


@pytest.mark.rule("R-006")
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
    assert "n’a rien fait depuis un mois" in guidance(left).next
    signed = simulation.attempt(left, Act.CONFIRM_FEASIBILITY, Role.CANDIDATE, signature)
    sent = simulation.attempt(signed, Act.SEND_FEASIBILITY, Role.CANDIDATE)
    assert sent.stage == Stage.FEASIBILITY_SENT
    assert content_missing(sent) == ()


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


@pytest.mark.rule("R-129")
def test_a_file_is_handed_only_to_another_person_who_works_there():
    case = admissible(actor=Role.HEAD)
    assert rule_against(Act.REASSIGN, case, Reassignment(2, works_here=False, before=1)) == "R-129"
    assert rule_against(Act.REASSIGN, case, Reassignment(1, works_here=True, before=1)) == "R-129"
    assert rule_against(Act.REASSIGN, case, Reassignment(2, works_here=True, before=1)) is None


@pytest.mark.rule("R-129")
def test_a_colleague_takes_over_only_a_file_that_nobody_follows():
    assert rule_against(Act.TAKE_OVER, admissible()) == "R-129"
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

    only_with_somebody = {Act.LEAVE_ACCOMPANIMENT, Act.GIVE_MANDATE, Act.WITHDRAW_MANDATE}
    lacking = open_to_candidates(a_case(stage)) - open_to_candidates(alone(stage))
    assert lacking <= only_with_somebody


def test_somebody_alone_never_reads_of_an_architect():
    for stage in {Stage.REGISTERED, *stages.UNDER_WAY} - (stages.PREPARING - {Stage.REGISTERED}):
        told = guidance(alone(stage))
        assert "architecte" not in told.who + told.next, stage
    assert not open_at(Act.REASSIGN, alone(Stage.ADMISSIBLE))
