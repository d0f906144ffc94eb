"""The journal proves itself: what is altered behind the application's back is found, and named."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from jalon import cli
from jalon.demo.scenario import Scenario
from jalon.documents import actions
from jalon.documents.models import Document
from jalon.documents.pdf import TRACE
from jalon.journeys import chain, guards
from jalon.journeys.models import (
    AccessLog,
    AdmissibilityDecision,
    BlocAward,
    JournalEntry,
    JournalSeal,
    Journey,
)
from jalon.journeys.proofs import Fault, faults
from jalon.journeys.retention import purge
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, DocumentKind
from jalon.now import now
from jalon.writing.fingerprints import LATEST, QUESTIONS, fingerprint
from jalon.writing.models import Section, ValidationFile
from tests.documents.reading import picture, upload, words_of
from tests.journeys.test_retention import a_year_passes, stopped

__all__ = ["stopped"]
pytestmark = pytest.mark.django_db

EVERY_TRIGGER = """
SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relname NOT LIKE 'procrastinate%'
"""


@contextmanager
def as_its_owner(*tables: str) -> Iterator[None]:
    """Alter rows as whoever owns the database can: guards switched off, then on again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    guards.strengthen()


def found() -> list[str]:
    """Return what the whole verification says."""
    return [str(one) for one in faults()]


def sent_with_evidence(scenario: Scenario) -> Scenario:
    """Walk to a validation file that was sent with one proof."""
    scenario.to_admissible().wait(80).write_validation()
    section = scenario.journey.attempt.validation.sections.first()
    actions.store_upload(
        scenario.journey,
        DocumentKind.EVIDENCE,
        upload(picture("JPEG")),
        scenario.person,
        section,
    )
    scenario.wait(3).sign(Act.SIGN_ORIGINALITY)
    return scenario.do(Act.SEND_VALIDATION, scenario.person)


# ---------------------------------------------------------------- the chain


def test_a_journey_walked_to_its_certificate_has_nothing_altered(scenario: Scenario) -> None:
    scenario.to_result().run_pending_jobs()
    chain.seal()
    assert found() == []


