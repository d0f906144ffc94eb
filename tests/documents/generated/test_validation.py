"""The validation file is printed as it was sent, competence by competence."""

import pytest

from jalon.demo.scenario import Scenario
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
