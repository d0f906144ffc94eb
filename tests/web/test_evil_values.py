"""What people never type, and what a program would send: told beside the field, never an error."""

from datetime import date

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import Act
from jalon.web.fields import EurosField, whole_number
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

EVIL_NUMBERS = ("²", "9" * 4500, "-1", "1e9", "\x00", " ", "٣" * 10)


@pytest.mark.parametrize("seen", EVIL_NUMBERS)
def test_an_act_is_done_whatever_its_hidden_number_says(scenario: Scenario, seen: str) -> None:
    scenario.register()
    address = reverse("dossiers:act", args=[scenario.journey.pk, Act.TAKE_CHARGE.value])
    assert browser(scenario.architect).post(address, {"seen": seen}).status_code == 302


@pytest.mark.parametrize("text", EVIL_NUMBERS)
def test_what_is_no_number_of_ours_is_none(text: str) -> None:
    assert whole_number(text) is None
    assert whole_number("12") == 12


@pytest.mark.parametrize("price", ["²", "9" * 400, "1e9", "-3", "1,234,5", "cher"])
def test_a_price_that_cannot_be_kept_is_told_beside_it(price: str) -> None:
    with pytest.raises(forms.ValidationError, match="prix en euros"):
        EurosField().clean(price)


@pytest.mark.parametrize(
    "price",
    ["1 900,50 €", "1\N{NO-BREAK SPACE}900,50\N{NO-BREAK SPACE}€", "1900.5"],
)
def test_a_price_is_taken_as_people_write_it(price: str) -> None:
    assert EurosField().clean(price) == 190050


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_told_beside_the_date(day: str) -> None:
    class Dated(forms.Form):
        on = forms.DateField()

    assert "année" in str(Dated({"on": day}).errors["on"])
    assert Dated({"on": date(2027, 3, 1).isoformat()}).is_valid()


def test_a_milestone_longer_than_its_column_is_told_beside_it(scenario: Scenario) -> None:
    scenario.register().wait(3).take_charge().wait(8).first_meeting()
    address = reverse("dossiers:act", args=[scenario.journey.pk, Act.PROPOSE_PATH.value])
    said = {
        "title_0": "A" * 400,
        "due_0": "2027-06-01",
        "hours_individual": 1,
        "hours_group": 1,
        "hours_training": 1,
        "mode": "remote",
    }
    page = browser(scenario.architect).post(address, said)
    assert page.status_code == 200
    assert "200" in page.content.decode() and "A" * 400 in page.content.decode()


def test_a_signature_longer_than_its_column_is_told_beside_it(scenario: Scenario) -> None:
    scenario.to_path_accepted().wait(12).fill_feasibility().wait(2).give_opinion()
    address = reverse("dossiers:act", args=[scenario.journey.pk, Act.CONFIRM_FEASIBILITY.value])
    said = {"read": "on", "sworn": "on", "name": "A" * 300}
    assert browser(scenario.person).post(address, said).status_code == 200


@pytest.mark.parametrize("who", EVIL_NUMBERS)
def test_a_search_of_files_by_what_is_no_number_shows_a_page(demo: DemoPeople, who: str) -> None:
    answer = browser(demo.head).get(
        reverse("office:files"), {"suivi_par": who, "q": "\x00", "page": who}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("person", EVIL_NUMBERS)
def test_the_demonstration_lets_nobody_in_under_what_is_no_number(
    demo: DemoPeople, person: str
) -> None:
    answer = browser(demo.head).post(reverse("demo:sign_in"), {"person": person})
    assert answer.status_code == 404


@pytest.mark.parametrize("credential", ["9" * 4500, "[" * 100_000, "null", "[]", '{"id": 1}', "²"])
def test_a_key_that_nobody_could_have_is_refused(db: None, credential: str) -> None:
    page = Client().post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert page.status_code in (200, 302)
