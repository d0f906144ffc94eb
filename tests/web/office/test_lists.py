"""Lists of people that staff open or take away: recorded, and seen by who leads."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.models import ListRead
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

LISTS = reverse("office:lists")


@pytest.fixture
def followed(scenario: Scenario) -> Scenario:
    """A file that an architect follows."""
    scenario.register().take_charge()
    timekeeper.travel(scenario.at)
    return scenario


@pytest.mark.rule("R-124")
def test_the_head_sees_who_took_which_list_away_and_how_many_rows(followed: Scenario) -> None:
    browser(followed.architect).get("/accompagnement/?tous=1&format=csv")
    page = browser(followed.demo.head).get(LISTS).content.decode()
    assert followed.architect.get_full_name() in page and "En cours" in page
    taken = ListRead.objects.get(exported=True)
    assert (taken.reader, taken.rows) == (followed.architect, 1)


@pytest.mark.rule("R-124")
def test_a_list_that_was_only_opened_is_recorded_too(followed: Scenario) -> None:
    browser(followed.architect).get("/accompagnement/")
    head = browser(followed.demo.head)
    assert followed.architect.get_full_name() in head.get(f"{LISTS}?quoi=ouvertes").content.decode()
    assert "emporté de" in head.get(LISTS).content.decode()


@pytest.mark.rule("R-124")
def test_neither_names_nor_searched_words_are_kept_with_a_list(followed: Scenario) -> None:
    words = followed.person.last_name
    browser(followed.architect).get(f"/accompagnement/?tous=1&format=csv&q={words}")
    taken = ListRead.objects.get(exported=True)
    assert "recherche" in taken.what and words not in taken.what


@pytest.mark.rule("R-124")
def test_a_head_does_not_see_what_another_organisation_took(followed: Scenario) -> None:
    browser(followed.demo.officer).get("/certificateur/?format=csv")
    ListRead.objects.create(
        reader=followed.demo.stranger, what="Leurs dossiers", rows=3, exported=True
    )
    assert "Leurs dossiers" not in browser(followed.demo.head).get(LISTS).content.decode()
    assert "Leurs dossiers" in browser(followed.demo.administrator).get(LISTS).content.decode()


@pytest.mark.rule("R-124")
def test_a_session_that_names_candidates_is_recorded(scenario: Scenario) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    session = scenario.current_hearing().session
    browser(scenario.demo.officer).get(reverse("certifier:session", args=[session.pk]))
    browser(scenario.demo.jurors[0].user).get(reverse("juror:home"))
    readers = {one.reader for one in ListRead.objects.filter(exported=False)}
    assert readers == {scenario.demo.officer, scenario.demo.jurors[0].user}
