"""What happens beside the acts stands in the same journal, in the same sequence."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents.actions import store_upload, withdraw
from jalon.journeys import events
from jalon.journeys.actions import Stale, act
from jalon.journeys.models import JournalEntry
from jalon.juries import actions as juries
from jalon.law.vocabulary import Act, DocumentKind, Event, Role, Stage
from jalon.support.actions import keep_milestone
from jalon.writing import drafts
from tests.journeys.test_story import replayed

pytestmark = pytest.mark.django_db


def recorded(scenario: Scenario) -> list[tuple[str, str]]:
    """Return the events of a journey and the role of their authors, in order."""
    return list(scenario.journey.journal.events().values_list("event", "role"))


def test_an_event_takes_the_next_number_and_leaves_the_stage(scenario: Scenario) -> None:
    scenario.register().take_charge()
    journey, stage = scenario.journey, scenario.journey.stage
    entry = events.record(journey, Event.DOCUMENT_ADDED, by=scenario.person)
    journey.refresh_from_db()
    assert (entry.number, journey.version, journey.stage) == (3, 3, stage)
    assert (entry.role, entry.author, entry.article) == (Role.CANDIDATE, scenario.person, "")
    assert (entry.label, entry.done, str(entry)) == (
        "Document ajouté",
        "Document ajouté",
        "3. Document ajouté",
    )
    scenario.first_meeting()
    numbers = journey.journal.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
    journey.refresh_from_db()
    assert replayed(journey) == journey.stage == Stage.MEETING_HELD


def test_an_event_queues_the_same_announcement_as_an_act(scenario: Scenario) -> None:
    scenario.register()
    entry = events.record(scenario.journey, Event.DOCUMENT_ADDED, by=scenario.person)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE args = %s ORDER BY id",
            [f'{{"entry_id": {entry.pk}}}'],
        )
        assert [row[0] for row in cursor.fetchall()] == ["mailbox.notify", "documents.issue"]


def test_a_stranger_has_no_part_in_a_journal(scenario: Scenario) -> None:
    scenario.register()
    with pytest.raises(ValueError, match="has no role"):
        events.record(scenario.journey, Event.DOCUMENT_ADDED, by=scenario.demo.stranger)


def test_what_people_do_beside_the_acts_is_recorded(scenario: Scenario) -> None:
    scenario.to_ready()
    journey = scenario.journey
    with timekeeper.at(scenario.at):
        brought = store_upload(
            journey, DocumentKind.OTHER, SimpleUploadedFile("a.pdf", ONE_PAGE), scenario.person
        )
        withdraw(brought, scenario.person)
        planned = journey.milestones.first()
        keep_milestone(planned, scenario.architect)
        keep_milestone(planned, scenario.architect)
    assert recorded(scenario) == [
        (Event.DOCUMENT_ADDED, Role.CANDIDATE),
        (Event.DOCUMENT_ADDED, Role.CANDIDATE),
        (Event.DOCUMENT_WITHDRAWN, Role.CANDIDATE),
        (Event.MILESTONE_KEPT, Role.ARCHITECT),
    ]


def test_the_journal_keeps_the_kind_of_a_document_never_its_name(scenario: Scenario) -> None:
    scenario.to_ready()
    added = scenario.journey.journal.events().get(event=Event.DOCUMENT_ADDED)
    assert added.facts == {"kind": "identity"}


@pytest.mark.rule("R-017")
def test_a_signature_is_undone_once_and_only_where_there_was_one(scenario: Scenario) -> None:
    scenario.to_ready()
    with timekeeper.at(scenario.at):
        for goals in ("Autrement.", "Encore autrement."):
            drafts.save_feasibility(scenario.journey.pk, scenario.architect, {"goals": goals})
    undone = scenario.journey.journal.events().filter(event=Event.SIGNATURE_UNDONE)
    assert [(one.author, one.facts) for one in undone] == [
        (scenario.architect, {"kind": "feasibility"})
    ]


@pytest.mark.rule("R-064")
def test_a_declaration_is_recorded_in_the_role_of_a_juror_without_its_answer(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled()
    member = scenario.demo.jurors[1].user
    with timekeeper.at(scenario.at):
        juries.declare(scenario.current_hearing(), member, related=True, detail="Mon cousin")
    entry = scenario.journey.journal.get(event=Event.JUROR_DECLARED)
    assert (entry.author, entry.role, entry.facts) == (member, Role.JUROR, {})


def test_who_acts_on_an_old_page_is_told_of_events_too(scenario: Scenario) -> None:
    scenario.to_ready()
    seen = scenario.journey.version
    with timekeeper.at(scenario.at):
        drafts.save_feasibility(scenario.journey.pk, scenario.architect, {"goals": "Autrement."})
        with pytest.raises(Stale) as stale:
            act(scenario.journey.pk, Act.SEND_FEASIBILITY, by=scenario.person, seen=seen)
    assert "« Texte modifié : la signature est à refaire »" in stale.value.why


@pytest.mark.parametrize(("done", "happened"), [("", ""), (Act.CHASE, Event.DOCUMENT_ADDED)])
def test_a_line_is_an_act_or_an_event(scenario: Scenario, done: str, happened: str) -> None:
    scenario.register()
    with pytest.raises(IntegrityError, match="journal_act_or_event"), transaction.atomic():
        line(scenario, act=done, event=happened)


def test_a_journal_keeps_the_words_of_its_day(scenario: Scenario) -> None:
    scenario.register()
    old = line(scenario, act="an_act_of_old")
    assert (old.word, old.label, old.done) == (None, "an_act_of_old", "an_act_of_old")


def line(scenario: Scenario, **what: str) -> JournalEntry:
    """Append a line to a journal by hand."""
    return JournalEntry.objects.create(
        occurred_on=timekeeper.today(),
        journey=scenario.journey,
        number=99,
        role=Role.SYSTEM,
        at=scenario.at + timedelta(days=1),
        stage_before=scenario.journey.stage,
        stage_after=scenario.journey.stage,
        **what,
    )
