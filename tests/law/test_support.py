"""What the accompaniment must hold: first meeting, path, quotes, signatures."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import support
from jalon.law.facts import Contact, Milestone, PathAnswer, Quote, Reason, Signature
from jalon.law.support import siren_exists
from jalon.law.vocabulary import Act, Stage

from .cases import (
    TODAY,
    a_case,
    a_first_meeting,
    a_path,
    a_training,
    attempt,
    rule_against,
)

TAKEN_ON = a_case(Stage.TAKEN_ON)
MET = a_case(Stage.MEETING_HELD)


def test_a_whole_report_passes():
    assert rule_against(Act.HOLD_FIRST_MEETING, TAKEN_ON, a_first_meeting()) is None


@pytest.mark.rule("R-089")
@pytest.mark.parametrize("subject", support.FIRST_MEETING_SUBJECTS)
def test_the_first_meeting_report_covers_each_of_its_seven_subjects(subject):
    report = replace(a_first_meeting(), **{subject: "  "})
    assert rule_against(Act.HOLD_FIRST_MEETING, TAKEN_ON, report) == "R-089"


@pytest.mark.rule("R-089")
@pytest.mark.parametrize("wrong", [{"held_on": TODAY + timedelta(days=1)}, {"minutes": 0}])
def test_a_meeting_to_come_or_without_duration_is_not_a_report(wrong):
    assert rule_against(Act.HOLD_FIRST_MEETING, TAKEN_ON, a_first_meeting(**wrong)) == "R-089"


def test_a_whole_path_passes():
    assert rule_against(Act.PROPOSE_PATH, MET, a_path()) is None


@pytest.mark.rule("R-090")
@pytest.mark.parametrize(
    "milestones",
    [
        (),
        (Milestone("Dossier", date(2027, 3, 14)),),
        (Milestone("Jury", date(2027, 12, 1)), Milestone("Dossier", date(2027, 4, 1))),
    ],
)
def test_a_path_has_milestones_to_come_in_order(milestones):
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(milestones=milestones)) == "R-090"


@pytest.mark.rule("R-090")
def test_planned_hours_are_not_negative():
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(hours_group=-1)) == "R-090"


@pytest.mark.rule("R-086")
def test_two_quotes_do_not_make_three():
    training = a_training()
    short = replace(training, quotes=training.quotes[:2])
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=(short,))) == "R-086"


@pytest.mark.rule("R-086")
def test_three_quotes_of_the_same_provider_count_as_one():
    first = a_training().quotes[0]
    training = a_training(quotes=(first, first, first))
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=(training,))) == "R-086"


@pytest.mark.rule("R-086")
def test_a_quote_without_siren_does_not_count():
    quotes = (*a_training().quotes[:2], Quote("", "Inconnu", 100_000))
    training = a_training(quotes=quotes)
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=(training,))) == "R-086"


@pytest.mark.rule("R-086")
def test_a_quote_of_a_siren_that_cannot_exist_is_refused():
    first, *others = a_training().quotes
    training = a_training(quotes=(replace(first, siren="100000001"), *others))
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=(training,))) == "R-086"
    assert siren_exists("100000009") and not siren_exists("100000001") and not siren_exists("9")


@pytest.mark.rule("R-086")
def test_two_trainings_of_the_same_title_cannot_be_chosen_between():
    twice = (a_training(), a_training())
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=twice)) == "R-086"
    told_apart = (a_training(), a_training(title="Métrologie"))
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=told_apart)) is None


def test_a_path_without_training_needs_no_quote():
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=())) is None


@pytest.mark.rule("R-087")
@given(cheapest=st.integers(1, 10**6), times=st.integers(3, 10))
def test_a_large_spread_of_prices_is_explained(cheapest, times):
    cheap, middle, _ = a_training().quotes
    quotes = (
        replace(cheap, amount=cheapest),
        replace(middle, amount=cheapest),
        Quote("300000007", "Cher", cheapest * times),
    )
    training = a_training(quotes=quotes)
    assert support.spread(training) == times
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=(training,))) == "R-087"
    explained = replace(training, disproportion_reason="Seul organisme équipé d’un 5 axes.")
    assert rule_against(Act.PROPOSE_PATH, MET, a_path(trainings=(explained,))) is None


def test_a_candidate_may_accept_a_path_and_choose_no_training():
    assert rule_against(Act.ACCEPT_PATH, a_case(Stage.PATH_PROPOSED), PathAnswer()) is None


@pytest.mark.rule("R-013")
@pytest.mark.parametrize(
    "half",
    [Signature(True, False, "C. E."), Signature(False, True, "C. E."), Signature(True, True)],
)
def test_a_statement_is_read_sworn_and_signed(half):
    assert rule_against(Act.GIVE_MANDATE, TAKEN_ON, half) == "R-013"


@pytest.mark.rule("R-013")
@pytest.mark.parametrize(
    "typed", ["Camille Exemple", "EXEMPLE camille", "Camille, Anne Exemple", "camîlle-exemple"]
)
def test_a_signature_forgives_accents_capitals_and_order(typed):
    assert rule_against(Act.GIVE_MANDATE, TAKEN_ON, Signature(True, True, typed)) is None


@pytest.mark.rule("R-013")
@pytest.mark.parametrize("typed", ["toto", "Camille", "Camille Autre"])
def test_a_signature_that_is_not_the_candidates_name_is_refused_and_shows_it(typed):
    refusal = attempt(Act.GIVE_MANDATE, TAKEN_ON, Signature(True, True, typed))
    assert refusal is not None
    assert (refusal.rule, "Camille Exemple" in refusal.why) == ("R-013", True)


def test_the_name_of_birth_signs_as_well_and_ligatures_are_read_as_two_letters():
    known = replace(TAKEN_ON, signs_as=("Anne Cœur", "Anne Lefèvre"))
    for typed in ("anne coeur", "Anne LEFEVRE"):
        assert rule_against(Act.GIVE_MANDATE, known, Signature(True, True, typed)) is None


@pytest.mark.rule("R-089")
def test_a_first_meeting_held_before_the_registration_is_a_wrong_date():
    early = a_first_meeting(held_on=date(2027, 1, 3))
    assert rule_against(Act.HOLD_FIRST_MEETING, TAKEN_ON, early) == "R-089"


def test_a_contact_made_before_the_registration_is_a_wrong_date():
    early = Contact(date(2020, 3, 1), "Message laissé", answered=False)
    assert rule_against(Act.RECORD_CONTACT, TAKEN_ON, early) == "R-045"


def test_asking_for_another_path_says_why():
    proposed = a_case(Stage.PATH_PROPOSED)
    assert rule_against(Act.DECLINE_PATH, proposed, Reason(" ")) == "R-124"
    assert rule_against(Act.DECLINE_PATH, proposed, Reason("Trop long.")) is None