def test_each_line_of_a_journal_holds_the_hash_of_the_one_before_it(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    first, *_, last = scenario.journey.journal.order_by("number")
    assert all(len(one) == 64 for one in (first.hash, last.hash, first.facts_hash))
    with as_its_owner("journeys_journalentry"):
        JournalEntry.objects.filter(pk=first.pk).update(hash="0" * 64)
    said = f"journeys_journalentry : {scenario.journey.reference}, ligne"
    assert [one.split(" : ")[1] for one in found()] == [
        f"{scenario.journey.reference}, ligne {number}" for number in (1, 2)
    ]
    assert all(one.startswith(said) for one in found())


@pytest.mark.rule("R-124")
@pytest.mark.parametrize(
    "altered", [{"article": "Un autre article"}, {"role": "head"}, {"facts": {"a": 1}}]
)
def test_a_word_changed_in_a_journal_is_named_by_its_line(
    scenario: Scenario, altered: dict[str, object]
) -> None:
    scenario.to_path_accepted()
    line = scenario.journey.journal.all()[2]
    with as_its_owner("journeys_journalentry"):
        JournalEntry.objects.filter(pk=line.pk).update(**altered)
    (said,) = found()
    assert f"{scenario.journey.reference}, ligne {line.number} :" in said


def test_a_line_taken_out_of_a_journal_is_missed_in_the_middle_and_at_the_end(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    line = scenario.journey.journal.all()[2]
    last = scenario.journey.journal.latest("number")
    tables = ("journeys_journalentry", "mailbox_notice", "documents_document")
    with as_its_owner(*tables), connection.cursor() as cursor:
        cursor.execute("UPDATE mailbox_notice SET entry_id = NULL")
        cursor.execute("UPDATE documents_document SET entry_id = NULL")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DELETE FROM journeys_journalentry WHERE id = ANY(%s)", [[line.pk, last.pk]])
    said = found()
    assert any("une ligne manque" in one and f"ligne {line.number + 1} " in one for one in said)
    assert any(f"s’arrête à la ligne {last.number - 1}" in one for one in said)


def test_a_journal_written_anew_with_good_hashes_no_longer_agrees_with_its_seal(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    seal = chain.seal()
    assert seal and seal.count == 1
    last = scenario.journey.journal.latest("number")
    with as_its_owner("journeys_journalentry"), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE journeys_journalentry t SET article = 'Autre', hash = n.hash FROM ("
            f" SELECT e.id, {chain.line_after('b.hash')} AS hash FROM"
            f' (SELECT (jsonb_populate_record(x, \'{{"article": "Autre"}}\')).*'
            f"  FROM journeys_journalentry x WHERE id = %s) e"
            f" JOIN journeys_journalentry b ON b.journey_id = e.journey_id AND b.number = e.number - 1"
            f") n WHERE n.id = t.id",
            [last.pk],
        )
    assert found() == [
        f"journeys_journalentry : {scenario.journey.reference}, ligne {last.number} : "
        f"ce n’est pas la ligne que tient le sceau {seal.number}"
    ]


def test_a_seal_holds_what_moved_since_the_seal_before_it(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    first = chain.seal()
    assert chain.seal() is None
    scenario.fill_feasibility().give_opinion()
    second = chain.seal()
    assert first and second and (first.number, second.number) == (1, 2)
    assert found() == []
    with as_its_owner("journeys_journalseal"):
        JournalSeal.objects.filter(pk=first.pk).update(count=7)
    assert [one.split(" : ")[1] for one in found()] == ["sceau 1"]


@pytest.mark.rule("R-122")
def test_what_was_erased_leaves_the_chain_whole_for_its_journey_and_for_others(
    stopped: Scenario,
) -> None:
    chain.seal()
    a_year_passes(stopped)
    stopped.journey.refresh_from_db()
    assert stopped.journey.purged_at
    assert set(stopped.journey.journal.filter(facts={}, facts_version=0).values_list("salt")) == {
        ("",)
    }
    chain.seal()
    assert found() == []


@pytest.mark.rule("R-122")
def test_an_erasure_without_its_trace_is_refused(stopped: Scenario) -> None:
    with pytest.raises(IntegrityError, match="R-122"), transaction.atomic():
        Journey.objects.filter(pk=stopped.journey.pk).update(purged_at=now())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# ---------------------------------------------------------------- what was sent, and files


@pytest.mark.rule("R-051")
def test_the_evidence_is_in_the_fingerprint_of_what_was_sent(scenario: Scenario) -> None:
    sent_with_evidence(scenario)
    file = scenario.journey.attempt.validation
    proof = Document.objects.get(kind=DocumentKind.EVIDENCE, journey=scenario.journey)
    assert [sha256 for _, sha256 in file.evidence_sent] == [proof.sha256]
    assert file.fingerprint == fingerprint(file)
    file.evidence_sent = []
    assert file.fingerprint != fingerprint(file)
    with pytest.raises(Refused, match="envoyée au jury"):
        actions.withdraw(proof, scenario.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.remove(proof, None, "Sans raison")


def test_a_fingerprint_of_the_first_version_is_still_computed_as_it_was(scenario: Scenario) -> None:
    scenario.to_validation_sent()
    file = scenario.journey.attempt.validation
    with as_its_owner("writing_validationfile"):
        file.fingerprint_version, file.evidence_sent = 1, []
        file.fingerprint = fingerprint(file)
        file.save()
    assert found() == []
    assert QUESTIONS[LATEST] == Section.QUESTIONS, "a new question is a new version"


@pytest.mark.rule("R-051")
def test_a_byte_changed_in_a_text_that_was_sent_is_named(scenario: Scenario) -> None:
    scenario.to_validation_sent()
    section = scenario.journey.attempt.validation.sections.first()
    with as_its_owner("writing_section"):
        Section.objects.filter(pk=section.pk).update(result=section.result + ".")
    assert found() == [
        f"writing_validationfile : {scenario.journey.reference}, passage 1 : "
        "le dossier n’est plus celui qui a été envoyé"
    ]


def test_a_byte_changed_in_a_paper_and_an_upload_that_is_gone_are_named(
    scenario: Scenario, capsys: pytest.CaptureFixture[str]
) -> None:
    sent_with_evidence(scenario).run_pending_jobs()
    assert cli.verify([]) == 0
    paper = Document.objects.filter(journey=scenario.journey, kind=DocumentKind.VALIDATION).latest(
        "created_at"
    )
    proof = Document.objects.get(kind=DocumentKind.EVIDENCE, journey=scenario.journey)
    content = paper.file.open("rb").read()
    default_storage.delete(paper.file.name)
    default_storage.save(paper.file.name, ContentFile(content[:-1] + b"!"))
    default_storage.delete(proof.file.name)
    capsys.readouterr()
    assert cli.verify([]) == 1
    said = [one for one in capsys.readouterr().out.splitlines() if one.startswith("NON documents_")]
    assert len(said) == 2
    assert any(paper.name in one and "n’est plus celui" in one for one in said)
    assert any(proof.name in one and "le fichier manque" in one for one in said)


def test_each_paper_says_which_line_printed_it_and_its_hash(scenario: Scenario) -> None:
    scenario.to_validation_sent().run_pending_jobs()
    printed = Document.objects.filter(
        journey=scenario.journey, origin="generated", entry__isnull=False
    )
    assert printed.exists()
    for one in printed:
        content = one.file.open("rb").read()
        trace = TRACE.search(content)
        assert one.entry and trace and trace[1].decode() == one.entry.hash
        assert f"Journal, ligne {one.entry.number} : {one.entry.hash}" in words_of(content)


def test_a_verification_takes_as_many_statements_for_one_file_as_for_many(
    scenario: Scenario, django_assert_max_num_queries: object
) -> None:
    scenario.to_validation_sent().run_pending_jobs()
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert found() == []


# ---------------------------------------------------------------- the guards


def test_every_guard_of_ours_stands_whoever_the_session_says_it_is() -> None:
    with connection.cursor() as cursor:
        cursor.execute(EVERY_TRIGGER)
        triggers = cursor.fetchall()
    assert len(triggers) > 40
    assert [one for one in triggers if one[2] != "A"] == []
    assert (guards.weak(), guards.absent()) == ([], [])


def test_a_guard_taken_away_or_switched_off_is_named(scenario: Scenario) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_rows_stay ON journeys_journalentry")
        cursor.execute("ALTER TABLE journeys_blocaward DISABLE TRIGGER journeys_blocaward_stays")
    assert {one.where for one in faults()} == {"journal_rows_stay", "journeys_blocaward_stays"}
    assert all(isinstance(one, Fault) and one.table == "pg_trigger" for one in faults())


PASSING = (
    "SELECT 1",
    "SET LOCAL session_replication_role = replica",
    "SET LOCAL pgtrigger.ignore = '{journal_rows_stay}'",
    "CREATE TEMPORARY TABLE journeys_journey ON COMMIT DROP AS SELECT id, now() AS purged_at FROM journeys_journey",
)


@pytest.mark.parametrize("passing", PASSING)
def test_what_was_kept_is_neither_changed_nor_deleted_by_any_detour(
    scenario: Scenario, passing: str
) -> None:
    scenario.to_result().run_pending_jobs()
    journey = scenario.journey
    AccessLog.objects.create(journey=journey, reader=scenario.architect, what="dossier")
    refused = {
        "UPDATE journeys_journalentry SET article = 'x' WHERE number = 1": JournalEntry,
        "DELETE FROM journeys_journalentry": JournalEntry,
        "UPDATE journeys_accesslog SET what = 'rien'": AccessLog,
        "DELETE FROM journeys_accesslog": AccessLog,
        "UPDATE journeys_blocaward SET bloc_id = bloc_id + 1": BlocAward,
        "DELETE FROM journeys_blocaward": BlocAward,
        "TRUNCATE journeys_blocaward CASCADE": BlocAward,
        "UPDATE journeys_admissibilitydecision SET admissible = NOT admissible": AdmissibilityDecision,
        "UPDATE journeys_admissibilitydecision SET reason = reason || 'x'": AdmissibilityDecision,
        "DELETE FROM journeys_admissibilitydecision": AdmissibilityDecision,
        "UPDATE writing_section SET result = 'x'": Section,
        "DELETE FROM writing_section": Section,
        "UPDATE writing_validationfile SET presentation = 'x'": ValidationFile,
        "UPDATE documents_document SET sha256 = repeat('0', 64)": Document,
        "DELETE FROM documents_document": Document,
        "DELETE FROM juries_vote": None,
        "UPDATE writing_feasibilityfile SET goals = 'x'": None,
        "UPDATE writing_experience SET title = 'x'": None,
        "DELETE FROM writing_experience": None,
    }
    for statement in refused:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(passing)
            cursor.execute(statement)
            pytest.fail(f"{statement} was let through after {passing}")
    assert found() == []
    assert purge(journey.pk, now().date()) is False
