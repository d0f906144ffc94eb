"""A rectification is printed, and the papers that said otherwise say that they were rectified."""

import pytest
from django.urls import reverse

from jalon.demo.scenario import Scenario
from jalon.law.facts import Annulment, Rectification
from jalon.law.vocabulary import Act, DocumentKind
from tests.documents.reading import printed
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def rectified(scenario: Scenario, *won: str) -> None:
    """Let the certifier put a signed result right."""
    said = Rectification("Deux lignes inversées.", won=won, evidence="Grille du 12 mars")
    scenario.certifier(Act.RECTIFY_RESULT, said)


@pytest.mark.rule("R-076")
def test_the_letter_says_what_was_wrong_what_is_so_and_how_to_contest_it(
    scenario: Scenario,
) -> None:
    first, second, *_ = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    rectified(scenario, first.code, second.code)
    words = printed(scenario, "rectification")
    assert "Deux lignes inversées." in words and "Grille du 12 mars" in words
    assert words.index("Le jury a accordé") < words.index(second.title)
    assert "Si vous n’êtes pas d’accord" in words


@pytest.mark.rule("R-076")
def test_papers_printed_before_say_that_they_were_rectified_and_true_attestations_do_not(
    scenario: Scenario,
) -> None:
    first, *others = scenario.certification.blocs.order_by("position")
    scenario.to_result([bloc.code for bloc in (first, *others)]).do(
        Act.REQUEST_DOCUMENTS, scenario.person
    )
    scenario.certifier(Act.ISSUE_DOCUMENTS).run_pending_jobs()
    second, *kept = others
    rectified(scenario, first.code, *(bloc.code for bloc in kept))
    scenario.run_pending_jobs()
    papers = scenario.journey.documents
    marked = papers.filter(rectified_on=scenario.at.date())
    assert set(marked.values_list("kind", flat=True)) == {
        DocumentKind.MINUTES,
        DocumentKind.RESULT,
        DocumentKind.CERTIFICATE,
        DocumentKind.ATTESTATION,
    }
    assert second.code in marked.get(kind=DocumentKind.ATTESTATION).name
    true = papers.filter(kind=DocumentKind.ATTESTATION, rectified_on=None)
    assert any(first.code in one.name for one in true)
    assert papers.get(kind=DocumentKind.RECTIFICATION).rectified_on is None


@pytest.mark.rule("R-078")
def test_before_the_notice_what_is_printed_is_joined_to_the_minutes_only(
    scenario: Scenario,
) -> None:
    first = scenario.certification.blocs.order_by("position").first()
    scenario.to_scheduled().deliberate().run_pending_jobs().wait(1)
    rectified(scenario, first.code)
    assert "Deux lignes inversées." in printed(scenario, "minutes")
    assert not scenario.journey.documents.filter(kind=DocumentKind.RECTIFICATION).exists()


@pytest.mark.rule("R-076")
def test_every_paper_of_an_annulled_jury_says_annulled_its_rectification_included(
    scenario: Scenario,
) -> None:
    first, second, *_ = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code]).run_pending_jobs()
    rectified(scenario, first.code, second.code)
    scenario.run_pending_jobs()
    scenario.certifier(Act.ANNUL_HEARING, Annulment("Un membre avait accompagné."))
    papers = scenario.journey.documents
    marked = papers.filter(annulled_on=scenario.at.date()).values_list("kind", flat=True)
    assert {DocumentKind.MINUTES, DocumentKind.RESULT, DocumentKind.RECTIFICATION} <= set(marked)
    page = browser(scenario.person).get(reverse("candidate:home"), follow=True).content.decode()
    assert "ce papier ne vaut plus" in page
