"""Complaints: written, addressed to somebody who is there, answered by them."""

from dataclasses import replace

import pytest

from jalon.law import lifecycle, simulation
from jalon.law.facts import AccompanimentEnded, ComplaintAnswer, ComplaintFiled, Reason
from jalon.law.vocabulary import Accompaniment, Act, Addressee, Role, Stage

from .cases import after_a_partial, rule_against

COMPLAINT = ComplaintFiled(Addressee.CERTIFIER, "Le jury n’a pas vu ma pièce.")


@pytest.mark.rule("R-130")
@pytest.mark.parametrize("stage", list(Stage))
def test_a_candidate_complains_at_any_stage(stage):
    case = after_a_partial(stage=stage)
    assert rule_against(Act.FILE_COMPLAINT, case, COMPLAINT) is None
    assert rule_against(Act.FILE_COMPLAINT, case, replace(COMPLAINT, words=" ")) == "R-130"


@pytest.mark.rule("R-130")
def test_somebody_alone_complains_to_the_certifier():
    alone = after_a_partial(accompaniment=Accompaniment.ALONE)
    to_nobody = replace(COMPLAINT, to=Addressee.ACCOMPANIST)
    assert rule_against(Act.FILE_COMPLAINT, alone, to_nobody) == "R-130"


@pytest.mark.rule("R-130")
def test_a_complaint_is_answered_by_whom_it_was_addressed_to_and_not_put_away_before():
    filed = simulation.attempt(after_a_partial(), Act.FILE_COMPLAINT, Role.CANDIDATE, COMPLAINT)
    answer = ComplaintAnswer(1, "La pièce a été vue : voici comment.")
    as_head = replace(filed, actor=Role.HEAD)
    assert rule_against(Act.ANSWER_COMPLAINT, as_head, answer) == "R-130"
    assert rule_against(Act.ARCHIVE, filed, Reason("Je range.")) == "R-130"
    as_certifier = replace(filed, actor=Role.CERTIFIER)
    assert rule_against(Act.ANSWER_COMPLAINT, as_certifier, replace(answer, answer="")) == "R-130"
    after = simulation.attempt(filed, Act.ANSWER_COMPLAINT, Role.CERTIFIER, answer)
    assert not after.complaints
    line = lifecycle.rows_of(Act.ANSWER_COMPLAINT)[0]
    assert not lifecycle.offered(line, replace(after, actor=Role.CERTIFIER))


@pytest.mark.rule("R-130")
def test_a_complaint_that_was_left_is_answered_by_its_head_or_by_an_administrator_and_nobody_else():
    told = ComplaintFiled(Addressee.ACCOMPANIST, "On ne me répond plus.")
    filed = simulation.attempt(after_a_partial(), Act.FILE_COMPLAINT, Role.CANDIDATE, told)
    answer = ComplaintAnswer(1, "Voici pourquoi.")
    early = replace(filed, actor=Role.ADMINISTRATOR)
    assert rule_against(Act.ANSWER_COMPLAINT, early, answer) == "R-130"
    ended = AccompanimentEnded("Je continue seul.", 1, 2)
    gone = simulation.attempt(filed, Act.LEAVE_ACCOMPANIMENT, Role.CANDIDATE, ended)
    assert gone.complaints_left == {1} and not gone.complaints
    for actor in (Role.HEAD, Role.CERTIFIER):
        other = replace(gone, actor=actor)
        assert rule_against(Act.ANSWER_COMPLAINT, other, answer) == "R-130"
    theirs = replace(gone, actor=Role.HEAD, complaints_led=gone.complaints_left)
    assert rule_against(Act.ANSWER_COMPLAINT, theirs, answer) is None
    after = simulation.attempt(gone, Act.ANSWER_COMPLAINT, Role.ADMINISTRATOR, answer)
    assert not after.complaints_left
