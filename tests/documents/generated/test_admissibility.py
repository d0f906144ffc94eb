"""The acknowledgement bears the certain date; the decision names its gaps."""

import pytest

from jalon.demo.scenario import Scenario
from jalon.documents.models import Document
from jalon.law.clocks import french
from jalon.law.vocabulary import Act
from tests.documents.reading import printed

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-027")
def test_the_acknowledgement_leaves_with_completeness_and_bears_its_date(
    scenario: Scenario,
) -> None:
    sent = scenario.to_ready().send_feasibility().at.date()
    scenario.run_pending_jobs()
    assert not Document.objects.filter(journey=scenario.journey, kind="acknowledgement").exists()
    scenario.wait(6).certifier(Act.DECLARE_COMPLETE)
    words = printed(scenario, "acknowledgement")
    clock_of = scenario.journey.clocks.get(kind="decision")
    assert f"reçu complet le {french(sent)}" in words
    assert french(clock_of.limit_on) in words


@pytest.mark.rule("R-032")
def test_the_decision_names_its_gaps(scenario: Scenario) -> None:
    scenario.to_admissible(with_gaps=True)
    gap = scenario.journey.decisions.get().gaps.first()
    words = printed(scenario, "decision")
    assert gap.text in words
    assert "recevable" in words
