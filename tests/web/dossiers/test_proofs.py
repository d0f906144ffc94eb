"""A paper that proves what was done elsewhere, and comes after the line that tells it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents.queries import proven
from jalon.journeys.actions import act
from jalon.journeys.models import JournalEntry
from jalon.law.facts import Decision, Deposit
from jalon.law.vocabulary import Act, Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(scenario: Scenario) -> JournalEntry:
    """An admissibility that was told on the telephone: its letter has not come yet."""
    scenario.demo.certifier.works_here = False
    scenario.demo.certifier.save()
    sent = scenario.to_ready().at.date()
    timekeeper.travel(scenario.wait(20).at)
    key, by = scenario.journey.pk, scenario.architect
    act(key, Act.DEPOSIT_FEASIBILITY, by=by, facts=Deposit(sent))
    return act(
        key,
        Act.DECLARE_ADMISSIBLE,
        by=by,
        facts=Decision(),
        on=sent + timedelta(days=12),
        channel=Channel.TELEPHONE,
    )


def test_a_letter_that_comes_later_is_joined_to_what_it_proves(
    client: Client, told: JournalEntry, scenario: Scenario
) -> None:
    file = reverse("dossiers:journal", args=[told.journey_id])
    join = reverse("dossiers:join_proof", args=[told.journey_id, told.number])
    client.force_login(scenario.architect)
    assert join in client.get(file).content.decode()
    nothing = client.post(join, {})
    assert nothing.context["form"].errors["file"]
    letter = SimpleUploadedFile("lettre.pdf", ONE_PAGE)
    answer = client.post(join, {"file": letter}, follow=True)
    assert "La preuve est jointe" in answer.content.decode()
    assert proven([told]) == {told.pk}
    assert join not in client.get(file).content.decode()
    assert client.get(join).status_code == 404


def test_only_who_notes_what_is_done_elsewhere_proves_it(
    client: Client, told: JournalEntry, scenario: Scenario
) -> None:
    join = reverse("dossiers:join_proof", args=[told.journey_id, told.number])
    colleague = next(one for one in scenario.demo.architects if one != scenario.architect)
    for stranger in (colleague, scenario.person, scenario.demo.officer):
        client.force_login(stranger)
        assert client.get(join).status_code == 404
    client.force_login(scenario.demo.head)
    assert client.get(join).status_code == 200


def test_a_deposit_made_elsewhere_is_noted_with_how_it_is_known_and_its_proof(
    client: Client, scenario: Scenario
) -> None:
    scenario.demo.certifier.works_here = False
    scenario.demo.certifier.save()
    sent = scenario.to_ready().at.date()
    key = scenario.journey.pk
    timekeeper.travel(scenario.wait(2).at)
    client.force_login(scenario.architect)
    said = {
        "on": sent.isoformat(),
        "heard": Channel.EMAIL.value,
        "report_proof": SimpleUploadedFile("accuse.pdf", ONE_PAGE),
    }
    client.post(reverse("dossiers:act", args=[key, "deposit_feasibility"]), said)
    page = client.get(reverse("dossiers:journal", args=[key]))
    told = JournalEntry.objects.get(journey=key, act=Act.DEPOSIT_FEASIBILITY)
    assert (told.said, told.papers.get().name) == ("Par courriel", "accuse.pdf")
    assert "<p>Par courriel</p>" in page.content.decode()


def test_a_candidate_who_deposited_it_is_not_asked_how_they_know(
    client: Client, scenario: Scenario
) -> None:
    scenario.demo.certifier.works_here = False
    scenario.demo.certifier.save()
    key = scenario.to_ready().journey.pk
    client.force_login(scenario.person)
    page = client.get(reverse("dossiers:act", args=[key, "deposit_feasibility"])).content.decode()
    assert "Preuve" in page and "Comment le savez-vous" not in page
