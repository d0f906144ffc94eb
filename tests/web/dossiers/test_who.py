"""Who had the idea of a journey, and who assists a protected adult: said where people need it."""

import pytest

from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Act, Context
from jalon.people.models import CandidateProfile, User
from tests.documents.reading import printed
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

GUARDIAN = "Mme Exemple, 02 31 00 00 00"


def read(person: User, scenario: Scenario) -> str:
    """Return the page of a file, on one line."""
    answer = browser(person).get(f"/dossiers/{scenario.journey.pk}/")
    return " ".join(answer.content.decode().split())


def protect(scenario: Scenario) -> None:
    """Say that somebody assists the candidate."""
    profile = CandidateProfile.objects.filter(user=scenario.person)
    profile.update(assistance="assisted", assisted_by=GUARDIAN)
    scenario.person.refresh_from_db()


@pytest.mark.rule("R-123")
def test_the_page_of_a_file_says_who_assists_a_protected_adult_and_that_consent_is_theirs(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge()
    assert "Curatelle" not in read(scenario.architect, scenario)
    protect(scenario)
    page = read(scenario.architect, scenario)
    assert f"une personne assiste le candidat ({GUARDIAN})" in page
    assert "personne ne signe à sa place" in page
    colleague = next(one for one in scenario.demo.architects if one != scenario.architect)
    assert "Curatelle" not in read(colleague, scenario)


@pytest.mark.parametrize(
    ("context", "said"),
    [
        (Context.EMPLOYER, "Démarche proposée par l’employeur"),
        (Context.COLLECTIVE, "Projet collectif de l’entreprise"),
    ],
)
def test_the_page_of_a_file_says_that_an_employer_had_the_idea_and_that_no_right_changes(
    scenario: Scenario, context: Context, said: str
) -> None:
    scenario.register().take_charge()
    assert "La personne décide elle-même" not in read(scenario.architect, scenario)
    scenario.journey.context = context
    scenario.journey.save(update_fields=["context"])
    page = read(scenario.architect, scenario)
    assert said in page and "La personne décide elle-même" in page


def test_the_file_the_path_and_the_summons_name_who_assists_a_protected_adult(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge()
    protect(scenario)
    scenario.journey.context = Context.COLLECTIVE
    scenario.journey.save(update_fields=["context"])
    scenario.first_meeting().propose_path().accept_path()
    path = printed(scenario, "path")
    assert GUARDIAN in path and "Projet collectif de l’entreprise" in path
    scenario.fill_feasibility().give_opinion()
    protect(scenario)
    scenario.wait(1)
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(2)
    assert GUARDIAN in printed(scenario, "feasibility")
    scenario.certifier(Act.DECLARE_COMPLETE).wait(2).admissible().write_validation()
    scenario.send_validation().wait(2).certifier(Act.ACCEPT_VALIDATION).wait(2).convene()
    assert GUARDIAN in printed(scenario, "summons")
