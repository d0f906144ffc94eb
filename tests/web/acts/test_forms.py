"""The forms of the acts: one for each act that has no page of its own, found by registry."""

from decimal import Decimal

import pytest

from jalon.demo.scenario import Scenario
from jalon.journeys.facts_json import from_json, to_json
from jalon.law import calendar, facts
from jalon.law.facts import Quote
from jalon.law.lifecycle import TABLE
from jalon.law.vocabulary import Act, Role
from jalon.web.acts.forms import form_of
from jalon.web.acts.forms.accompaniment import MandateForm, PathForm
from jalon.web.acts.forms.base import FORMS_BY_ACT
from jalon.web.acts.forms.common import MissingForm, ReasonForm
from jalon.web.acts.forms.feasibility import FeasibilitySignatureForm

#: Acts that are done on a page of their own: there is a certification, a session or a panel to see.
OWN_PAGE = {
    Act.REGISTER,
    Act.SCHEDULE_HEARING,
    Act.POSTPONE_HEARING,
    Act.RECORD_ABSENCE,
    Act.RECORD_DELIBERATION,
}


def test_every_act_that_a_person_does_has_a_form_or_a_page_of_its_own() -> None:
    without = {
        row.act for row in TABLE if row.by - {Role.SYSTEM} and form_of(row.act, row.asks) is None
    }
    assert without == OWN_PAGE


def test_half_hours_are_told_before_hours_are_written() -> None:
    assert "demi-heure" in PathForm.base_fields["hours_individual"].help_text


def test_a_form_named_for_an_act_is_named_for_an_act_of_the_table() -> None:
    assert set(FORMS_BY_ACT) <= {row.act for row in TABLE}


def test_an_act_has_its_own_form_before_that_of_its_facts() -> None:
    assert form_of(Act.GIVE_MANDATE, facts.Signature) is MandateForm
    assert form_of(Act.CONFIRM_FEASIBILITY, facts.Signature) is FeasibilitySignatureForm
    assert form_of(Act.CONTEST_LAPSE, facts.Reason) is ReasonForm


def test_what_is_missing_is_one_thing_a_line(scenario: Scenario) -> None:
    scenario.register()
    said = {"items": "CNI\n\n  Attestation  \n", "comment": ""}
    form = MissingForm(said, journey=scenario.journey)
    assert form.is_valid()
    assert form.facts() == facts.Missing(("CNI", "Attestation"), "")


ROWED = {
    "hours_individual": 14,
    "hours_group": 0,
    "hours_training": 0,
    "mode": "on_site",
    "title_0": "passage devant le  jury",
    "due_0": "2028-01-10",
    "title_1": "Atelier d’écriture",
    "due_1": "2027-09-01",
    "training_0": "Lecture de plan",
    "siren_0_0": "123 456 782",
    "provider_0_0": "Centre A",
    "price_0_0": "1 250,50 €",
    "siren_0_1": "",
    "training_1": "Métrologie",
    "reason_1": "Un centre vient sur place.",
}


def test_a_path_is_read_row_by_row_its_dates_in_order_and_its_prices_in_cents(
    scenario: Scenario,
) -> None:
    scenario.register()
    form = PathForm(ROWED, journey=scenario.journey)
    assert form.is_valid(), form.errors
    path = form.facts()
    assert [one.title for one in path.milestones] == ["Atelier d’écriture", calendar.JURY]
    first, second = path.trainings
    assert first.quotes == (Quote("123456782", "Centre A", 125_050),)
    assert (second.title, second.disproportion_reason) == (
        "Métrologie",
        "Un centre vient sur place.",
    )


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("siren_0_0", "123456789", "ne vont pas ensemble"),
        ("siren_0_0", "12", "neuf chiffres"),
        ("price_0_0", "cher", "prix en euros"),
        ("provider_0_0", "", "videz toute la ligne"),
        ("due_1", "", "videz toute la ligne"),
        ("training_0", "", "Nommez la formation"),
    ],
)
def test_a_row_of_a_path_that_is_wrong_or_not_whole_says_so_beside_it(
    scenario: Scenario, name: str, typed: str, said: str
) -> None:
    scenario.register()
    form = PathForm(ROWED | {name: typed}, journey=scenario.journey)
    assert said in str(form.errors[name])


def test_a_path_without_training_proposes_none(scenario: Scenario) -> None:
    scenario.register()
    said = {"hours_individual": 14, "hours_group": 0, "hours_training": 0, "mode": "on_site"}
    form = PathForm(said, journey=scenario.journey)
    assert form.is_valid()
    assert form.facts().trainings == ()
    assert form.facts().milestones == ()


IMMERSED = {
    "host_0": "Atelier Exemple",
    "host_siren_0": "123 456 782",
    "purpose_0": "confirm",
    "starts_0": "2027-05-03",
    "ends_0": "2027-05-14",
    "days_0": "10",
    "prescriber_0": "Mission locale",
}


@pytest.mark.parametrize(("typed", "hours"), [("2,5", "2.5"), ("2.5", "2.5"), ("14", "14")])
def test_half_hours_are_typed_with_a_comma_or_a_point_and_kept_exactly(
    scenario: Scenario, typed: str, hours: str
) -> None:
    scenario.register()
    form = PathForm(ROWED | {"hours_group": typed}, journey=scenario.journey)
    assert form.is_valid(), form.errors
    kept = from_json(facts.Path, to_json(form.facts()))
    assert kept.hours_group == Decimal(hours)


@pytest.mark.parametrize("typed", ["2,4", "deux", "401", "-1", "2,55"])
def test_hours_that_are_no_half_hours_say_how_to_write_them(scenario: Scenario, typed: str) -> None:
    scenario.register()
    form = PathForm(ROWED | {"hours_group": typed}, journey=scenario.journey)
    assert "par exemple 2,5" in str(form.errors["hours_group"])


def test_a_path_of_before_has_whole_hours_and_no_immersion(scenario: Scenario) -> None:
    scenario.register()
    form = PathForm(ROWED, journey=scenario.journey)
    assert form.is_valid()
    data = to_json(form.facts()) | {"hours_individual": 14}
    del data["immersions"]
    before = from_json(facts.Path, data, version=1)
    assert (before.hours_individual, before.immersions) == (Decimal(14), ())


def test_an_immersion_of_a_path_is_read_row_by_row(scenario: Scenario) -> None:
    scenario.register()
    form = PathForm(ROWED | IMMERSED, journey=scenario.journey)
    assert form.is_valid(), form.errors
    (one,) = form.facts().immersions
    assert (one.host, one.siren, one.days) == ("Atelier Exemple", "123456782", 10)
    assert not one.renewed and not one.employed


@pytest.mark.parametrize(
    ("name", "said"), [("host_siren_0", "videz toute la ligne"), ("ends_0", "videz toute la ligne")]
)
def test_an_immersion_that_is_not_whole_says_so_beside_what_is_missing(
    scenario: Scenario, name: str, said: str
) -> None:
    scenario.register()
    form = PathForm(ROWED | IMMERSED | {name: ""}, journey=scenario.journey)
    assert said in str(form.errors[name])
