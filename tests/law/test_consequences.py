"""What people are told before they act: read from the table, for every row of it."""

from dataclasses import replace
from datetime import date

import pytest

from jalon.law import lifecycle
from jalon.law.case import ClockView, Filing
from jalon.law.consequences import NAMED, consequences
from jalon.law.facts import Nothing
from jalon.law.transitions import Offer
from jalon.law.vocabulary import Act, ClockKind, ClockState, Role, Scope, Stage
from tests.law.cases import a_case

TODAY = date(2027, 3, 1)


def row(act, stage=None):
    """Return the row of an act, at a stage when it has several."""
    return next(one for one in lifecycle.rows_of(act) if stage is None or stage in one.at)


@pytest.mark.parametrize("transition", lifecycle.TABLE, ids=lambda one: one.act.value)
def test_every_act_says_what_it_does_who_is_told_and_whether_it_can_be_undone(transition):
    for stage in transition.at:
        case = a_case(stage, actor=next(iter(transition.by)))
        said = consequences(transition, case)
        assert transition.done in said.happens
        assert said.told.endswith(".") and said.undone.endswith(".")


def test_stopping_says_that_nothing_leads_back_unless_an_act_does():
    case = a_case(Stage.ADMISSIBLE, actor=Role.ARCHITECT)
    said = consequences(row(Act.DROP_OUT), case)
    assert "« Abandon »" in said.happens
    back = [
        one
        for one in lifecycle.TABLE
        if Stage.DROPPED_OUT in one.at and Stage.ADMISSIBLE in one.leads_to(Stage.DROPPED_OUT)
    ]
    assert said.undone.startswith("Oui" if back else "Non")


@pytest.mark.rule("R-124")
def test_the_file_of_the_dead_is_said_to_stay_closed_whoever_asks():
    closing = row(Act.CLOSE_DECEASED)
    for stage in closing.at:
        said = consequences(closing, a_case(stage, actor=Role.HEAD))
        assert said.undone == f"Non : rien ne ramène ensuite à l’étape « {stage.label} »."
    assert Act.REOPEN.label in consequences(row(Act.ARCHIVE), a_case(Stage.DROPPED_OUT)).undone


def test_a_decision_says_by_which_act_and_by_whom_it_is_taken_back():
    case = a_case(Stage.FEASIBILITY_COMPLETE, actor=Role.CERTIFIER)
    said = consequences(row(Act.DECLARE_ADMISSIBLE), case)
    assert Act.REVOKE_DECISION.label in said.undone
    assert NAMED[Role.ADMINISTRATOR] in said.undone
    assert said.told.startswith("Le candidat et l’architecte")


def test_the_delays_that_an_act_ends_and_begins_are_named():
    running = ClockView(ClockKind.DECISION, ClockState.RUNNING, TODAY, TODAY, TODAY)
    case = a_case(Stage.FEASIBILITY_COMPLETE, actor=Role.CERTIFIER, clocks=(running,))
    said = consequences(row(Act.DECLARE_ADMISSIBLE), case).happens
    assert f"Ce délai s’arrête : « {ClockKind.DECISION.label} »" in said
    assert f"Un délai commence : « {ClockKind.LAPSE.label} »" in said


def test_a_candidate_is_told_in_days_what_ends_and_that_no_way_leads_back():
    running = ClockView(ClockKind.LAPSE, ClockState.RUNNING, TODAY, TODAY, date(2027, 3, 12))
    case = a_case(Stage.ADMISSIBLE, actor=Role.CANDIDATE, clocks=(running,))
    said = consequences(row(Act.SEND_VALIDATION), case)
    assert "Votre parcours passe" in said.happens
    assert "Date qui ne compte plus : le 12 mars 2027." in said.happens
    assert said.undone == "Non : ensuite, vous ne pourrez plus revenir en arrière."
    other = replace(running, kind=ClockKind.DECISION)
    several = consequences(row(Act.SEND_VALIDATION), replace(case, clocks=(running, other)))
    assert ClockKind.LAPSE.label not in several.happens


def test_a_certifier_who_never_saw_the_file_is_not_said_to_be_told():
    unseen = a_case(Stage.REGISTERED, actor=Role.ARCHITECT)
    assert "certificateur" not in consequences(row(Act.DROP_OUT), unseen).told
    filed = replace(unseen, filings=(Filing(unseen.journey, "RNCP1", TODAY, Scope.WHOLE),))
    assert "certificateur" in consequences(row(Act.DROP_OUT), filed).told


def test_a_grave_act_asks_why_and_no_other_act_of_its_stage_is_hidden_behind_it():
    for transition in lifecycle.TABLE:
        if transition.offer == Offer.GRAVE:
            assert transition.asks is not Nothing, transition.act


def test_a_candidate_who_acts_is_told_like_the_others():
    case = a_case(Stage.REGISTERED, actor=Role.CANDIDATE)
    said = consequences(row(Act.DROP_OUT), case).told
    assert said == "L’architecte et vous-même, par un avis et un courriel."


def test_the_way_back_from_an_annulled_jury_is_never_an_act_of_a_certifier_outside():
    here = a_case(Stage.CERTIFIED, actor=Role.CERTIFIER)
    annul = row(Act.ANNUL_HEARING, Stage.CERTIFIED)
    assert not consequences(annul, here).undone.startswith("Oui")
    elsewhere = replace(here, certifier_outside=True)
    assert "Noter le résultat du jury" in consequences(annul, elsewhere).undone


def test_who_is_told_of_a_request_for_accompaniment_is_the_organisation_that_is_chosen():
    alone = a_case(Stage.REGISTERED, actor=Role.CANDIDATE)
    assert consequences(row(Act.ASK_ACCOMPANIMENT), alone).told.startswith("L’organisme que vous")


def test_an_answered_complaint_says_that_the_answer_was_sent():
    assert lifecycle.done(Act.ANSWER_COMPLAINT) == "Réclamation : réponse envoyée au candidat"


def test_a_candidate_reads_no_word_of_the_trade_about_what_is_kept_and_corrected():
    case = a_case(Stage.CERTIFIED, actor=Role.CANDIDATE)
    said = consequences(row(Act.REQUEST_DOCUMENTS), case)
    assert said.undone == "Rien ne s’efface, tout reste noté. Une erreur se corrige ensuite."
