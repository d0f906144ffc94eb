"""The feasibility file and the decision on it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import admissibility, facts, lifecycle
from jalon.law.facts import Decision, GapFound, Missing, OpinionGiven, Overturning
from jalon.law.transitions import Start, Stop
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    FeasibilityKind,
    Opinion,
    Role,
    Route,
    Stage,
)

from .cases import (
    REFUSED_WITH_REASON,
    SIGNED,
    a_file,
    admissible,
    open_at,
    ready_to_send,
    rule_against,
    running,
    under_examination,
)

HOLES = {
    "civil_status_complete": False,
    "prerequisites": None,
    "experiences": 0,
    "blocs_completed": frozenset(),
    "competences_unanswered": ("Régler la machine",),
    "identity_document": False,
    "opinion": None,
    "hours_estimated": False,
}
ALONE = Accompaniment.ALONE


def with_holes(names):
    """Return what a case says of a file that lacks these parts."""
    values = {name: HOLES[name] for name in names}
    identity = values.pop("identity_document", True)
    return {"identity_document": identity, "feasibility": replace(a_file(), **values)}


def clocks_of(act, **shape):
    """Return the moves of a row on the delays that a text sets, for an accompanied journey."""
    moves = next(line.clocks for line in lifecycle.TABLE if line.act == act)
    return tuple(move for move in moves if move.kind.statutory)


def test_a_file_that_lacks_nothing_leaves():
    assert rule_against(Act.SEND_FEASIBILITY, ready_to_send()) is None


@pytest.mark.rule("R-013")
@pytest.mark.parametrize("hole", HOLES)
def test_a_file_with_a_hole_neither_is_confirmed_nor_leaves(hole):
    case = ready_to_send(**with_holes({hole}))
    assert rule_against(Act.CONFIRM_FEASIBILITY, case, SIGNED) == "R-013"
    assert rule_against(Act.SEND_FEASIBILITY, case) == "R-013"


@pytest.mark.rule("R-013")
@pytest.mark.parametrize("signature", ["confirmed_on", "sworn_on"])
def test_a_file_leaves_confirmed_and_sworn(signature):
    case = ready_to_send(feasibility=replace(a_file(), **{signature: None}))
    assert rule_against(Act.CONFIRM_FEASIBILITY, case, SIGNED) is None
    assert rule_against(Act.SEND_FEASIBILITY, case) == "R-013"


@pytest.mark.rule("R-013")
def test_what_is_missing_is_named_in_french():
    case = ready_to_send(identity_document=False, feasibility=a_file(sworn_on=None))
    assert admissibility.missing_items(case) == (
        "une pièce d’identité",
        "la déclaration sur l’honneur signée",
    )


@pytest.mark.rule("R-006", "R-013")
def test_someone_alone_needs_no_opinion_and_no_hours():
    file = a_file(opinion=None, hours_estimated=False)
    alone = ready_to_send(feasibility=file, accompaniment=ALONE, stage=Stage.REGISTERED)
    assert rule_against(Act.SEND_FEASIBILITY, alone) is None


@pytest.mark.rule("R-014")
def test_an_adapted_file_asks_for_the_admissibility_end_instead_of_blocs_and_opinion():
    adapted = a_file(kind=FeasibilityKind.ADAPTED, blocs_completed=frozenset(), opinion=None)
    assert rule_against(Act.SEND_FEASIBILITY, ready_to_send(feasibility=adapted)) == "R-014"
    dated = replace(adapted, admissible_until=date(2028, 1, 1))
    assert rule_against(Act.SEND_FEASIBILITY, ready_to_send(feasibility=dated)) is None


@pytest.mark.rule("R-015")
def test_an_unfavourable_opinion_does_not_stop_the_file():
    case = ready_to_send(feasibility=a_file(opinion=Opinion.UNFAVOURABLE))
    assert rule_against(Act.SEND_FEASIBILITY, case) is None


@pytest.mark.rule("R-015")
def test_an_unfavourable_opinion_says_why():
    silent = OpinionGiven(Opinion.UNFAVOURABLE, " ")
    assert rule_against(Act.GIVE_OPINION, ready_to_send(), silent) == "R-015"
    told = OpinionGiven(Opinion.UNFAVOURABLE, "Pas d’expérience en programmation.")
    assert rule_against(Act.GIVE_OPINION, ready_to_send(), told) is None
    assert (
        rule_against(Act.GIVE_OPINION, ready_to_send(), OpinionGiven(Opinion.FAVOURABLE, ""))
        is None
    )


@pytest.mark.rule("R-016")
def test_the_opinion_waits_for_the_candidates_choice_of_trainings():
    case = ready_to_send(feasibility=a_file(trainings_chosen_on=None))
    assert rule_against(Act.GIVE_OPINION, case, OpinionGiven(Opinion.FAVOURABLE, "")) == "R-016"


@pytest.mark.rule("R-017")
def test_a_file_sent_back_as_incomplete_needs_a_new_sworn_statement():
    sent_back = ready_to_send(
        stage=Stage.FEASIBILITY_INCOMPLETE, feasibility=a_file(confirmed_on=None, sworn_on=None)
    )
    assert rule_against(Act.SEND_FEASIBILITY, sent_back) == "R-017"
    assert rule_against(Act.CONFIRM_FEASIBILITY, sent_back, SIGNED) is None
    signed_again = replace(sent_back, feasibility=a_file())
    assert rule_against(Act.SEND_FEASIBILITY, signed_again) is None


@pytest.mark.rule("R-026")
def test_a_file_is_sent_back_with_the_list_of_what_is_missing():
    case = replace(under_examination(), stage=Stage.FEASIBILITY_SENT)
    assert rule_against(Act.DECLARE_INCOMPLETE, case, Missing(("  ",))) == "R-026"
    assert (
        rule_against(Act.DECLARE_INCOMPLETE, case, Missing(("Pièce d’identité lisible",))) is None
    )


@pytest.mark.rule("R-026")
@pytest.mark.parametrize("hole", HOLES)
def test_a_file_is_complete_only_with_every_mandatory_part(hole):
    case = replace(under_examination(), stage=Stage.FEASIBILITY_SENT)
    assert rule_against(Act.DECLARE_COMPLETE, case) is None
    spoilt = replace(case, **with_holes({hole}))
    assert rule_against(Act.DECLARE_COMPLETE, spoilt) == "R-026"


@pytest.mark.rule("R-027")
def test_the_acknowledgement_leaves_at_completeness_not_at_deposit():
    for line in lifecycle.TABLE:
        says_so = "accusé de réception" in line.done
        assert says_so == (line.act == Act.DECLARE_COMPLETE)
    incomplete = replace(
        under_examination(),
        stage=Stage.FEASIBILITY_SENT,
        identity_document=False,
    )
    assert rule_against(Act.DECLARE_COMPLETE, incomplete) == "R-026"


@pytest.mark.rule("R-028")
def test_the_two_months_run_from_the_day_the_complete_file_came_whenever_it_is_checked():
    assert clocks_of(Act.SEND_FEASIBILITY) == (Start(ClockKind.DECISION),)
    assert clocks_of(Act.DECLARE_COMPLETE) == (Start(ClockKind.DECISION, basis="received_on"),)
    assert clocks_of(Act.DECLARE_INCOMPLETE) == (Stop(ClockKind.DECISION),)
    assert Stop(ClockKind.DECISION) in clocks_of(Act.DECLARE_ADMISSIBLE)


@pytest.mark.rule("R-028")
def test_a_file_found_complete_is_not_sent_back_and_a_request_does_not_stop_the_two_months():
    assert not open_at(Act.DECLARE_INCOMPLETE, under_examination())
    assert rule_against(Act.REQUEST_PIECES, under_examination(), Missing(("Diplôme",))) is None
    assert rule_against(Act.REQUEST_PIECES, under_examination(), Missing(())) == "R-026"
    assert clocks_of(Act.REQUEST_PIECES) == ()


@pytest.mark.rule("R-026")
@pytest.mark.parametrize(
    ("route", "received_on", "rule"),
    [
        (Route.FRANCE_VAE, date(2027, 3, 1), None),
        (Route.FRANCE_VAE, date(2027, 3, 7), "R-026"),
        (Route.FRANCE_VAE, date(2027, 2, 28), "R-026"),
        (Route.LAW_2002, date(2027, 3, 7), None),
        (Route.LAW_2002, date(2027, 3, 8), "R-026"),
        (Route.LAW_2002, None, None),
    ],
)
def test_a_file_sent_here_was_received_that_day_and_one_sent_by_post_the_day_it_came(
    route, received_on, rule
):
    sent = replace(
        under_examination(date(2027, 3, 1), today=date(2027, 3, 7), route=route),
        stage=Stage.FEASIBILITY_SENT,
        reached_on=date(2027, 3, 1),
    )
    assert rule_against(Act.DECLARE_COMPLETE, sent, facts.Receipt(received_on)) == rule


@pytest.mark.rule("R-029")
@pytest.mark.parametrize(("today", "rule"), [(date(2027, 5, 1), "R-029"), (date(2027, 5, 2), None)])
def test_silence_makes_a_portal_file_admissible_after_the_second_month(today, rule):
    case = under_examination(date(2027, 3, 1), today=today)
    assert rule_against(Act.ADMIT_TACITLY, case) == rule


@pytest.mark.rule("R-029")
def test_silence_does_not_count_once_the_file_was_sent_back():
    clock = running(ClockKind.DECISION, date(2027, 3, 1), ClockState.STOPPED)
    case = replace(under_examination(), today=date(2028, 1, 1), clocks=(clock,))
    assert rule_against(Act.ADMIT_TACITLY, case) == "R-029"


@pytest.mark.rule("R-029")
def test_the_notice_of_the_gip_is_recorded_on_a_tacit_admissibility_of_the_portal():
    tacit = replace(admissible(), admissibility=replace(admissible().admissibility, tacit=True))
    assert open_at(Act.RECORD_GIP_NOTICE, tacit)
    assert not open_at(Act.RECORD_GIP_NOTICE, replace(tacit, route=Route.LAW_2002))


@pytest.mark.rule("R-030")
def test_silence_makes_a_2002_file_admissible_too():
    early = under_examination(date(2027, 3, 1), today=date(2027, 5, 1), route=Route.LAW_2002)
    assert rule_against(Act.ADMIT_TACITLY, early) == "R-030"
    assert rule_against(Act.ADMIT_TACITLY, replace(early, today=date(2027, 5, 2))) is None


@pytest.mark.rule("R-031")
def test_after_two_silent_months_the_certifier_neither_refuses_nor_sends_back():
    late = under_examination(date(2027, 3, 1), today=date(2027, 5, 2))
    assert rule_against(Act.DECLARE_INADMISSIBLE, late, REFUSED_WITH_REASON) == "R-031"
    assert (
        rule_against(
            Act.DECLARE_INCOMPLETE,
            replace(late, stage=Stage.FEASIBILITY_SENT),
            Missing(("Diplôme",)),
        )
        == "R-031"
    )
    assert rule_against(Act.DECLARE_ADMISSIBLE, late, Decision()) is None
    in_time = replace(late, today=date(2027, 5, 1))
    assert rule_against(Act.DECLARE_INADMISSIBLE, in_time, REFUSED_WITH_REASON) is None


def a_tacit_one(**changes):
    """Return a journey that the certifier's silence made admissible."""
    case = admissible(actor=Role.CERTIFIER, **changes)
    return replace(case, admissibility=replace(case.admissibility, tacit=True))


