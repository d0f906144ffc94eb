"""Who may open which document."""

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents import actions
from jalon.documents.queries import documents, readable
from jalon.law.vocabulary import DocumentKind
from tests.documents.reading import upload

pytestmark = pytest.mark.django_db


def test_an_identity_document_is_seen_by_those_who_need_it(scenario: Scenario) -> None:
    demo = scenario.demo
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    kept = actions.store_upload(
        scenario.journey, DocumentKind.IDENTITY, upload(ONE_PAGE, "carte.pdf"), scenario.person
    )
    colleague = next(one for one in demo.architects if one != scenario.architect)
    people = {
        "candidate": scenario.person,
        "architect": scenario.architect,
        "head": demo.head,
        "colleague": colleague,
        "officer": demo.officer,
        "stranger": demo.stranger,
        "juror": demo.jurors[0].user,
        "administrator": demo.administrator,
    }
    seen = {who for who, person in people.items() if kept in readable(person)}
    assert seen == {"candidate", "architect"}


def test_a_document_that_was_removed_is_read_by_nobody(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    kept = actions.store_upload(
        scenario.journey, DocumentKind.OTHER, upload(ONE_PAGE, "un.pdf"), scenario.person
    )
    assert kept in documents(scenario.person, scenario.journey)
    actions.withdraw(kept, scenario.person)
    assert kept not in documents(scenario.person, scenario.journey)
