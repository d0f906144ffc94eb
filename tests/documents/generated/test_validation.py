"""The validation file is printed as it was sent, competence by competence."""

from datetime import UTC, datetime

import pytest

from jalon.demo.scenario import Scenario
from jalon.documents.generated.validation import proof
from jalon.documents.models import Document
from tests.documents.reading import printed

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-050", "R-051")
def test_the_validation_file_says_what_was_written_of_each_competence(scenario: Scenario) -> None:
    scenario.to_validation_sent()
    words = printed(scenario, "validation")
    file = scenario.journey.attempt.validation
    for expected in (
        file.presentation,
        "Passage n° 1",
        file.originality_name,
        *(section.competence.title for section in file.sections.select_related("competence")),
    ):
        assert " ".join(expected.split()) in words, expected
    assert file.fingerprint[:20] in words


def test_a_recording_is_listed_with_its_name_its_length_and_its_day() -> None:
    heard = Document(
        name="Ma soudure.webm", seconds=125, created_at=datetime(2027, 3, 12, tzinfo=UTC)
    )
    said = "Preuve : Ma soudure.webm (enregistrement de 2 min 05 s, du 12 mars 2027)"
    assert " ".join(proof(heard).split()) == said
    assert proof(Document(name="plan.pdf")) == "Preuve : plan.pdf"
