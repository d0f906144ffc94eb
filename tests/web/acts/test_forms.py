"""The forms of the acts: one for each act that has no page of its own, found by registry."""

import pytest
from django.forms import ValidationError

from jalon.demo.scenario import Scenario
from jalon.law import facts
from jalon.law.facts import Quote
from jalon.law.lifecycle import TABLE
from jalon.law.vocabulary import Act, Role
from jalon.web.acts.forms import form_of
from jalon.web.acts.forms.accompaniment import MandateForm, PathForm, quote_in
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


def test_a_quote_is_read_from_a_line() -> None:
    assert quote_in("123 456 789 ; Centre A ; 1 250,50", 1) == Quote(
        "123456789", "Centre A", 125_050
    )


@pytest.mark.parametrize(
    "price", ["1 000,50 €", "1\N{NO-BREAK SPACE}000,50\N{NO-BREAK SPACE}€", "1000.50"]
)
def test_a_price_is_read_as_people_write_it(price: str) -> None:
    assert quote_in(f"123456789 ; Centre A ; {price}", 1).amount == 100_050


@pytest.mark.parametrize(
    "line", ["Centre A ; 900", "12 ; Centre A ; 900", "123456789 ; Centre A ; cher"]
)
def test_a_quote_that_is_not_one_says_its_line(line: str) -> None:
    with pytest.raises(ValidationError, match="Ligne 3"):
        quote_in(line, 3)


def test_a_path_without_training_proposes_none(scenario: Scenario) -> None:
    scenario.register()
    said = {"hours_individual": 14, "hours_group": 0, "hours_training": 0, "mode": "on_site"}
    form = PathForm(said | {"title_0": "Jury"}, journey=scenario.journey)
    assert form.is_valid()
    assert form.facts().trainings == ()
    assert form.facts().milestones == ()
