"""« Mes données »: who looked, and the copy that a person takes away."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys import copies
from jalon.journeys.jobs import forget_copies, make_copy
from jalon.journeys.models import DataCopy
from jalon.law.vocabulary import Act
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

DATA = reverse("candidate:data")


@pytest.fixture
def told(scenario: Scenario) -> Scenario:
    """A candidate who was told their result, with everything a journey leaves."""
    scenario.to_result([]).run_pending_jobs()
    timekeeper.travel(scenario.at)
    return scenario


def ready_copy(scenario: Scenario) -> DataCopy:
    """Return a copy that the worker made."""
    copy = copies.ask(scenario.person)
    make_copy(copy=str(copy.pk))
    copy.refresh_from_db()
    return copy


def archive(client: Client, copy: DataCopy) -> zipfile.ZipFile:
    """Return what somebody downloads."""
    answer = client.get(reverse("candidate:copy", args=[copy.pk]))
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.rule("R-124")
def test_a_candidate_reads_in_plain_words_who_opened_their_file(scenario: Scenario) -> None:
    scenario.to_ready()
    timekeeper.travel(scenario.at)
    browser(scenario.architect).get(reverse("dossiers:journey", args=[scenario.journey.pk]))
    mine = browser(scenario.person).get(reverse("candidate:reads")).content.decode()
    assert scenario.architect.get_full_name() in mine and "a ouvert le dossier" in mine
    assert scenario.demo.accompanist.name in mine


@pytest.mark.rule("R-124")
def test_a_juror_who_looked_is_not_named(told: Scenario) -> None:
    juror = told.demo.jurors[0].user
    browser(juror).get(reverse("juror:hearing", args=[told.journey.attempt.hearings.get().pk]))
    mine = browser(told.person).get(reverse("candidate:reads")).content.decode()
    assert "Un membre du jury" in mine and juror.last_name not in mine


@pytest.mark.rule("R-122")
def test_a_candidate_takes_away_everything_held_about_them(told: Scenario) -> None:
    client = browser(told.person)
    assert client.post(reverse("candidate:ask_copy")).status_code == 302
    assert "en préparation" in client.get(DATA).content.decode()
    make_copy(copy=str(DataCopy.objects.get(person=told.person).pk))
    assert "Télécharger ma copie" in client.get(DATA).content.decode()
    package = archive(client, DataCopy.objects.get(person=told.person))
    data = json.loads(package.read("donnees.json"))
    assert data["compte"]["email"] == told.person.email and "password" not in data["compte"]
    assert data["etat_civil"]["birth_name"]
    [journey] = data["parcours"]
    assert journey["reference"] == told.journey.reference
    assert len(journey["journal"]) == told.journey.journal.count()
    assert data["experiences"] and data["accompagnement"]["rendez_vous"]
    assert data["dossiers_de_validation"][0]["textes"][0]["actions"]
    names = package.namelist()
    assert all(one["fichier"] in names for one in data["documents"]) and data["documents"]
    sent = package.read(next(one for one in names if one.startswith("courriels/"))).decode()
    assert sent.split("\n\n", 1)[1] in {one.body for one in mail.outbox}


@pytest.mark.rule("R-079")
def test_a_copy_holds_neither_the_votes_nor_the_minutes_of_the_jury(told: Scenario) -> None:
    package = archive(browser(told.person), ready_copy(told))
    data = json.loads(package.read("donnees.json"))
    assert "votes_for" not in package.read("donnees.json").decode()
    [deliberation] = [
        line for line in data["parcours"][0]["journal"] if line["act"] == Act.RECORD_DELIBERATION
    ]
    assert deliberation["facts"] == {}
    assert "minutes" not in {one["kind"] for one in data["documents"]}


@pytest.mark.rule("R-078")
def test_a_copy_says_nothing_of_a_result_before_its_notice(scenario: Scenario) -> None:
    scenario.to_scheduled().deliberate([])
    timekeeper.travel(scenario.at)
    data = json.loads(archive(browser(scenario.person), ready_copy(scenario)).read("donnees.json"))
    assert "outcome" not in data["parcours"][0]["passages"][0]
    assert "constats" not in data["passages_devant_le_jury"][0]


@pytest.mark.rule("R-122")
def test_a_copy_is_for_its_person_alone(told: Scenario) -> None:
    copy = ready_copy(told)
    other = Scenario(told.demo, told.certification, told.at).register().person
    for stranger in (other, told.architect, told.demo.administrator):
        answer = browser(stranger).get(reverse("candidate:copy", args=[copy.pk]))
        assert answer.status_code == 404


@pytest.mark.rule("R-122")
def test_an_old_session_signs_in_again_before_it_takes_everything(told: Scenario) -> None:
    client, copy = browser(told.person), ready_copy(told)
    timekeeper.travel(told.at + timedelta(minutes=20))
    address = reverse("candidate:copy", args=[copy.pk])
    answer = client.get(address)
    assert answer.status_code == 409 and "Reconnectez-vous" in answer.content.decode()
    asked = client.post(reverse("candidate:sign_in_again"), follow=True)
    assert asked.redirect_chain[-1][0].endswith(f"?next={DATA}")
    client.force_login(told.person)
    assert client.get(address).status_code == 200


@pytest.mark.rule("R-122")
def test_a_second_copy_is_refused_while_the_first_is_made(told: Scenario) -> None:
    client = browser(told.person)
    client.post(reverse("candidate:ask_copy"))
    page = client.post(reverse("candidate:ask_copy"), follow=True).content.decode()
    assert "se prépare déjà" in page
    assert DataCopy.objects.filter(person=told.person).count() == 1


@pytest.mark.rule("R-122")
def test_a_copy_is_gone_after_its_days(told: Scenario) -> None:
    copy = ready_copy(told)
    path = copy.file.name
    timekeeper.travel(told.at + timedelta(days=8))
    assert browser(told.person).get(reverse("candidate:copy", args=[copy.pk])).status_code == 404
    assert forget_copies() == 1
    assert not default_storage.exists(path)
