"""What a jury looks at is written by the certifier, and findings keep it as it was."""

import pytest
from django.urls import reverse

from jalon.catalogue.models import Competence
from jalon.demo.scenario import DemoPeople, Scenario
from tests.juries.steps import declare, on_the_day, score
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-072")]


def first_competence(scenario: Scenario) -> Competence:
    found = Competence.objects.filter(bloc__certification=scenario.certification).first()
    assert found
    return found


def test_a_grid_says_that_criteria_are_to_be_written_then_shows_them(
    scenario: Scenario, demo: DemoPeople
) -> None:
    hearing = scenario.to_scheduled().current_hearing()
    on_the_day(hearing.session)
    declare(hearing)
    grid = reverse("juror:own_assessments", args=[hearing.pk])
    juror, officer = browser(demo.jurors[0].user), browser(demo.officer)
    assert "Critères à fournir par le certificateur." in juror.get(grid).content.decode()
    assert "à écrire" in officer.get(reverse("certifier:criteria")).content.decode()
    address = reverse("certifier:sheet_criteria", args=[scenario.certification.code])
    competence = first_competence(scenario)
    said = {f"criteria_{competence.pk}": "Lit le plan.\nRègle la machine."}
    assert officer.post(address, said).status_code == 302
    assert [one.text for one in competence.criteria.all()] == ["Lit le plan.", "Règle la machine."]


def test_a_finding_keeps_the_criteria_it_was_judged_by(
    scenario: Scenario, demo: DemoPeople
) -> None:
    hearing = scenario.to_scheduled().current_hearing()
    on_the_day(hearing.session)
    competence = hearing.attempt.blocs.order_by("position")[0].competences.first()
    assert competence
    address = reverse("certifier:sheet_criteria", args=[scenario.certification.code])
    officer = browser(demo.officer)
    officer.post(address, {f"criteria_{competence.pk}": "Lit le plan."})
    declare(hearing)
    score(hearing)
    officer.post(address, {f"criteria_{competence.pk}": "Autre critère."})
    assert hearing.assessments.get(competence=competence).criteria == "Lit le plan."