HEARD = Overturning(
    reason="Faux certificat de travail.", heard_on=date(2027, 3, 10), observations="Il conteste."
)


@pytest.mark.rule("R-031")
def test_what_silence_gave_is_taken_back_by_the_certifier_alone_with_reasons():
    assert rule_against(Act.OVERTURN_TACIT, a_tacit_one(), HEARD) is None
    assert rule_against(Act.OVERTURN_TACIT, a_tacit_one(), replace(HEARD, reason=" ")) == "R-031"
    line = lifecycle.transition_for(
        Act.OVERTURN_TACIT, Stage.ADMISSIBLE, Route.FRANCE_VAE, Accompaniment.ALONE
    )
    assert line.by == {Role.CERTIFIER}


@pytest.mark.rule("R-031")
@pytest.mark.parametrize(
    "unheard", [{"heard_on": None}, {"heard_on": date(2027, 3, 16)}, {"observations": ""}]
)
def test_nobody_loses_what_silence_gave_them_without_having_been_heard(unheard):
    assert rule_against(Act.OVERTURN_TACIT, a_tacit_one(), replace(HEARD, **unheard)) == "R-031"


@pytest.mark.rule("R-034")
def test_an_administrator_does_not_undo_what_silence_gave():
    reason = facts.Reason("Erreur de dossier.")
    tacit = a_tacit_one()
    assert (
        rule_against(Act.REVOKE_DECISION, replace(tacit, actor=Role.ADMINISTRATOR), reason)
        == "R-034"
    )


