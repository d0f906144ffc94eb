"""Immersions in a company: how long, how often at one host, who signs, what an accident asks (PMSMP)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jalon.law.facts import Immersion
from jalon.law.immersion import accident_said, beside_others
from jalon.law.vocabulary import Act, ImmersionPurpose, Stage

from .cases import a_case, a_path, attempt, rule_against

MET = a_case(Stage.MEETING_HELD)
MARCH = date(2027, 4, 1)
ONE = Immersion(
    host="Atelier Exemple",
    siren="123456782",
    purpose=ImmersionPurpose.CONFIRM,
    starts_on=MARCH,
    ends_on=MARCH + timedelta(days=13),
    days=10,
    prescriber="Mission locale",
)


def one(**changes: Any) -> Immersion:
    """Return an immersion of two weeks, with some changes."""
    return replace(ONE, **changes)


def after(first: Immersion, days: int, **changes: Any) -> Immersion:
    """Return another immersion, some days after the first one ended."""
    starts = first.ends_on + timedelta(days=days)
    return replace(first, starts_on=starts, ends_on=starts + timedelta(days=13), **changes)


def refused(*immersions: Immersion) -> str | None:
    """Return the rule that refuses a path with some immersions; None for one that passes."""
    return rule_against(Act.PROPOSE_PATH, MET, a_path(immersions=immersions))


@pytest.mark.rule("R-098")
def test_an_immersion_lasts_one_month_at_most() -> None:
    assert refused(one(ends_on=date(2027, 4, 30), days=20)) is None
    assert refused(one(ends_on=date(2027, 5, 1), days=20)) == "R-098"


@pytest.mark.rule("R-098")
@pytest.mark.parametrize(
    "wrong",
    [{"ends_on": MARCH - timedelta(days=1)}, {"days": 0}, {"days": 15}, {"siren": "123456789"}],
)
def test_its_dates_its_days_and_its_host_hold_together(wrong: dict[str, Any]) -> None:
    assert refused(one(**wrong)) == "R-098"


@pytest.mark.rule("R-098")
@pytest.mark.parametrize("starts", [date(9999, 1, 4), date(9999, 12, 20), date(1, 1, 1)])
def test_days_of_another_age_are_refused_in_words(starts: date) -> None:
    assert refused(one(starts_on=starts, ends_on=starts + timedelta(days=10))) == "R-098"


@pytest.mark.rule("R-098")
def test_it_is_renewed_once_at_the_same_host_for_the_same_purpose() -> None:
    again = after(ONE, 1, renewed=True)
    assert refused(ONE, again) is None
    assert refused(ONE, again, after(again, 1)) == "R-098"
    assert refused(again) == "R-098"
    assert refused(ONE, replace(again, purpose=ImmersionPurpose.RECRUIT)) == "R-098"


@pytest.mark.rule("R-098")
def test_a_host_has_two_conventions_at_most_in_twelve_months() -> None:
    second = after(ONE, 30, purpose=ImmersionPurpose.RECRUIT)
    third = after(second, 30, purpose=ImmersionPurpose.DISCOVER)
    assert refused(ONE, second) is None
    assert refused(ONE, second, third) == "R-098"
    assert refused(ONE, second, replace(third, siren="200000008")) is None
    year = replace(third, starts_on=date(2028, 4, 1), ends_on=date(2028, 4, 14))
    assert refused(ONE, second, year) is None


@pytest.mark.rule("R-098")
def test_a_host_has_sixty_days_at_most_in_twelve_months() -> None:
    month = one(ends_on=date(2027, 4, 30), days=30)
    again = replace(
        month, starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 31), days=30, renewed=True
    )
    assert refused(month, again) is None
    assert refused(month, replace(again, days=31)) == "R-098"


@pytest.mark.rule("R-098")
def test_two_immersions_never_share_a_day() -> None:
    elsewhere = after(ONE, 0, host="Autre hôte", siren="200000008")
    refusal = attempt(Act.PROPOSE_PATH, MET, a_path(immersions=(ONE, elsewhere)))
    assert refusal and "du 14 avril 2027 au 27 avril 2027" in refusal.why
    assert refusal.why.count(ONE.host) == 1 and "Autre hôte" not in refusal.why
    assert refused(ONE, after(ONE, 1, host="Autre hôte", siren="200000008")) is None


@pytest.mark.rule("R-098")
def test_immersions_of_other_journeys_count_with_those_of_the_path() -> None:
    second = after(ONE, 30, purpose=ImmersionPurpose.RECRUIT)
    third = after(second, 30, purpose=ImmersionPurpose.DISCOVER)

    def why(*others: Immersion) -> str:
        refusal = beside_others(a_path(immersions=(third,)), others, MARCH)
        return refusal.why if refusal else ""

    assert not why(ONE) and "2 conventions au plus" in why(ONE, second)
    assert not why(ONE, replace(second, siren="200000008")) and not why(third)
    assert "60 jours au plus" in why(replace(ONE, days=55))
    assert "en même temps" in why(replace(third, siren="200000008", host="Autre hôte"))
    assert not why(ONE, replace(ONE, host="Autre hôte", siren="200000008"))
    assert beside_others(a_path(), (ONE, ONE, ONE), MARCH) is None


@pytest.mark.rule("R-099")
def test_a_prescriber_signs_the_convention_and_so_does_the_employer_of_who_is_employed() -> None:
    assert refused(one(prescriber=" ")) == "R-099"
    assert refused(one(employed=True)) == "R-099"
    assert refused(one(employed=True, employer="Usine Exemple")) is None


@pytest.mark.rule("R-098")
def test_a_refusal_says_what_to_do_and_the_amended_path_is_judged_the_same() -> None:
    long = one(ends_on=date(2027, 5, 20), days=20)
    refusal = attempt(Act.PROPOSE_PATH, MET, a_path(immersions=(long,)))
    assert refusal and "30 avril 2027 au plus tard" in refusal.why
    admissible = a_case(Stage.ADMISSIBLE)
    assert rule_against(Act.AMEND_PATH, admissible, a_path(immersions=(long,))) == "R-098"


@pytest.mark.rule("R-100")
def test_what_an_accident_asks_is_said_with_the_hours_of_the_law() -> None:
    said = accident_said()
    assert "24 heures" in said and "48 heures" in said
