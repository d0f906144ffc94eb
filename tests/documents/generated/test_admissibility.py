"""The acknowledgement bears the certain date; the decision names its gaps."""

from datetime import timedelta

import pytest

from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.models import Document
from jalon.law.clocks import french
from jalon.law.facts import Extension, Reason
from jalon.law.vocabulary import Accompaniment, Act, Route
from tests.conftest import TODAY
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


@pytest.mark.rule("R-032")
def test_a_decision_is_signed_by_who_took_it_and_a_silence_by_nobody(scenario: Scenario) -> None:
    scenario.to_admissible()
    signed = f"{scenario.demo.officer}, pour {scenario.journey.certifier.name}"
    assert signed in printed(scenario, "decision")
    silent = Scenario(scenario.demo, scenario.certification, scenario.at, runs_clocks=True)
    silent.to_complete().wait(70)
    assert f", pour {silent.journey.certifier.name}" not in printed(silent, "decision")


@pytest.mark.rule("R-032", "R-047")
def test_a_decision_of_2002_prints_its_analysis_and_limit_and_the_extension_its_new_day(
    demo: DemoPeople,
) -> None:
    certification = Certification.objects.get(code="RNCP41814")
    scenario = Scenario(
        demo,
        certification,
        TODAY,
        route=Route.LAW_2002,
        accompaniment=Accompaniment.ALONE,
    ).to_admissible()
    limit = scenario.journey.decision.valid_until
    words = printed(scenario, "decision")
    assert "L’expérience couvre une partie du référentiel." in words
    assert french(limit) in words
    scenario.wait(60).do(Act.ASK_EXTENSION, scenario.person, Reason("Congé maternité."))
    longer = limit + timedelta(days=200)
    scenario.certifier(Act.EXTEND_VALIDITY, Extension(longer, "Congé maternité."))
    assert f"elle est valable jusqu’au {french(longer)}" in printed(scenario, "decision")
    decision = scenario.journey.decisions.in_force().get()
    assert (decision.valid_until, decision.holds_until) == (limit, longer)
    assert scenario.journey.extension_asked_at is None
    assert scenario.journey.clocks.running().get(kind="validity").limit_on == longer
