"""Which procedure a certification opens, and who may register."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon.law import lifecycle, routing
from jalon.law.clocks import french
from jalon.law.dates import Opening
from jalon.law.facts import Decision, Reason
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Role, Route, Scope, Stage

from .cases import (
    BLOCS,
    ONE,
    REFUSED_WITH_REASON,
    SHEET,
    TODAY,
    TWO,
    a_case,
    a_registration,
    admissible,
    open_at,
    ready_to_send,
    rule_against,
    running,
    under_examination,
    waiting_for_a_date,
)

NOT_OPENED = replace(SHEET, openings=())
ON_2002 = a_registration(route=Route.LAW_2002)


def registering(facts=None, **changes):
    """Return the rule that refuses a registration, or None."""
    facts = facts or a_registration()
    return rule_against(Act.REGISTER, a_case(route=facts.route, **changes), facts)


def test_a_person_registers_on_the_portal_route():
    assert registering() is None


@pytest.mark.rule("R-001")
def test_a_certification_not_yet_opened_on_the_portal_follows_the_2002_route():
    assert routing.route_for(NOT_OPENED, TODAY).route == Route.LAW_2002
    assert registering(ON_2002, sheet=NOT_OPENED) is None
    assert registering(a_registration(), sheet=NOT_OPENED) == "R-001"


def test_whoever_begins_reads_where_they_register_and_where_they_do_not():
    assert "vous vous inscrivez aussi sur ce portail" in routing.route_for(SHEET, TODAY).why
    assert "se dépose ici, et nulle part ailleurs" in routing.route_for(NOT_OPENED, TODAY).why


@pytest.mark.rule("R-001")
def test_no_act_changes_the_route_of_a_journey():
    assert not any(
        field.name == "route"
        for line in lifecycle.TABLE
        if line.act != Act.REGISTER
        for field in line.judged.__dataclass_fields__.values()
    )


@pytest.mark.rule("R-001")
def test_starting_anew_finds_the_open_journey():
    assert registering(a_registration(open_journeys_on_certification=1)) == "R-001"


@pytest.mark.rule("R-001", "R-002")
@pytest.mark.parametrize(
    ("openings", "expected"),
    [
        ([], Route.LAW_2002),
        ([Opening(date(2027, 3, 16))], Route.LAW_2002),
        ([Opening(date(2027, 3, 15))], Route.FRANCE_VAE),
        ([Opening(date(2024, 4, 13), date(2027, 3, 15))], Route.FRANCE_VAE),
        ([Opening(date(2024, 4, 13), date(2027, 3, 14))], Route.LAW_2002),
    ],
)
def test_the_route_depends_on_the_day_of_registration(openings, expected):
    sheet = replace(SHEET, openings=tuple(openings))
    assert routing.route_for(sheet, date(2027, 3, 15)).route == expected


@pytest.mark.rule("R-001", "R-002")
@pytest.mark.parametrize(
    ("on", "opening"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), 0),
        (date(2024, 6, 30), 0),
        (date(2024, 7, 1), None),
        (date(2025, 1, 13), 1),
        (date(2030, 1, 1), 1),
    ],
)
def test_a_certification_that_the_portal_opened_closed_and_opened_again_follows_its_list(
    on, opening
):
    listed = (
        Opening(date(2024, 1, 1), date(2024, 6, 30), "Arrêté d’essai"),
        Opening(date(2025, 1, 13)),
    )
    found = routing.route_for(replace(SHEET, ends_on=None, openings=listed), on)
    assert found.opening == (None if opening is None else listed[opening])
    assert found.route == (Route.LAW_2002 if opening is None else Route.FRANCE_VAE)


@pytest.mark.rule("R-002")
def test_the_2002_route_is_refused_for_a_certification_opened_on_the_portal():
    assert registering(ON_2002) == "R-002"


@pytest.mark.rule("R-003")
def test_a_certification_outside_the_register_is_refused_on_both_routes():
    outside = replace(SHEET, in_rncp=False)
    assert registering(sheet=outside) == "R-003"
    assert registering(ON_2002, sheet=replace(outside, openings=())) == "R-003"
    assert routing.route_for(outside, TODAY).route is None


@pytest.mark.rule("R-004", "R-132")
def test_a_journey_by_blocs_names_at_least_one_bloc_of_the_certification():
    assert registering(a_registration(scope=Scope.BLOCS)) == "R-004"
    assert registering(a_registration(scope=Scope.BLOCS, blocs=("RNCP36086BC01",))) == "R-004"
    assert registering(a_registration(scope=Scope.BLOCS, blocs=(ONE,))) is None


@pytest.mark.rule("R-005")
def test_a_pupil_preparing_the_same_certification_cannot_register():
    assert registering(a_registration(in_initial_training=True)) == "R-005"


@pytest.mark.rule("R-005")
def test_no_text_read_refuses_a_pupil_on_the_2002_route():
    pupil = a_registration(route=Route.LAW_2002, in_initial_training=True)
    assert registering(pupil, sheet=NOT_OPENED) is None


ENDING = replace(SHEET, ends_on=TODAY - timedelta(days=1))
SAID = "Fiche RNCP99999, enregistrée le 2 mars 2027."


@pytest.mark.rule("R-011")
def test_nothing_is_deposited_once_the_registration_is_over_unless_the_certifier_says_what_follows():
    late = ready_to_send(sheet=ENDING)
    assert rule_against(Act.SEND_FEASIBILITY, late) == "R-011"
    assert rule_against(Act.SEND_FEASIBILITY, replace(late, sheet_statement=SAID)) is None
    last_day = ready_to_send(sheet=replace(SHEET, ends_on=TODAY))
    assert rule_against(Act.SEND_FEASIBILITY, last_day) is None


@pytest.mark.rule("R-011")
def test_nobody_is_admitted_once_the_registration_is_over_but_a_refusal_is_still_possible():
    late = under_examination(sheet=ENDING)
    assert rule_against(Act.DECLARE_ADMISSIBLE, late, Decision()) == "R-011"
    said = replace(late, sheet_statement=SAID)
    assert rule_against(Act.DECLARE_ADMISSIBLE, said, Decision()) is None
    assert rule_against(Act.DECLARE_INADMISSIBLE, late, REFUSED_WITH_REASON) is None


@pytest.mark.rule("R-011", "R-029", "R-031")
def test_silence_admits_nobody_to_a_certification_that_ended_before_the_delay():
    complete_on = TODAY - timedelta(days=80)
    limit = running(ClockKind.DECISION, complete_on).limit_on
    silent = under_examination(complete_on, sheet=replace(SHEET, ends_on=limit - timedelta(days=1)))
    assert rule_against(Act.ADMIT_TACITLY, silent) == "R-011"
    assert rule_against(Act.DECLARE_INADMISSIBLE, silent, REFUSED_WITH_REASON) is None
    in_time = replace(silent, sheet=replace(SHEET, ends_on=limit))
    assert rule_against(Act.ADMIT_TACITLY, in_time) is None
    assert rule_against(Act.ADMIT_TACITLY, replace(silent, sheet_statement=SAID)) is None


@pytest.mark.rule("R-011")
def test_a_candidate_already_admissible_goes_on_after_the_end_of_the_registration():
    assert rule_against(Act.SEND_VALIDATION, admissible(sheet=ENDING)) is None


@pytest.mark.rule("R-011")
@pytest.mark.parametrize(
    ("days", "said"), [(91, None), (90, "prend fin"), (0, "prend fin"), (-1, "a pris fin")]
)
def test_people_are_warned_ninety_days_before_the_end_of_a_registration(days, said):
    sheet = replace(SHEET, ends_on=TODAY + timedelta(days=days))
    warning = routing.sheet_ending_warning(ready_to_send(sheet=sheet))
    assert (warning and said in warning.why) if said else warning is None
    if said == "prend fin":
        assert "Il faut que la demande soit acceptée avant" in warning.why
        assert "continue, ou qu’une autre la remplace" in warning.why
    assert routing.sheet_ending_warning(admissible(sheet=sheet)) is None


@pytest.mark.rule("R-011")
def test_the_certifier_says_what_follows_once_and_only_when_a_registration_ends():
    ending = ready_to_send(sheet=ENDING, actor=Role.CERTIFIER)
    assert rule_against(Act.CONFIRM_SHEET, ending, Reason(SAID)) is None
    assert rule_against(Act.CONFIRM_SHEET, ready_to_send(), Reason(SAID)) == "R-011"
    said = replace(ending, sheet_statement=SAID)
    assert rule_against(Act.CONFIRM_SHEET, said, Reason(SAID)) == "R-011"
    assert routing.sheet_ending_warning(said) is None


@pytest.mark.rule("R-012")
def test_the_jury_is_expected_on_its_date_else_planned_else_on_the_laws_else_on_the_usual_one():
    planned = (("Dossier", date(2027, 4, 1)), ("Passage devant le jury", date(2027, 12, 1)))
    assert routing.forecast_jury_on(admissible(planned=planned)) == date(2027, 12, 1)
    set_on = date(2027, 6, 1)
    assert routing.forecast_jury_on(admissible(planned=planned, hearing_on=set_on)) == set_on
    passed = (("Jury", TODAY - timedelta(days=1)),)
    waiting = waiting_for_a_date(planned=passed)
    assert routing.forecast_jury_on(waiting) == waiting.clock(ClockKind.HEARING).target_on
    begun = ready_to_send(registered_on=TODAY - timedelta(days=20))
    assert (
        TODAY + timedelta(days=200) < routing.forecast_jury_on(begun) < TODAY + timedelta(days=240)
    )
    long_ago = ready_to_send(registered_on=TODAY - timedelta(days=900))
    assert routing.forecast_jury_on(long_ago) == TODAY


@pytest.mark.rule("R-012")
def test_somebody_who_planned_nothing_is_warned_of_a_delivery_that_ends_before_a_usual_jury():
    sheet = replace(SHEET, deliverable_until=TODAY + timedelta(days=60))
    alone = ready_to_send(sheet=sheet, registered_on=TODAY)
    warning = routing.delivery_warning(alone.sheet, routing.forecast_jury_on(alone))
    assert warning and french(TODAY + timedelta(days=60)) in warning.why


@pytest.mark.rule("R-007")
@pytest.mark.parametrize(
    ("until", "rule"),
    [(None, "R-007"), (date(2027, 3, 14), "R-007"), (TODAY, None), (date(2028, 1, 1), None)],
)
def test_an_organisation_without_valid_qualiopi_takes_nobody_on(until, rule):
    assert rule_against(Act.TAKE_CHARGE, a_case(qualiopi_until=until)) == rule


@pytest.mark.rule("R-007")
def test_qualiopi_is_not_asked_on_the_2002_route():
    case = a_case(route=Route.LAW_2002, qualiopi_until=None)
    assert rule_against(Act.TAKE_CHARGE, case) is None


@pytest.mark.rule("R-006", "R-007")
def test_nobody_registers_with_an_organisation_that_could_not_take_them_on():
    assert registering(qualiopi_until=None) == "R-007"
    alone = a_registration(accompaniment=Accompaniment.ALONE)
    assert registering(alone, qualiopi_until=None) is None


@pytest.mark.rule("R-010")
def test_nothing_starts_without_written_consent():
    assert registering(a_registration(consent=False)) == "R-010"


@pytest.mark.rule("R-010")
def test_consent_is_the_first_thing_asked():
    everything_wrong = a_registration(consent=False, in_initial_training=True)
    assert registering(everything_wrong, sheet=replace(SHEET, in_rncp=False)) == "R-010"


@pytest.mark.rule("R-011")
def test_a_sheet_whose_registration_is_over_takes_no_new_journey():
    assert registering(sheet=replace(SHEET, ends_on=date(2027, 3, 14))) == "R-011"
    assert registering(sheet=replace(SHEET, active=False)) == "R-011"
    assert registering(sheet=replace(SHEET, ends_on=TODAY)) is None


@pytest.mark.rule("R-011")
def test_an_admissible_person_goes_on_after_the_sheet_is_over():
    over = replace(SHEET, ends_on=date(2027, 2, 1), active=False)
    assert rule_against(Act.SEND_VALIDATION, admissible(sheet=over)) is None


@pytest.mark.rule("R-012")
def test_a_jury_after_the_last_delivery_date_is_announced():
    sheet = replace(SHEET, deliverable_until=date(2027, 12, 1))
    assert routing.delivery_warning(sheet, date(2027, 12, 1)) is None
    assert routing.delivery_warning(sheet, date(2027, 12, 2)).rule == "R-012"
    assert routing.delivery_warning(replace(SHEET, ends_on=None), date(2040, 1, 1)) is None


@pytest.mark.rule("R-006")
def test_someone_alone_is_never_taken_in_charge_but_sends_their_own_file():
    alone = a_case(accompaniment=Accompaniment.ALONE)
    assert not open_at(Act.TAKE_CHARGE, alone)
    assert open_at(Act.SEND_FEASIBILITY, alone)
    assert rule_against(Act.SEND_FEASIBILITY, a_case()) == "R-006"
    assert open_at(Act.OPEN_NEXT_ATTEMPT, replace(alone, stage=Stage.NOT_CERTIFIED))


@pytest.mark.rule("R-073")
def test_nobody_registers_for_what_they_already_hold():
    assert registering(acquired_blocs=frozenset(BLOCS)) == "R-073"
    assert registering(acquired_blocs=frozenset({ONE})) is None
    by_bloc = a_registration(scope=Scope.BLOCS, blocs=(ONE, TWO))
    some = {"targeted_blocs": frozenset({ONE, TWO})}
    assert registering(by_bloc, **some) is None
    assert registering(by_bloc, acquired_blocs=frozenset({ONE}), **some) == "R-073"


@pytest.mark.rule("R-131")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"active": False}, "elle n’est plus active"),
        (
            {"ends_on": date(2028, 1, 31)},
            "l’enregistrement prend fin le 31 janvier 2028 au lieu du 31 décembre 2028",
        ),
        ({"ends_on": date(2029, 1, 1)}, ""),
        ({"ends_on": None}, ""),
        (
            {"deliverable_until": date(2028, 6, 1)},
            "la délivrance s’arrête le 1er juin 2028 au lieu du 30 juin 2029",
        ),
        ({"deliverable_until": date(2030, 1, 1)}, ""),
    ],
)
def test_a_sheet_is_shortened_when_it_stops_or_a_last_day_comes_earlier(changes, said):
    was = replace(
        SHEET, active=True, ends_on=date(2028, 12, 31), deliverable_until=date(2029, 6, 30)
    )
    assert routing.shortening(was, replace(was, **changes)) == said


@pytest.mark.rule("R-131")
def test_a_last_delivery_that_is_published_after_the_end_shortens_nothing():
    was = replace(SHEET, active=True, ends_on=date(2028, 12, 31), deliverable_until=None)
    later, earlier = date(2029, 12, 31), date(2028, 6, 1)
    assert routing.shortening(was, replace(was, deliverable_until=later)) == ""
    assert "1er juin 2028" in routing.shortening(was, replace(was, deliverable_until=earlier))


@pytest.mark.rule("R-131")
def test_people_are_warned_of_a_shortened_sheet_until_the_certifier_says_what_follows():
    was = replace(SHEET, active=True, ends_on=date(2028, 12, 31))
    now = replace(was, ends_on=date(2028, 1, 31))
    warned = routing.sheet_shortened_warning(a_case(sheet=now, sheet_was=was))
    assert warned and warned.rule == "R-131" and "31 janvier 2028" in warned.why
    assert routing.sheet_shortened_warning(a_case(sheet=now)) is None
    assert routing.sheet_shortened_warning(a_case(sheet=was, sheet_was=was)) is None
    said = a_case(sheet=now, sheet_was=was, sheet_statement="Elle continue.")
    assert routing.sheet_shortened_warning(said) is None