def test_an_express_decision_is_not_overturned_as_if_it_were_tacit():
    case = admissible(actor=Role.CERTIFIER)
    assert rule_against(Act.OVERTURN_TACIT, case, HEARD) == "R-029"


@pytest.mark.rule("R-032")
@pytest.mark.parametrize("gap", [GapFound("", "Non démontrée"), GapFound("Régler", " ")])
def test_each_gap_names_its_competence_and_says_what_is_missing(gap):
    decision = Decision(gaps=(GapFound("Usiner", "Un seul matériau."), gap))
    assert rule_against(Act.DECLARE_ADMISSIBLE, under_examination(), decision) == "R-032"
    whole = Decision(gaps=decision.gaps[:1])
    assert rule_against(Act.DECLARE_ADMISSIBLE, under_examination(), whole) is None


@pytest.mark.rule("R-032")
def test_recommendations_are_optional():
    assert rule_against(Act.DECLARE_ADMISSIBLE, under_examination(), Decision()) is None


@pytest.mark.rule("R-033")
def test_a_refusal_names_gaps_or_a_reason():
    assert rule_against(Act.DECLARE_INADMISSIBLE, under_examination(), Decision()) == "R-033"
    by_gap = Decision(gaps=(GapFound("Usiner", "Aucune activité."),))
    assert rule_against(Act.DECLARE_INADMISSIBLE, under_examination(), by_gap) is None
    assert rule_against(Act.DECLARE_INADMISSIBLE, under_examination(), REFUSED_WITH_REASON) is None


