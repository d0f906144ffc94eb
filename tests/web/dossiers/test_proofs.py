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
    file = reverse("dossiers:journey", args=[told.journey_id])
    join = reverse("dossiers:join_proof", args=[told.journey_id, told.number])
    client.force_login(scenario.architect)
    assert join in client.get(file).content.decode()
    nothing = client.post(join, {})
    assert nothing.context["form"].errors["file"]
    letter = SimpleUploadedFile("lettre.pdf", ONE_PAGE)
    answer = client.post(join, {"file": letter}, follow=True)
    assert "La preuve est jointe" in answer.content.decode()
    assert proven([told]) == {told.pk}
    assert join not in answer.content.decode()
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
