"""What a team notes for itself: who reads it, for how long it is put right, and that its candidate may have it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.people.models import User
from jalon.support.models import TeamNote
from jalon.support.notes import notes
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

SAID = "Très inquiet de l’oral, parler doucement."


def written(scenario: Scenario, by: User, text: str = SAID) -> int:
    """Send the page that writes a note; return what it answers."""
    timekeeper.travel(scenario.at)
    address = reverse("dossiers:write_note", args=[scenario.journey.pk])
    return browser(by).post(address, {"text": text}).status_code


def changed(scenario: Scenario, by: User, text: str) -> int:
    """Send the page that puts the only note right; return what it answers."""
    number = TeamNote.objects.get().pk
    address = reverse("dossiers:change_note", args=[scenario.journey.pk, number])
    return browser(by).post(address, {"text": text}).status_code


def everything_read(scenario: Scenario, viewer: User) -> str:
    """Return all that somebody reads of a journey, on the pages of the staff and of the candidate."""
    tabs = ("", "echanges/", "ecrits/", "documents/", "journal/")
    pages = [f"/dossiers/{scenario.journey.pk}/{tab}" for tab in tabs]
    pages += ["/candidat/", "/jury/", "/certificateur/"]
    client = browser(viewer)
    return "".join(client.get(page, follow=True).content.decode() for page in pages)


def test_a_note_is_read_by_the_team_and_never_by_candidate_certifier_jury_or_another_team(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_scheduled()
    assert written(scenario, scenario.architect) == 302
    colleague = next(one for one in demo.architects if one != scenario.architect)
    for reader in (scenario.architect, colleague, demo.head):
        assert SAID in everything_read(scenario, reader)
    strangers = (
        scenario.person,
        demo.officer,
        demo.jurors[0].user,
        demo.stranger,
        demo.administrator,
    )
    for stranger in strangers:
        assert SAID not in everything_read(scenario, stranger)
        assert not notes(stranger, scenario.journey).exists()


def test_only_who_follows_the_file_writes_a_note(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.to_scheduled()
    colleague = next(one for one in demo.architects if one != scenario.architect)
    others = (colleague, scenario.person, demo.officer, demo.administrator, demo.stranger)
    assert [written(scenario, who) for who in others] == [404] * len(others)
    assert written(scenario, demo.head) == 302


def test_its_author_puts_a_note_right_within_the_hour_and_then_nobody_does(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register().take_charge()
    written(scenario, scenario.architect)
    assert "Corriger cette note" in everything_read(scenario, scenario.architect)
    assert changed(scenario, demo.head, "Autre chose.") == 404
    assert changed(scenario, scenario.architect, "Inquiet de l’oral.") == 302
    assert TeamNote.objects.get().text == "Inquiet de l’oral."
    timekeeper.travel(scenario.at + timedelta(minutes=61))
    assert changed(scenario, scenario.architect, "Encore.") == 409
    assert TeamNote.objects.get().text == "Inquiet de l’oral."
    assert "Corriger cette note" not in everything_read(scenario, scenario.architect)


@pytest.mark.rule("R-122")
def test_a_note_is_in_the_copy_of_the_candidate_and_goes_with_the_journey(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge()
    written(scenario, scenario.architect)
    assert [one["text"] for one in TOLD_BY["notes_de_l_equipe"](scenario.person)] == [SAID]
    assert ERASED_BY["notes de l’équipe"](Erasing(scenario.journey, awarded=False)) == 1
    assert not TeamNote.objects.exists()


def test_a_note_stays_with_the_team_that_wrote_it(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register().take_charge()
    written(scenario, scenario.architect)
    scenario.journey.organisation = demo.neighbour
    assert not notes(demo.stranger, scenario.journey).exists()