@pytest.mark.rule("R-034")
def test_a_decision_is_revoked_only_by_an_administrator_before_a_validation_file_left():
    case = admissible(actor=Role.ADMINISTRATOR)
    reason = facts.Reason("Erreur de dossier.")
    assert rule_against(Act.REVOKE_DECISION, case, reason) is None
    sent = replace(case, validation=replace(case.validation, sent_on=date(2027, 3, 1)))
    assert rule_against(Act.REVOKE_DECISION, sent, reason) == "R-034"
    assert rule_against(Act.REVOKE_DECISION, replace(case, attempt=2), reason) == "R-034"
    line = lifecycle.transition_for(Act.REVOKE_DECISION, case.stage, case.route, case.accompaniment)
    assert line.by == {Role.ADMINISTRATOR}


@pytest.mark.rule("R-034")
def test_a_decision_once_sent_is_not_taken_again():
    for act in (Act.DECLARE_ADMISSIBLE, Act.DECLARE_INADMISSIBLE):
        assert rule_against(act, admissible(), REFUSED_WITH_REASON) is not None
        assert not open_at(act, replace(admissible(), stage=Stage.INADMISSIBLE))


@pytest.mark.rule("R-037")
def test_a_file_with_fields_of_other_diplomas_is_refused():
    case = ready_to_send(feasibility=a_file(foreign_fields=("LV1",)))
    assert rule_against(Act.SEND_FEASIBILITY, case) == "R-037"


@pytest.mark.rule("R-088")
@pytest.mark.parametrize("role", [Role.ARCHITECT, Role.HEAD])
def test_an_architect_deposits_only_with_a_mandate(role):
    case = ready_to_send(actor=role)
    assert rule_against(Act.SEND_FEASIBILITY, case) == "R-088"
    assert rule_against(Act.SEND_VALIDATION, admissible(actor=role)) == "R-088"
    mandated = replace(case, mandate_on=datetime(2027, 3, 1, tzinfo=UTC))
    assert rule_against(Act.SEND_FEASIBILITY, mandated) is None


@pytest.mark.rule("R-013")
@given(st.sets(st.sampled_from(sorted(HOLES))))
def test_whatever_is_missing_a_file_leaves_only_when_nothing_is(holes):
    case = ready_to_send(**with_holes(holes))
    refused = rule_against(Act.SEND_FEASIBILITY, case)
    assert (refused is None) == (not holes)


IN_2002 = under_examination(route=Route.LAW_2002)
WHOLE_2002 = Decision(analysis="Aucun écart.", valid_until=date(2028, 6, 30))


@pytest.mark.rule("R-032")
@pytest.mark.parametrize("act", [Act.DECLARE_ADMISSIBLE, Act.DECLARE_INADMISSIBLE])
def test_each_decision_of_2002_holds_the_analysis_of_the_gaps(act):
    bare = replace(WHOLE_2002, analysis=" ", reason="Sans rapport.")
    assert rule_against(act, IN_2002, bare) == "R-032"
    assert rule_against(act, IN_2002, replace(bare, analysis="Deux blocs.")) is None
    named = replace(bare, gaps=(GapFound("Programmer", "Aucun exemple."),))
    assert rule_against(act, IN_2002, named) is None


@pytest.mark.rule("R-032")
def test_no_analysis_is_asked_on_france_vae():
    assert rule_against(Act.DECLARE_ADMISSIBLE, under_examination(), Decision()) is None


@pytest.mark.rule("R-047")
@pytest.mark.parametrize("limit", [None, date(2027, 3, 14), date(2027, 3, 15)])
def test_the_certifier_says_until_when_an_admissibility_of_2002_holds(limit):
    refused = replace(WHOLE_2002, valid_until=limit)
    assert rule_against(Act.DECLARE_ADMISSIBLE, IN_2002, refused) == "R-047"
    assert rule_against(Act.DECLARE_ADMISSIBLE, IN_2002, WHOLE_2002) is None
