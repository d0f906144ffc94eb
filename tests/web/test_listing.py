"""The lists people work from: the nearest deadline first, and a file for the spreadsheet."""

import csv
import io
from datetime import timedelta

import pytest
from django.http import HttpResponse

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import Act
from jalon.people.models import User
from jalon.web.listing import inert
from tests.conftest import TODAY
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def opened(viewer: User, address: str) -> HttpResponse:
    """Return a page as somebody sees it."""
    answer = browser(viewer).get(address)
    assert answer.status_code == 200
    return answer


def rows(answer: HttpResponse) -> list[list[str]]:
    """Return the rows of a spreadsheet, its titles first."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def two(demo: DemoPeople, scenario: Scenario) -> tuple[Scenario, Scenario]:
    """A file whose decision is due, and one that waits for longer without any clock."""
    earlier = Scenario(demo, scenario.certification, TODAY - timedelta(days=90))
    earlier.to_ready().send_feasibility()
    later = Scenario(demo, scenario.certification, TODAY - timedelta(days=60))
    later.to_complete()
    return earlier, later


def test_the_nearest_deadline_comes_before_the_longest_wait(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    earlier, later = two
    text = opened(demo.officer, "/certificateur/").content.decode()
    assert text.index(later.journey.reference) < text.index(earlier.journey.reference)


def test_a_list_is_taken_away_as_it_is_shown(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    earlier, later = two
    titles, *lines = rows(opened(demo.officer, "/certificateur/?format=csv"))
    assert [line[0] for line in lines] == [later.journey.reference, earlier.journey.reference]
    assert lines[0][titles.index("Échéance")] == "2027-04-08"
    only = rows(opened(demo.officer, "/certificateur/?filtre=a-decider&format=csv"))
    assert [line[0] for line in only[1:]] == [later.journey.reference]


def test_nobody_takes_away_what_they_do_not_see(
    two: tuple[Scenario, Scenario], demo: DemoPeople
) -> None:
    assert len(rows(opened(demo.stranger, "/accompagnement/?tous=1&format=csv"))) == 1


def test_a_name_is_never_a_formula(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register()
    User.objects.filter(pk=scenario.journey.candidate_id).update(last_name='=HYPERLINK("x")')
    lines = rows(opened(demo.head, "/accompagnement/?tous=1&format=csv"))
    assert lines[1][1] == '\'=HYPERLINK("x")'
    assert inert("Exemple") == "Exemple"


@pytest.mark.parametrize("address", ["/certificateur/", "/accompagnement/"])
def test_an_unknown_filter_is_an_error_not_another_list(demo: DemoPeople, address: str) -> None:
    viewer = demo.officer if "certificateur" in address else demo.head
    assert browser(viewer).get(address).status_code == 200
    answer = browser(viewer).get(f"{address}?filtre=inconnu")
    assert answer.status_code == 404
    assert "errors/404.html" in [template.name for template in answer.templates]


@pytest.mark.rule("R-080")
def test_documents_that_are_awaited_are_a_task_of_their_own(scenario: Scenario) -> None:
    scenario.to_result().do(Act.REQUEST_DOCUMENTS, scenario.person)
    address = "/certificateur/?filtre=a-delivrer"
    name = scenario.person.last_name
    assert name in opened(scenario.demo.officer, address).content.decode()
    assert name in opened(scenario.demo.officer, "/certificateur/").content.decode()
    scenario.certifier(Act.ISSUE_DOCUMENTS)
    assert name not in opened(scenario.demo.officer, address).content.decode()
