"""The papers of a journey: printed once, the same each time, tagged, and saying what was said."""

import hashlib
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents import actions
from jalon.documents.generated import papers
from jalon.documents.jobs import issue
from jalon.documents.models import Document
from jalon.documents.pdf import Block, Paper, bullets, heading, pairs, render, sign, table, text
from jalon.law import facts
from jalon.law.clocks import french
from jalon.law.vocabulary import Act, Route, Scope
from tests.conftest import TODAY

PAPER = Paper(
    title="Accusé de réception",
    reference="J27-ESSAI",
    issuer="UIMM (démonstration)",
    day=date(2027, 3, 1),
    blocks=(heading("Première partie"), text("Votre dossier est complet.")),
    facts=(("Candidat", "Une Candidate"),),
)


def read(pdf: bytes) -> str:
    """Return the words of a PDF, on one line."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def printed(scenario: Scenario, kind: str) -> str:
    """Return the words of the latest paper of a kind."""
    scenario.run_pending_jobs()
    kept = Document.objects.filter(journey=scenario.journey, kind=kind).latest("created_at")
    return read(kept.file.open("rb").read())


def roles(pdf: bytes) -> set[str]:
    """Return the roles that the structure of a PDF gives to its parts."""
    found: set[str] = set()
    waiting: list[object] = [PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found |= {str(node["/S"])} if "/S" in node else set()
            waiting += [node["/K"]] if "/K" in node else []
    return found


# ---------------------------------------------------------------- any paper


@pytest.mark.rule("R-128")
def test_a_paper_is_tagged_and_declares_itself_accessible() -> None:
    blocks = (heading("A"), text("b"), bullets("c"), table(("Tête",), ("d",)), pairs(("é", "f")))
    pdf = render(replace(PAPER, blocks=blocks))
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Accusé de réception"
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= roles(pdf)


def test_the_same_paper_is_the_same_file_and_another_is_not() -> None:
    assert render(PAPER) == render(PAPER)
    assert render(PAPER) != render(replace(PAPER, reference="J27-AUTRE"))


NASTY = '#import "x" $1$ *gras* _ital_ `code` <étiquette> @ref \\ [x] // /* = titre ~ - + 1. « » œ'


def test_what_a_candidate_types_is_never_code() -> None:
    blocks = (
        heading(NASTY),
        text(NASTY),
        bullets(NASTY),
        pairs((NASTY, NASTY)),
        table((NASTY,), (NASTY,)),
        sign(NASTY, NASTY),
    )
    words = read(render(replace(PAPER, title=NASTY, subtitle=NASTY, blocks=blocks)))
    assert words.count('#import "x"') >= 7
    assert "`code` <étiquette> @ref" in words


def test_a_pictogram_becomes_a_square_and_the_rest_is_read() -> None:
    words = read(render(replace(PAPER, blocks=(text("J’ai réussi 👍🏽 très bien\x07 汉"),))))
    assert "J’ai réussi □□ très bien□ □" in words


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_at_all_makes_a_paper(one: str, other: str) -> None:
    blocks: tuple[Block, ...] = (text(one), pairs((one, other)), table((one,), (other,)))
    assert render(replace(PAPER, blocks=blocks)).startswith(b"%PDF-")


# ---------------------------------------------------------------- those of a journey


pytestmark = pytest.mark.django_db


def test_a_paper_is_printed_once_however_often_the_worker_is_asked(scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility()
    timekeeper.travel(scenario.at)
    sent = scenario.journey.journal.get(act=Act.SEND_FEASIBILITY)
    assert issue(entry_id=sent.pk) == 1
    assert issue(entry_id=sent.pk) == 0
    kept = Document.objects.get(entry=sent)
    content = kept.file.open("rb").read()
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.size == len(content)
    ((_, _, again),) = papers(sent)
    assert render(again) == content


@pytest.mark.rule("R-013", "R-037")
def test_the_feasibility_file_says_what_was_filled_in_and_nothing_of_other_diplomas(
    scenario: Scenario,
) -> None:
    scenario.to_ready().send_feasibility()
    words = printed(scenario, "feasibility")
    journey = scenario.journey
    profile = journey.candidate.candidate_profile
    experience = journey.experiences.first()
    for expected in (
        journey.certification.code,
        profile.birth_name,
        "4 mai 1985",
        profile.nationality,
        "Niveau 3 (CAP, BEP)",
        experience.title,
        journey.feasibility.goals,
        *(bloc.title for bloc in journey.targeted.all()),
        "Je déclare sur l’honneur",
        "Heures individuelles",
        "Favorable",
        scenario.person.get_full_name(),
    ):
        assert " ".join(str(expected).split()) in words, expected
    for foreign in ("Parcours :", "Option", "Langue"):
        assert foreign not in words


@pytest.mark.rule("R-027")
def test_the_acknowledgement_leaves_with_completeness_and_bears_its_date(
    scenario: Scenario,
) -> None:
    scenario.to_ready().send_feasibility()
    scenario.run_pending_jobs()
    assert not Document.objects.filter(journey=scenario.journey, kind="acknowledgement").exists()
    scenario.wait(6).certifier(Act.DECLARE_COMPLETE)
    words = printed(scenario, "acknowledgement")
    clock_of = scenario.journey.clocks.get(kind="decision")
    assert f"reçu complet le {french(scenario.at.date())}" in words
    assert french(clock_of.limit_on) in words


@pytest.mark.rule("R-032")
def test_the_decision_names_its_gaps(scenario: Scenario) -> None:
    scenario.to_admissible(with_gaps=True)
    gap = scenario.journey.decisions.get().gaps.first()
    words = printed(scenario, "decision")
    assert gap.text in words
    assert "recevable" in words


@pytest.mark.rule("R-056")
def test_the_summons_says_everything_one_needs_to_come(scenario: Scenario) -> None:
    scenario.to_scheduled()
    hearing = scenario.current_hearing()
    words = printed(scenario, "summons")
    for expected in (
        french(hearing.session.held_on),
        "9 h 30",
        "60 minutes",
        hearing.session.place,
        "Mise en situation puis entretien",
        hearing.session.documents,
        hearing.session.accessibility_contact,
    ):
        assert str(expected) in words, expected
    assert "09 h" not in words


@pytest.mark.rule("R-074", "R-083")
def test_a_partial_result_names_what_is_acquired_and_what_is_left(scenario: Scenario) -> None:
    first, *others = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    words = printed(scenario, "result")
    assert words.index("Blocs acquis") < words.index(first.title) < words.index("Ce qui reste")
    assert all(words.index("Ce qui reste") < words.index(one.title) for one in others)
    assert first.title in printed(scenario, "minutes")


@pytest.mark.rule("R-073", "R-080")
def test_the_certificate_waits_for_every_bloc_and_each_bloc_has_its_attestation(
    scenario: Scenario,
) -> None:
    first = scenario.certification.blocs.values_list("code", flat=True)[:1]
    scenario.to_result(first).do(Act.REQUEST_DOCUMENTS, scenario.person)
    scenario.certifier(Act.ISSUE_DOCUMENTS)
    scenario.run_pending_jobs()
    kinds = list(
        scenario.journey.documents.filter(entry__act="issue_documents").values_list(
            "kind", flat=True
        )
    )
    assert kinds == ["attestation"]
    scenario.wait(8).post_jury().next_attempt().wait(30).write_validation().wait(
        3
    ).send_validation()
    scenario.wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene().deliberate().wait(
        6
    ).notify()
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person)
    scenario.certifier(Act.ISSUE_DOCUMENTS)
    assert scenario.certification.title in printed(scenario, "certificate")
    codes = set(scenario.journey.awards.values_list("verification_code", flat=True))
    shown = [
        read(one.file.open("rb").read())
        for one in scenario.journey.documents.filter(kind="attestation")
    ]
    assert all(any(code in words for words in shown) for code in codes)


def test_a_certificate_aimed_at_by_blocs_only_is_never_printed(
    demo: DemoPeople, scenario: Scenario
) -> None:
    one = scenario.certification.blocs.first()
    by_bloc = Scenario(
        demo,
        scenario.certification,
        TODAY,
        route=Route.FRANCE_VAE,
        scope=Scope.BLOCS,
        blocs=(one.code,),
    )
    by_bloc.to_result()
    by_bloc.do(Act.REQUEST_DOCUMENTS, by_bloc.person)
    by_bloc.certifier(Act.ISSUE_DOCUMENTS)
    by_bloc.run_pending_jobs()
    kinds = set(by_bloc.journey.documents.values_list("kind", flat=True))
    assert "attestation" in kinds
    assert "certificate" not in kinds


# ---------------------------------------------------------------- keeping and removing


@pytest.mark.rule("R-036")
def test_the_identity_document_goes_with_the_decision_bytes_and_all(
    scenario: Scenario, django_capture_on_commit_callbacks: object
) -> None:
    scenario.to_complete()
    identity = scenario.journey.documents.get(kind="identity")
    storage, path = identity.file.storage, identity.file.name
    assert storage.exists(path)
    scenario.wait(25).certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason="Sans rapport."))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        scenario.run_pending_jobs()
    identity.refresh_from_db()
    assert identity.removed_at is not None
    assert "R-036" in identity.removed_why
    assert not storage.exists(path)


def test_the_weekly_sweep_takes_bytes_that_nobody_names_and_nothing_else(
    scenario: Scenario,
) -> None:
    scenario.to_ready()
    living = scenario.journey.documents.filter(removed_at__isnull=True).first()
    storage = living.file.storage
    folder = living.file.name.rsplit("/", 1)[0]
    lost = storage.save(f"{folder}/perdu.pdf", ContentFile(b"x"))
    actions.sweep()  # it may belong to a transaction still under way
    assert storage.exists(lost)
    actions.sweep(older_than=timedelta(0))
    assert not storage.exists(lost)
    assert storage.exists(living.file.name)
