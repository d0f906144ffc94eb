"""What the certifier settles: dated values, their words, and what they change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.law.facts import FraudOpening
from jalon.law.guidance import jury_delay_said
from jalon.law.jury import panel_rules
from jalon.law.results import bloc_valid_until, bloc_validity_said
from jalon.law.settings import (
    DEFINITIONS,
    TO_CONFIRM,
    Settings,
    Settled,
    not_in_the_past,
    within_bounds,
)
from jalon.law.vocabulary import Act, Route, Setting

from .cases import TODAY, a_convening, after_a_partial, rule_against, waiting_for_a_date

EVE = TODAY - timedelta(days=1)


def settings(setting, *dated):
    """Return settings where one was given these (day, value)."""
    return Settings(tuple(Settled(setting, day, value) for day, value in dated))


@pytest.mark.rule("R-053", "R-070", "R-082", "R-083")
@pytest.mark.parametrize("setting", Setting)
def test_a_setting_that_nobody_wrote_is_to_be_confirmed(setting):
    assert Settings().said(setting, TODAY) == TO_CONFIRM
    assert settings(setting, (TODAY, 2)).said(setting, EVE) == TO_CONFIRM


@pytest.mark.parametrize("setting", Setting)
def test_a_value_holds_from_its_day_until_the_next(setting):
    known = settings(setting, (date(2026, 1, 1), 2), (date(2027, 1, 1), 3))
    assert known.value(setting, date(2025, 12, 31)) is None
    assert known.value(setting, date(2026, 12, 31)) == 2
    assert known.value(setting, date(2027, 1, 1)) == 3


@pytest.mark.parametrize("setting", Setting)
def test_a_value_may_be_taken_back(setting):
    known = settings(setting, (date(2026, 1, 1), 2), (date(2027, 1, 1), None))
    assert known.said(setting, date(2027, 1, 1)) == TO_CONFIRM


@pytest.mark.parametrize("setting", Setting)
@given(st.integers(-5, 500))
def test_a_value_out_of_bounds_is_refused_under_the_rule_that_leaves_it_open(setting, value):
    definition = DEFINITIONS[setting]
    refusal = within_bounds(setting, value)
    inside = definition.lowest <= value <= definition.highest
    assert (refusal is None) == inside
    assert refusal is None or refusal.rule == definition.rule


def test_a_setting_never_changes_what_was_decided():
    assert not_in_the_past(Setting.QUORUM, EVE, TODAY).rule == "R-070"
    assert not_in_the_past(Setting.QUORUM, TODAY, TODAY) is None


@pytest.mark.rule("R-083")
@pytest.mark.parametrize(
    ("months", "until", "said"),
    [
        (None, None, TO_CONFIRM),
        (0, None, "sans limite de durée"),
        (60, date(2032, 3, 15), "jusqu’au 15 mars 2032"),
    ],
)
def test_an_acquired_bloc_holds_as_long_as_the_certifier_settled(months, until, said):
    known = settings(Setting.BLOC_VALIDITY, (EVE, months))
    assert bloc_valid_until(known, TODAY) == until
    assert bloc_validity_said(known, TODAY, until) == said


@pytest.mark.rule("R-070")
def test_the_quorum_of_a_session_is_that_of_its_day_and_two_by_law_until_then():
    known = settings(Setting.QUORUM, (TODAY, 4))
    assert panel_rules(known, EVE).quorum == 2
    assert panel_rules(known, TODAY).quorum == 4
    assert panel_rules(settings(Setting.PARITY, (EVE, 1)), TODAY).parity


@pytest.mark.rule("R-053")
def test_on_the_2002_route_the_jury_sits_within_the_months_that_the_certifier_settled():
    def summons(known, **said):
        case = waiting_for_a_date(route=Route.LAW_2002, settings=known)
        return rule_against(Act.SCHEDULE_HEARING, case, a_convening(**said))

    sent_on = waiting_for_a_date().validation.sent_on
    strict = settings(Setting.JURY_DELAY, (sent_on, 1))
    assert summons(Settings()) is None
    assert summons(settings(Setting.JURY_DELAY, (sent_on, 6))) is None
    assert summons(strict) == "R-053"
    assert summons(strict, late_reason="Atelier en travaux.") is None
    assert summons(settings(Setting.JURY_DELAY, (sent_on + timedelta(days=1), 1))) is None


@pytest.mark.rule("R-053")
def test_who_waits_for_a_jury_of_2002_reads_its_delay_or_that_it_is_to_be_confirmed():
    waiting = waiting_for_a_date(route=Route.LAW_2002)
    known = settings(Setting.JURY_DELAY, (waiting.validation.sent_on, 6))
    assert "6 mois" in jury_delay_said(replace(waiting, settings=known))
    assert "confirmer" in jury_delay_said(waiting)
    assert not jury_delay_said(waiting_for_a_date())


@pytest.mark.rule("R-082")
@pytest.mark.parametrize(("days", "rule"), [(0, "R-082"), (29, "R-082"), (30, None)])
def test_a_person_accused_of_fraud_has_the_days_that_the_certifier_settled(days, rule):
    case = after_a_partial(settings=settings(Setting.FRAUD_ANSWER, (EVE, 30)))
    opening = FraudOpening("Copie.", case.today + timedelta(days=days))
    assert rule_against(Act.OPEN_FRAUD, case, opening) == rule


@pytest.mark.rule("R-082")
@pytest.mark.parametrize(("days", "rule"), [(14, "R-082"), (15, None)])
def test_until_the_certifier_settles_it_a_person_accused_of_fraud_has_the_days_of_the_house(
    days, rule
):
    opening = FraudOpening("Copie.", after_a_partial().today + timedelta(days=days))
    assert rule_against(Act.OPEN_FRAUD, after_a_partial(), opening) == rule
