"""What a candidate is told at each stage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jalon.law import lifecycle
from jalon.law.case import FeasibilityState, ValidationState
from jalon.law.clocks import french
from jalon.law.guidance import (
    REQUESTS,
    STEPS,
    Place,
    after_absence,
    blocs_to_obtain,
    feasibility_in_question,
    guidance,
    stages_waiting_for,
    steps,
)
from jalon.law.stages import ENDS
from jalon.law.transitions import Offer
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    Opinion,
    Outcome,
    Prerequisites,
    Role,
    Route,
    Stage,
)
from tests.law.cases import BLOCS, MOMENT, ONE, TODAY, a_case, running

#: Where only an accompanied journey stands.
ACCOMPANIED_ONLY = {
    Stage.TAKEN_ON,
    Stage.MEETING_HELD,
    Stage.PATH_PROPOSED,
    Stage.PATH_ACCEPTED,
}
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


@pytest.mark.parametrize("stage", [Stage.FEASIBILITY_SENT, Stage.FEASIBILITY_INCOMPLETE])
def test_what_a_file_lacks_is_not_told_once_it_was_deposited_elsewhere(stage):
    assert not feasibility_in_question(a_case(stage, certifier_outside=True))
    assert feasibility_in_question(a_case(Stage.PATH_ACCEPTED, certifier_outside=True))


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


def test_what_is_next_of_the_first_file_follows_what_is_in_it():
    case = a_case(Stage.PATH_ACCEPTED)
    empty = replace(case, feasibility=FeasibilityState())
    assert guidance(empty).go == Place.FEASIBILITY
    filled = replace(case, feasibility=replace(a_full_file(case), opinion=None))
    assert guidance(filled).who == "Votre architecte"
    assert guidance(replace(case, feasibility=a_full_file(case))).go == Place.REVIEW
    signed = replace(a_full_file(case), confirmed_on=MOMENT, sworn_on=MOMENT)
    told = guidance(replace(case, feasibility=signed))
    assert told.go == Act.SEND_FEASIBILITY
    assert "il reste à l’envoyer" in told.title


def a_full_file(case):
    """Return a feasibility file that lacks nothing but its signature."""
    return FeasibilityState(
        civil_status_complete=True,
        prerequisites=Prerequisites.ACQUIRED,
        experiences=1,
        blocs_completed=case.targeted_blocs,
        opinion=Opinion.FAVOURABLE,
        hours_estimated=True,
    )


def test_what_is_next_of_the_second_file_follows_what_is_in_it():
    written = ValidationState(blocs=BLOCS)
    case = a_case(Stage.ADMISSIBLE, validation=replace(written, sections_missing=("Souder",)))
    assert guidance(case).go == Place.VALIDATION
    assert guidance(replace(case, validation=written)).go == Act.SIGN_ORIGINALITY
    signed = replace(written, originality_on=MOMENT)
    assert guidance(replace(case, validation=signed)).go == Act.SEND_VALIDATION


def test_somebody_alone_has_no_first_meeting_among_their_steps():
    titles = [title for title, _ in steps(a_case(accompaniment=Accompaniment.ALONE))]
    assert "Premier rendez-vous" not in titles
    assert "Premier rendez-vous" in [title for title, _ in steps(a_case())]


def test_the_last_step_is_closed_once_the_result_is_known():
    for stage in (Stage.PARTIALLY_CERTIFIED, Stage.NOT_CERTIFIED, Stage.CERTIFIED):
        assert guidance(a_case(stage)).step > len(STEPS)


def test_somebody_alone_never_hears_of_an_architect():
    for stage in Stage:
        told = guidance(a_case(stage, accompaniment=Accompaniment.ALONE))
        if stage not in ACCOMPANIED_ONLY:
            assert "architecte" not in f"{told.who} {told.title} {told.next}".lower(), stage


def test_the_stages_that_wait_for_somebody_are_those_whose_guidance_names_them():
    assert Stage.REGISTERED in stages_waiting_for(Role.ARCHITECT)
    assert Stage.DELIBERATED in stages_waiting_for(Role.CERTIFIER)
    assert Stage.DELIBERATED not in stages_waiting_for(Role.ARCHITECT, Role.HEAD)


@pytest.mark.rule("R-078")
def test_a_jury_that_was_held_is_no_longer_to_be_prepared():
    planned = a_case(Stage.JURY_SCHEDULED, hearing_on=TODAY)
    assert guidance(planned).next == "Préparez votre passage devant le jury."
    clock = running(ClockKind.RESULT, TODAY)
    held = replace(planned, today=TODAY + timedelta(days=1), clocks=(clock,))
    told = guidance(held)
    assert "a eu lieu" in told.title and told.who == "Le certificateur"
    assert "au plus tard le 30 mars 2027" in told.next


@pytest.mark.parametrize(
    ("route", "where"),
    [(Route.FRANCE_VAE, "sur le portail France VAE"), (Route.LAW_2002, "au certificateur")],
)
def test_a_signed_file_is_deposited_where_its_certifier_works_then_noted(route, where):
    written = ValidationState(blocs=BLOCS, originality_on=MOMENT)
    case = a_case(Stage.ADMISSIBLE, validation=written, route=route, certifier_outside=True)
    told = guidance(case)
    assert told.go == Act.DEPOSIT_VALIDATION
    assert where in told.next and "notez ici le jour du dépôt" in told.next
    signed = replace(a_full_file(case), confirmed_on=MOMENT, sworn_on=MOMENT)
    first = replace(case, stage=Stage.PATH_ACCEPTED, feasibility=signed)
    assert guidance(first).go == Act.DEPOSIT_FEASIBILITY
    assert where in guidance(first).waits


def test_the_answer_of_a_certifier_elsewhere_is_noted_by_who_accompanies_or_by_somebody_alone():
    for stage in (Stage.FEASIBILITY_SENT, Stage.FEASIBILITY_COMPLETE, Stage.VALIDATION_SENT):
        told = guidance(a_case(stage, certifier_outside=True))
        assert "est à noter ici" in told.waits
        assert told.next.endswith("Votre architecte note sa réponse ici.")
        alone = a_case(stage, certifier_outside=True, accompaniment=Accompaniment.ALONE)
        assert guidance(alone).next.endswith("Notez ici sa réponse, avec son jour.")
        assert "noter" not in guidance(a_case(stage)).waits


@pytest.mark.rule("R-084")
def test_absent_and_excused_are_told_apart_with_what_each_changes_for_who_pays():
    absent, excused = (
        a_case(Stage.VALIDATION_ACCEPTED, missed=one) for one in (Outcome.ABSENT, Outcome.EXCUSED)
    )
    assert guidance(absent).title == "Votre absence au jury n’est pas excusée"
    assert guidance(excused).title == "Votre absence au jury est excusée"
    for case in (absent, excused):
        assert after_absence(case)[0] == "Ce n’est pas un échec : aucun résultat n’est enregistré."
        assert "à confirmer avec lui" in after_absence(case)[-1]
    assert "Vous aviez un empêchement ?" in " ".join(after_absence(absent))
    assert "Vous aviez un empêchement ?" not in " ".join(after_absence(excused))
    assert after_absence(a_case(Stage.VALIDATION_ACCEPTED)) == ()


@pytest.mark.rule("R-055", "R-084")
def test_whoever_missed_a_jury_reads_by_when_another_date_is_set():
    clock = running(ClockKind.HEARING, TODAY)
    case = a_case(Stage.VALIDATION_ACCEPTED, missed=Outcome.ABSENT, clocks=(clock,))
    assert french(clock.limit_on) in guidance(case).next
    over = replace(case, clocks=(replace(clock, state=ClockState.STOPPED),))
    assert guidance(over).next.startswith("Appelez le certificateur")
    of_2002 = replace(over, route=Route.LAW_2002)
    assert "son règlement" in guidance(of_2002).next


def test_what_a_candidate_may_ask_beside_the_way_says_in_a_line_what_it_brings_about():
    beside = {
        row.act
        for row in lifecycle.TABLE
        if Role.CANDIDATE in row.by and row.offer in (Offer.QUIET, Offer.GRAVE)
    }
    assert beside - set(REQUESTS) == set()
