"""After the jury: notices, documents on request, the post-jury meeting, fraud."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon.law import lifecycle, results, simulation, stages
from jalon.law.case import FraudState
from jalon.law.facts import (
    ConditionNotMet,
    DatedNote,
    FraudOpening,
    HeldElsewhere,
    PostJuryProposal,
    PriorBlocAnswer,
    Reason,
    Reopening,
)
from jalon.law.transitions import Start
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    MeetingMode,
    Outcome,
    Role,
    Route,
    Stage,
    Standing,
)

from .cases import (
    BLOCS,
    MOMENT,
    ONE,
    THREE,
    TWO,
    a_post_jury,
    after_a_partial,
    before_the_jury,
    open_at,
    rule_against,
)

AFTER = [Stage.PARTIALLY_CERTIFIED, Stage.NOT_CERTIFIED]
WHY = Reason("Texte identique à un dossier publié.")


def decided(outcome):
    """Return a journey whose result waits to be notified."""
    return replace(before_the_jury(), stage=Stage.DELIBERATED, outcome=outcome)


@pytest.mark.rule("R-077")
@pytest.mark.parametrize("outcome", results.NOTICES)
@pytest.mark.parametrize("said", results.NOTICES)
def test_a_notice_says_what_the_jury_decided(outcome, said):
    refused = rule_against(results.NOTICES[said], decided(outcome))
    assert refused == (None if said == outcome else "R-077")


@pytest.mark.rule("R-078")
def test_the_fifteen_days_run_from_the_evaluation_on_both_routes():
    line = next(line for line in lifecycle.TABLE if line.act == Act.SCHEDULE_HEARING)
    assert Start(ClockKind.RESULT, basis="held_on") in line.clocks
    assert line.routes == frozenset(Route)


@pytest.mark.rule("R-035", "R-079")
@pytest.mark.parametrize(
    "act", [*results.NOTICES.values(), Act.DECLARE_ADMISSIBLE, Act.DECLARE_INADMISSIBLE]
)
def test_candidate_and_accompanist_are_told_of_decisions_together(act):
    for line in (line for line in lifecycle.TABLE if line.act == act):
        accompanied = results.notified_roles(line, Accompaniment.ACCOMPANIED, filed=True)
        alone = results.notified_roles(line, Accompaniment.ALONE, filed=True)
        assert {Role.CANDIDATE, Role.ARCHITECT} <= set(accompanied)
        assert Role.ARCHITECT not in alone
        assert Role.CANDIDATE in alone


@pytest.mark.rule("R-080")
def test_documents_are_delivered_on_request():
    case = after_a_partial(actor=Role.CERTIFIER)
    assert rule_against(Act.ISSUE_DOCUMENTS, case) == "R-080"
    asked = replace(case, documents_requested_on=MOMENT)
    assert rule_against(Act.ISSUE_DOCUMENTS, asked) is None


@pytest.mark.rule("R-081")
@pytest.mark.parametrize("stage", AFTER)
def test_a_post_jury_meeting_is_open_after_a_partial_and_after_a_failure(stage):
    case = after_a_partial(stage=stage)
    assert rule_against(Act.HOLD_POST_JURY, case, a_post_jury()) is None


@pytest.mark.rule("R-081")
def test_the_report_has_an_action_for_each_missing_bloc_or_another_project():
    case = after_a_partial()
    one_short = a_post_jury(actions=a_post_jury().actions[:1])
    assert one_short.actions[0].bloc == TWO
    assert rule_against(Act.HOLD_POST_JURY, case, one_short) == "R-081"
    nobody = a_post_jury(actions=tuple(replace(a, who=" ") for a in a_post_jury().actions))
    assert rule_against(Act.HOLD_POST_JURY, case, nobody) == "R-081"
    other = a_post_jury(actions=(), alternative="Un CQPM de conducteur de ligne.")
    assert rule_against(Act.HOLD_POST_JURY, case, other) is None


@pytest.mark.rule("R-081")
def test_a_meeting_to_come_is_not_reported():
    early = a_post_jury(held_on=date(2027, 5, 4))
    assert rule_against(Act.HOLD_POST_JURY, after_a_partial(), early) == "R-081"


@pytest.mark.rule("R-081")
def test_an_accompanied_candidate_starts_again_without_waiting_for_a_meeting():
    unmet = after_a_partial(post_jury_on=None)
    assert rule_against(Act.OPEN_NEXT_ATTEMPT, unmet) is None


@pytest.mark.rule("R-081")
def test_a_meeting_is_proposed_once_and_the_candidate_may_do_without():
    unmet = after_a_partial(post_jury_on=None, actor=Role.ARCHITECT)
    proposal = PostJuryProposal(date(2027, 5, 10), MeetingMode.REMOTE)
    assert rule_against(Act.PROPOSE_POST_JURY, unmet, proposal) is None
    past = replace(proposal, on=date(2027, 5, 2))
    assert rule_against(Act.PROPOSE_POST_JURY, unmet, past) == "R-081"
    assert rule_against(Act.DECLINE_POST_JURY, unmet, Reason()) == "R-081"
    proposed = simulation.attempt(unmet, Act.PROPOSE_POST_JURY, Role.ARCHITECT, proposal)
    assert rule_against(Act.PROPOSE_POST_JURY, proposed, proposal) == "R-081"
    declined = simulation.attempt(proposed, Act.DECLINE_POST_JURY, Role.CANDIDATE, Reason())
    assert declined.post_jury_declined_on == unmet.today
    assert rule_against(Act.DECLINE_POST_JURY, declined, Reason()) == "R-081"


@pytest.mark.rule("R-006")
def test_someone_alone_starts_again_without_any_meeting():
    alone = after_a_partial(post_jury_on=None, accompaniment=Accompaniment.ALONE)
    assert rule_against(Act.OPEN_NEXT_ATTEMPT, alone) is None


@pytest.mark.rule("R-055", "R-084")
def test_after_an_absence_a_new_date_is_possible():
    line = next(line for line in lifecycle.TABLE if line.act == Act.RECORD_ABSENCE)
    assert line.to == Stage.VALIDATION_ACCEPTED
    assert open_at(Act.SCHEDULE_HEARING, replace(before_the_jury(), stage=line.to))


@pytest.mark.rule("R-085")
def test_a_condition_is_lifted_on_proof():
    case = replace(
        decided(Outcome.CONDITIONAL), stage=Stage.CONDITIONALLY_CERTIFIED, actor=Role.CERTIFIER
    )
    unproved = DatedNote(date(2027, 4, 10), "Habilitation")
    assert rule_against(Act.LIFT_CONDITION, case, unproved) == "R-085"
    proved = replace(unproved, evidence="Attestation n° 12")
    assert rule_against(Act.LIFT_CONDITION, case, proved) is None


@pytest.mark.rule("R-082")
def test_nobody_is_refused_for_fraud_before_they_could_answer():
    case = decided(Outcome.FULL)
    assert rule_against(Act.REFUSE_FOR_FRAUD, case, WHY) == "R-082"
    opened = replace(case, fraud=FraudState(date(2027, 4, 1), answer_by=case.today))
    assert rule_against(Act.REFUSE_FOR_FRAUD, opened, WHY) == "R-082"
    answered = replace(opened, fraud=replace(opened.fraud, answered_on=case.today))
    assert rule_against(Act.REFUSE_FOR_FRAUD, answered, WHY) is None
    silent = replace(opened, today=date(2027, 4, 13))
    assert rule_against(Act.REFUSE_FOR_FRAUD, silent, WHY) is None


@pytest.mark.rule("R-082")
def test_a_procedure_states_its_grounds_and_leaves_time_to_answer():
    case = decided(Outcome.FULL)
    in_time = case.today + timedelta(days=15)
    opening = FraudOpening("Passages copiés.", in_time)
    assert rule_against(Act.OPEN_FRAUD, case, opening) is None
    assert rule_against(Act.OPEN_FRAUD, case, replace(opening, grounds="")) == "R-082"
    hasty = replace(opening, answer_by=in_time - timedelta(days=1))
    assert rule_against(Act.OPEN_FRAUD, case, hasty) == "R-082"
    twice = replace(case, fraud=FraudState(date(2027, 4, 1), date(2027, 4, 20)))
    assert rule_against(Act.OPEN_FRAUD, twice, opening) == "R-082"


@pytest.mark.rule("R-082")
@pytest.mark.parametrize("act", [Act.ANSWER_FRAUD, Act.DISMISS_FRAUD])
def test_there_is_nothing_to_answer_without_a_procedure(act):
    assert rule_against(act, decided(Outcome.FULL), WHY) == "R-082"


PROCEDURE = FraudState(date(2027, 4, 1), answer_by=date(2027, 4, 27))


@pytest.mark.rule("R-082")
def test_nobody_is_offered_to_refuse_for_fraud_without_a_procedure():
    line = next(line for line in lifecycle.TABLE if line.act == Act.REFUSE_FOR_FRAUD)
    assert not lifecycle.offered(line, decided(Outcome.FULL))


@pytest.mark.rule("R-082")
@pytest.mark.parametrize("outcome", results.NOTICES)
def test_no_result_is_notified_while_a_procedure_is_open(outcome):
    accused = replace(decided(outcome), fraud=PROCEDURE)
    assert rule_against(results.NOTICES[outcome], accused) == "R-082"


@pytest.mark.rule("R-082")
@pytest.mark.parametrize("stage", [Stage.FEASIBILITY_SENT, Stage.ADMISSIBLE, Stage.ARCHIVED])
def test_fraud_is_answered_wherever_something_was_filed_or_obtained(stage):
    case = after_a_partial(stage=stage, actor=Role.CERTIFIER)
    opening = FraudOpening("Faux certificat.", case.today + timedelta(days=20))
    assert rule_against(Act.OPEN_FRAUD, case, opening) is None
    assert rule_against(Act.ANSWER_FRAUD, replace(case, fraud=PROCEDURE), WHY) is None


@pytest.mark.rule("R-082")
def test_there_is_nothing_to_refuse_once_all_ended_without_an_award():
    case = after_a_partial(stage=Stage.LAPSED, known_blocs=frozenset())
    opening = FraudOpening("Faux certificat.", case.today + timedelta(days=20))
    assert rule_against(Act.OPEN_FRAUD, case, opening) == "R-082"


@pytest.mark.rule("R-082")
def test_a_file_is_not_put_away_while_a_procedure_is_open():
    case = after_a_partial(stage=Stage.CERTIFIED, actor=Role.CERTIFIER)
    assert rule_against(Act.ARCHIVE, case, WHY) is None
    assert rule_against(Act.ARCHIVE, replace(case, fraud=PROCEDURE), WHY) == "R-082"


@pytest.mark.rule("R-080")
@pytest.mark.parametrize(
    "stage", [Stage.ADMISSIBLE, Stage.NOT_CERTIFIED, Stage.CONDITIONALLY_CERTIFIED, Stage.ARCHIVED]
)
def test_a_person_asks_for_their_documents_wherever_they_hold_a_bloc(stage):
    holding = after_a_partial(stage=stage)
    assert rule_against(Act.REQUEST_DOCUMENTS, holding) is None
    assert (
        rule_against(Act.ISSUE_DOCUMENTS, replace(holding, documents_requested_on=MOMENT)) is None
    )
    nothing = replace(holding, known_blocs=frozenset())
    assert rule_against(Act.REQUEST_DOCUMENTS, nothing) == "R-080"


@pytest.mark.rule("R-080")
def test_a_second_attempt_cancels_no_request_for_documents():
    asked = after_a_partial(documents_requested_on=MOMENT)
    again = simulation.attempt(asked, Act.OPEN_NEXT_ATTEMPT, Role.CANDIDATE)
    assert again.documents_requested_on == MOMENT
    assert rule_against(Act.ARCHIVE, asked, WHY) == "R-080"


@pytest.mark.rule("R-055")
@pytest.mark.parametrize("stage", sorted(stages.TIME_TO_CHOOSE))
def test_others_wait_a_month_before_they_put_a_file_away_and_the_candidate_need_not(stage):
    told_on = date(2027, 5, 3)
    today = after_a_partial(stage=stage, stage_since=told_on, actor=Role.CERTIFIER)
    assert rule_against(Act.ARCHIVE, today, WHY) == "R-055"
    assert rule_against(Act.ARCHIVE, replace(today, actor=Role.CANDIDATE), WHY) is None
    later = replace(today, today=told_on + timedelta(days=30))
    assert rule_against(Act.ARCHIVE, later, WHY) is None
    assert rule_against(Act.ARCHIVE, later, Reason("")) == "R-124"


@pytest.mark.rule("R-055")
def test_what_was_put_away_comes_back_where_it_was():
    away = after_a_partial(stage=Stage.ARCHIVED, archived_from=Stage.PARTIALLY_CERTIFIED)
    back = Reopening("Je veux repasser.", Stage.PARTIALLY_CERTIFIED)
    assert simulation.attempt(away, Act.REOPEN, Role.CANDIDATE, back).stage == back.leads_to
    assert rule_against(Act.REOPEN, away, replace(back, leads_to=Stage.CERTIFIED)) == "R-055"


@pytest.mark.rule("R-085")
def test_an_attestation_under_a_condition_is_not_authentic():
    worth = {"withdrawn": False, "valid_until": None, "under_condition": False}
    today = date(2027, 5, 3)
    assert results.standing(today, **worth) == Standing.AUTHENTIC
    under = worth | {"under_condition": True}
    assert results.standing(today, **under) == Standing.CONDITIONAL
    assert results.standing(today, **under | {"withdrawn": True}) == Standing.WITHDRAWN
    over = worth | {"valid_until": date(2027, 5, 2)}
    assert results.standing(today, **over) == Standing.OVER


def test_a_certifier_is_not_told_of_the_end_of_a_journey_they_never_saw():
    stopped = lifecycle.rows_of(Act.DROP_OUT)[0]
    unseen = results.notified_roles(stopped, Accompaniment.ACCOMPANIED, filed=False)
    assert unseen == (Role.CANDIDATE, Role.ARCHITECT)
    assert Role.CERTIFIER in results.notified_roles(stopped, Accompaniment.ALONE, filed=True)
    sent = lifecycle.rows_of(Act.SEND_FEASIBILITY)[0]
    assert Role.CERTIFIER in results.notified_roles(sent, Accompaniment.ACCOMPANIED, filed=False)


def under_condition():
    """Return a journey awarded under a condition."""
    return after_a_partial(
        stage=Stage.CONDITIONALLY_CERTIFIED,
        actor=Role.CERTIFIER,
        outcome=Outcome.CONDITIONAL,
        condition="Habilitation électrique",
        acquired_blocs=BLOCS,
        known_blocs=BLOCS,
    )


@pytest.mark.rule("R-085")
@pytest.mark.parametrize(
    ("lost", "stage"), [((ONE,), Stage.PARTIALLY_CERTIFIED), (tuple(BLOCS), Stage.NOT_CERTIFIED)]
)
def test_a_condition_that_is_not_met_costs_the_blocs_it_bore_on_and_no_other(lost, stage):
    said = ConditionNotMet("Titre refusé.", stage, lost)
    after = simulation.attempt(under_condition(), Act.CONDITION_NOT_MET, Role.CERTIFIER, said)
    assert (after.stage, after.acquired_blocs) == (stage, BLOCS - set(lost))
    for wrong in (replace(said, blocs=()), replace(said, reason="")):
        assert rule_against(Act.CONDITION_NOT_MET, under_condition(), wrong)


HELD = HeldElsewhere(THREE, "Titre professionnel", date(2026, 6, 30), "un-fichier")


@pytest.mark.rule("R-073")
def test_a_bloc_from_elsewhere_comes_with_its_proof_and_counts_once_checked():
    case = after_a_partial()
    assert rule_against(Act.RECORD_PRIOR_BLOC, case, replace(HELD, document="")) == "R-073"
    assert rule_against(Act.RECORD_PRIOR_BLOC, case, replace(HELD, bloc=ONE)) == "R-073"
    said = simulation.attempt(case, Act.RECORD_PRIOR_BLOC, Role.CANDIDATE, HELD)
    assert THREE in said.missing_blocs
    assert rule_against(Act.RECORD_PRIOR_BLOC, said, HELD) == "R-073"
    refused = PriorBlocAnswer("", THREE)
    assert rule_against(Act.REFUSE_PRIOR_BLOC, said, refused) == "R-124"
    another = PriorBlocAnswer("Vérifié.", TWO)
    certifying = replace(said, actor=Role.CERTIFIER)
    assert rule_against(Act.CONFIRM_PRIOR_BLOC, certifying, another) == "R-073"
    checked = simulation.attempt(said, Act.CONFIRM_PRIOR_BLOC, Role.CERTIFIER, refused)
    assert checked.missing_blocs == {TWO}


@pytest.mark.rule("R-073")
def test_the_whole_is_obtained_once_every_bloc_is_wherever_it_comes_from():
    case = after_a_partial(acquired_blocs=frozenset({ONE, TWO}), actor=Role.CERTIFIER)
    assert rule_against(Act.AWARD_BY_BLOCS, case) == "R-073"
    whole = replace(case, acquired_blocs=BLOCS, elsewhere_blocs=frozenset({THREE}))
    assert simulation.attempt(whole, Act.AWARD_BY_BLOCS, Role.CERTIFIER).stage == Stage.CERTIFIED


@pytest.mark.rule("R-076", "R-077")
def test_a_jury_that_is_annulled_gives_back_a_passage_and_takes_back_what_it_gave():
    case = after_a_partial(actor=Role.CERTIFIER)
    assert rule_against(Act.ANNUL_HEARING, case, Reason("")) == "R-124"
    after = simulation.attempt(case, Act.ANNUL_HEARING, Role.CERTIFIER, WHY)
    assert (after.stage, after.attempt) == (Stage.VALIDATION_ACCEPTED, case.attempt + 1)
    assert after.missing_blocs == BLOCS
    never = replace(case, outcome=None)
    assert rule_against(Act.ANNUL_HEARING, never, WHY) == "R-077"
