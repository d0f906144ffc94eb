"""Forms of the files: bad input is said beside its field, in plain words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import FeasibilityKind
from jalon.people.models import CandidateProfile
from jalon.writing.models import FeasibilityFile
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

EXPERIENCE = {
    "kind": "employed",
    "title": "Fraiseur",
    "started_on": "2020-01-06",
    "hours_per_week": 35,
    "activities": "Je fraise des pièces.",
}


@pytest.fixture
def person(scenario: Scenario) -> Client:
    """The browser of somebody who just registered."""
    scenario.register()
    timekeeper.travel(scenario.at)
    return browser(scenario.person)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"started_on": "2030-01-01"}, "Cette date n’est pas encore venue"),
        ({"ended_on": "2099-01-01"}, "Cette date n’est pas encore venue"),
        ({"started_on": "0202-01-01"}, "elle est trop ancienne"),
        ({"ended_on": "2019-01-01"}, "La fin vient après le début"),
        ({"hours_per_week": 0}, "une heure par semaine au moins"),
        ({"hours_per_week": 90}, "soixante heures par semaine au plus"),
        ({"employer_siren": "12"}, "neuf chiffres du SIREN"),
        ({"title": ""}, "Remplissez ce champ."),
    ],
)
def test_an_experience_that_cannot_be_is_said_and_kept_on_the_page(
    person: Client, scenario: Scenario, wrong: dict[str, Any], said: str
) -> None:
    page = person.post(
        reverse("writing:experience", args=[scenario.journey.pk]), EXPERIENCE | wrong
    ).content.decode()
    assert said in page
    assert "La contrainte" not in page
    assert "Je fraise des pièces." in page
    assert not scenario.journey.experiences.exists()


def test_the_number_of_an_employer_is_kept_without_the_spaces_that_were_typed(
    person: Client, scenario: Scenario
) -> None:
    address = reverse("writing:experience", args=[scenario.journey.pk])
    assert person.post(address, EXPERIENCE | {"employer_siren": "123 456 789"}).status_code == 302
    assert scenario.journey.experiences.get().employer_siren == "123456789"


def test_nobody_is_born_tomorrow(person: Client, scenario: Scenario) -> None:
    born = timekeeper.today() + timedelta(days=1)
    page = person.post(reverse("writing:profile", args=[scenario.journey.pk]), {"born_on": born})
    assert "Cette date n’est pas encore venue" in page.content.decode()


def profile_page(person: Client, scenario: Scenario, said: dict[str, Any]) -> str:
    """Return the page that answers a civil status sent by its form."""
    address = reverse("writing:profile", args=[scenario.journey.pk])
    return person.post(address, said, follow=True).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"born_on": "2020-05-04"}, "il faut avoir 16 ans au moins"),
        ({"born_on": "1850-05-04"}, "elle est trop ancienne"),
        ({"postcode": "14", "country": "France"}, "a cinq chiffres"),
        ({"postcode": "ABC"}, "a cinq chiffres"),
        ({"phone": "12"}, "Écrivez un numéro complet"),
    ],
)
def test_a_civil_status_that_cannot_be_is_said_and_nothing_is_saved(
    person: Client, scenario: Scenario, wrong: dict[str, Any], said: str
) -> None:
    page = profile_page(person, scenario, {"town": "Ville-Exemple"} | wrong)
    assert said in page
    assert not CandidateProfile.objects.get(user=scenario.person).town


def test_an_address_abroad_needs_no_french_postcode(person: Client, scenario: Scenario) -> None:
    profile_page(person, scenario, {"postcode": "B-1000", "country": "Belgique"})
    assert CandidateProfile.objects.get(user=scenario.person).postcode == "B-1000"


def test_half_a_civil_status_is_kept_and_the_page_says_what_is_left(
    person: Client, scenario: Scenario
) -> None:
    half = {"birth_name": "Exemple", "birth_country": "France", "country": "France"}
    page = profile_page(person, scenario, half)
    kept = CandidateProfile.objects.get(user=scenario.person)
    assert (kept.birth_name, kept.complete) == ("Exemple", False)
    for asked in ("date de naissance", "département de naissance", "téléphone"):
        assert asked in page.split("Il reste à remplir")[1].split("</p>")[0], asked


def test_somebody_born_abroad_has_no_department_to_give() -> None:
    everything = dict.fromkeys(CandidateProfile.REQUIRED, "Oui")
    assert CandidateProfile(**everything | {"birth_country": "Maroc"}).lacking == ()
    assert CandidateProfile(**everything | {"birth_country": "France"}).lacking == (
        "birth_department",
    )


@pytest.mark.rule("R-014")
def test_who_is_already_admissible_asks_by_an_adapted_file_with_its_date(
    person: Client, scenario: Scenario
) -> None:
    address = reverse("writing:goals", args=[scenario.journey.pk])
    said = {"kind": "adapted", "prerequisites": "none"}
    over = person.post(address, said | {"admissible_until": "2020-01-01"}).content.decode()
    assert "Cette recevabilité est terminée" in over
    person.post(address, said | {"admissible_until": "2028-01-31"})
    file = FeasibilityFile.objects.get(journey=scenario.journey)
    assert (file.kind, file.admissible_until) == (FeasibilityKind.ADAPTED, date(2028, 1, 31))
    home = person.get(reverse("writing:feasibility", args=[scenario.journey.pk])).content.decode()
    assert scenario.journey.targeted.first().title not in home
    person.post(address, said | {"kind": "full", "admissible_until": "2028-01-31"})
    file.refresh_from_db()
    assert (file.kind, file.admissible_until) == (FeasibilityKind.FULL, None)
