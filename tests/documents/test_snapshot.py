"""What the files of a journey say to the law."""

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents import actions
from jalon.documents.snapshot import documents_held
from jalon.law.vocabulary import DocumentKind
from tests.documents.reading import upload

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-013")
def test_an_identity_document_counts_until_it_is_taken_back(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    journey = scenario.journey
    assert documents_held([journey]) == {}
    kept = actions.store_upload(
        journey, DocumentKind.IDENTITY, upload(ONE_PAGE, "carte.pdf"), scenario.person
    )
    assert documents_held([journey]) == {
        journey.pk: {"identity_document": True, "document_kinds": frozenset()}
    }
    actions.withdraw(kept, scenario.person)
    assert documents_held([journey]) == {}
