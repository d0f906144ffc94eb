"""Who may judge, how they decide, and what may come out of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law import jury, lifecycle
from jalon.law.facts import BlocVote, PanelRules, Score
from jalon.law.vocabulary import (
    Act,
    College,
    Gender,
    Mastery,
    Outcome,
    PanelRole,
    Role,
    Route,
    Scope,
    SessionMode,
)
from jalon.now import PARIS

from .cases import (
    ALL_YES,
    BLOCS,
    EXCUSED,
    NO,
    ONE,
    THREE,
    TODAY,
    TWO,
    YES,
    a_convening,
    a_deliberation,
    a_member,
    a_panel,
    attempt,
    before_the_jury,
    rule_against,
    votes,
    waiting_for_a_date,
)

UNQUALIFIED = (
    a_member("p", role=PanelRole.PRESIDENT, gender=Gender.WOMAN, qualified=False),
    a_member("m", qualified=False),
)


def convening(case=None, **changes):
    """Return the rule that refuses a summons spoilt in one respect."""
    return rule_against(Act.SCHEDULE_HEARING, case or waiting_for_a_date(), a_convening(**changes))


def deliberating(case=None, **changes):
    """Return the rule that refuses a deliberation spoilt in one respect."""
    return rule_against(
        Act.RECORD_DELIBERATION, case or before_the_jury(), a_deliberation(**changes)
    )


def both(panel, **changes):
    """Return the rules that refuse a panel, at the summons and at the deliberation."""
    return {convening(panel=panel, **changes), deliberating(panel=panel, **changes)}


def test_a_whole_summons_and_a_whole_deliberation_pass():
    assert convening() is None
    assert deliberating() is None


# ---------------------------------------------------------------- the date and the summons


@pytest.mark.rule("R-056")
@pytest.mark.parametrize(
    "hole",
    [
        {"starts_at": None},
        {"place": " "},
        {"minutes": 0},
        {"documents": ""},
        {"accessibility_contact": ""},
        {"mode": SessionMode.REMOTE},
        {"held_on": TODAY - timedelta(days=1)},
    ],
)
def test_a_summons_says_when_where_how_long_with_what_and_whom_to_ask(hole):
    assert convening(**hole) == "R-056"


@pytest.mark.rule("R-056")
def test_a_remote_summons_gives_a_link():
    assert convening(mode=SessionMode.REMOTE, place="", link="https://visio.exemple.fr/1") is None


@pytest.mark.rule("R-052")
def test_the_jury_sits_by_the_end_of_the_third_month_after_the_deposit():
    assert convening(held_on=date(2027, 4, 30)) is None
    assert convening(held_on=date(2027, 5, 1)) == "R-052"
    assert convening(held_on=date(2027, 5, 1), late_reason="Jury reporté : grève.") is None


@pytest.mark.rule("R-053")
def test_the_2002_route_has_no_three_month_limit():
    case = waiting_for_a_date(route=Route.LAW_2002)
    assert convening(case, held_on=date(2027, 9, 1)) is None


@pytest.mark.rule("R-054")
def test_the_three_months_run_from_the_last_deposit():
    case = waiting_for_a_date()
    again = replace(case, validation=replace(case.validation, sent_on=date(2027, 2, 20)))
    assert convening(again, held_on=date(2027, 5, 31)) is None
    assert convening(again, held_on=date(2027, 6, 1)) == "R-052"


@pytest.mark.rule("R-069")
@pytest.mark.parametrize(("days", "warned"), [(7, True), (8, False)])
def test_a_union_member_is_called_eight_civil_days_before(days, warned):
    held_on = date(2027, 4, 12)
    member = a_member(
        college=College.EMPLOYEES, union="Syndicat", summoned_on=held_on - timedelta(days=days)
    )
    warning = jury.late_summons_warning(member, held_on)
    assert (warning is not None and warning.rule == "R-069") == warned
    employer = replace(member, college=College.EMPLOYERS)
    assert jury.late_summons_warning(employer, held_on) is None


def test_a_warning_agrees_with_the_person_it_names():
    held_on = date(2027, 4, 12)
    late = {"college": College.EMPLOYEES, "union": "Syndicat", "summoned_on": held_on}
    said = {
        gender: jury.late_summons_warning(a_member(gender=gender, **late), held_on).why
        for gender in Gender
    }
    assert "est convoquée moins" in said[Gender.WOMAN]
    assert "est convoqué moins" in said[Gender.MAN]
    assert jury.agreed_role(Gender.WOMAN, PanelRole.PRESIDENT) == "présidente"


@pytest.mark.rule("R-056")
@pytest.mark.parametrize(("days", "refused"), [(14, "R-056"), (15, None)])
def test_a_candidate_knows_their_day_fifteen_days_before_or_the_summons_says_why(days, refused):
    soon = {"held_on": TODAY + timedelta(days=days)}
    assert convening(**soon) == refused
    assert convening(**soon, short_notice_reason="Le candidat est d’accord.") is None


@pytest.mark.rule("R-056")
def test_a_member_is_free_at_the_hour_of_the_candidate():
    elsewhere = [(time(9, 30), 60, "Léa Rivet")]
    clash = jury.members_free(elsewhere, time(10), 60)
    assert clash and clash.rule == "R-056" and "Léa Rivet" in clash.why
    assert jury.members_free(elsewhere, time(10, 30), 60) is None


@pytest.mark.rule("R-056")
def test_a_candidate_is_heard_while_the_session_lasts():
    assert jury.within_session(time(9), time(17), time(9)) is None
    for outside in (time(8, 59), time(17)):
        refusal = jury.within_session(time(9), time(17), outside)
        assert refusal and refusal.rule == "R-056"


@given(st.integers(0, 23), st.integers(1, 12), st.sampled_from([15, 30, 45, 60, 90]))
def test_the_hours_that_are_free_hold_a_whole_hearing_and_never_meet(start, hours, minutes):
    ends = min(start + hours, 23)
    if ends <= start:
        return
    taken = [(time(start), 20)]
    free = jury.free_hours(time(start), time(ends), minutes, taken)
    assert all(jury.hour_free(taken, one, minutes) is None for one in free)
    for number, one in enumerate(free):
        others = [(other, minutes) for other in free[:number]]
        assert jury.hour_free(others, one, minutes) is None


# ---------------------------------------------------------------- the panel


@pytest.mark.rule("R-059")
def test_a_panel_has_two_members():
    alone = (a_member("p", role=PanelRole.PRESIDENT),)
    assert both(alone, imbalance_reason="Seul disponible.") == {"R-059"}
    assert both((alone[0], alone[0]), imbalance_reason="Seul disponible.") == {"R-059"}


@pytest.mark.rule("R-059")
def test_only_members_present_deliberate():
    assert deliberating(panel=a_panel(present=False), imbalance_reason="Absence.") == "R-059"


@pytest.mark.rule("R-060")
def test_one_member_is_qualified_for_the_certification():
    assert both(UNQUALIFIED) == {"R-060"}
    one_absent = (*UNQUALIFIED, a_member("q", present=False))
    assert deliberating(panel=one_absent) == "R-060"


@pytest.mark.rule("R-061")
def test_there_is_exactly_one_president_among_those_present():
    assert both((a_member("a", gender=Gender.WOMAN), a_member("b"))) == {"R-061"}
    assert both(a_panel(role=PanelRole.PRESIDENT)) == {"R-061"}
    president, member = a_panel()
    without = (replace(president, present=False), member, a_member("c", gender=Gender.WOMAN))
    assert deliberating(panel=without) == "R-061"


@pytest.mark.rule("R-063", "R-071")
def test_whoever_accompanied_the_candidate_is_refused():
    assert both(a_panel(accompanied_candidate=True)) == {"R-063"}


@pytest.mark.rule("R-064", "R-071")
def test_whoever_has_a_relation_with_the_candidate_is_refused():
    assert both(a_panel(declared_relation=True)) == {"R-064"}


@pytest.mark.rule("R-064")
def test_each_member_declares_independence_before_deliberating():
    assert deliberating(panel=a_panel(declared_on=None)) == "R-064"
    assert convening(panel=a_panel(declared_on=None)) is None


@pytest.mark.rule("R-065")
def test_a_shared_employer_is_an_alert_that_someone_answers():
    worked_there = {"candidate_sirens": frozenset({"900000009"})}
    assert convening(**worked_there) == "R-065"
    checked = "Deux sites distincts, aucun contact."
    assert convening(**worked_there, conflict_reason=checked) is None
    assert convening(candidate_sirens=frozenset({"800000008", ""})) is None


@pytest.mark.rule("R-065")
def test_a_colleague_of_who_helps_the_candidate_is_an_alert_at_the_summons_and_on_the_day():
    helped = {"helper_sirens": frozenset({"900000009"})}
    assert {convening(**helped), deliberating(**helped)} == {"R-065"}
    checked = helped | {"conflict_reason": "Autre service, jamais rencontrés."}
    assert {convening(**checked), deliberating(**checked)} == {None}
    absent = a_panel()
    gone = (replace(absent[0], employer_siren=""), replace(absent[1], present=False))
    assert (
        jury.shared_employer_explained(before_the_jury(), a_deliberation(panel=gone, **helped))
        is None
    )


@pytest.mark.rule("R-066")
@pytest.mark.parametrize("gender", list(Gender))
def test_a_panel_of_one_gender_is_explained_and_never_forbidden(gender):
    panel = tuple(replace(member, gender=gender) for member in a_panel())
    assert both(panel) == {"R-066"}
    assert both(panel, imbalance_reason="Aucune autre personne disponible.") == {None}


@pytest.mark.rule("R-067")
def test_composition_rules_hold_on_both_routes_since_april_2024():
    for route in Route:
        assert convening(waiting_for_a_date(route=route), panel=UNQUALIFIED) == "R-060"
    first_day = waiting_for_a_date(registered_on=date(2024, 4, 13))
    assert convening(first_day, panel=UNQUALIFIED) == "R-060"
    before = waiting_for_a_date(registered_on=date(2024, 4, 12))
    assert convening(before, panel=UNQUALIFIED) is None


@pytest.mark.rule("R-060")
def test_people_are_warned_that_no_qualification_rule_applies_to_a_journey_of_before_the_decree():
    warned = jury.no_qualification_rule(waiting_for_a_date(registered_on=date(2024, 4, 12)))
    assert warned and warned.rule == "R-060"
    since = waiting_for_a_date(registered_on=date(2024, 4, 13))
    assert jury.no_qualification_rule(since) is None


@pytest.mark.rule("R-067")
@given(st.integers(1, 9))
def test_no_share_of_professionals_is_ever_asked(others):
    crowd = tuple(a_member(f"o{n}", qualified=False) for n in range(others))
    assert both((*a_panel(), *crowd)) == {None}


@pytest.mark.rule("R-068")
def test_the_union_of_an_employees_member_is_recorded():
    assert convening(panel=a_panel(college=College.EMPLOYEES)) == "R-068"
    assert convening(panel=a_panel(college=College.EMPLOYEES, union="Syndicat")) is None


@pytest.mark.rule("R-070")
def test_quorum_and_parity_come_from_the_configuration():
    for rules in (PanelRules(quorum=3), PanelRules(parity=True)):
        assert {convening(rules=rules), deliberating(rules=rules)} == {"R-070"}
    balanced = a_panel(college=College.EMPLOYEES, union="Syndicat")
    assert deliberating(panel=balanced, rules=PanelRules(parity=True)) is None


@pytest.mark.rule("R-071")
def test_a_member_barred_for_one_candidate_may_judge_another():
    assert convening(panel=a_panel(declared_relation=True)) == "R-064"
    assert convening(waiting_for_a_date(journey="j-2"), panel=a_panel()) is None


@given(
    st.lists(
        st.builds(
            a_member,
            juror=st.sampled_from("abcdef"),
            role=st.sampled_from(list(PanelRole)),
            qualified=st.booleans(),
            present=st.booleans(),
            gender=st.sampled_from(list(Gender)),
            accompanied_candidate=st.booleans(),
            declared_relation=st.booleans(),
        ),
        max_size=5,
        unique_by=lambda member: member.juror,
    )
)
@pytest.mark.rule("R-059", "R-060", "R-061", "R-063", "R-064")
def test_a_panel_deliberates_exactly_when_its_composition_is_lawful(members):
    here = [member for member in members if member.present]
    lawful = (
        len(here) >= 2
        and any(member.qualified for member in here)
        and sum(member.role == PanelRole.PRESIDENT for member in here) == 1
        and not any(member.accompanied_candidate or member.declared_relation for member in here)
    )
    refused = deliberating(panel=tuple(members), imbalance_reason="Vivier réduit.")
    assert (refused is None) == lawful


# ---------------------------------------------------------------- the deliberation


@pytest.mark.rule("R-077")
def test_there_is_no_result_before_the_session():
    early = before_the_jury()
    early = replace(early, today=date(2027, 4, 11))
    assert deliberating(early) == "R-077"
    assert rule_against(Act.RECORD_ABSENCE, early, EXCUSED) == "R-077"


@pytest.mark.rule("R-077")
def test_there_is_one_result_a_session_and_candidate():
    assert deliberating(before_the_jury(results_recorded=1)) == "R-077"


@pytest.mark.rule("R-072")
def test_each_competence_is_assessed():
    assert deliberating(scores=a_deliberation().scores[1:]) == "R-072"


@pytest.mark.rule("R-072")
@pytest.mark.parametrize(
    "wrong", [(), ALL_YES[:2], (*ALL_YES, ALL_YES[0]), (*ALL_YES, BlocVote("RNCP1BC01", 2, 0))]
)
def test_there_is_one_decision_for_each_bloc_presented_and_no_other(wrong):
    assert deliberating(votes=wrong) == "R-072"


@pytest.mark.rule("R-072")
def test_a_bloc_already_held_is_not_judged_again():
    case = before_the_jury(acquired_blocs=frozenset({ONE}))
    assert deliberating(case) == "R-072"
    assert deliberating(case, votes=ALL_YES[1:]) is None


@pytest.mark.rule("R-062")
def test_a_tie_is_settled_by_the_president():
    tie = votes(one=(1, 1, None), two=YES, three=YES)
    assert deliberating(votes=tie) == "R-062"
    assert deliberating(votes=votes(one=(1, 1, True), two=YES, three=YES)) is None
    with pytest.raises(ValueError):
        jury.bloc_awarded(tie[0])


@pytest.mark.rule("R-062")
@given(st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_the_majority_decides_and_the_president_breaks_ties(in_favour, against, president):
    awarded = jury.bloc_awarded(BlocVote(ONE, in_favour, against, president))
    assert awarded == (president if in_favour == against else in_favour > against)


@pytest.mark.rule("R-062")
@pytest.mark.parametrize("count", [(3, 0), (2, 1), (0, 0), (-1, 3)])
def test_votes_are_those_of_the_members_present(count):
    wrong = votes(one=(*count, True), two=YES, three=YES)
    assert deliberating(votes=wrong) == "R-062"


@pytest.mark.rule("R-062")
def test_minutes_say_that_a_tie_was_settled_by_the_president():
    assert (
        jury.decision_in_words(BlocVote(ONE, 1, 1, False)) == "non acquis, à la voix du président"
    )
    assert jury.decision_in_words(BlocVote(ONE, 2, 1, False)) == "acquis"
    assert jury.decision_in_words(BlocVote(ONE, 1, 1)) == "égalité, à départager"


@pytest.mark.rule("R-077")
def test_minutes_are_signed_once_the_hour_of_the_hearing_has_come():
    heard = datetime(2027, 4, 12, 14, 0, tzinfo=PARIS)
    early, late = heard - timedelta(minutes=1), heard + timedelta(hours=1)
    assert deliberating(starts_at=heard, signed_at=early) == "R-077"
    assert deliberating(starts_at=heard, signed_at=late) is None


@pytest.mark.rule("R-074")
def test_a_refused_bloc_is_named_as_people_know_it():
    silent = (BlocVote(ONE, 0, 2, False, title="Usiner une pièce"), *ALL_YES[1:])
    refusal = attempt(Act.RECORD_DELIBERATION, before_the_jury(), a_deliberation(votes=silent))
    assert refusal and "« Usiner une pièce »" in refusal.why and ONE not in refusal.why


@pytest.mark.rule("R-066", "R-069")
def test_a_panel_is_checked_rule_by_rule_before_anything_is_saved():
    women = tuple(replace(member, gender=Gender.WOMAN) for member in a_panel())
    kept = {
        check.rule: check.kept
        for check in jury.panel_checks(women, PanelRules(), TODAY + timedelta(days=30), TODAY)
    }
    assert not kept["R-066"] and kept["R-059"] and kept["R-060"] and kept["R-061"]


@pytest.mark.rule("R-060")
def test_a_panel_that_nobody_is_qualified_for_is_seen_before_anything_is_saved():
    nobody = tuple(replace(member, qualified=False) for member in a_panel())
    checks = jury.panel_checks(nobody, PanelRules(), TODAY, TODAY)
    (qualified,) = [check for check in checks if check.rule == "R-060"]
    assert not qualified.kept and qualified.seen == "personne"


@pytest.mark.rule("R-069", "R-070")
def test_the_checks_of_a_panel_say_what_is_not_settled_and_who_is_called_in_time():
    nobody = tuple(replace(one, union="", college=College.EMPLOYERS) for one in a_panel())
    checks = jury.panel_checks(
        nobody, PanelRules(), TODAY + timedelta(days=3), TODAY, quorum_settled=False
    )
    quorum = next(one for one in checks if one.label.startswith("Quorum"))
    assert quorum.word == "À régler" and quorum.seen.startswith("pas encore réglé : 2 membres")
    assert [one.label for one in checks if one.word == "Oui" and "Quorum" in one.label] == []
    called = next(one for one in checks if one.rule == "R-069")
    assert called.kept and called.seen == "aucun membre désigné par un syndicat ne siège"


@pytest.mark.rule("R-074")
def test_a_refused_bloc_says_why():
    silent = (BlocVote(ONE, 0, 2, False), *ALL_YES[1:])
    assert deliberating(votes=silent) == "R-074"
    assert deliberating(votes=votes(one=NO, two=YES, three=YES)) is None


@pytest.mark.rule("R-075")
@pytest.mark.parametrize(
    "ground", ["Manque de motivation.", "Projet professionnel flou.", "Trop d’âge.", "PERSONNALITÉ"]
)
def test_a_ground_outside_the_referential_is_shown_before_signature(ground):
    refused = (BlocVote(ONE, 0, 2, False, ground), *ALL_YES[1:])
    assert deliberating(votes=refused) == "R-075"
    assert deliberating(votes=refused, grounds_confirmed=True) is None


@pytest.mark.rule("R-075")
@pytest.mark.parametrize("ground", ["Réglage incomplet.", "Le partage des pièces est absent."])
def test_a_ground_about_competences_is_not_suspect(ground):
    assert jury.outside_referential(ground) == ()


@pytest.mark.rule("R-076")
def test_the_president_signs_to_close():
    assert deliberating(signed_by_president=False) == "R-076"


@pytest.mark.rule("R-076")
def test_signed_minutes_are_not_deliberated_again():
    lines = [line for line in lifecycle.TABLE if line.act == Act.RECORD_DELIBERATION]
    assert [line.at for line in lines] == [frozenset({before_the_jury().stage})]
    assert lines[0].by == {Role.JUROR}


@pytest.mark.rule("R-084")
def test_absent_excused_and_failed_are_three_things():
    case = before_the_jury()
    assert rule_against(Act.RECORD_ABSENCE, case, EXCUSED) is None
    absent = replace(EXCUSED, outcome=Outcome.ABSENT, reason="")
    assert rule_against(Act.RECORD_ABSENCE, case, absent) is None
    unexplained = replace(EXCUSED, reason=" ")
    assert rule_against(Act.RECORD_ABSENCE, case, unexplained) == "R-084"
    failed = replace(EXCUSED, outcome=Outcome.NONE)
    assert rule_against(Act.RECORD_ABSENCE, case, failed) == "R-084"


# ---------------------------------------------------------------- what comes out


@pytest.mark.rule("R-073")
def test_the_whole_is_every_bloc():
    assert jury.outcome(before_the_jury(), a_deliberation()) == Outcome.FULL


@pytest.mark.rule("R-073", "R-083")
def test_earlier_blocs_and_new_ones_make_the_whole():
    case = before_the_jury(acquired_blocs=frozenset({ONE}))
    assert jury.outcome(case, a_deliberation(votes=ALL_YES[1:])) == Outcome.FULL


@pytest.mark.rule("R-073", "R-083")
def test_an_earlier_bloc_that_holds_no_longer_does_not_count():
    by_blocs = before_the_jury(targeted_blocs=frozenset({TWO, THREE}), scope=Scope.BLOCS)
    assert jury.outcome(by_blocs, a_deliberation(votes=ALL_YES[1:])) == Outcome.TARGETED


@pytest.mark.rule("R-073")
def test_a_condition_only_bears_on_a_whole_award():
    condition = "Habilitation électrique à fournir."
    assert deliberating(condition=condition) is None
    whole = a_deliberation(condition=condition)
    assert jury.outcome(before_the_jury(), whole) == Outcome.CONDITIONAL
    partial = votes(one=NO, two=YES, three=YES)
    assert deliberating(votes=partial, condition=condition) == "R-073"


@pytest.mark.rule("R-073", "R-074", "R-083")
@given(
    targeted=st.sets(st.sampled_from(sorted(BLOCS)), min_size=1),
    held=st.sets(st.sampled_from(sorted(BLOCS))),
    won=st.sets(st.sampled_from(sorted(BLOCS))),
)
def test_an_outcome_says_exactly_what_is_held(targeted, held, won):
    case = before_the_jury(targeted_blocs=frozenset(targeted), acquired_blocs=frozenset(held))
    judged = case.missing_blocs
    ballot = tuple(BlocVote(bloc, 2 * (bloc in won), 2 * (bloc not in won)) for bloc in judged)
    found = jury.outcome(case, a_deliberation(votes=ballot))
    after = held | (won & judged)
    if found == Outcome.FULL:
        assert after == BLOCS
    elif found == Outcome.TARGETED:
        assert targeted <= after and after != BLOCS
    elif found == Outcome.PARTIAL:
        assert won & judged and targeted - after
    else:
        assert found == Outcome.NONE
        assert not won & judged and targeted - after


@pytest.mark.rule("R-072")
def test_a_poor_score_does_not_decide_in_place_of_the_panel():
    poor = tuple(Score(s.competence, s.bloc, Mastery.NOT_SHOWN) for s in a_deliberation().scores)
    assert deliberating(scores=poor) is None
    assert attempt(Act.RECORD_DELIBERATION, before_the_jury(), a_deliberation(scores=poor)) is None
