"""What a candidate is told at each stage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jalon.law.guidance import (
    STEPS,
    blocs_to_obtain,
    feasibility_in_question,
    guidance,
)
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Accompaniment, ClockKind, Stage
from tests.law.cases import BLOCS, MOMENT, ONE, TODAY, a_case, running

#: Where a journey stopped, or was set aside: nothing comes next.
STOPPED = ENDS - {Stage.CERTIFIED, Stage.BLOCS_CERTIFIED}


@pytest.mark.parametrize("stage", list(Stage))
def test_a_journey_that_goes_on_always_has_a_step_somebody_and_something_next(stage):
    told = guidance(a_case(stage))
    assert (told.step > 0) == bool(told.who) == bool(told.next) == (stage not in STOPPED)
    assert told.step <= len(STEPS) + 1


def test_the_steps_follow_one_another_along_the_usual_way():
    way = (
        Stage.REGISTERED,
        Stage.PATH_PROPOSED,
        Stage.PATH_ACCEPTED,
        Stage.FEASIBILITY_SENT,
        Stage.ADMISSIBLE,
        Stage.VALIDATION_SENT,
        Stage.JURY_SCHEDULED,
        Stage.DELIBERATED,
        Stage.CERTIFIED,
    )
    steps = [guidance(a_case(stage)).step for stage in way]
    assert steps == sorted(steps)


def test_somebody_alone_begins_with_the_feasibility_file():
    alone = guidance(a_case(Stage.REGISTERED, accompaniment=Accompaniment.ALONE))
    assert (alone.step, alone.who) == (3, "Vous")
    assert "architecte" in guidance(a_case(Stage.REGISTERED)).next


def test_a_proposed_path_is_answered_before_anything_is_written():
    assert [stage for stage in Stage if guidance(a_case(stage)).answer_first] == [
        Stage.PATH_PROPOSED
    ]


def test_documents_are_asked_for_then_awaited_then_at_hand():
    certified = a_case(Stage.CERTIFIED)
    assert guidance(certified).next == "Demandez votre certificat."
    awaited = guidance(a_case(Stage.CERTIFIED, documents_requested_on=MOMENT))
    assert awaited.who == "Le certificateur"
    issued = guidance(a_case(Stage.CERTIFIED, documents_issued_on=MOMENT))
    assert issued.next.startswith("Téléchargez")


def test_after_a_partial_award_the_blocs_still_to_obtain_are_told():
    case = a_case(Stage.PARTIALLY_CERTIFIED, acquired_blocs=frozenset({ONE}))
    assert blocs_to_obtain(case) == BLOCS - {ONE}
    assert blocs_to_obtain(a_case(Stage.ADMISSIBLE)) == frozenset()


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        (Stage.TAKEN_ON, False),
        (Stage.PATH_ACCEPTED, True),
        (Stage.FEASIBILITY_SENT, True),
        (Stage.FEASIBILITY_INCOMPLETE, True),
        (Stage.FEASIBILITY_COMPLETE, False),
    ],
)
def test_what_a_file_lacks_is_told_before_it_leaves_and_on_arrival(stage, told):
    assert feasibility_in_question(a_case(stage)) is told


@pytest.mark.rule("R-078")
def test_a_result_is_awaited_until_a_day_then_one_is_told_whom_to_call():
    clock = running(ClockKind.RESULT, TODAY)
    waiting = a_case(Stage.DELIBERATED, clocks=(clock,))
    assert "au plus tard le 30 mars 2027" in guidance(waiting).next
    late = replace(waiting, today=clock.limit_on + timedelta(days=1))
    assert "appelez le certificateur" in guidance(late).next


@pytest.mark.rule("R-085")
def test_a_reserve_is_named_with_what_it_keeps_from_being_final():
    told = guidance(a_case(Stage.CONDITIONALLY_CERTIFIED, condition="Habilitation électrique"))
    assert "Habilitation électrique" in told.next
    assert "pas définitive" in told.next
