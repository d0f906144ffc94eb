"""What acts do to the files of a journey."""

import pytest

from jalon.demo.scenario import Scenario
from jalon.law import facts
from jalon.law.vocabulary import Act

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-036")
def test_the_identity_document_goes_with_the_decision_bytes_and_all(
    scenario: Scenario, django_capture_on_commit_callbacks: object
) -> None:
    scenario.to_complete()
    identity = scenario.journey.documents.get(kind="identity")
    storage, path = identity.file.storage, identity.file.name
    assert storage.exists(path)
    decision = facts.Decision(reason="Sans rapport.")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        scenario.wait(25).certifier(Act.DECLARE_INADMISSIBLE, decision)
    identity.refresh_from_db()
    assert identity.removed_at is not None
    assert "R-036" in identity.removed_why
    assert not storage.exists(path)
