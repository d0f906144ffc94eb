"""How long data are kept: people are warned, what is due is erased, what proves a title stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.documents.jobs import forget_evidence
from jalon.documents.models import Document
from jalon.journeys.jobs import erase
from jalon.journeys.models import JournalEntry, Journey, Purge
from jalon.journeys.retention import ended
from jalon.law.facts import ComplaintAnswer, ComplaintFiled, Leaving, Reason
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import (
    Act,
    Addressee,
    DocumentKind,
    DropOutReason,
    Event,
    RequestNature,
    Role,
    Stage,
)
from jalon.mailbox.models import Notice
from jalon.people import actions
from jalon.people.models import CandidateProfile
from jalon.support.models import Meeting
from jalon.writing.models import Experience, FeasibilityFile
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

STOPPED = Leaving(DropOutReason.TIME)


@pytest.fixture
def stopped(scenario: Scenario) -> Scenario:
    """A candidate who had written a whole feasibility file, then stopped."""
    scenario.to_ready().run_pending_jobs()
    scenario.do(Act.DROP_OUT, scenario.person, STOPPED).run_pending_jobs()
    timekeeper.travel(scenario.at)
    return scenario


def night(scenario: Scenario, days: int) -> None:
    """Let days pass since the last time, and the worker do what it does at night."""
    scenario.at += timedelta(days=days)
    timekeeper.travel(scenario.at)
    erase()


def a_year_passes(scenario: Scenario) -> None:
    """Let a year pass, the person warned in time."""
    night(scenario, 340)
    night(scenario, 30)


@pytest.mark.rule("R-122")
def test_a_person_is_warned_a_month_before_and_can_still_take_a_copy(stopped: Scenario) -> None:
    night(stopped, 300)
    assert not stopped.journey.journal.filter(event=Event.ERASURE_ANNOUNCED).exists()
    night(stopped, 40)
    stopped.run_pending_jobs()
    told = Notice.objects.get(message="data_to_be_erased")
    assert told.person == stopped.person and "seront effacées à partir du" in told.text
    night(stopped, 1)
    assert stopped.journey.journal.filter(event=Event.ERASURE_ANNOUNCED).count() == 1
    assert (
        "Demander ma copie"
        in browser(stopped.person).get(reverse("candidate:data")).content.decode()
    )


@pytest.mark.rule("R-122")
def test_a_year_after_the_end_nothing_says_who_the_person_was(stopped: Scenario) -> None:
    person, journey = stopped.person, stopped.journey
    said = (person.last_name, person.email, CandidateProfile.objects.get(user=person).birth_name)
    a_year_passes(stopped)
    journey.refresh_from_db()
    person.refresh_from_db()
    assert journey.purged_at and not person.is_active
    assert person.get_full_name() == "Personne effacée" and not person.emailaddress_set.exists()
    assert not Experience.objects.filter(journey=journey).exists()
    assert FeasibilityFile.objects.get(journey=journey).civil_status is None
    lines = str(list(journey.journal.values_list("facts", flat=True)))
    assert not [word for word in said if word in lines]
    assert (
        not Notice.objects.filter(entry__journey=journey)
        .exclude(entry__event=Event.DATA_ERASED)
        .exists()
    )


@pytest.mark.rule("R-122")
def test_the_journal_keeps_each_act_its_author_and_its_day(stopped: Scenario) -> None:
    def kept() -> list[tuple[object, ...]]:
        lines = stopped.journey.journal.filter(number__lte=last).order_by("number")
        return list(lines.values_list("number", "act", "event", "author", "at", "stage_after"))

    last = stopped.journey.journal.latest("number").number
    before = kept()
    a_year_passes(stopped)
    assert kept() == before


@pytest.mark.rule("R-122")
def test_what_was_erased_is_written_in_counts_only(stopped: Scenario) -> None:
    a_year_passes(stopped)
    written = Purge.objects.get(journey=stopped.journey)
    assert written.counts["expériences"] >= 1 and written.counts["documents"] >= 1
    assert all(isinstance(count, int) for count in written.counts.values())
    assert written.account_erased and written.organisation == stopped.demo.accompanist
    line = stopped.journey.journal.latest("number")
    assert line.event == Event.DATA_ERASED and line.facts == {"count": sum(written.counts.values())}


@pytest.mark.rule("R-122")
def test_what_proves_that_the_service_was_given_stays_its_time(stopped: Scenario) -> None:
    a_year_passes(stopped)
    held = Document.objects.filter(journey=stopped.journey)
    assert {one.kind for one in held} == {DocumentKind.PATH}
    meeting = Meeting.objects.filter(journey=stopped.journey).first()
    assert meeting and meeting.minutes and meeting.report == {}
    timekeeper.travel(stopped.at + timedelta(days=3 * 366))
    assert forget_evidence() == 1
    assert not held.all().exists()


@pytest.mark.rule("R-122")
def test_the_bytes_of_a_document_go_with_its_row(
    stopped: Scenario, django_capture_on_commit_callbacks: Any
) -> None:
    paths = [str(one.file.name) for one in Document.objects.filter(journey=stopped.journey)]
    night(stopped, 340)
    with django_capture_on_commit_callbacks(execute=True):
        night(stopped, 30)
    left = [str(one.file.name) for one in Document.objects.filter(journey=stopped.journey)]
    assert [path for path in paths if default_storage.exists(path)] == left and len(paths) > len(
        left
    )


@pytest.mark.rule("R-122")
def test_a_title_stays_with_what_proves_it_and_its_code_is_still_verified(
    scenario: Scenario,
) -> None:
    scenario.to_result().run_pending_jobs()
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person).wait(1)
    scenario.certifier(Act.ISSUE_DOCUMENTS).run_pending_jobs()
    award = scenario.journey.awards.first()
    a_year_passes(scenario)
    assert Purge.objects.filter(journey=scenario.journey).exists()
    kinds = {one.kind for one in Document.objects.filter(journey=scenario.journey)}
    assert {DocumentKind.CERTIFICATE, DocumentKind.MINUTES} <= kinds
    assert not kinds & {DocumentKind.VALIDATION, DocumentKind.FEASIBILITY, DocumentKind.EVIDENCE}
    page = browser(scenario.demo.officer).post("/verifier/", {"code": award.verification_code})
    assert str(award.bloc) in page.content.decode()
    person = scenario.person
    person.refresh_from_db()
    assert person.is_active and person.candidate_profile.born_on
    assert not person.candidate_profile.street
    own = browser(person).get(reverse("candidate:home"))
    assert own.status_code == 200 and "Certificat" in own.content.decode()


@pytest.mark.rule("R-122")
def test_the_certifier_still_opens_the_file_of_who_holds_a_title_and_nobody_else_does(
    scenario: Scenario,
) -> None:
    scenario.to_result()
    a_year_passes(scenario)
    address = reverse("dossiers:journey", args=[scenario.journey.pk])
    assert browser(scenario.demo.officer).get(address).status_code == 200
    assert browser(scenario.architect).get(address).status_code == 404
    assert browser(scenario.demo.administrator).get(address).status_code == 200


@pytest.mark.rule("R-122")
def test_a_file_without_a_title_is_closed_to_everybody_but_administrators(
    stopped: Scenario,
) -> None:
    a_year_passes(stopped)
    address = reverse("dossiers:journey", args=[stopped.journey.pk])
    seen = {
        who.pk: browser(who).get(address).status_code
        for who in (stopped.architect, stopped.demo.officer, stopped.demo.administrator)
    }
    assert list(seen.values()) == [404, 404, 200]


@pytest.mark.rule("R-122")
def test_a_suspension_a_complaint_or_a_fraud_procedure_keeps_everything(stopped: Scenario) -> None:
    stopped.do(Act.HOLD_DATA, stopped.demo.head, Reason("Litige prud’homal."))
    a_year_passes(stopped)
    assert not Purge.objects.exists()
    stopped.do(Act.RELEASE_DATA, stopped.demo.head, Reason("Litige clos."))
    stopped.do(
        Act.FILE_COMPLAINT, stopped.person, ComplaintFiled(Addressee.ACCOMPANIST, "Je conteste.")
    )
    a_year_passes(stopped)
    assert not Purge.objects.exists()
    stopped.do(Act.ANSWER_COMPLAINT, stopped.demo.head, ComplaintAnswer(1, "Voici pourquoi."))
    a_year_passes(stopped)
    assert Purge.objects.count() == 1


@pytest.mark.rule("R-122")
def test_an_erasure_agreed_to_is_done_the_next_night(stopped: Scenario) -> None:
    asked = ComplaintFiled(Addressee.ACCOMPANIST, "Effacez tout.", RequestNature.ERASURE)
    stopped.do(Act.FILE_COMPLAINT, stopped.person, asked)
    answer = ComplaintAnswer(1, "C’est accepté.", granted=True)
    stopped.do(Act.ANSWER_COMPLAINT, stopped.demo.head, answer)
    night(stopped, 1)
    written = Purge.objects.get(journey=stopped.journey)
    assert written.asked_for
    line = stopped.journey.complaints.get()
    assert (line.words, line.answer) == ("", "") and line.answered_on and line.granted


@pytest.mark.rule("R-122")
def test_an_erasure_refused_while_the_journey_goes_on_says_what_to_do(scenario: Scenario) -> None:
    scenario.to_ready()
    asked = ComplaintFiled(Addressee.ACCOMPANIST, "Effacez tout.", RequestNature.ERASURE)
    scenario.do(Act.FILE_COMPLAINT, scenario.person, asked)
    answer = ComplaintAnswer(1, "D’accord.", granted=True)
    with pytest.raises(Refused, match="s’arrête d’abord"):
        scenario.do(Act.ANSWER_COMPLAINT, scenario.demo.head, answer)


@pytest.mark.rule("R-122")
def test_somebody_who_works_here_keeps_their_account(stopped: Scenario) -> None:
    grant = {"email": stopped.person.email, "first_name": "A", "last_name": "B"}
    where = {"role": Role.ARCHITECT, "organisation": stopped.demo.accompanist}
    actions.grant(stopped.demo.head, **grant, **where)
    a_year_passes(stopped)
    stopped.person.refresh_from_db()
    assert stopped.person.is_active and not Purge.objects.get().account_erased


@pytest.mark.rule("R-122")
def test_putting_a_file_away_later_does_not_move_its_end(stopped: Scenario) -> None:
    first = ended(Journey.objects.all()).get().ended_on
    stopped.wait(200).do(Act.ARCHIVE, stopped.architect, Reason("Rangé."))
    assert stopped.journey.stage == Stage.ARCHIVED
    assert ended(Journey.objects.all()).get().ended_on == first


@pytest.mark.rule("R-122")
def test_the_database_lets_nothing_else_out_of_a_journal(stopped: Scenario) -> None:
    lines = JournalEntry.objects.filter(journey=stopped.journey)
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        lines.update(facts={}, facts_version=0)
    a_year_passes(stopped)
    for change in (
        {"facts": {"a": 1}},
        {"author": None},
        {"facts": {}, "facts_version": 0, "act": "x"},
    ):
        with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
            lines.update(**change)
    with pytest.raises(Exception, match="R-122"), transaction.atomic():
        Journey.objects.filter(pk=stopped.journey.pk).update(purged_at=None)
